// SPDX-License-Identifier: Apache-2.0

package org

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// recoveryCodes is how many codes (mã dự phòng) are given at once.
const recoveryCodes = 10

// recoveryLength is the length of a code without its dashes: 80 bits, so that a plain
// hash keeps it as well as a slow one would.
const recoveryLength = 16

var recoveryLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

// newRecovery makes the person's codes anew; those given before open nothing any more.
func newRecovery(a *journal.Act, person int64) ([]string, error) {
	if err := dropRecovery(a, person); err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		var raw [recoveryLength * 5 / 8]byte
		_, _ = rand.Read(raw[:])
		code := strings.ToLower(recoveryLetters.EncodeToString(raw[:]))
		if err := insertRecovery(a, a.By.Agency, person, recoveryHash(person, code)); err != nil {
			return nil, err
		}
		codes[i] = code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:]
	}
	return codes, nil
}

func recoveryHash(person int64, code string) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", person, code))
	return sum[:]
}

// foldRecovery is a code as it was made, from what a person types; "" if it cannot be one.
func foldRecovery(typed string) string {
	code := strings.NewReplacer("-", "", " ", "", "0", "o", "1", "l").Replace(strings.ToLower(line(typed)))
	if len(code) != recoveryLength {
		return ""
	}
	return code
}

// takeRecovery uses up a code and returns how many are left; ok is false for one that
// opens nothing.
func takeRecovery(a *journal.Act, person int64, typed string) (left int, ok bool, err error) {
	code := foldRecovery(typed)
	if code == "" {
		return 0, false, nil
	}
	if ok, err = useRecovery(a, person, recoveryHash(person, code), a.At); err != nil || !ok {
		return 0, false, err
	}
	left, err = RecoveryLeft(a, person)
	return left, true, err
}

// RenewRecovery makes the holder new codes for a lost telephone, each good once; the
// password was compared by RightPassword before the act.
func RenewRecovery(a *journal.Act) ([]string, error) {
	if err := ownAccount(a); err != nil {
		return nil, err
	}
	l, err := loginIn(a, a.By.Person)
	if err != nil {
		return nil, err
	}
	if !l.totpOn {
		return nil, fault.Conflict("", "Hãy bật xác thực hai bước trước khi lấy mã dự phòng.")
	}
	a.Note(journal.Entry{Kind: RecoveryGiven, Subject: journal.Ref("person", l.person), Amount: recoveryCodes})
	return newRecovery(a, l.person)
}

// NeedsFactor reports whether whoever has signed in must set up a second factor before
// anything else, by duties of the person or of whom the person acts for.
func (s Session) NeedsFactor(d *Directory, of ...func() Rights) bool {
	return !s.SecondFactor && d.Value(factorRoles) != "" &&
		slices.ContainsFunc(of, func(x func() Rights) bool { return SecondFactorRequired(d, x()) })
}

// factorRoles is the setting that says whose duties ask for a second factor.
const factorRoles = "login.second_factor_roles"

// RecoveryLeft is how many codes a person has left.
func RecoveryLeft(r store.Reader, person int64) (int, error) { return countRecovery(r, person) }
