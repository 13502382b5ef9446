// SPDX-License-Identifier: Apache-2.0

package org

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"golang.org/x/crypto/argon2"
	"pgregory.net/rapid"
)

func TestPasswordsAreKeptWithTheirCost(t *testing.T) {
	ctx := context.Background()
	cheap := Cost{Memory: 64, Time: 1, Lanes: 1}
	SetPasswordCost(cheap)
	old, err := hashPassword(ctx, "bốn con trâu rừng")
	if err != nil || !strings.HasPrefix(old, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatal(old, err)
	}
	SetPasswordCost(Cost{Memory: 128, Time: 2, Lanes: 1})
	defer SetPasswordCost(cheap)
	for password, want := range map[string]bool{"bốn con trâu rừng": true, "bon con trau rung": false, "": false, strings.Repeat("x", longest+1): false} {
		if same, err := samePassword(ctx, old, password); err != nil || same != want {
			t.Errorf("%q: %v, %v", password, same, err)
		}
	}
	again, _ := hashPassword(ctx, "bốn con trâu rừng")
	if again == old || !strings.Contains(again, "m=128,t=2") {
		t.Error(again)
	}
	if c := defaultCost; c != (Cost{19 << 10, 2, 1}) || argon2.Version != 19 {
		t.Error("the cost of the real office changed")
	}
}

// No damaged or foreign hash opens, and none makes the program fall or take all memory.
func TestDamagedHashesOpenNothing(t *testing.T) {
	SetPasswordCost(Cost{Memory: 64, Time: 1, Lanes: 1})
	for _, kept := range []string{"", "x", "$argon2id$v=19$m=64,t=1,p=1$$", "$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=64,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA"} {
		if same, err := samePassword(context.Background(), kept, ""); same || err != nil {
			t.Errorf("%q: %v, %v", kept, same, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		kept := rapid.StringMatching(`\$argon2id\$v=19\$m=[0-9]{1,3},t=[0-3],p=[0-3]\$[A-Za-z0-9+/]{0,30}\$[A-Za-z0-9+/]{0,50}`).Draw(t, "kept")
		if same, err := samePassword(context.Background(), kept, "bốn con trâu rừng"); same || err != nil {
			t.Fatalf("%q: %v, %v", kept, same, err)
		}
	})
}

// A code is good in its own half minute and those beside it, and in no other.
func TestCodesHaveTheirTime(t *testing.T) {
	for _, c := range []string{"", "12345", "1234567", "abcdef", "12 345"} {
		if _, ok := codeStep("JBSWY3DPEHPK3PXP", c, instant(0)); ok {
			t.Errorf("%q is a code", c)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.Int64Range(1_500_000_000, 2_500_000_000).Draw(t, "at")
		off := rapid.Int64Range(-5, 5).Draw(t, "steps")
		code := codeOf(t, "JBSWY3DPEHPK3PXP", at/period+off)
		step, ok := codeStep("JBSWY3DPEHPK3PXP", code, instant(at))
		near := off >= -1 && off <= 1
		if near && (!ok || codeOf(t, "JBSWY3DPEHPK3PXP", step) != code) {
			t.Fatalf("the code %d steps away is refused", off)
		}
		if ok && !near && step != at/period+off && codeOf(t, "JBSWY3DPEHPK3PXP", step) != code {
			t.Fatalf("a code %d steps away is taken", off)
		}
	})
}

func instant(unix int64) time.Time { return time.Unix(unix, 0).UTC() }

func codeOf(t *rapid.T, secret string, step int64) string {
	code, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		t.Fatal(err)
	}
	return code
}
