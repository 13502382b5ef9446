// SPDX-License-Identifier: Apache-2.0

package find_test

import (
	"context"
	"fmt"
	"testing"

	"soviec/kit/find"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
)

// Many put at once are found as if each had been put alone, before and after indexing,
// and the order and numbers go on from what was there.
func TestManyPutAtOnceAreFoundLikeEachAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, finder := context.Background(), find.New(db)
		one := find.Doc{Ref: "x/0", Kind: "x", Fields: []string{"Báo cáo quà Tết số 0"}, Tags: []string{"a"}}
		var many []find.Doc
		for i := 1; i <= 150; i++ { // more than two statements hold
			many = append(many, find.Doc{Ref: fmt.Sprintf("x/%d", i), Kind: "x", Fields: []string{fmt.Sprintf("Báo cáo quà Tết số %d", i)}, Tags: []string{"a"}})
		}
		err := db.Write(ctx, func(tx *store.Tx) error {
			if err := find.Put(tx, 7, one); err != nil {
				return err
			}
			return find.PutMany(tx, 7, many)
		})
		if err != nil {
			t.Fatal(err)
		}
		look := func(when string) {
			t.Helper()
			got, err := finder.Search(db.Read(ctx), 7, find.Query{Text: "qua tet", Any: []string{"a"}, All: []string{"kind:x"}, Limit: 5})
			if err != nil || got.Total != 151 || got.Hits[0].Ref != "x/150" {
				t.Fatalf("%s: %d found, first %+v, %v", when, got.Total, got.Hits, err)
			}
			if got, _ := finder.Search(db.Read(ctx), 7, find.Query{Text: "số 77", Any: []string{"a"}}); got.Total != 1 || got.Hits[0].Ref != "x/77" {
				t.Fatalf("%s: %+v", when, got)
			}
		}
		look("before indexing")
		if err := finder.IndexAgency(ctx, 7); err != nil {
			t.Fatal(err)
		}
		look("after indexing")
		if wrong, err := finder.Check(ctx, 7); err != nil || len(wrong) != 0 {
			t.Fatal(wrong, err)
		}
	})
}
