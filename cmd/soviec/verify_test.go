// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"soviec/kit/store"
)

// What was bent behind the program's back is found and named.
func TestVerifyNamesWhatWasBent(t *testing.T) {
	for _, e := range bothEngines {
		t.Run(e.String(), func(t *testing.T) {
			pl := newPlace(t, e)
			pl.fill(t, 6)
			must(t, 0, []string{"Nguyên vẹn: 1 cơ quan", "Ban Dân tộc tỉnh Cao Bằng", "6 tệp"}, with(pl.Settings, "verify", "--read-files")...)
			if _, words, ok := marked(pl.Settings, markVerify); !ok || !strings.Contains(words, "đã đọc lại") {
				t.Errorf("no mark of the verifying: %q", words)
			}
			for _, c := range []struct {
				name       string
				bend, back []string
				words      []string
			}{
				{"state of work", []string{"UPDATE task_share SET state = 'started' WHERE id = (SELECT MIN(id) FROM task_share)"},
					[]string{"UPDATE task_share SET state = 'given' WHERE id = (SELECT MIN(id) FROM task_share)"}, []string{"SAI: ", "công việc", "trạng thái"}},
				{"state of a document", []string{"UPDATE document_incoming SET state = 'completed' WHERE number = 2"},
					[]string{"UPDATE document_incoming SET state = 'registered' WHERE number = 2"}, []string{"SAI: Số đến 2 năm 2026"}},
				{"number", []string{"UPDATE document_incoming SET number = 7 WHERE number = 3"},
					[]string{"UPDATE document_incoming SET number = 3 WHERE number = 7"}, []string{"thiếu số đến 3.", "số đến 7 nhưng bộ đếm"}},
				{"account", []string{"UPDATE org_login SET password = 'x' WHERE username = 'lan'"}, nil, []string{"“lan”", "Mật khẩu"}},
			} {
				bend(t, pl.Settings, c.bend...)
				must(t, 1, append(c.words, "CÓ SAI KHÁC"), with(pl.Settings, "verify")...)
				if c.back == nil {
					return
				}
				bend(t, pl.Settings, c.back...)
				if code, said := says(t, with(pl.Settings, "verify")...); code != 0 {
					t.Fatalf("%s: not whole after it was put back:\n%s", c.name, said)
				}
			}
		})
	}
}

