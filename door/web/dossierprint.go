// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/print"
	"soviec/kit/sheet"
	"soviec/office/archive"
	"soviec/office/org"
)

func sheetWriter(v *visit, s ...sheet.Sheet) func(io.Writer) error {
	return func(w io.Writer) error {
		return sheet.Write(w, sheet.Book{Author: v.dir.Agency.Name, Sheets: s})
	}
}

// A printed table goes out as PDF and as a workbook with the same columns and lines.
type printed struct {
	title, subtitle, filters string
	portrait                 bool
	columns                  []print.Column
	lines                    []print.Line
	notes                    []string
	signers                  []print.Signer
}

func (v *visit) sendPrinted(name string, t printed, workbook bool) error {
	if !workbook {
		r := print.Report{Superior: v.dir.Agency.Superior, Agency: v.dir.Agency.Name, Place: v.dir.Agency.Place, On: v.now, At: v.now, Mark: v.mark(), Landscape: !t.portrait,
			Title: t.title, Subtitle: t.subtitle, Filters: t.filters, Columns: t.columns, Notes: t.notes, Signers: t.signers,
			Lines: func(yield func(print.Line) bool) {
				for _, l := range t.lines {
					if !yield(l) {
						return
					}
				}
			}}
		return v.sendPDF(name+".pdf", func(w io.Writer) error { return print.Table(w, r) })
	}
	s := sheet.Sheet{Name: "Bảng", Numbered: true, Titles: []string{t.title, v.dir.Agency.Name, strings.TrimSpace(t.subtitle + " " + t.filters)}, Footer: t.notes}
	for _, c := range t.columns {
		s.Columns = append(s.Columns, sheet.Column{Title: c.Title, Width: c.WidthMM / 2})
	}
	s.Rows = func(yield func(sheet.Row) bool) {
		for _, l := range t.lines {
			r := sheet.Row{Bold: l.Kind != print.Item}
			for i, c := range l.Cells {
				title := ""
				if i < len(t.columns) {
					title = t.columns[i].Title
				}
				r.Cells = append(r.Cells, sheetCell(title, c))
			}
			if !yield(r) {
				return
			}
		}
	}
	return v.sendXLSX(name+".xlsx", sheetWriter(v, s))
}

var signHere = "(Ký, ghi rõ họ tên)"

// dossierListPrint is the list on paper (Phụ lục V: Danh mục hồ sơ).
func dossierListPrint(v *visit) error {
	year, err := strconv.Atoi(v.PathValue("year"))
	if err != nil || !v.may(org.HandOut, org.Target{}) || !v.readsDocuments() {
		return errNoPage
	}
	t, err := v.dossierListPrinted(year)
	if err != nil {
		return err
	}
	return v.sendPrinted("danh-muc-ho-so-"+strconv.Itoa(year), t, strings.HasSuffix(v.URL.Path, ".xlsx"))
}

func (v *visit) listPrinted(l archive.List) printed {
	t := printed{title: "DANH MỤC HỒ SƠ NĂM " + strconv.Itoa(l.Year), columns: []print.Column{{Title: "Số và ký hiệu hồ sơ", WidthMM: 32}, {Title: "Tên đề mục và tiêu đề hồ sơ", WidthMM: 120},
		{Title: "Thời hạn bảo quản", WidthMM: 28}, {Title: "Người lập", WidthMM: 40}, {Title: "Ghi chú", WidthMM: 40}},
		signers: []print.Signer{{Titles: []string{"NGƯỜI LẬP"}, Hint: signHere}, {Titles: []string{"NGƯỜI ĐỨNG ĐẦU CƠ QUAN"}, Hint: "(Ký, ghi rõ họ tên, đóng dấu)"}}}
	switch {
	case !l.Approved:
		t.subtitle = "(Dự thảo, chưa phê duyệt)"
	case l.Basis != "":
		t.subtitle = "(Ban hành kèm theo " + l.Basis + " ngày " + l.ApprovedOn.VN() + ")"
	}
	large, small := 0, 0
	for _, h := range l.Headings {
		name, level := "", 0
		if h.Parent == 0 {
			large, small = large+1, 0
			name = archive.Roman(large) + ". " + strings.ToUpper(h.Title)
		} else {
			small++
			name, level = strconv.Itoa(small)+". "+h.Title, 1
		}
		t.lines = append(t.lines, print.Line{Kind: print.Group, Level: level, Cells: []string{name}})
		for _, x := range l.Lines {
			if x.Heading != h.ID || x.State != archive.LineIn {
				continue
			}
			note := x.Note
			if !x.AddedOn.IsZero() {
				note = strings.TrimPrefix(note+"; Bổ sung ngày "+x.AddedOn.VN(), "; ")
			}
			t.lines = append(t.lines, print.Line{Cells: []string{x.Notation, x.Title, x.Term.Words(), v.dir.Person(x.Keeper).Name, note}})
		}
	}
	all, permanent := l.Sums()
	t.notes = []string{listSums(all, permanent)}
	return t
}

