// SPDX-License-Identifier: Apache-2.0

package packet_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"soviec/kit/packet"
)

var at = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

func packed(t testing.TB, passphrase string, files []packet.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := packet.Pack(&b, passphrase, at, files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOnlyThePassphraseOpens(t *testing.T) {
	files := []packet.File{{"56-bdt-cs.pdf", bytes.Repeat([]byte("%PDF-1.7 báo cáo "), 9000)}, {"rỗng.txt", nil}}
	word := packet.Passphrase()
	if !regexp.MustCompile(`^(\d{4} ){5}\d{4}$`).MatchString(word) || word == packet.Passphrase() {
		t.Fatalf("passphrase %q", word)
	}
	data := packed(t, word, files)
	if bytes.Contains(data, []byte("báo cáo")) {
		t.Fatal("the packet shows what is in it")
	}
	got, err := packet.Open(data, word[:9]+word[10:], 1<<20) // spaces do not count
	if err != nil || len(got) != 2 || got[0].Name != files[0].Name || !bytes.Equal(got[0].Data, files[0].Data) || len(got[1].Data) != 0 {
		t.Fatalf("opened %d files, %v", len(got), err)
	}
	if _, err := packet.Open(data, "0000 0000 0000 0000 0000 0000", 1<<20); !errors.Is(err, packet.ErrPassphrase) {
		t.Errorf("another passphrase: %v", err)
	}
	changed := bytes.Clone(data)
	changed[200] ^= 1
	if _, err := packet.Open(changed, word, 1<<20); !errors.Is(err, packet.ErrPassphrase) {
		t.Errorf("a changed packet: %v", err)
	}
	if _, err := packet.Open(data, word, 1000); err == nil {
		t.Error("a member larger than allowed was read")
	}
	if again := packed(t, word, files); bytes.Equal(again, data) {
		t.Error("two packets have the same salt")
	}
}

// What an independent archiver packed with AES-256 is read, so the format is the one that
// is in use; testdata/README.md says with which program and how.
func TestWhatAnotherProgramPackedIsRead(t *testing.T) {
	data, err := os.ReadFile("testdata/other.zip")
	if err != nil {
		t.Fatal(err)
	}
	got, err := packet.Open(data, "4821 0937 5520 1846 7003 2291", 1<<20)
	if err != nil || len(got) != 1 || got[0].Name != "cong-van.txt" || string(got[0].Data) != "V/v báo cáo số liệu\n" {
		t.Fatalf("%+v, %v", got, err)
	}
}

// Where 7-Zip is installed, it opens ours.
func TestAnotherProgramOpensOurs(t *testing.T) {
	program, err := exec.LookPath("7zz")
	if err != nil {
		if program, err = exec.LookPath("7z"); err != nil {
			t.Log("7-Zip is not installed here; see testdata/README.md")
			return
		}
	}
	dir := t.TempDir()
	word := packet.Passphrase()
	if err := os.WriteFile(filepath.Join(dir, "goi.zip"), packed(t, word, []packet.File{{"cong-van.txt", []byte("V/v báo cáo số liệu\n")}}), 0o600); err != nil {
		t.Fatal(err)
	}
	plain := regexp.MustCompile(` `).ReplaceAllString(word, "")
	if out, err := exec.Command(program, "x", "-p"+plain, "-o"+dir, filepath.Join(dir, "goi.zip")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "cong-van.txt")); err != nil || string(got) != "V/v báo cáo số liệu\n" {
		t.Fatalf("%q, %v", got, err)
	}
	if exec.Command(program, "x", "-y", "-p000", "-o"+dir, filepath.Join(dir, "goi.zip")).Run() == nil {
		t.Error("it opens without the passphrase")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(packed(f, "1", []packet.File{{"a", []byte("b")}}))
	f.Fuzz(func(t *testing.T, data []byte) { _, _ = packet.Open(data, "1", 1<<16) })
}
