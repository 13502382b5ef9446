// SPDX-License-Identifier: Apache-2.0

package find

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/unicode/norm"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

const cao = 7 // the agency of these tests

func put(t testing.TB, db *store.DB, agency int64, docs ...Doc) {
	t.Helper()
	for chunk := range slices.Chunk(docs, 500) {
		err := db.Write(context.Background(), func(tx *store.Tx) error {
			for _, d := range chunk {
				if err := Put(tx, agency, d); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// all finds everything that a query finds, page by page.
func all(t testing.TB, f *Finder, db *store.DB, q Query) (refs []string, mode Mode) {
	t.Helper()
	for q.Limit = 150; ; {
		res, err := f.Search(db.Read(context.Background()), cao, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Hits {
			refs = append(refs, h.Ref)
		}
		if !res.More {
			if res.Total != len(refs) {
				t.Fatalf("%q: total %d, but %d rows", q.Text, res.Total, len(refs))
			}
			return refs, res.Mode
		}
		q.Before = res.Next
	}
}

// TestFortyPhrases looks for forty phrases in five spellings, in titles and in texts of files, while
// some documents are indexed and some are not.
func TestFortyPhrases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const n = 6000
		c, f, ctx := newCorpus(1), New(db), context.Background()
		docs := make([]Doc, n)
		texts := make([][]string, n)
		for i := range docs {
			docs[i] = c.doc(i, n)
			if i%20 == 0 {
				docs[i].Body = c.body(8)
			}
			for _, s := range append(docs[i].Fields, docs[i].Body) {
				texts[i] = append(texts[i], " "+Fold(s)+" ")
			}
		}
		phrases := c.phrases(40, docs)
		for part, share := range [][]Doc{docs[:4000], docs[4000:5800], docs[5800:]} {
			put(t, db, cao, share...)
			if part < 2 {
				if err := f.Index(ctx); err != nil {
					t.Fatal(err)
				}
			}
		}
		found := 0
		for _, phrase := range phrases {
			var want []string
			for i := range slices.Backward(docs) {
				if slices.ContainsFunc(texts[i], func(s string) bool { return strings.Contains(s, " "+Fold(phrase)+" ") }) {
					want = append(want, docs[i].Ref)
				}
			}
			found += len(want)
			for name, spelling := range map[string]string{
				"as written": phrase, "no marks": Fold(phrase), "capitals": strings.ToUpper(phrase),
				"decomposed": norm.NFD.String(phrase), "other tone": otherTone.Replace(phrase),
			} {
				got, mode := all(t, f, db, Query{Text: spelling, Any: []string{"a"}})
				if name != "no marks" {
					slices.SortFunc(got, byNumber) // exact hits came first
				}
				if mode != Phrase || !slices.Equal(got, want) {
					t.Errorf("%s %q: %d by %s, want %d", name, spelling, len(got), mode, len(want))
				}
			}
		}
		if found < 4000 {
			t.Errorf("the phrases are too rare: %d found", found)
		}
		if wrong, err := f.Check(ctx, cao); err != nil || len(wrong) > 0 {
			t.Errorf("check: %v %v", wrong, err)
		}
	})
}

func byNumber(a, b string) int {
	var x, y int
	fmt.Sscanf(a, "incoming/%d", &x)
	fmt.Sscanf(b, "incoming/%d", &y)
	return y - x
}

func TestNumbers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := New(db)
		add := func(ref string, fields ...string) {
			put(t, db, cao, Doc{Ref: ref, Fields: fields, Tags: []string{"a"}})
		}
		add("incoming/1", "Về việc tăng cường công tác dân tộc", "1234/UBND-VX", "Ủy ban nhân dân tỉnh")
		add("incoming/2", "Phê duyệt dự toán", "05/QĐ-BDT", "Ban Dân tộc")
		add("incoming/3", "Số liệu 1234 hộ nghèo, VX năm 2019", "77/BC-BDT", "Ban Dân tộc")
		add("incoming/4", "Triển khai công văn số 77 của Bộ", "9/SNV", "Sở Nội vụ")
		for query, want := range map[string]string{
			"1234/UBND-VX":             "incoming/1",
			"1234 ubnd vx":             "incoming/1",
			"cv 1234/UBND-VX":          "incoming/1",
			"Công văn số 1234/UBND-VX": "incoming/1",
			"1234 vx":                  "incoming/3 incoming/1",
			"cv 1234":                  "incoming/3 incoming/1",
			"cv 1234 vx":               "incoming/3 incoming/1",
			"cv 1234 ubnd":             "incoming/1",
			"5/QĐ-BDT":                 "incoming/2",
			"QĐ số 5/qd-bdt":           "incoming/2",
			"05 bdt":                   "incoming/2",
			"009/snv":                  "incoming/4",
			"công văn số 77":           "incoming/4",
			"cv 77":                    "incoming/4 incoming/3",
			"van ban 4321":             "",
			"///":                      "",
			`"1234" "tăng cường"`:      "incoming/1",
			"“công tác” UBND":          "incoming/1",
			`"tác công"`:               "",
			"tác công":                 "incoming/1",
		} {
			got, _ := all(t, f, db, Query{Text: query, Any: []string{"a"}})
			if strings.Join(got, " ") != want {
				t.Errorf("%q: %v, want %s", query, got, want)
			}
		}
	})
}

func TestExactFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := New(db)
		for i, title := range []string{"Bán hoa quả", "Ban hòa giải", "Bản hoá đơn", "Ban hoà hợp", "Bàn họa"} {
			put(t, db, cao, Doc{Ref: fmt.Sprintf("task/%d", i), Fields: []string{title}, Tags: []string{"a"}})
		}
		for query, want := range map[string]string{
			"ban hòa": "3 1 4 2 0", "BAN HOÀ": "3 1 4 2 0", "ban hoa": "4 3 2 1 0", "bàn hoạ": "4 3 2 1 0", "bán hoa": "0 4 3 2 1",
		} {
			got, _ := all(t, f, db, Query{Text: query, Any: []string{"a"}})
			if s := strings.ReplaceAll(strings.Join(got, " "), "task/", ""); s != want {
				t.Errorf("%q: %s, want %s", query, s, want)
			}
		}
	})
}

// TestRights: nothing is found without a right, nothing of another agency, and the count tells no more.
func TestRights(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := New(db)
		put(t, db, cao, Doc{Ref: "incoming/1", Kind: "incoming", Fields: []string{"Công tác dân tộc"}, Tags: []string{"u:1"}},
			Doc{Ref: "incoming/2", Kind: "incoming", Fields: []string{"Công tác dân tộc"}, Tags: []string{"u:12"}})
		put(t, db, cao+1, Doc{Ref: "incoming/9", Fields: []string{"Công tác dân tộc"}, Tags: []string{"u:1"}})
		for _, c := range []struct {
			any, all []string
			want     string
		}{
			{nil, nil, ""},
			{[]string{"u:1"}, nil, "incoming/1"},
			{[]string{"u:12", "u:1"}, nil, "incoming/2 incoming/1"},
			{[]string{"u:12", "u:1"}, []string{"u:1", "kind:incoming"}, "incoming/1"},
			{[]string{"u:1"}, []string{"kind:task"}, ""},
			{[]string{"u"}, nil, ""},
		} {
			for _, text := range []string{"dân tộc", ""} {
				got, _ := all(t, f, db, Query{Text: text, Any: c.any, All: c.all})
				if strings.Join(got, " ") != c.want {
					t.Errorf("%q any %v all %v: %v, want %s", text, c.any, c.all, got, c.want)
				}
			}
		}
		err := db.Write(context.Background(), func(tx *store.Tx) error {
			_, err := f.Search(tx, cao, Query{Text: "dân tộc", Any: []string{"u:1"}})
			return err
		})
		if err == nil {
			t.Error("a search within an act was answered")
		}
		for _, bad := range []string{"", "u 1", "a\u00a0b", "x\x00"} {
			if db.Write(context.Background(), func(tx *store.Tx) error {
				return Put(tx, cao, Doc{Ref: "task/1", Tags: []string{bad}})
			}) == nil {
				t.Errorf("tag %q was taken", bad)
			}
		}
	})
}

