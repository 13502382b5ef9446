// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strings"
	"testing"

	"soviec/kit/blob"
	"soviec/kit/docx"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/office/org"

	"bytes"
	"time"
)

// Appendices are part of every version: of its page, its words and its Word document.
func TestAppendicesGoWithEveryVersion(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		f := d.letterFacts()
		f.Type, f.Addressees = "QĐ", nil
		f.Body = "Căn cứ Luật Tổ chức chính quyền địa phương;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế làm việc và danh sách tại Phụ lục./."
		table := "| STT | Xã |\n|---|---|\n| 1 | Bảo Lạc |"
		f.Appendices = []Appendix{{Type: "QC", Title: "Làm việc", Body: "Điều 1. Phạm vi"}, {Title: "Danh sách xã", Body: table, Landscape: true}, {}, {Title: "Biểu mẫu", Body: "Mẫu báo cáo", Enclosed: "(Kèm theo Quy chế)"}}
		p := d.begin("hai", f)
		if len(p.Appendices) != 3 || !p.Appendices[1].Landscape || p.Appendices[2].Enclosed != "Kèm theo Quy chế" {
			d.Fatalf("%+v", p.Appendices)
		}
		c, pdf, findings, err := Render(d.dir(), p)
		if err != nil || c.Pages < 4 || !bytes.HasPrefix(pdf, []byte("%PDF")) {
			d.Fatal(c.Pages, err)
		}
		for _, x := range findings {
			if x.Code == "PHU-LUC" {
				d.Error("the text points to its appendix, yet it is found not to")
			}
		}
		for _, want := range []string{"QUY CHẾ\nLàm việc", "Phụ lục I\nDanh sách xã", "Bảo Lạc", "Phụ lục II\nBiểu mẫu\n(Kèm theo Quy chế)"} {
			if !strings.Contains(c.Text, want) {
				d.Errorf("%q is not in %q", want, c.Text)
			}
		}
		if l := Compose(d.dir(), p); !strings.Contains(l.Enclosed(0, false), "của Trưởng Ban Dân tộc") {
			d.Errorf("enclosed with %q", l.Enclosed(0, false))
		}
		raw, err := AsWord(c)
		if err != nil {
			d.Fatal(err)
		}
		doc, err := docx.Read(ctx, bytes.NewReader(raw), int64(len(raw)), docx.Limits{})
		if err != nil || len(doc.Sections) < 4 {
			d.Fatal(len(doc.Sections), err)
		}
		words := ""
		for _, x := range docx.Paragraphs(doc.Blocks) {
			words += x.Text + "\n"
		}
		if !strings.Contains(words, "Bảo Lạc") || !strings.Contains(strings.ToUpper(words), "DANH SÁCH XÃ") {
			d.Error("the Word document lacks the appendix", words)
		}
		f.Appendices[1].Body += "\n| 2 | Hà Quảng |"
		if p = d.save("hai", p.ID, f); p.Current != 2 {
			d.Fatal("a changed appendix made no version")
		}
		one, err := VersionOf(d.r(), p.ID, 1)
		if err != nil {
			d.Fatal(err)
		}
		two, err := VersionOf(d.r(), p.ID, 2)
		if err != nil {
			d.Fatal(err)
		}
		changed := ""
		for _, l := range Compare(one.Text, two.Text) {
			if !l.Same() {
				for _, s := range l.Right {
					changed += s.Text
				}
			}
		}
		if !strings.Contains(changed, "Hà Quảng") {
			d.Errorf("the comparison shows %q", changed)
		}
		for _, c := range []struct {
			of   Appendix
			says string
		}{{Appendix{Title: "Tên"}, "chưa có nội dung"}, {Appendix{Body: "Chữ"}, "chưa có tên"}, {Appendix{Type: "QĐ", Title: "Tên", Body: "Chữ"}, "không đúng"}} {
			g := f
			g.Appendices = []Appendix{c.of}
			d.refused("hai", fault.KindInvalid, c.says, func(a *journal.Act) error { _, err := Save(a, p.ID, p.Version, g, nil); return err })
		}
		d.check()
	})
}

