// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"slices"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/org/orgtest"
	"soviec/office/series"
)

func (d *desk) copied(p CopyPlan) (c CertifiedCopy) {
	d.Helper()
	if p.Signer == 0 {
		p.Signer = d.who["thang"].Person
	}
	if p.Way == "" {
		p.Way = PaperPaper
	}
	d.do("lan", func(a *journal.Act) (err error) { c, err = MakeCopy(a, p); return err })
	return c
}

func (d *desk) copyIssued(p CopyPlan) (c CertifiedCopy) {
	d.Helper()
	id := d.copied(p).ID
	d.do("lan", func(a *journal.Act) error { return RecordCopySignature(a, id, 0) })
	d.do("lan", func(a *journal.Act) (err error) { c, err = NumberCopy(a, id); return err })
	if !c.Way.Electronic() {
		d.do("lan", func(a *journal.Act) error { return IssueCopy(a, id) })
	}
	c, err := copyByID(d.r(), d.agency, id)
	if err != nil {
		d.Fatal(err)
	}
	return c
}

func TestCopiesShareOneSeries(t *testing.T) { // T13
	t.Parallel()
	each(t, "2026-01-05 08:00", func(d *desk) {
		x := d.issued(paper{kind: "QĐ"})
		sy := d.copyIssued(CopyPlan{Kind: CopyWhole, Source: x.Ref(), Recipients: []string{"Phòng Chính sách", ""}})
		sl := d.copyIssued(CopyPlan{Kind: CopyOfCopy, Source: sy.Ref()})
		trs := d.copyIssued(CopyPlan{Kind: CopyExcerpt, Source: x.Ref(), Part: "Điều 2. Quyết định có hiệu lực kể từ ngày ký."})
		if sy.Label != "01/SY-BDT" || sl.Label != "02/SL-BDT" || trs.Label != "03/TrS-BDT" || sy.State != StateIssued || sl.Root != x.Ref() || len(sy.Recipients) != 1 {
			d.Errorf("copies are %+v, %+v, %+v", sy, sl, trs)
		}
		if book, err := Copies(d.r(), d.agency, 2026, 0, 10); err != nil || len(book) != 3 || book[1].ID != sl.ID {
			d.Errorf("book of copies: %+v, %v", book, err)
		}
		rows, err := series.Examine(d.r(), d.agency, 2026)
		if i := slices.IndexFunc(rows, func(r series.Row) bool { return r.Series.Direction == series.Copy }); err != nil || i < 0 || rows[i].Used != 3 || len(rows[i].Missing) > 0 {
			d.Errorf("R7 %+v, %v", rows, err)
		}
		checkRow := func(want CertifiedCopy) (found []string) {
			entries, err := entriesOf(d.r(), d.agency, []string{want.Ref()})
			if err != nil {
				d.Fatal(err)
			}
			checkCopy(want, entries[want.Ref()], func(s string) { found = append(found, s) })
			return found
		}
		sl.Number = 9
		if found := checkRow(sl); len(found) != 1 {
			d.Errorf("a changed number of a copy: %q", found)
		}
	})
}

