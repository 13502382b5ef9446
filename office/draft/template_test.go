// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"strings"
	"testing"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/formcheck"
	"soviec/kit/journal"
	"soviec/kit/letter"
)

// Every shipped sample, filled in, passes the check of form.
func TestShippedTemplatesAreOfGoodForm(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range shipped() {
		seen[s.Type] = true
		values := map[string]string{}
		for _, f := range s.Fields {
			switch {
			case strings.HasPrefix(f.Name, "can_cu"):
				values[f.Name] = "Quyết định số 12/2018/QĐ-TTg ngày 06 tháng 3 năm 2018 của Thủ tướng Chính phủ về người có uy tín"
			case f.Name == "van_ban_den":
				values[f.Name] = "Công văn số 15/STC-NS ngày 05 tháng 3 năm 2026 của Sở Tài chính về dự toán"
			case f.Name == "tham_quyen":
				values[f.Name] = "TRƯỞNG BAN DÂN TỘC TỈNH CAO BẰNG"
			case f.Name == "ky_sau_hoa":
				values[f.Name] = "QUÝ II NĂM 2026"
			case strings.HasPrefix(f.Name, "ngay") || strings.HasPrefix(f.Name, "han"):
				values[f.Name] = "ngày 09 tháng 3 năm 2026"
			default:
				values[f.Name] = "nội dung"
			}
		}
		filled, err := s.Fill(values)
		if err != nil {
			t.Fatal(err)
		}
		l := letter.Letter{Type: s.Type, Agency: "BAN DÂN TỘC", Notation: letter.Notation(s.Type, "BDT", "VP"), Place: "Cao Bằng", Subject: filled.Subject, Addressees: filled.Addressees,
			Body: letter.Parse(filled.Body), Recipients: []string{"Như trên", "Lưu: VT, VP"}, Signatures: []letter.Signature{{Lines: []string{"TRƯỞNG BAN"}, Name: "Đàm Quốc Thắng"}}}
		if s.Type == letter.Telegram {
			l.Caller = "Trưởng ban điện"
		}
		if s.Type == letter.Minutes {
			l.Signatures = append(l.Signatures, l.Signatures[0])
		}
		for _, f := range formcheck.Letter(l, formcheck.Options{}) {
			t.Errorf("%s: %s: %s (%s)", s.Code, f.Code, f.Text, f.Place.Words)
		}
	}
	for _, code := range []string{"BC", "CV", "QĐ", "KH", "TTr", "TB", "GM", "GGT", "BB", "GNP", "CĐ"} {
		if !seen[code] {
			t.Errorf("no sample for %s", code)
		}
	}
}

