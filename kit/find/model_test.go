// SPDX-License-Identifier: Apache-2.0

package find

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

// model is search done the plain way: every document looked through for every query.
type model struct {
	docs []*modelDoc // in the order first put
}

type modelDoc struct {
	ref    string
	fields []string
	body   string
	tags   []string
}

func (m *model) doc(ref string) *modelDoc {
	for _, d := range m.docs {
		if d.ref == ref {
			return d
		}
	}
	d := &modelDoc{ref: ref}
	m.docs = append(m.docs, d)
	return d
}

func (d *modelDoc) holds(phrase string) bool {
	return slices.ContainsFunc(append([]string{d.body}, d.fields...), func(f string) bool {
		return strings.Contains(" "+Fold(f)+" ", " "+phrase+" ")
	})
}

// exact: every two neighbours, with their marks, in some field.
func (d *modelDoc) exact(phrase string) bool {
	words := strings.Fields(phrase)
	n := min(2, len(words))
	for i := 0; i+n <= len(words); i++ {
		pair := " " + strings.Join(words[i:i+n], " ") + " "
		if !slices.ContainsFunc(d.fields, func(f string) bool { return strings.Contains(" "+Exact(f)+" ", pair) }) {
			return false
		}
	}
	return true
}

// search returns the references in the order in which they must come.
func (m *model) search(text string, any, all []string) (refs []string, mode Mode) {
	try := func(fold, exact []string) []string {
		var first, rest []string
		for _, d := range slices.Backward(m.docs) {
			if !slices.ContainsFunc(any, func(t string) bool { return slices.Contains(d.tags, t) }) ||
				slices.ContainsFunc(all, func(t string) bool { return !slices.Contains(d.tags, t) }) ||
				slices.ContainsFunc(fold, func(p string) bool { return !d.holds(p) }) {
				continue
			}
			if !slices.Equal(fold, exact) && !slices.ContainsFunc(exact, func(p string) bool { return !d.exact(p) }) {
				first = append(first, d.ref)
			} else {
				rest = append(rest, d.ref)
			}
		}
		return append(first, rest...)
	}
	if parts := strings.Split(text, `"`); len(parts) > 2 {
		var fold, exact []string
		for i, p := range parts {
			if i%2 == 1 {
				fold, exact = append(fold, Fold(p)), append(exact, Exact(p))
			} else {
				fold, exact = append(fold, strings.Fields(Fold(p))...), append(exact, strings.Fields(Exact(p))...)
			}
		}
		return try(fold, exact), Phrase
	}
	if Fold(text) == "" {
		return try(nil, nil), Phrase
	}
	if refs := try([]string{Fold(text)}, []string{Exact(text)}); len(refs) > 0 || len(strings.Fields(Fold(text))) == 1 {
		return refs, Phrase
	}
	return try(strings.Fields(Fold(text)), strings.Fields(Exact(text))), Words
}

var (
	syllable = rapid.SampledFrom(strings.Fields("dân tộc dan tóc miền núi Đề án đồ"))
	tag      = rapid.SampledFrom([]string{"a", "u:1", "u:12", "p:3", "kind:incoming", "year:2019"})
	lastTest atomic.Int64
)

func sentence(least, most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(syllable, least, most).Draw(t, "syllables"), " ")
	})
}

