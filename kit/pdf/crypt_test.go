// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"errors"
	"os"
	"testing"
)

// The files of testdata were made from plain.pdf with qpdf 11.3 (--encrypt, --linearize).
func read(t *testing.T, name string) *File {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name + ".pdf")
	if err != nil {
		t.Fatal(err)
	}
	f, err := open(t, b)
	if err != nil {
		t.Fatal(name, err)
	}
	return f
}

func TestEncryptedFilesOpenWithTheEmptyPassword(t *testing.T) {
	for _, name := range []string{"plain", "rc4-40", "rc4-128", "aes-128", "aes-256", "aes-256-packed", "aes-256-r5", "linear", "linear-packed"} {
		f := read(t, name)
		locked, err := f.Encrypted()
		if err != nil || locked != (name[0] == 'r' || name[0] == 'a') {
			t.Errorf("%s: encrypted %v, %v", name, locked, err)
			continue
		}
		v, pages := f.Last(), 0
		err = v.Pages(func(_ int, _ Ref, page Dict) bool {
			pages++
			if page["Note"] != String("Ban goc") {
				t.Errorf("%s: the note is %q", name, page["Note"])
			}
			o, err := v.Resolve(page["Contents"])
			if err != nil {
				t.Fatal(name, err)
			}
			s, ok := o.(*Stream)
			if !ok {
				t.Fatalf("%s: the content is %T", name, o)
			}
			if b, err := s.Decode(); err != nil || string(b) != "BT ET" && string(b) != "BT ET\n" {
				t.Errorf("%s: the content is %q, %v", name, b, err)
			}
			return true
		})
		if err != nil || pages != 1 {
			t.Errorf("%s: %d pages, %v", name, pages, err)
		}
		if n := len(f.Revisions()); n != 1 || f.End() != f.Size() || !f.Closed(f.Revisions()[0]) {
			t.Errorf("%s: %d revisions, end %d of %d", name, n, f.End(), f.Size())
		}
		if _, err := f.Update(); locked != (err != nil) {
			t.Errorf("%s: an update: %v", name, err)
		}
	}
}

func TestAPasswordIsAskedFor(t *testing.T) {
	if locked, err := read(t, "password").Encrypted(); !locked || !errors.Is(err, ErrPassword) {
		t.Errorf("encrypted %v, %v", locked, err)
	}
}
