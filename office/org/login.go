// SPDX-License-Identifier: Apache-2.0

package org

import (
	"fmt"
	"strings"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// login is a row of credentials.
type login struct {
	person, agency int64
	username       string
	password       string
	mustChange     bool
	totp           string
	totpOn         bool
	totpStep       int64
	failures       int64
	lockedUntil    time.Time
	disabled       bool
}

// FoldUsername is a username as it is kept and compared.
func FoldUsername(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func checkUsername(s string) error {
	ok := len(s) >= 2 && len(s) <= 40
	for i := 0; i < len(s) && ok; i++ {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		ok = letter || i > 0 && (c == '.' || c == '-' || c == '_')
	}
	if !ok {
		return fault.Invalid("username", "Tên đăng nhập gồm 2 đến 40 chữ thường không dấu, số, dấu chấm, gạch ngang; bắt đầu bằng chữ hoặc số.")
	}
	return nil
}

// loginData is what the book keeps of a login.
type loginData struct {
	Mark string `json:"mark,omitempty"` // of the password's hash
}

// GiveLogin gives a person a login (cấp tài khoản) and returns the first password,
// which is shown once and must be changed at the first sign-in.
func GiveLogin(a *journal.Act, person int64, username string) (string, error) {
	if err := May(a, ManagePeople, Target{Person: person}); err != nil {
		return "", err
	}
	if _, _, err := personIn(a, person); err != nil {
		return "", err
	}
	if _, err := loginOf(a, person, ""); err == nil {
		return "", fault.Conflict("username", "Người này đã có tài khoản.")
	} else if err != store.ErrNone {
		return "", err
	}
	username = FoldUsername(username)
	if err := checkUsername(username); err != nil {
		return "", err
	}
	password := oneTimePassword()
	hash, err := hashPassword(a.Context(), password)
	if err != nil {
		return "", err
	}
	return password, giveLogin(a, person, username, hash, true)
}

func giveLogin(a *journal.Act, person int64, username, hash string, mustChange bool) error {
	a.Note(journal.Entry{Kind: LoginGiven, Subject: journal.Ref("person", person), Data: loginData{mark(hash)}})
	err := insertLogin(a, login{person: person, agency: a.By.Agency, username: username, password: hash, mustChange: mustChange})
	if store.IsUnique(err) {
		return fault.Conflict("username", fmt.Sprintf("Tên đăng nhập “%s” đã có người dùng.", username))
	}
	return err
}

var errNoLogin = fault.NotFound("Người này chưa có tài khoản.")

// loginIn is the login of a person of the act's own agency, locked for change.
func loginIn(a *journal.Act, person int64) (login, error) {
	l, err := loginOf(a, person, a.Lock())
	if err == store.ErrNone || err == nil && l.agency != a.By.Agency {
		return l, errNoLogin
	}
	return l, err
}

// managed asks whether the holder manages logins and finds the one meant.
func managed(a *journal.Act, person int64) (login, error) {
	if err := May(a, ManagePeople, Target{Person: person}); err != nil {
		return login{}, err
	}
	return loginIn(a, person)
}

// ResetPassword gives a new first password (cấp lại mật khẩu), lifts a lock and ends
// every session: whoever had the old password is out.
func ResetPassword(a *journal.Act, person int64) (string, error) {
	l, err := managed(a, person)
	if err != nil {
		return "", err
	}
	password := oneTimePassword()
	if l.password, err = hashPassword(a.Context(), password); err != nil {
		return "", err
	}
	l.mustChange, l.failures, l.lockedUntil = true, 0, time.Time{}
	a.Note(journal.Entry{Kind: LoginReset, Subject: journal.Ref("person", person), Data: loginData{mark(l.password)}})
	if err := updateLogin(a, l); err != nil {
		return "", err
	}
	return password, endSessions(a, person, 0)
}

// DisableLogin shuts a login (khóa tài khoản) and ends its sessions at once.
func DisableLogin(a *journal.Act, person int64) error {
	l, err := managed(a, person)
	if err != nil {
		return err
	}
	if person == a.By.Person {
		return fault.Conflict("", "Anh/chị không thể tự khóa tài khoản của mình.")
	}
	if l.disabled {
		return nil
	}
	if err := leave(a, person); err != nil {
		return err
	}
	l.disabled = true
	a.Note(journal.Entry{Kind: LoginDisabled, Subject: journal.Ref("person", person)})
	if err := updateLogin(a, l); err != nil {
		return err
	}
	return endSessions(a, person, 0)
}

// EnableLogin opens a login again, and lifts a lock after failures before its time.
func EnableLogin(a *journal.Act, person int64) error {
	l, err := managed(a, person)
	if err != nil {
		return err
	}
	l.disabled, l.failures, l.lockedUntil = false, 0, time.Time{}
	a.Note(journal.Entry{Kind: LoginEnabled, Subject: journal.Ref("person", person)})
	return updateLogin(a, l)
}

// A LoginState is what an administrator sees of a login.
type LoginState struct {
	Person       int64
	Username     string
	MustChange   bool
	SecondFactor bool
	Disabled     bool
	LockedUntil  time.Time
	LastSignIn   time.Time // zero: never
}

// Logins are the logins of an agency by person.
func Logins(r store.Reader, agency int64) (map[int64]LoginState, error) {
	all, err := loginStates(r, agency)
	if err != nil {
		return nil, err
	}
	m := make(map[int64]LoginState, len(all))
	for _, l := range all {
		m[l.Person] = l
	}
	return m, nil
}
