// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strings"
	"testing"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/letter"
)

// filled are words for every place of a type's form.
func filled(typ string) map[string]string {
	out := map[string]string{}
	for _, b := range Blanks(typ) {
		switch {
		case b.Date:
			out[b.Key] = "12/01/2027"
		case b.Many:
			out[b.Key] = "Dòng một của " + b.Label + "\nDòng hai của " + b.Label
		default:
			out[b.Key] = "Mục " + b.Label
		}
	}
	return out
}

// Every one of the 29 types can be written, saved, set and read back.
func TestEachOfThe29TypesIsWrittenAndReadBack(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		types := Types()
		if len(types) != 29 {
			d.Fatal(len(types))
		}
		for _, typ := range types {
			f := Facts{Type: typ.Code, Subject: "Thử " + typ.Name, Signer: d.person("thang"), Superior: typ.MayAbove, Blanks: filled(typ.Code),
				Recipients: []Recipient{{Name: "Văn phòng", Purpose: "know"}}}
			if typ.Addressed || typ.MayAbove {
				f.Addressees = []string{"Ủy ban nhân dân tỉnh"}
			}
			if len(f.Blanks) == 0 {
				f.Body = "Căn cứ Luật Tổ chức chính quyền địa phương;\nQUYẾT ĐỊNH:\nĐiều 1. Nội dung của văn bản./."
			}
			p := d.begin("hai", f)
			again := d.get(p.ID)
			for k, v := range f.Blanks {
				if again.Blanks[k] != v {
					d.Errorf("%s: %s is %q", typ.Code, k, again.Blanks[k])
				}
			}
			c, pdf, findings, err := Render(d.dir(), again)
			if err != nil || len(pdf) == 0 || c.Pages == 0 {
				d.Errorf("%s: %v", typ.Code, err)
				continue
			}
			for _, b := range Blanks(typ.Code) {
				for _, l := range lines(f.Blanks[b.Key]) {
					if b.Date && b.Key != "from" && b.Key != "until" {
						l = "ngày 12 tháng 01 năm 2027"
					} else if b.Date {
						l = "12 tháng 01 năm 2027"
					}
					if !strings.Contains(c.Text, strings.TrimRight(l, ".")) {
						d.Errorf("%s: %q is not on the page:\n%s", typ.Code, l, c.Text)
					}
				}
			}
			if n := strings.Count(c.Text, "./."); n != 1 {
				d.Errorf("%s: %d marks of the end in\n%s", typ.Code, n, c.Text)
			}
			content, err := Current(d.r(), again)
			if err != nil {
				d.Fatal(err)
			}
			if err := Missing(d.dir(), again, content, nil, d.clock.Today()); err != nil {
				d.Errorf("%s: %v", typ.Code, err)
			}
			for _, x := range findings {
				if x.Blocks {
					d.Errorf("%s: found %s %s", typ.Code, x.Code, x.Text)
				}
			}
			if word, err := AsWord(content); err != nil || len(word) == 0 {
				d.Errorf("%s: no Word document: %v", typ.Code, err)
			}
		}
		// What is not filled in is asked for at its place; what is filled in wrongly is refused.
		f := Facts{Type: letter.LeavePermit, Subject: "Nghỉ phép", Signer: d.person("thang"), Recipients: []Recipient{{Name: "Văn phòng", Purpose: "know"}}, Blanks: map[string]string{"person": "bà Triệu Thị Mai", "from": "12/01/2027", "until": "16/01/2027"}}
		p := d.begin("hai", f)
		d.refused("hai", fault.KindInvalid, "Chưa ghi “Chức vụ”", func(a *journal.Act) error { return Submit(a, p.ID, "") })
		if text := letter.Text(Compose(d.dir(), p).Body); !strings.Contains(text, "thời gian 04 ngày làm việc") {
			d.Errorf("from Tuesday to Saturday: %s", text)
		}
		f.Blanks["until"] = "11/01/2027"
		d.refused("hai", fault.KindInvalid, "không được trước", func(a *journal.Act) error { _, err := Save(a, p.ID, p.Version, f, nil); return err })
		f.Blanks["until"] = "mai"
		d.refused("hai", fault.KindInvalid, "là một ngày", func(a *journal.Act) error { _, err := Save(a, p.ID, p.Version, f, nil); return err })
		d.check()
	})
}