// Minutes are signed by the secretary, then by the chair; both are guarded, and a change in
// between makes both sign again.
func TestTwoSignersBothStandOnThePath(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		f := d.letterFacts()
		f.Type, f.Addressees, f.Body = letter.Minutes, nil, "Thời gian bắt đầu: 08 giờ 00.\nNội dung: giao ban./."
		f.Second = Second{As: Secretary, Person: d.person("thang")}
		d.refused("hai", fault.KindInvalid, "hai người khác nhau", func(a *journal.Act) error { _, err := Begin(a, f); return err })
		f.Second.Person = d.person("lan")
		p := d.begin("hai", f)
		if l := Compose(d.dir(), p); len(l.Signatures) != 2 || l.Signatures[0].Lines[0] != "THƯ KÝ" || l.Signatures[1].Lines[0] != "CHỦ TỌA" || l.Signatures[1].Name != p.SignerName {
			d.Fatalf("%+v", l.Signatures)
		}
		p = d.toSign(p.ID)
		words := func(name string) Word {
			w, err := Waiting(d.r(), d.dir(), d.dir().Rights(d.person(name), d.clock.Today()), d.person(name), d.clock.Today())
			if err != nil {
				d.Fatal(err)
			}
			for _, x := range w {
				if x.ID == p.ID {
					return x.Word
				}
			}
			return Word{}
		}
		if !words("lan").Sign || words("thang").Sign {
			d.Fatal("the secretary signs first")
		}
		d.refused("thang", fault.KindForbidden, "", func(a *journal.Act) error { _, err := Prepare(a, p.ID, p.SHA); return err })
		var s Signing
		sign := func(name, after string) {
			d.Helper()
			d.do(name, func(a *journal.Act) (err error) { s, err = Prepare(a, p.ID, p.SHA); return err })
			d.do(name, func(a *journal.Act) error { return Complete(a, p.ID, blob.Key(sum(after)), Evidence{}) })
			p = d.get(p.ID)
		}
		sign("lan", "lan")
		if p.State != StateToSign || p.Second.SHA != sum("lan") || words("lan").Sign || !words("thang").Sign {
			d.Fatalf("%+v", p)
		}
		// The chair sends it back: the secretary's signature falls with the page.
		d.do("thang", func(a *journal.Act) error { return Return(a, p.ID, p.SHA, "Ghi rõ giờ kết thúc", nil) })
		if p = d.get(p.ID); p.Second.SHA != "" {
			d.Fatal("a returned page keeps a signature")
		}
		f.Body += "\nKết thúc 10 giờ."
		d.save("hai", p.ID, f)
		p = d.toSign(p.ID)
		sign("lan", "lan 2")
		sign("thang", "thang")
		if s.Before != sum("lan 2") || p.State != StateSigned || p.SignedSHA != sum("thang") {
			d.Fatalf("%+v %+v", s, p)
		}
		steps, err := Steps(d.r(), p.ID)
		if err != nil || steps[len(steps)-2].Other != d.person("lan") || steps[len(steps)-1].Other != d.person("thang") {
			d.Fatal(steps, err)
		}

		// Beside an officer a capacity is asked for both, on the day of the signature.
		g := d.letterFacts()
		g.Second = Second{As: Officer, Person: d.person("ha")}
		d.refused("hai", fault.KindInvalid, "không có thẩm quyền", func(a *journal.Act) error { _, err := Begin(a, g); return err })
		var delegation int64
		d.do("minh", func(a *journal.Act) (err error) {
			delegation, err = org.GiveDelegation(a, org.Delegation{Person: d.person("lam"), Types: []string{"CV"}, From: d.clock.Today(), To: d.clock.Today(),
				Scope: "Công văn", Basis: "Giấy ủy quyền số 12/GUQ-BDT"})
			return err
		})
		g.Second = Second{As: Officer, Person: d.person("lam"), Capacity: org.CapTUQ, Delegation: delegation}
		g.Subject = "Hai người ký"
		q := d.begin("hai", g)
		q = d.toSign(q.ID)
		d.clock.Add(24 * time.Hour)
		d.refused("lam", fault.KindInvalid, "đã hết hạn", func(a *journal.Act) error { _, err := Prepare(a, q.ID, q.SHA); return err })

		// With another agency both sign on paper.
		o := d.letterFacts()
		o.Type, o.Addressees, o.Body = "KH", nil, "Phối hợp tuyên truyền./."
		o.Second = Second{As: Outside, Org: "Sở Nội vụ"}
		d.refused("hai", fault.KindInvalid, "chức vụ", func(a *journal.Act) error { _, err := Begin(a, o); return err })
		o.Second.Lines, o.Second.Name = []string{"Giám đốc"}, "Bế Văn Thành"
		x := d.begin("hai", o)
		if l := Compose(d.dir(), x); !strings.Contains(l.Agency, "Sở Nội vụ") || l.Signatures[0].Lines[0] != "GIÁM ĐỐC" {
			d.Fatalf("%+v", l)
		}
		x = d.toSign(x.ID)
		d.refused("thang", fault.KindConflict, "Sở Nội vụ", func(a *journal.Act) error { _, err := Prepare(a, x.ID, x.SHA); return err })
		d.do("lan", func(a *journal.Act) error { return SignOnPaper(a, x.ID, x.SHA, d.clock.Today(), scan()) })
		// A decision is one person's.
		o.Type = letter.Decision
		d.refused("hai", fault.KindInvalid, "không có người cùng ký", func(a *journal.Act) error { _, err := Begin(a, o); return err })
		d.check()
	})
}
