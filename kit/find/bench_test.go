// SPDX-License-Identifier: Apache-2.0

package find

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"soviec/kit/store"
	"soviec/schema"
)

// go test -run '^$' -bench . -find.docs 10000,100000 ./kit/find/
var benchDocs = flag.String("find.docs", "10000", "numbers of documents for the benchmarks")

// BenchmarkOffice fills an index and reports what filling, indexing and searching cost. The
// databases are durable ones; PostgreSQL is taken when SOVIEC_TEST_PG is set.
func BenchmarkOffice(b *testing.B) {
	for size := range strings.SplitSeq(*benchDocs, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(size+"/sqlite", func(b *testing.B) {
			benchOffice(b, "sqlite:"+b.TempDir()+"/bench.db", "", n)
		})
		if dsn := os.Getenv("SOVIEC_TEST_PG"); dsn != "" {
			b.Run(size+"/postgresql", func(b *testing.B) {
				benchOffice(b, dsn, fmt.Sprintf("bench%d", time.Now().UnixNano()), n)
			})
		}
	}
}

func benchOffice(b *testing.B, dsn, schemaName string, n int) {
	ctx := context.Background()
	db, err := store.Open(ctx, dsn, store.Options{Schema: schemaName})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Migrate(ctx, schema.Files); err != nil {
		b.Fatal(err)
	}
	if schemaName != "" {
		defer db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec("DROP SCHEMA " + schemaName + " CASCADE")
			return err
		})
	}
	f, c := New(db), newCorpus(11)
	var docs []Doc
	started, putting := time.Now(), time.Duration(0)
	for i := range n {
		d := c.doc(i, n)
		if docs = append(docs, d); len(docs)%2048 == 0 || i == n-1 {
			from := time.Now()
			put(b, db, cao, docs[max(0, len(docs)-2048):]...)
			putting += time.Since(from)
		}
		if len(docs) >= 8192 && i < n-1 {
			docs = docs[:0]
			if err := f.Index(ctx); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := f.Index(ctx); err != nil {
		b.Fatal(err)
	}
	indexing := time.Since(started) - putting
	_, rows, err := readSegments(db.Read(ctx), cao)
	if err != nil {
		b.Fatal(err)
	}
	blocks := int64(0)
	for _, r := range rows {
		blocks += r.blocks
	}
	b.Logf("%d documents: put %.1f µs, index (with making the titles) %.1f µs each; %d segments, %.1f MB of postings",
		n, micros(putting)/float64(n), micros(indexing)/float64(n), len(rows), float64(blocks)*blockBytes/1e6)

	phrases := c.phrases(200, docs)
	var queries []Query
	for _, p := range phrases {
		queries = append(queries, Query{Text: p, Any: []string{"a"}}, Query{Text: Fold(p), Any: []string{"u:1", "p:3", "p:70"}},
			Query{Text: p, Any: []string{"a"}, All: []string{"kind:incoming", "year:2021"}})
	}
	search := func(f *Finder, q Query) int {
		res, err := f.Search(db.Read(ctx), cao, q)
		if err != nil {
			b.Fatal(err)
		}
		return res.Total
	}
	from := time.Now()
	search(New(db), queries[0])
	b.Logf("the first search of a process: %v", time.Since(from))
	for _, how := range []string{"uncached", "cached"} {
		b.Run(how, func(b *testing.B) {
			f := New(db)
			search(f, Query{Any: []string{"a"}})
			var times []time.Duration
			found := 0
			for round := 0; b.Loop(); round++ {
				if how == "uncached" {
					f.cache = newCache(cacheBytes)
				}
				from := time.Now()
				found += search(f, queries[round%len(queries)])
				times = append(times, time.Since(from))
			}
			slices.Sort(times)
			b.ReportMetric(micros(times[len(times)/2]), "p50-µs")
			b.ReportMetric(micros(times[len(times)*99/100]), "p99-µs")
			b.ReportMetric(float64(found)/float64(len(times)), "found")
		})
	}
	b.Run("parallel", func(b *testing.B) {
		b.ReportAllocs()
		var next atomic.Int64
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				search(f, queries[int(next.Add(1))%len(queries)])
			}
		})
	})
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	b.Logf("memory in use afterwards: %.1f MB, of which decoded postings %.1f MB", float64(m.HeapAlloc)/1e6, float64(f.cache.size)/1e6)
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