// TestMeanwhile writes, indexes in two processes and searches at once; what was committed before a
// search began must be in its count.
func TestMeanwhile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		finders := []*Finder{New(db), New(db)}
		for _, f := range finders {
			f.portions = portions{least: [2]int{20, 5}, most: 60, bytes: 4000}
		}
		const n = 600
		var mu sync.Mutex
		committed := 0
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for _, f := range finders {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						if err := f.Index(ctx); err != nil {
							t.Error(err)
							return
						}
					}
				}
			})
			wg.Go(func() {
				for {
					mu.Lock()
					least := committed
					mu.Unlock()
					res, err := f.Search(db.Read(ctx), cao, Query{Text: "công tác dân tộc", Any: []string{"a"}})
					if err != nil || res.Total < least || res.Total > n {
						t.Errorf("%d found of at least %d: %v", res.Total, least, err)
						return
					}
					if least == n {
						return
					}
				}
			})
		}
		c := newCorpus(3)
		for i := range n {
			put(t, db, cao, Doc{Ref: fmt.Sprintf("incoming/%d", i), Fields: []string{"Công tác dân tộc " + c.title(2019)}, Tags: []string{"a"}})
			mu.Lock()
			committed++
			mu.Unlock()
			if i%10 == 0 {
				if err := db.Write(ctx, func(tx *store.Tx) error {
					return PutBody(tx, cao, fmt.Sprintf("incoming/%d", i), c.body(3))
				}); err != nil {
					t.Error(err)
				}
			}
		}
		close(stop)
		wg.Wait()
		if wrong, err := finders[0].Check(ctx, cao); err != nil || len(wrong) > 0 {
			t.Errorf("check: %v %v", wrong, err)
		}
	})
}

// TestCheckSees damages the index by hand.
func TestCheckSees(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, f, c := context.Background(), New(db), newCorpus(5)
		var docs []Doc
		for i := range 600 {
			docs = append(docs, c.doc(i, 600))
		}
		put(t, db, cao, docs...)
		if err := f.Index(ctx); err != nil {
			t.Fatal(err)
		}
		if err := db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE find_doc SET words = $1 WHERE agency = $2 AND ref = $3`, "khác", cao, "incoming/5")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if wrong, err := f.Check(ctx, cao); err != nil || len(wrong) != 1 {
			t.Errorf("check: %v %v", wrong, err)
		}
		if err := f.Rebuild(ctx, cao); err != nil {
			t.Fatal(err)
		}
		if wrong, err := f.Check(ctx, cao); err != nil || len(wrong) != 0 {
			t.Errorf("check after rebuild: %v %v", wrong, err)
		}
		if got, _ := all(t, f, db, Query{Text: "khác", Any: []string{"a"}}); len(got) != 1 {
			t.Errorf("after rebuild: %v", got)
		}
	})
}

func FuzzBlock(f *testing.F) {
	var b blocks
	b.emit = func(data []byte) error { f.Add(data, "fdan toc"); return nil }
	for _, term := range []string{"fban dan", "fdan toc", "fdan toc thieu"} {
		if err := b.add([]byte(term), posting{list: []uint32{1, 5, 900}}); err != nil {
			f.Fatal(err)
		}
	}
	if err := b.flush(); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte, term string) {
		if len(data) > 1<<16 {
			return
		}
		_, _ = lookIn(data, term, 1)
		_, _ = readIndex(data)
	})
}
