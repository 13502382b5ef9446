// SPDX-License-Identifier: Apache-2.0

package web

import (
	"strings"
	"testing"

	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/draft"
)

// Appendices and a second signer go through the form and come back in it.
func TestTheFormCarriesAppendicesAndTwoSigners(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOfficeOn(t, db)
		hai, nga := o.as("hai"), o.as("nga")
		form := hai.get("/du-thao/moi?loai=BB").is(200).says(".second", "Thư ký").says(".appendices", "A4 ngang")
		if form.value("appendix_title") != "" {
			t.Error("a new draft has an appendix")
		}
		hai.get("/du-thao/moi?loai=QĐ").lacks(".second").says(".appendices", "Quy chế ban hành kèm theo")
		lan, signer := idText(o.who["lan"].Person), idText(o.who["thang"].Person)+" SELF 0"
		typed := []string{"type", "BB", "subject", "Họp giao ban", "body", "Nội dung: giao ban, danh sách tại Phụ lục kèm theo./.", "signer", signer, "know", "Văn phòng",
			"second_as", "secretary", "second_secretary", lan}
		hai.post("/du-thao", append(typed, "appendix_title", "Danh sách", "appendix_body", "")...).is(422).says(".errors", "chưa có nội dung").says(".appendices legend", "Phụ lục thứ 1")
		hai.post("/du-thao", append(typed, "appendix_type", "", "appendix_title", "Danh sách dự họp", "appendix_paper", "ngang", "appendix_enclosed", "", "appendix_body", "| STT | Họ tên |\n|---|---|\n| 1 | Nông Thị Lan |",
			"appendix_type", "", "appendix_title", "", "appendix_paper", "", "appendix_enclosed", "", "appendix_body", "")...).goes()
		all, err := draft.List(o.book.DB.Read(t.Context()), o.agency, draft.Reach{All: true}, draft.Filter{}, 10)
		if err != nil || len(all) != 1 || len(all[0].Appendices) != 1 || !all[0].Appendices[0].Landscape || all[0].Second.As != draft.Secretary {
			t.Fatal(all, err)
		}
		at := all[0].Address()
		hai.get(at).says(".facts", "Danh sách dự họp").says(".facts", "THƯ KÝ")
		again := hai.get(at + "/sua")
		if got := strings.TrimSpace(again.value("appendix_title")); got != "Danh sách dự họp" {
			t.Errorf("the form lost the appendix: %q", got)
		}
		again.says("textarea[name=appendix_body]", "Nông Thị Lan")
		again.says(".appendices", "Phụ lục thứ 2").says("select[name=second_secretary] option[selected]", "Nông Thị Lan")
		if word := hai.get(at + "/tep/n1").is(200); !strings.HasPrefix(string(word.Body), "PK") {
			t.Error("no Word document")
		}
		nga.get(at + "/tep/n1").is(404)
		hai.get(at + "/tep/cung-ky").is(404)
	})
}
