// SPDX-License-Identifier: Apache-2.0

package letter_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"soviec/kit/letter"
)

var update = flag.Bool("update", false, "write docs/layout anew, with pictures")

// The samples of docs/layout are those of the tests, as JSON that `soviec letter` reads.
func TestTheSamplesInTheDocs(t *testing.T) {
	for _, name := range templates {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(sample(name)); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("../../docs/layout", name+".json")
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if there, err := os.ReadFile(file); err != nil || !bytes.Equal(there, b.Bytes()) {
			t.Errorf("%s is not the sample (%v): run with -update", file, err)
		}
	}
	if !*update {
		return
	}
	corner := sample("1.4")
	corner.Circulation, corner.Corner = "Lưu hành nội bộ", letter.AppendixCorner("123/BC-BDT", made)
	excerpt, err := sample("1.2").Extract(0, 1, 2, 3, 8)
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]letter.Result{"quyet-dinh": set(t, sample("1.2"), letter.Options{}), "cong-van": set(t, sample("1.5"), letter.Options{}),
		"bao-cao": set(t, corner, letter.Options{}), "cong-dien": set(t, sample("1.6"), letter.Options{}), "bien-ban": set(t, sample("1.9"), letter.Options{}), "quy-che": set(t, sample("1.3"), letter.Options{}),
		"trich-sao": set(t, excerpt, letter.Options{Copy: copyOf(letter.CopyExcerpt)})} {
		page := "1"
		if name == "quy-che" {
			page = "2"
		}
		tool(t, "pdftoppm", "-r", "60", "-gray", "-png", "-singlefile", "-f", page, "-l", page, keep(t, r.PDF), filepath.Join("../../docs/layout", name))
		if name == "cong-dien" || name == "cong-van" { // with the red frame
			tool(t, "pdftoppm", "-r", "60", "-png", "-singlefile", keep(t, r.PDF), filepath.Join("../../docs/layout", name))
		}
	}
}
