// SPDX-License-Identifier: Apache-2.0

package archive_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/office/archive"
)

func rows(lines ...string) []archive.Row {
	var out []archive.Row
	for i, l := range lines {
		out = append(out, archive.Row{Number: i + 2, Cells: strings.Split(l, "|")})
	}
	return out
}

func (d *desk) list(year int) archive.List {
	d.Helper()
	l, err := archive.ListOf(d.r(), d.agency, year)
	if err != nil {
		d.Fatal(err)
	}
	return l
}

func numbers(l archive.List) string {
	var out []string
	for _, x := range l.Lines {
		if x.State == archive.LineIn {
			out = append(out, x.Notation)
		}
	}
	return strings.Join(out, " ")
}

func TestAListIsImportedWholeOrNotAtAll(t *testing.T) {
	each(t, func(d *desk) {
		d.refused("hai", fault.KindForbidden, "", func(a *journal.Act) error { _, err := archive.MakeList(a, 2026, false, false); return err })
		d.do("minh", func(a *journal.Act) error { _, err := archive.MakeList(a, 2026, false, false); return err })
		d.refused("minh", fault.KindConflict, "đã có danh mục", func(a *journal.Act) error { _, err := archive.MakeList(a, 2026, false, false); return err })
		wrong := rows("Tổ chức, cán bộ|TCCB|Tiền lương||||", "||| Hồ sơ nâng lương năm 2026|20 năm|Bế Thị Thu||", "|||Ngắn|hai mươi|Không Ai||", "|||Hồ sơ tuyển dụng năm 2026||Bế Thị Thu||99.99")
		err := d.try("minh", func(a *journal.Act) error { _, err := archive.ImportList(a, 2026, wrong); return err })
		said := ""
		for _, e := range fault.All(err) {
			said += e.Text + "\n"
		}
		for _, want := range []string{"Dòng 4, cột “Tiêu đề hồ sơ”", "Dòng 4, cột “Thời hạn bảo quản”", "Dòng 4, cột “Người lập”: không có ai đang làm việc tên là “Không Ai”", "Dòng 5, cột “Mã thời hạn”", "Dòng 5, cột “Thời hạn bảo quản”"} {
			if !strings.Contains(said, want) {
				t.Errorf("does not say %q:\n%s", want, said)
			}
		}
		if l := d.list(2026); len(l.Headings)+len(l.Lines) != 0 {
			t.Errorf("something was left: %+v", l)
		}
		right := rows("Tổ chức, cán bộ|TCCB|Tiền lương||||", "|||Hồ sơ nâng lương năm 2026|20 năm|Bế Thị Thu||", "Chính sách dân tộc|CSDT|||||", "|||Hồ sơ người có uy tín năm 2026|Vĩnh viễn|Lý Thanh Hải||", "Tổ chức, cán bộ|||Hồ sơ tuyển dụng năm 2026|70 năm|Bế Thị Thu|quan trọng|")
		d.do("minh", func(a *journal.Act) error { _, err := archive.ImportList(a, 2026, right); return err })
		if got := numbers(d.list(2026)); got != "01.TCCB 02.TCCB 03.CSDT" {
			t.Error(got)
		}
		d.sound()
	})
}

