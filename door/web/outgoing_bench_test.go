// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"soviec/kit/journal"
	"soviec/office/org"
)

// The year's book of what goes out, 10,000 rows, from the database to the PDF: it must take
// less than 5 seconds and 200 MB.
func BenchmarkOutgoingBook(b *testing.B) {
	o := openOffice(b)
	lan := o.as("lan")
	id := o.signed("BC", "Kết quả thực hiện chính sách dân tộc")
	lan.post("/van-ban-di/cap-so/"+idText(id), "day", "23/11/2026")
	o.do("lan", func(a *journal.Act) error {
		if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
			return err
		}
		a.Note(journal.Entry{Kind: "outgoing.numbered", Subject: "outgoing/1"})
		for n := 2; n <= 10000; n++ {
			if _, err := a.Exec(fmt.Sprintf(`INSERT INTO outgoing_document (id, agency, draft, slot, series, year, number, suffix, label, slug, day, type, subject, urgency, circulation, unit, drafter,
				signer, signer_name, lines, capacity, field, signed, signed_on, signed_at, way, text_number, send_by, places, kept_by, amount, note, state, numbered_by, numbered_at,
				sealed, sealed_by, sealed_at, issued_at, recall_reason, recall_due, ordered_by, frozen, dossier, version)
				SELECT id + %d, agency, draft + %d, slot + %d, series, year, %d, suffix, '%d/BC-BDT', slug || '-%d', day, type, subject || ' về việc hỗ trợ đồng bào các xã vùng III năm 2026', urgency, circulation, unit, drafter,
				signer, signer_name, lines, capacity, field, signed, signed_on, signed_at, way, text_number, send_by, places, kept_by, amount, note, state, numbered_by, numbered_at,
				sealed, sealed_by, sealed_at, issued_at, recall_reason, recall_due, ordered_by, frozen, dossier, version FROM outgoing_document WHERE number = 1`, n, n, n, n, n, n)); err != nil {
				return err
			}
		}
		return nil
	})
	book := attr(lan.get("/van-ban-di/in").is(200).all("select option")[0], "value")
	var most uint64
	for b.Loop() {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		page := lan.get("/van-ban-di/so?book=" + book + "&format=pdf").is(200)
		runtime.ReadMemStats(&after)
		most = max(most, after.HeapSys)
		if body := page.Body; !bytes.HasPrefix(body, []byte("%PDF")) || len(body) < 100000 {
			b.Fatal(strings.ToValidUTF8(string(body[:min(200, len(body))]), "?"))
		}
	}
	b.ReportMetric(float64(most)/(1<<20), "MB-heap")
}
