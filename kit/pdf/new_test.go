// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"context"
	"testing"
)

func TestAFileFromNothingIsReadAgain(t *testing.T) {
	m := &Maker{}
	root, pages := m.New(), m.New()
	stream := m.Add(NewStream(Dict{}, []byte("q Q")))
	page := m.Add(Dict{"Type": Name("Page"), "Parent": pages, "Contents": stream})
	m.Set(pages, Dict{"Type": Name("Pages"), "Kids": Array{page}, "Count": int64(1)})
	m.Set(root, Dict{"Type": Name("Catalog"), "Pages": pages})
	b, err := m.Bytes(root, Ref{})
	if err != nil {
		t.Fatal(err)
	}
	again, _ := m.Bytes(root, Ref{})
	if !bytes.Equal(b, again) {
		t.Error("written again, it differs")
	}
	f, err := Open(context.Background(), bytes.NewReader(b), int64(len(b)), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := f.Last().Pages(func(_ int, ref Ref, p Dict) bool {
		n++
		o, err := f.Last().Resolve(p["Contents"])
		s, ok := o.(*Stream)
		if raw, _ := s.Raw(); err != nil || !ok || s.Guessed || string(raw) != "q Q" || ref != page {
			t.Errorf("%v %v %q", err, ref, raw)
		}
		return true
	}); err != nil || n != 1 {
		t.Errorf("%d pages: %v", n, err)
	}
	if id := f.Last().Array(f.Last().Trailer["ID"]); len(id) != 2 || id[0] != id[1] || f.Last().Trailer["Info"] != nil {
		t.Errorf("%v", f.Last().Trailer)
	}
	if o := m.Get(page); !Equal(o, Dict{"Type": Name("Page"), "Parent": pages, "Contents": o.(Dict)["Contents"]}) {
		t.Errorf("%v", o)
	}
}