// TestAgainstModel does at random what the office does, in small portions, so that a document
// passes through tail, segments, merges and rebuilds; two finders stand for two processes.
func TestAgainstModel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		rapid.Check(t, func(t *rapid.T) {
			m, ctx, agency := &model{}, context.Background(), 1000+lastTest.Add(1)
			finders := []*Finder{New(db), New(db)}
			for _, f := range finders {
				f.portions = portions{least: [2]int{3, 2}, most: 7, bytes: 90}
			}
			pick := func() *Finder { return finders[rapid.IntRange(0, 1).Draw(t, "process")] }
			write := func(f func(w store.Writer) error) {
				t.Helper()
				if err := db.Write(ctx, func(tx *store.Tx) error { return f(tx) }); err != nil {
					t.Fatal(err)
				}
			}
			known := func() *modelDoc {
				if len(m.docs) == 0 {
					t.Skip("no document yet")
				}
				return rapid.SampledFrom(m.docs).Draw(t, "doc")
			}
			tags := rapid.SliceOfNDistinct(tag, 1, 3, rapid.ID)
			put := func(ref string) {
				d := Doc{Ref: ref, Fields: rapid.SliceOfN(sentence(0, 9), 0, 3).Draw(t, "fields"), Tags: tags.Draw(t, "tags")}
				write(func(w store.Writer) error { return Put(w, agency, d) })
				md := m.doc(ref)
				md.fields, md.tags = d.Fields, slices.Clone(d.Tags)
			}
			t.Repeat(map[string]func(*rapid.T){
				"put": func(*rapid.T) { put(fmt.Sprintf("task/%d", len(m.docs))) },
				"put several": func(*rapid.T) {
					for range rapid.IntRange(1, 12).Draw(t, "n") {
						put(fmt.Sprintf("incoming/%d", len(m.docs)))
					}
				},
				"put again": func(*rapid.T) { put(known().ref) },
				"body": func(*rapid.T) {
					d := known()
					d.body = sentence(1, 30).Draw(t, "body")
					write(func(w store.Writer) error { return PutBody(w, agency, d.ref, d.body) })
				},
				"tag": func(*rapid.T) {
					d, more := known(), tags.Draw(t, "tags")
					write(func(w store.Writer) error { return Tag(w, agency, d.ref, more...) })
					for _, x := range more {
						if !slices.Contains(d.tags, x) {
							d.tags = append(d.tags, x)
						}
					}
				},
				"untag": func(*rapid.T) {
					d, x := known(), tag.Draw(t, "tag")
					write(func(w store.Writer) error { return Untag(w, agency, d.ref, x) })
					d.tags = slices.DeleteFunc(d.tags, func(y string) bool { return y == x })
				},
				"remove": func(*rapid.T) {
					d := known()
					write(func(w store.Writer) error { return Remove(w, agency, d.ref) })
					*d = modelDoc{ref: d.ref}
				},
				"undone": func(*rapid.T) {
					_ = db.Write(ctx, func(tx *store.Tx) error {
						_ = Put(tx, agency, Doc{Ref: "undone/1", Fields: []string{"dân tộc"}, Tags: []string{"a"}})
						return context.Canceled
					})
				},
				"index": func(*rapid.T) {
					if err := pick().IndexAgency(ctx, agency); err != nil {
						t.Fatal(err)
					}
				},
				"rebuild": func(*rapid.T) {
					if err := pick().Rebuild(ctx, agency); err != nil {
						t.Fatal(err)
					}
				},
				"": func(*rapid.T) {
					text := rapid.OneOf(sentence(0, 7), rapid.Custom(func(t *rapid.T) string {
						return `"` + sentence(1, 4).Draw(t, "quoted") + `" ` + sentence(0, 1).Draw(t, "word") + `"` + sentence(1, 2).Draw(t, "quoted") + `"`
					})).Draw(t, "text")
					q := Query{Text: text, Any: tags.Draw(t, "any"), Limit: rapid.IntRange(1, 7).Draw(t, "limit"),
						All: rapid.SliceOfN(tag, 0, 1).Draw(t, "all")}
					want, mode := m.search(q.Text, q.Any, q.All)
					var got []string
					for {
						res, err := pick().Search(db.Read(ctx), agency, q)
						if err != nil {
							t.Fatal(err)
						}
						if res.Total != len(want) || res.Mode != mode {
							t.Fatalf("%q: %d by %s, want %d by %s", q.Text, res.Total, res.Mode, len(want), mode)
						}
						for _, h := range res.Hits {
							got = append(got, h.Ref)
						}
						if !res.More {
							break
						}
						q.Before = res.Next
					}
					if !slices.Equal(got, want) {
						t.Fatalf("%q any %v all %v: %v, want %v", q.Text, q.Any, q.All, got, want)
					}
				},
			})
			if wrong, err := pick().Check(ctx, agency); err != nil || len(wrong) > 0 {
				t.Fatalf("check: %v %v", wrong, err)
			}
		})
	})
}