func TestAnApprovedListStandsAndGrowsByDatedLines(t *testing.T) {
	each(t, func(d *desk) {
		for _, per := range []bool{false, true} {
			year := 2026
			if per {
				year = 2027
			}
			d.do("minh", func(a *journal.Act) error { _, err := archive.MakeList(a, year, per, false); return err })
			d.do("minh", func(a *journal.Act) error {
				_, err := archive.ImportList(a, year, rows("Tổ chức, cán bộ|TCCB|||||", "|||Hồ sơ nâng lương năm nay|20 năm|Bế Thị Thu||", "Chính sách dân tộc|CSDT|||||", "|||Hồ sơ người có uy tín năm nay|Vĩnh viễn|Lý Thanh Hải||"))
				return err
			})
			d.refused("minh", fault.KindForbidden, "", func(a *journal.Act) error { return archive.Approve(a, year, "") })
			d.do("thang", func(a *journal.Act) error { return archive.Approve(a, year, "05/QĐ-BDT") })
			first := d.list(year)
			want := "01.TCCB 02.CSDT"
			if per {
				want = "01.TCCB 01.CSDT"
			}
			if got := numbers(first); got != want {
				t.Errorf("%v: %s", per, got)
			}
			d.refused("minh", fault.KindConflict, "đã được phê duyệt", func(a *journal.Act) error {
				_, err := archive.SetHeading(a, year, archive.Heading{Title: "Khác", Abbr: "K"})
				return err
			})
			d.refused("minh", fault.KindConflict, "", func(a *journal.Act) error { return archive.DecideLine(a, year, first.Lines[0].ID, false) })
			d.do("minh", func(a *journal.Act) error {
				_, err := archive.Propose(a, year, archive.Line{Heading: first.Headings[0].ID, Title: "Hồ sơ đào tạo phát sinh", Term: archive.Term{Years: 10}, Keeper: d.who["thu"].Person})
				return err
			})
			grown := d.list(year)
			want = "01.TCCB 03.TCCB 02.CSDT"
			if per {
				want = "01.TCCB 02.TCCB 01.CSDT"
			}
			if got := numbers(grown); got != want || grown.Lines[1].AddedOn != d.clock.Today() {
				t.Errorf("%v: %s %+v", per, got, grown.Lines[1])
			}
		}
		planned, err := archive.Dossiers(d.r(), d.agency, d.reach("thang"), archive.Filter{View: archive.ViewAll, Year: 2026}, 10)
		if err != nil || len(planned) != 3 || planned[0].State != archive.Planned {
			t.Errorf("%+v %v", planned, err)
		}
		// The next year begins with this one's lines, its year carried on.
		d.clock.Set(d, "2027-12-01 08:00")
		d.do("minh", func(a *journal.Act) error { _, err := archive.MakeList(a, 2028, false, true); return err })
		if l := d.list(2028); len(l.Lines) != 3 || l.Approved || numbers(l) != "01.TCCB 02.TCCB 03.CSDT" {
			t.Errorf("%+v", l)
		}
		d.sound()
	})
}

func TestAnExportIsAsLongAsItSays(t *testing.T) {
	each(t, func(d *desk) {
		x := d.closed("01.CS")
		e, err := archive.NewExport(d.r(), d.dir(), x, d.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		size, err := e.Size()
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := e.Write(context.Background(), &out, func(context.Context, string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("123456789")), nil
		}); err != nil || int64(out.Len()) != size {
			t.Fatalf("%d bytes, said %d, %v", out.Len(), size, err)
		}
		z, err := zip.NewReader(bytes.NewReader(out.Bytes()), size)
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open("HS-2026-01.CS/ho-so.xml")
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			OrganID   string `xml:"OrganId"`
			DocTotal  int
			Documents []struct {
				DocOrdinal               int
				TypeName, CodeNumber     string
				CodeNotation, IssuedDate string
				ArrivalNumber            int
				Trace                    []string `xml:"TraceHeaderList>TraceHeader"`
			} `xml:"Documents>Document"`
		}
		if err := xml.NewDecoder(f).Decode(&got); err != nil {
			t.Fatal(err)
		}
		if got.OrganID != "H14.18" || got.DocTotal != 2 || len(got.Documents) != 2 {
			t.Fatalf("%+v", got)
		}
		if one := got.Documents[0]; one.DocOrdinal != 1 || one.TypeName != "Công văn" || one.CodeNotation != "UBND-VX" || one.IssuedDate != "30/10/2026" || one.ArrivalNumber != 1 || len(one.Trace) < 5 {
			t.Errorf("%+v", one)
		}
		// Bytes that are gone end it.
		if err := e.Write(context.Background(), io.Discard, func(context.Context, string) (io.ReadCloser, error) { return nil, errors.New("gone") }); err == nil {
			t.Error("an export without its bytes was whole")
		}
	})
}