// dossierIndex is the index of the documents in a dossier (Phụ lục V: Mục lục văn bản, tài liệu).
func dossierIndex(v *visit) error {
	d, err := v.dossier()
	if err != nil {
		return err
	}
	items, err := archive.Items(v.read(), v.agency(), d.ID)
	if err != nil {
		return err
	}
	t := printed{title: "MỤC LỤC VĂN BẢN, TÀI LIỆU", subtitle: "Hồ sơ " + d.Notation + ": " + d.Title, filters: "Mã hồ sơ: " + d.Code(v.dir.Agency.Code) + ". Thời hạn bảo quản: " + d.Term.Words(),
		columns: []print.Column{{Title: "STT", WidthMM: 12, Align: print.Center}, {Title: "Số, ký hiệu văn bản", WidthMM: 36}, {Title: "Ngày tháng năm văn bản", WidthMM: 26, Align: print.Center},
			{Title: "Tên loại và trích yếu nội dung văn bản", WidthMM: 110}, {Title: "Tác giả văn bản", WidthMM: 44}, {Title: "Tờ/trang số", WidthMM: 20, Align: print.Center}, {Title: "Ghi chú", WidthMM: 26}},
		signers: []print.Signer{{Titles: []string{"NGƯỜI LẬP"}, Hint: signHere, Name: v.dir.Person(d.Keeper).Name}}}
	for _, it := range archive.Sheets(items) {
		t.lines = append(t.lines, print.Line{Cells: []string{strconv.Itoa(it.Ordinal), it.Number, it.On.VN(), it.Title, it.Author, pagesOf(it), it.Note}})
	}
	t.notes = []string{fmt.Sprintf("Hồ sơ này có %s (%s) văn bản, tài liệu, %s trang.", number(d.Docs), print.Words(d.Docs), number(d.Pages))}
	return v.sendPrinted(fmt.Sprintf("muc-luc-%d-%s", d.Year, plainName(d.Notation)), t, strings.HasSuffix(v.URL.Path, ".xlsx"))
}

// transferPrint is the index of what is handed over and the minutes (Phụ lục V: Mục lục hồ
// sơ, tài liệu nộp lưu; Biên bản giao nhận hồ sơ, tài liệu).
func transferPrint(v *visit) error {
	t, err := v.transfer()
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%d-%02d", t.Year, t.Number)
	if v.PathValue("what") == "bien-ban.pdf" {
		return v.sendPrinted("bien-ban-giao-nhan-"+name, v.minutes(t), false)
	}
	if v.PathValue("what") != "muc-luc.pdf" && v.PathValue("what") != "muc-luc.xlsx" {
		return errNoPage
	}
	return v.sendPrinted("muc-luc-ho-so-"+name, v.transferIndex(t), strings.HasSuffix(v.URL.Path, ".xlsx"))
}