func TestWhatIsNotCopied(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		x, unsent := d.issued(paper{}), d.sealed(paper{})
		head := d.who["thang"].Person
		refused := func(who string, p CopyPlan, words string) {
			d.Helper()
			if p.Signer == 0 {
				p.Signer = head
			}
			if p.Way == "" {
				p.Way = PaperPaper
			}
			d.refused(d.try(who, func(a *journal.Act) error { _, err := MakeCopy(a, p); return err }), words)
		}
		whole := CopyPlan{Kind: CopyWhole, Source: x.Ref()}
		refused("son", whole, "không có quyền")
		refused("hai", whole, "không có quyền")
		refused("lan", CopyPlan{Kind: CopyOfCopy, Source: x.Ref()}, "Sao lục chỉ thực hiện từ bản sao y")
		refused("lan", CopyPlan{Kind: CopyExcerpt, Source: x.Ref()}, "nguyên văn phần nội dung")
		refused("lan", CopyPlan{Kind: CopyWhole, Source: x.Ref(), Way: FileFile}, "Chỉ trích sao")
		refused("lan", CopyPlan{Kind: CopyWhole, Source: x.Ref(), Way: PaperFile}, "bản quét")
		refused("lan", CopyPlan{Kind: CopyWhole, Source: x.Ref(), Part: "Điều 1 và Điều 2"}, "phải đầy đủ")
		refused("lan", CopyPlan{Kind: CopyWhole, Source: x.Ref(), Signer: d.who["hai"].Person}, "")
		refused("lan", CopyPlan{Kind: CopyWhole, Source: unsent.Ref()}, "Chỉ sao văn bản đã phát hành")
		refused("lan", CopyPlan{Kind: CopyWhole, Source: "draft/1"}, "Không có văn bản này")
		refused("lan", CopyPlan{Kind: "XX", Source: x.Ref()}, "hình thức sao")
		var in document.Incoming
		d.do("lan", func(a *journal.Act) (err error) {
			in, err = document.Register(a, document.Arrival{Type: "CV", NumberRaw: "12/SNV-VP", IssuedOn: d.clock.Today(), IssuerName: "Sở Nội vụ", Subject: "Đề nghị báo cáo", Channel: "post"})
			return err
		})
		refused("lan", CopyPlan{Kind: CopyWhole, Source: in.Ref(), SourceIsCopy: true}, "từ bản sao y thì sao lục")
		if sl := d.copyIssued(CopyPlan{Kind: CopyOfCopy, Source: in.Ref(), SourceIsCopy: true}); sl.Label != "01/SL-BDT" {
			d.Errorf("a copy of a sao y that arrived is %s", sl.Label)
		}
		c := d.copied(whole)
		d.refused(d.try("lan", func(a *journal.Act) error { return SignCopy(a, c.ID) }), "không có quyền")
		d.refused(d.try("lan", func(a *journal.Act) error { _, err := NumberCopy(a, c.ID); return err }), "Chờ ký")
		d.refused(d.try("lan", func(a *journal.Act) error { return RecordCopySignature(a, c.ID, d.clock.Today().AddDays(-1)) }), "trước ngày làm bản sao")
		d.do("thang", func(a *journal.Act) error { return SignCopy(a, c.ID) })
		d.do("thang", func(a *journal.Act) error { return Recall(a, x.ID, "Sai số liệu", d.clock.Today().AddDays(5), 0) })
		d.refused(d.try("lan", func(a *journal.Act) error { _, err := NumberCopy(a, c.ID); return err }), "không bị thu hồi")
		d.do("lan", func(a *journal.Act) error { return DropCopy(a, c.ID) })
		dir := orgtest.Directory(d.T, d.book, d.agency)
		if _, err := GetCopy(d.r(), d.agency, dir.Rights(d.who["yen"].Person, d.clock.Today()), c.ID); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("whoever may not read the source reads the copy: %v", err)
		}
		if _, err := GetCopy(d.r(), d.agency, dir.Rights(d.who["thang"].Person, d.clock.Today()), c.ID); err != nil {
			d.Error(err)
		}
	})
}