// An entry changed under the guards, and the last entries cut off with the head put back
// so that the database agrees with itself: only a checkpoint kept elsewhere tells.
func TestVerifyHoldsTheBook(t *testing.T) {
	for _, e := range bothEngines {
		t.Run(e.String(), func(t *testing.T) {
			pl := newPlace(t, e)
			pl.fill(t, 4)
			before := contents(t, pl.Settings)["journal_head"]
			head := func() (frontier, checkpoint string, size int64) {
				err := pl.p.db.Read(context.Background()).QueryRow("SELECT frontier, checkpoint, size FROM journal_head").Scan((*rawText)(&frontier), &checkpoint, &size)
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			frontier, checkpoint, size := head()
			pl.more(t, 5, 8)
			_, late, lateSize := head()
			if lateSize <= size || len(before) != 1 {
				t.Fatal(size, lateSize)
			}
			kept := filepath.Join(t.TempDir(), "moc.txt")
			if err := os.WriteFile(kept, []byte(strings.ReplaceAll(checkpoint+"\n"+late, "\n", "\r\n")), 0o600); err != nil {
				t.Fatal(err)
			}
			must(t, 0, nil, with(pl.Settings, "verify", "--checkpoint", kept)...)

			// The owner of the database goes back to an earlier head and throws the rest away.
			bend(t, pl.Settings, append(append(dropGuards(pl.Settings, "journal_entry"), dropGuards(pl.Settings, "journal_node")...),
				fmt.Sprintf("DELETE FROM journal_entry WHERE seq > %d", size),
				fmt.Sprintf("UPDATE journal_head SET size = %d, frontier = %s, checkpoint = '%s'", size, bytesLiteral(e, frontier), checkpoint))...)
			said := must(t, 1, []string{"Mốc niêm phong đã đưa ra ngoài", fmt.Sprint(lateSize)}, with(pl.Settings, "verify", "--checkpoint", kept)...)
			if strings.Contains(said, "đầu sổ nói có") {
				t.Errorf("the database did not agree with itself:\n%s", said)
			}
			bend(t, pl.Settings, "UPDATE journal_entry SET amount = 99 WHERE seq = 5")
			must(t, 1, []string{"SAI: Mục 5 ("}, with(pl.Settings, "verify")...)
		})
	}
}

func TestVerifyFiles(t *testing.T) {
	pl := newPlace(t, store.SQLite)
	pl.fill(t, 3)
	files := blobFiles(t, pl.Settings)
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	raw[100] ^= 1
	rewrite(t, files[0], raw)
	must(t, 0, nil, with(pl.Settings, "verify")...) // of the same length: only reading tells
	must(t, 1, []string{"nội dung đã bị thay đổi", "Số đến ", "cv-"}, with(pl.Settings, "verify", "--read-files")...)
	rewrite(t, files[0], raw[:50])
	must(t, 1, []string{"50 byte"}, with(pl.Settings, "verify")...)
	if err := os.Remove(files[0]); err != nil {
		t.Fatal(err)
	}
	must(t, 1, []string{"tệp không còn trong kho"}, with(pl.Settings, "verify")...)
}

func rewrite(t *testing.T, path string, raw []byte) {
	t.Helper()
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestVerifySearchAndKey(t *testing.T) {
	pl := newPlace(t, store.SQLite)
	pl.fill(t, 3)
	if err := pl.p.finder.Rebuild(context.Background(), pl.agency); err != nil {
		t.Fatal(err)
	}
	must(t, 0, []string{"Chỉ mục tìm kiếm: khớp"}, with(pl.Settings, "verify")...)
	bend(t, pl.Settings, "UPDATE find_doc SET words = 'khac' WHERE docno = (SELECT MIN(docno) FROM find_doc)")
	must(t, 0, []string{"CẢNH BÁO: chỉ mục tìm kiếm", "--rebuild-search", "Nguyên vẹn"}, with(pl.Settings, "verify")...)
	must(t, 0, []string{"Đã dựng lại"}, with(pl.Settings, "verify", "--rebuild-search")...)
	must(t, 0, []string{"Chỉ mục tìm kiếm: khớp"}, with(pl.Settings, "verify")...)
	// A foreign key: no signature is right any more, and it is said.
	if err := os.Remove(pl.Key); err != nil {
		t.Fatal(err)
	}
	must(t, 1, []string{"Không thấy khóa niêm phong sổ"}, with(pl.Settings, "verify")...)
	if _, _, err := bookKey(pl.Key); err != nil {
		t.Fatal(err)
	}
	must(t, 1, []string{"chữ ký không đúng"}, with(pl.Settings, "verify")...)
}

func TestVerifyRefuses(t *testing.T) {
	s := emptySettings(t, store.SQLite)
	must(t, 1, []string{"không thấy cơ sở dữ liệu"}, with(s, "verify")...)
	if _, err := os.Stat(s.Data); !os.IsNotExist(err) {
		t.Error("verifying made a folder")
	}
	must(t, 2, nil, with(s, "verify", "--checkpoint", filepath.Join(s.Data, "none"))...)
	must(t, 2, nil, "verify", "--colour")
	must(t, 2, []string{"Cách dùng"}, "verify", "--data="+s.Data, "--read-files", "word")
}

// rawText scans bytes.
type rawText string

func (r *rawText) Scan(v any) error {
	b, ok := v.([]byte)
	if !ok {
		return fmt.Errorf("%T", v)
	}
	*r = rawText(b)
	return nil
}

func bytesLiteral(e store.Engine, s string) string {
	if e == store.SQLite {
		return fmt.Sprintf("x'%x'", s)
	}
	return fmt.Sprintf(`'\x%x'`, s)
}

// more registers the documents from a number to another.
func (pl *place) more(t testing.TB, from, to int) {
	t.Helper()
	for n := from; n <= to; n++ {
		if err := pl.register(n, true); err != nil {
			t.Fatal(err)
		}
	}
}
