// SPDX-License-Identifier: Apache-2.0

package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"soviec/kit/fault"
)

func TestJoinKeepsEveryFieldInOrder(t *testing.T) {
	err := fault.Join(nil, fault.Invalid("subject", "Trích yếu không được để trống."), fault.Invalid("date", "Ngày sai."))
	all := fault.All(fmt.Errorf("register: %w", err))
	if len(all) != 2 || all[0].Field != "subject" || all[1].Field != "date" {
		t.Fatalf("got %v", all)
	}
	if fault.Join(nil, nil) != nil {
		t.Fatal("joining nothing must be nil")
	}
	if got := fault.Text(err); got != "Trích yếu không được để trống. Ngày sai." {
		t.Fatalf("text %q", got)
	}
}

func TestForeignErrorIsInternalAndHidesItsText(t *testing.T) {
	err := fault.Join(fault.Conflict("number", "Số này đã có."), errors.New("disk is full"))
	if fault.KindOf(err) != fault.KindInternal {
		t.Fatal("an internal fault must win")
	}
	if !fault.Is(fmt.Errorf("wrapped: %w", fault.Forbidden("Không được.")), fault.KindForbidden) {
		t.Fatal("wrapping must keep the kind")
	}
	if fault.Text(errors.New("secret detail")) != "" {
		t.Fatal("the detail of an internal fault must not reach a person")
	}
}