func (v *visit) transferIndex(t archive.Transfer) printed {
	p := printed{title: "MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU", subtitle: v.dir.Unit(t.Unit).Name + ", năm " + strconv.Itoa(t.Year),
		columns: []print.Column{{Title: "Số TT", WidthMM: 12, Align: print.Center}, {Title: "Số, ký hiệu hồ sơ", WidthMM: 30}, {Title: "Tiêu đề hồ sơ", WidthMM: 120}, {Title: "Thời gian tài liệu", WidthMM: 36},
			{Title: "Thời hạn bảo quản", WidthMM: 26}, {Title: "Số tờ/Số trang", WidthMM: 20, Align: print.Center}, {Title: "Ghi chú", WidthMM: 30}},
		signers: []print.Signer{{Titles: []string{"NGƯỜI LẬP"}, Hint: signHere, Name: v.dir.Person(t.Giver).Name}}}
	n, permanent := 0, 0
	for _, l := range t.Lines {
		note := ""
		if l.Decision == "sent_back" {
			note = "Trả lại: " + l.Reason
		} else {
			n++
			if l.Dossier.Term.Permanent {
				permanent++
			}
		}
		p.lines = append(p.lines, print.Line{Cells: []string{strconv.Itoa(len(p.lines) + 1), l.Dossier.Notation, l.Dossier.Title, period(l.Dossier), l.Dossier.Term.Words(), strconv.Itoa(l.Dossier.Pages), note}})
	}
	p.notes = []string{fmt.Sprintf("Mục lục này gồm %s hồ sơ (đơn vị bảo quản). Viết bằng chữ: %s hồ sơ. Trong đó có %d hồ sơ bảo quản vĩnh viễn, %d hồ sơ bảo quản có thời hạn.", number(n), print.Words(n), permanent, n-permanent)}
	return p
}

func (v *visit) minutes(t archive.Transfer) printed {
	dossiers, files, first, last := 0, 0, civil.Date(0), civil.Date(0)
	for _, l := range t.Lines {
		if l.Decision == "sent_back" {
			continue
		}
		dossiers++
		files += l.Files
		if first.IsZero() || l.Dossier.StartOn.Before(first) {
			first = l.Dossier.StartOn
		}
		if l.Dossier.EndOn.After(last) {
			last = l.Dossier.EndOn
		}
	}
	fact := func(a, b string) print.Line { return print.Line{Cells: []string{a, b}} }
	receiver := "……………"
	if t.Done() {
		receiver = v.dir.Person(t.Receiver).Name + ", " + v.dir.Title(t.Receiver, civil.Of(t.ReceivedAt))
	}
	p := printed{portrait: true, title: "BIÊN BẢN GIAO NHẬN HỒ SƠ, TÀI LIỆU", subtitle: t.Title(), filters: "Căn cứ Nghị định 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
		columns: []print.Column{{Title: "Nội dung", WidthMM: 60}, {Title: "Chi tiết", WidthMM: 115}},
		lines: []print.Line{fact("Bên giao", v.dir.Unit(t.Unit).Name+"; đại diện: "+v.dir.Person(t.Giver).Name), fact("Bên nhận", "Lưu trữ cơ quan; đại diện: "+receiver),
			fact("Tên khối tài liệu giao nộp", "Hồ sơ công việc của "+v.dir.Unit(t.Unit).Name), fact("Thời gian của hồ sơ, tài liệu", first.VN()+" – "+last.VN()),
			fact("Tài liệu giấy: số hộp (cặp)", t.Boxes), fact("Tài liệu giấy: số mét giá", t.Metres), fact("Tài liệu điện tử: số hồ sơ", number(dossiers)+" ("+print.Words(dossiers)+")"),
			fact("Tài liệu điện tử: số tệp", number(files)), fact("Tình trạng tài liệu", t.Condition), fact("Mục lục hồ sơ, tài liệu nộp lưu kèm theo", "01 bản")},
		notes:   []string{"Biên bản này được lập thành hai bản; bên giao giữ một bản, bên nhận giữ một bản."},
		signers: []print.Signer{{Titles: []string{"ĐẠI DIỆN BÊN GIAO"}, Hint: signHere, Name: v.dir.Person(t.Giver).Name}, {Titles: []string{"ĐẠI DIỆN BÊN NHẬN"}, Hint: signHere}}}
	if t.Done() {
		p.signers[1].Name = v.dir.Person(t.Receiver).Name
		p.notes = append(p.notes, "Bên nhận đã xác nhận trên hệ thống lúc "+momentWords(t.ReceivedAt)+".")
	}
	return p
}

func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '-'
	}, s)
}
