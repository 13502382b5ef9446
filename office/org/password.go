// SPDX-License-Identifier: Apache-2.0

package org

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"soviec/kit/fault"
)

// A Cost is how slow a password is to guess: argon2id with so much memory (KiB), so
// many passes and lanes. It is kept with each hash, so that it may rise later.
type Cost struct {
	Memory, Time uint32
	Lanes        uint8
}

// defaultCost is what OWASP asks of argon2id: 19 MiB, two passes, one lane.
var defaultCost = Cost{Memory: 19 << 10, Time: 2, Lanes: 1}

var passwordCost atomic.Pointer[Cost]

// SetPasswordCost changes the cost of passwords hashed from now on. It is for tests,
// which sign in hundreds of people.
func SetPasswordCost(c Cost) { passwordCost.Store(&c) }

func costNow() Cost {
	if c := passwordCost.Load(); c != nil {
		return *c
	}
	return defaultCost
}

// hashing lets two passwords be hashed at once: each takes its memory and a
// processor, and the office goes on working beside it.
var hashing = make(chan struct{}, 2)

func derive(ctx context.Context, password string, salt []byte, c Cost, n uint32) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.Time, c.Memory, c.Lanes, n), nil
}

// hashPassword is the text kept for a password, in the usual form $argon2id$v=19$m=…$salt$hash.
func hashPassword(ctx context.Context, password string) (string, error) {
	var salt [16]byte
	_, _ = rand.Read(salt[:])
	c := costNow()
	key, err := derive(ctx, password, salt[:], c, 32)
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Time, c.Lanes, b64(salt[:]), b64(key)), nil
}

// samePassword compares a password with what is kept. Without a hash it works as long
// and says no, so that a stranger cannot tell names that exist from those that do not.
func samePassword(ctx context.Context, kept, password string) (bool, error) {
	c, salt, want, ok := parseHash(kept)
	if !ok {
		c, salt, want = costNow(), make([]byte, 16), make([]byte, 32)
	}
	if len(password) > longest {
		password, ok = "", false
	}
	got, err := derive(ctx, password, salt, c, uint32(len(want)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && ok, nil
}

func parseHash(kept string) (c Cost, salt, key []byte, ok bool) {
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return c, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Time, &c.Lanes); err != nil {
		return c, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	fits := c.Memory <= 1<<20 && c.Time >= 1 && c.Time <= 64 && c.Lanes >= 1 && len(key) >= 16 && len(key) <= 64
	return c, salt, key, err1 == nil && err2 == nil && fits
}

// mark is a short fingerprint of a kept secret for the book: it betrays a row that
// was exchanged, and nothing of the secret, which is salted and slow to guess.
func mark(kept string) string {
	sum := sha256.Sum256([]byte("soviec login\n" + kept))
	return hex.EncodeToString(sum[:8])
}

const (
	shortest = 10
	longest  = 400 // bytes
)

// CheckPassword says what is wrong with a password that somebody chose, in the field password.
func CheckPassword(password, username string) error {
	lower := strings.ToLower(norm.NFC.String(password))
	switch {
	case utf8.RuneCountInString(lower) < shortest:
		return fault.Invalid("password", fmt.Sprintf("Mật khẩu phải có ít nhất %d ký tự.", shortest))
	case len(password) > longest:
		return fault.Invalid("password", "Mật khẩu quá dài.")
	case username != "" && utf8.RuneCountInString(strings.ReplaceAll(lower, strings.ToLower(username), "")) < 6:
		return fault.Invalid("password", "Mật khẩu không được là tên đăng nhập hoặc chỉ thêm vài ký tự vào tên đăng nhập.")
	case slices.Contains(commonPasswords, lower) || monotonous(lower):
		return fault.Invalid("password", "Mật khẩu này quá dễ đoán. Hãy chọn mật khẩu khác, ví dụ ghép bốn từ không liên quan.")
	}
	return nil
}

// PasswordRules are the sentences beside the form.
func PasswordRules() []string {
	return []string{
		fmt.Sprintf("Ít nhất %d ký tự; bốn từ ghép lại dễ nhớ hơn ký tự lạ.", shortest),
		"Khác mật khẩu cũ và không chứa mỗi tên đăng nhập.",
		"Không phải mật khẩu phổ biến như “matkhau123”, “1234567890”.",
	}
}

// monotonous tells a password of three letters again and again, or of letters in a row.
func monotonous(s string) bool {
	seen, steps, last := map[rune]bool{}, map[rune]int{}, rune(-1)
	n := 0
	for _, r := range s {
		seen[r] = true
		if last >= 0 {
			steps[r-last]++
		}
		last = r
		n++
	}
	return len(seen) < 4 || steps[1] >= n-2 || steps[-1] >= n-2
}

// commonPasswords are those of ten letters and more that lists of leaked passwords
// and the habits of Vietnamese offices put first.
var commonPasswords = []string{
	"1234567890", "12345678910", "123456789a", "0123456789", "0987654321", "1q2w3e4r5t", "1qaz2wsx3edc", "qwertyuiop", "qwerty12345",
	"qwerty123456", "password12", "password123", "password1234", "password@123", "p@ssw0rd123", "passw0rd123", "administrator", "admin12345",
	"admin123456", "admin@1234", "iloveyou123", "abc123456789", "abcd123456", "abcd1234567", "a123456789", "aa123456789", "123456789z",
	"matkhau123", "matkhau1234", "matkhau12345", "matkhau@123", "mật khẩu 123", "mật khẩu123", "khongcomatkhau", "doimatkhau", "doimatkhau1",
	"anhyeuem123", "emyeuanh123", "yeuemnhieu", "vietnam123", "vietnam1234", "vietnam2025", "vietnam2026", "vietnam@123", "hanoi12345",
	"caobang123", "caobang1234", "caobang2025", "caobang2026", "caobang@123", "bandantoc123", "bandantoc@123", "vanphong123", "vanthu1234",
	"vanthu12345", "ubnd123456", "canbo12345", "congchuc123", "quantri123", "trangtrang", "welcome123", "welcome1234", "zaq12wsxcde3",
	"changeme123", "letmein123", "sunshine123", "football123", "superman123", "1234512345", "1122334455", "9876543210", "asdfghjkl123",
}

// oneTimePassword is a first password that can be read out and typed: syllables and
// four digits, about 57 bits.
func oneTimePassword() string {
	const consonants, vowels = "bcdghklmnprstvx", "aeiou"
	var b strings.Builder
	for i := range 7 {
		if i == 3 || i == 5 {
			b.WriteByte('-')
		}
		b.WriteByte(consonants[random(len(consonants))])
		b.WriteByte(vowels[random(len(vowels))])
	}
	fmt.Fprintf(&b, "-%04d", random(10000))
	return b.String()
}

func random(n int) int64 {
	v, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("org: no randomness: " + err.Error())
	}
	return v.Int64()
}