func TestATemplatesNewEditionLeavesTheOldAsItWas(t *testing.T) {
	each(t, func(d *desk) {
		var tm Template
		own := Template{Type: "BC", Name: "Báo cáo tuần", Unit: unitOf(d, "lam")}
		own.Edition = Edition{Way: WayComposed, Subject: "Công tác tuần {{tuan}}", Body: "Tuần {{tuan: Tuần thứ mấy}} có {{so_viec}} việc./."}
		if err := d.try("hai", func(a *journal.Act) error { _, err := SetTemplate(a, "", own); return err }); !fault.Is(err, fault.KindForbidden) {
			d.Errorf("an officer keeps samples: %v", err)
		}
		d.do("lam", func(a *journal.Act) (err error) { tm, err = SetTemplate(a, "", own); return err })
		if len(tm.Fields) != 2 || tm.Fields[0].Label != "Tuần thứ mấy" || tm.Fields[1].Label != "So viec" {
			d.Errorf("fields %+v", tm.Fields)
		}
		var p Paper
		filled, err := tm.Fill(map[string]string{"tuan": "47", "so_viec": "12"})
		if err != nil {
			d.Fatal(err)
		}
		d.do("hai", func(a *journal.Act) (err error) {
			if p, err = Begin(a, Facts{Type: filled.Type, Subject: filled.Subject, Body: filled.Body}); err != nil {
				return err
			}
			return UseTemplate(a, p, tm)
		})
		next := tm
		next.Name, next.Body, next.Why = "Báo cáo tuần của phòng", "Kính báo cáo tuần {{tuan}}./.", ""
		if err := d.try("lam", func(a *journal.Act) error { _, err := SetTemplate(a, tm.Key(), next); return err }); !fault.Is(err, fault.KindInvalid) {
			d.Errorf("without a reason: %v", err)
		}
		next.Why = "Rút gọn theo ý kiến Văn phòng"
		d.do("lam", func(a *journal.Act) (err error) { next, err = SetTemplate(a, tm.Key(), next); return err })
		if next.Ordinal != 2 || next.ID != tm.ID {
			d.Errorf("%+v", next)
		}
		if old := d.get(p.ID); old.Body != "Tuần 47 có 12 việc./." {
			d.Errorf("the old draft says %q", old.Body)
		}
		used, ordinal, err := UsedTemplate(d.r(), d.agency, p.ID)
		if err != nil || used.ID != tm.ID || ordinal != 1 {
			d.Errorf("used %v, edition %d, %v", used.ID, ordinal, err)
		}
		first, err := EditionOf(d.r(), used, 1)
		if err != nil || first.Body != own.Body || used.Body != "Kính báo cáo tuần {{tuan}}./." {
			d.Errorf("edition 1 is %q, %v", first.Body, err)
		}
		// Who may begin with it: the unit, not another one; and not when it is out of use.
		names := func(unit int64) string {
			all, err := Templates(d.r(), d.agency, "BC", unit)
			if err != nil {
				d.Fatal(err)
			}
			var out []string
			for _, x := range all {
				out = append(out, x.Name)
			}
			return strings.Join(out, "; ")
		}
		if got := names(own.Unit); got != "Báo cáo kết quả công tác theo kỳ; Báo cáo tuần của phòng" {
			d.Error(got)
		}
		if got := names(0); got != "Báo cáo kết quả công tác theo kỳ" {
			d.Error(got)
		}
		d.do("lam", func(a *journal.Act) error { _, err := TurnTemplate(a, tm.Key(), false); return err })
		d.do("minh", func(a *journal.Act) error { _, err := TurnTemplate(a, "bao-cao", false); return err })
		if got := names(own.Unit); got != "" {
			d.Error(got)
		}
		if err := d.try("lam", func(a *journal.Act) error { _, err := TurnTemplate(a, "ke-hoach", false); return err }); !fault.Is(err, fault.KindForbidden) {
			d.Errorf("a head turns off the agency's: %v", err)
		}
		if err := CheckTemplates(d.r(), d.agency, func(s string) { d.Error(s) }); err != nil {
			d.Error(err)
		}
		if err := Check(d.r(), d.agency, func(s string) { d.Error(s) }); err != nil {
			d.Error(err)
		}
	})
}

func TestAShippedTemplateBecomesTheAgencysOwn(t *testing.T) {
	each(t, func(d *desk) {
		tm, err := TemplateOf(d.r(), d.agency, "giay-moi")
		if err != nil || !tm.Shipped() {
			d.Fatal(tm, err)
		}
		was := tm.Body
		tm.Body, tm.Why = strings.Replace(tm.Body, "Rất mong", "Kính mong", 1), "Theo quy chế làm việc"
		d.do("minh", func(a *journal.Act) (err error) { tm, err = SetTemplate(a, "giay-moi", tm); return err })
		again, err := TemplateOf(d.r(), d.agency, "giay-moi")
		if err != nil || again.Shipped() || again.Ordinal != 2 || !strings.Contains(again.Body, "Kính mong") {
			d.Errorf("%+v, %v", again, err)
		}
		if first, err := EditionOf(d.r(), again, 1); err != nil || first.Body != was {
			d.Errorf("%q, %v", first.Body, err)
		}
		all, _ := Templates(d.r(), d.agency, "GM")
		if len(all) != 1 {
			d.Errorf("%d invitations", len(all))
		}
	})
}

func TestFillingSaysWhatItDoesNotKnow(t *testing.T) {
	tm := Template{Type: "CV", Edition: Edition{Subject: "{{trich_yeu}}", Addressees: []string{"{{noi_gui}}"}, Body: "Gửi {{ai: Ai}}./."}}
	tm.Fields, _ = blanks(tm.texts()...)
	if _, err := tm.Fill(map[string]string{"la": "x"}); !strings.Contains(fault.Text(err), "la") {
		t.Error(err)
	}
	got, err := tm.Fill(map[string]string{"noi_gui": "Sở Tài chính\r\nSở Nội vụ", "trich_yeu": "góp ý\ndự thảo"})
	if err != nil || got.Subject != "góp ý dự thảo" || strings.Join(got.Addressees, "|") != "Sở Tài chính|Sở Nội vụ" || got.Body != "Gửi {{ai}}./." {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := blanks("Số {{Số hộ}} hộ"); !fault.Is(err, fault.KindInvalid) {
		t.Error(err)
	}
}

func unitOf(d *desk, name string) int64 {
	post, _ := d.dir().PostOn(d.person(name), civil.MustParse("2026-11-23"))
	return post.Unit
}
