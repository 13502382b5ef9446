// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"soviec/kit/blob"
	"soviec/kit/print"
)

// The files of an earlier register are found by name however it is written, are looked at
// before they are kept, and none outside the folder can be named.
func TestImportFolder(t *testing.T) {
	dir := t.TempDir()
	letter := func(name, superior string) {
		t.Helper()
		var pdf bytes.Buffer
		if err := print.Letter(&pdf, print.OfficialLetter{Superior: superior, Agency: "SỞ NỘI VỤ", Number: "77/SNV-CCVC", Place: "Cao Bằng",
			On: time.Date(2018, 11, 19, 0, 0, 0, 0, time.UTC), Subject: "rà soát biên chế", At: time.Unix(0, 0)}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "trong", name), pdf.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := pictures(filepath.Join(dir, "trong"), "ảnh 1.png", "2018/Hai.png", "2018/ba.png", "2019/ba.png"); err != nil {
		t.Fatal(err)
	}
	if err := pictures(dir, "ngoai.png"); err != nil {
		t.Fatal(err)
	}
	letter("thuong.pdf", "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG")
	letter("mat.pdf", "TUYỆT MẬT")
	if err := os.WriteFile(filepath.Join(dir, "trong", "la.exe"), []byte("MZ none"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "ngoai.png"), filepath.Join(dir, "trong", "duong-tat.png")); err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.OpenFolder(filepath.Join(dir, "kho"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := openImportFolder(filepath.Join(dir, "trong"), blobs)
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	for name, want := range map[string]bool{
		"ảnh 1.png": true, "Ả" + "NH 1.PNG": true, "a\u0309nh 1.png": true, `2018\HAI.png`: true, "hai.png": true, "2018/ba.png": true,
		"ba.png": false, "../ngoai.png": false, "ngoai.png": false, "duong-tat.png": false, "": false, ".": false, "2018": false,
	} {
		if got := f.Has(name); got != want {
			t.Errorf("Has(%q) = %v", name, got)
		}
	}
	a, err := f.Put(t.Context(), `2018\HAI.png`)
	if err != nil || a.Name != "HAI.png" || a.MIME != "image/png" || a.Size == 0 {
		t.Errorf("%+v %v", a, err)
	}
	if kept, err := blobs.Has(t.Context(), blob.Key(a.SHA)); err != nil || !kept {
		t.Errorf("the bytes are not kept: %v", err)
	}
	if a, err = f.Put(t.Context(), "thuong.pdf"); err != nil || a.Secret != "" || a.Pages != 1 || a.SHA == "" {
		t.Errorf("%+v %v", a, err)
	}
	if a, err = f.Put(t.Context(), "mat.pdf"); err != nil || a.Secret == "" || a.SHA != "" {
		t.Errorf("a secret letter: %+v %v", a, err)
	}
	if _, err = f.Put(t.Context(), "la.exe"); err == nil || !strings.Contains(err.Error(), "la.exe") {
		t.Errorf("a program: %v", err)
	}
}
