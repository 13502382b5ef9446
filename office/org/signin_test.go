// SPDX-License-Identifier: Apache-2.0

package org_test

import (
	"context"
	"testing"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/org"
	"soviec/office/org/orgtest"
)

var ctx = context.Background()

func TestSignInOpensASession(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b, _ := orgtest.Book(t, db, "2026-11-23 08:00")
		agency, people := orgtest.Found(t, b)
		s, token, err := org.SignIn(ctx, b, " LAN ", orgtest.Password, "Firefox", "10.0.0.7")
		if err != nil {
			t.Fatal(err)
		}
		if s.Agency != agency || s.Person != people["lan"].Person || s.Step != org.StepOpen {
			t.Fatalf("session %+v", s)
		}
		again, err := org.SessionOf(ctx, b, token)
		if err != nil || again.ID != s.ID {
			t.Fatalf("session of token: %+v, %v", again, err)
		}
	})
}
