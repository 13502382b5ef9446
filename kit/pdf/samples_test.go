// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// samples are the shared sample files, when they are at hand (SOVIEC_PDFSIG names the folder).
func samples(t testing.TB) []string {
	dir := os.Getenv("SOVIEC_PDFSIG")
	if dir == "" {
		dir = "../../../shared/testdata/pdfsig"
	}
	list, _ := filepath.Glob(filepath.Join(dir, "files", "*.pdf"))
	return list
}

func open(t testing.TB, b []byte) (*File, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	t.Cleanup(cancel)
	return OpenLast(ctx, bytes.NewReader(b), int64(len(b)), DefaultLimits)
}

func TestSamplesOpen(t *testing.T) {
	for _, name := range samples(t) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := open(t, b)
		if err != nil {
			t.Logf("%s: %v", filepath.Base(name), err)
			continue
		}
		_, lerr := f.Encrypted()
		pages := 0
		perr := f.Last().Pages(func(int, Ref, Dict) bool { pages++; return true })
		t.Logf("%s: %d revisions, end %d of %d, kind %d, %d pages, lock %v, pages %v", filepath.Base(name), len(f.Revisions()), f.End(), f.Size(), f.Revisions()[len(f.Revisions())-1].Kind, pages, lerr, perr)
	}
}