func TestAnElectronicCopyBearsTheAgencysSignatureAlone(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		x := d.issued(paper{})
		scan := &File{Name: "ban-quet.pdf", SHA: "bb", Size: 3, Pages: 1}
		c := d.copied(CopyPlan{Kind: CopyWhole, Source: x.Ref(), Way: PaperFile, Text: scan})
		d.refused(d.try("lan", func(a *journal.Act) error { return RecordCopySignature(a, c.ID, civil.Date(0)) }), "không ghi nhận chữ ký giấy")
		d.do("thang", func(a *journal.Act) error { return SignCopy(a, c.ID) })
		d.do("lan", func(a *journal.Act) error { _, err := NumberCopy(a, c.ID); return err })
		d.refused(d.try("lan", func(a *journal.Act) error { return IssueCopy(a, c.ID) }), "phải có chữ ký số")
		d.refused(d.try("lan", func(a *journal.Act) error { _, err := PrepareCopySeal(a, c.ID); return err }), "Chưa lập tệp")
		d.do("lan", func(a *journal.Act) error { return WriteCopy(a, c.ID, File{Name: "sao-y.pdf", SHA: "cc"}) })
		d.do("lan", func(a *journal.Act) error { _, err := PrepareCopySeal(a, c.ID); return err })
		seal := func(ev Evidence) error {
			return d.try("lan", func(a *journal.Act) error { return CompleteCopySeal(a, c.ID, File{Name: "sao-y.pdf", SHA: "dd"}, ev) })
		}
		d.refused(seal(Evidence{Agency: true}), "không phải tệp đã giao")
		d.refused(seal(Evidence{Kept: true, Agency: true, Personal: true}), "chỉ có chữ ký số của cơ quan")
		d.refused(seal(Evidence{Kept: true}), "hợp lệ của cơ quan")
		if err := seal(Evidence{Kept: true, Agency: true}); err != nil {
			d.Fatal(err)
		}
		files, err := CopyFiles(d.r(), c.ID)
		if err != nil || len(files) != 3 || files[0].Stage != "sealed" || files[2].SHA != "bb" {
			d.Errorf("files %+v, %v", files, err)
		}
		for _, sha := range []string{"bb", "cc", "dd"} {
			if ok, err := Held(d.r(), sha); err != nil || !ok {
				d.Errorf("file %s is not held: %v", sha, err)
			}
		}
	})
}

func TestTheNumberOfACopyIsVoidedWithApproval(t *testing.T) {
	t.Parallel()
	each(t, "2026-11-23 08:00", func(d *desk) {
		x := d.issued(paper{})
		c := d.copied(CopyPlan{Kind: CopyWhole, Source: x.Ref()})
		d.do("lan", func(a *journal.Act) error { return RecordCopySignature(a, c.ID, 0) })
		d.do("lan", func(a *journal.Act) error { _, err := NumberCopy(a, c.ID); return err })
		d.do("lan", func(a *journal.Act) error { return AskCopyVoid(a, c.ID, "Sao nhầm văn bản") })
		d.refused(d.try("lan", func(a *journal.Act) error { return IssueCopy(a, c.ID) }), "Đang chờ duyệt")
		d.refused(d.try("lan", func(a *journal.Act) error { return DecideCopyVoid(a, c.ID, true) }), "không có quyền")
		d.do("minh", func(a *journal.Act) error { return DecideCopyVoid(a, c.ID, true) })
		if next := d.copyIssued(CopyPlan{Kind: CopyWhole, Source: x.Ref()}); next.Label != "02/SY-BDT" {
			d.Errorf("after a voided number comes %s", next.Label)
		}
		dir := orgtest.Directory(d.T, d.book, d.agency)
		book, err := CopyLines(d.r(), dir, 2026, 0, 10)
		if err != nil || len(book) != 2 || !book[0].Void || len(book[0].Later) != 0 {
			d.Fatalf("%+v, %v", book, err)
		}
		if cells := book[0].Cells; len(cells) != len(CopyColumns) || cells[7] == "" {
			d.Errorf("cells %q", cells)
		}
		// The book is printed; what is voided after that stands as a later line.
		third := d.copied(CopyPlan{Kind: CopyWhole, Source: x.Ref()})
		d.do("lan", func(a *journal.Act) error { return RecordCopySignature(a, third.ID, 0) })
		d.do("lan", func(a *journal.Act) error { _, err := NumberCopy(a, third.ID); return err })
		books, err := CopyBooks(d.r(), d.agency, 2026)
		if err != nil || len(books) != 1 {
			d.Fatalf("%+v, %v", books, err)
		}
		d.do("lan", func(a *journal.Act) error { return MarkPrinted(a, books[0].ID, 3) })
		d.clock.Set(d.T, "2026-11-24 08:00")
		d.do("lan", func(a *journal.Act) error { return AskCopyVoid(a, third.ID, "Sao nhầm văn bản") })
		d.do("minh", func(a *journal.Act) error { return DecideCopyVoid(a, third.ID, true) })
		if book, err = CopyLines(d.r(), dir, 2026, 2, 10); err != nil || len(book) != 1 || book[0].Cells[7] != "" || len(book[0].Later) != 1 {
			d.Errorf("after printing: %+v, %v", book, err)
		}
	})
}
