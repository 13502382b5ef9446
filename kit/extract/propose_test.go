// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"context"
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// labels are the right answers for the sample documents.
func labels(t *testing.T, dir string) []map[string]string {
	f, err := os.Open(filepath.Join(dir, "labels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		all = append(all, m)
	}
	return all
}

func fields(p Proposal) map[string]string {
	date := p.Date.String()
	return map[string]string{
		"doc_type": p.Type, "number": p.Number, "symbol": p.Notation, "agency": p.Issuer, "parent_agency": p.ParentIssuer,
		"place": p.Place, "date": date, "subject": p.Subject, "addressee": p.Addressee, "signer": p.Signer,
		"signer_title": p.SignerTitle, "sign_mode": p.SignMode, "urgency": []string{"Thường", "Khẩn", "Thượng khẩn", "Hỏa tốc"}[p.Urgency],
		"deadlines": strings.Join(p.DueDates, "|"),
	}
}

// The share of the samples on which a field must be right, to the letter but
// for capitals and the place of tones.
func TestProposeOnSamples(t *testing.T) {
	dir := samples(t, "capture")
	w := newWorker(t, Limits{})
	least := map[string]int{"doc_type": 13, "number": 13, "symbol": 13, "agency": 13, "date": 13, "subject": 13, "urgency": 13, "place": 13, "signer": 13, "addressee": 13, "deadlines": 13}
	right, exact, all := map[string]int{}, map[string]int{}, 0
	check := func(id, text string, want map[string]string) {
		all++
		for name, got := range fields(Propose(text)) {
			if want[name] == "-" {
				right[name]++
				exact[name]++
				continue
			}
			if got == want[name] {
				exact[name]++
			}
			if key(got) == key(want[name]) {
				right[name]++
			} else {
				t.Logf("%s %s:\n got %q\nwant %q", id, name, got, want[name])
			}
		}
	}
	for _, row := range labels(t, dir) {
		b, err := os.ReadFile(filepath.Join(dir, row["id"]+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		check(row["id"], string(b), row)
		pdf, err := os.Open(filepath.Join(dir, row["id"]+".pdf"))
		if err != nil {
			continue
		}
		facts, err := w.Extract(context.Background(), pdf)
		pdf.Close()
		if err != nil {
			t.Fatal(err)
		}
		check(row["id"]+".pdf", facts.FirstPage(), row)
	}
	for _, name := range slices.Sorted(maps.Keys(fields(Proposal{}))) {
		t.Logf("%-14s %d of %d right, %d to the letter", name, right[name], all, exact[name])
		if right[name] < least[name] {
			t.Errorf("%s: %d of %d right, want at least %d", name, right[name], all, least[name])
		}
	}
}

const nationHead = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

// Invented documents, one for each trap that real ones have.
func TestProposeTraps(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want map[string]string
	}{
		"columns kept apart": {
			"ỦY BAN NHÂN DÂN TỈNH CAO BẰNG    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n       BAN DÂN TỘC                    Độc lập - Tự do - Hạnh phúc\n" +
				"Số:  123 /BDT-VP        Cao Bằng, ngày 05 tháng 3 năm 2026\nV/v: rà soát danh sách người có      \nuy tín năm 2026\n\n   Kính gửi:\n- Phòng Chính sách Dân tộc;\n- Thanh tra Ban.\n" +
				"Ban Dân tộc đề nghị gửi báo cáo trước ngày 20/3/2026.\nNơi nhận:        KT. TRƯỞNG BAN\n- Như trên;    PHÓ TRƯỞNG BAN\n- Lưu: VT.        Nông Thị Hoa\n",
			map[string]string{"doc_type": "Công văn", "number": "123", "symbol": "BDT-VP", "agency": "Ban Dân tộc", "parent_agency": "Ủy ban nhân dân tỉnh Cao Bằng", "place": "Cao Bằng", "date": "2026-03-05",
				"subject": "rà soát danh sách người có uy tín năm 2026", "addressee": "Phòng Chính sách Dân tộc; Thanh tra Ban", "signer": "Nông Thị Hoa", "signer_title": "Phó Trưởng ban", "sign_mode": "KT. Trưởng ban", "deadlines": "2026-03-20", "urgency": "Thường"},
		},
		"urgent in the words only": {
			"SỞ NỘI VỤ\n" + nationHead + "Số: 07/SNV-TCBC\nV/v khẩn trương hoàn thành báo cáo\nCao Bằng, ngày 9 tháng 01 năm 2026\nKính gửi: Ban Dân tộc.\n",
			map[string]string{"number": "07", "symbol": "SNV-TCBC", "agency": "Sở Nội vụ", "urgency": "Thường", "subject": "khẩn trương hoàn thành báo cáo", "date": "2026-01-09", "addressee": "Ban Dân tộc"},
		},
		"urgent by the mark": {
			"UBND TỈNH CAO BẰNG\n" + nationHead + "Số: 7/UBND-NC\nTHƯỢNG KHẨN\nV/v trực Tết\nCao Bằng, ngày 9 tháng 01 năm 2026\nKính gửi: Các sở, ban, ngành;\nĐồng kính gửi: Ủy ban nhân dân các huyện.\n",
			map[string]string{"urgency": "Thượng khẩn", "agency": "Ủy ban nhân dân tỉnh Cao Bằng", "subject": "trực Tết", "addressee": "Các sở, ban, ngành; Ủy ban nhân dân các huyện"},
		},
		"no number": {
			"BAN DÂN TỘC\n" + nationHead + "Cao Bằng, ngày 12 tháng 02 năm 2026\nGIẤY MỜI\nHọp giao ban tháng 02\n\nBan Dân tộc trân trọng kính mời\n",
			map[string]string{"number": "", "symbol": "", "doc_type": "Giấy mời", "agency": "Ban Dân tộc", "subject": "họp giao ban tháng 02", "date": "2026-02-12", "place": "Cao Bằng"},
		},
		"number still to come": {
			"BAN DÂN TỘC\n" + nationHead + "Số:      /QĐ-BDT\nCao Bằng, ngày    tháng    năm 2026\nQUYẾT ĐỊNH\nVề việc nâng bậc lương\nTRƯỞNG BAN BAN DÂN TỘC\nCăn cứ Luật Cán bộ;\n",
			map[string]string{"number": "", "symbol": "QĐ-BDT", "doc_type": "Quyết định", "subject": "nâng bậc lương", "date": ""},
		},
		"year in the number, old spelling": {
			"UỶ BAN NHÂN DÂN\nTỈNH CAO BẰNG\n" + nationHead + "Số: 52/2025/QĐ-UBND\nCao Bằng, ngày 30 tháng 12 năm 2025\nQUYẾT ĐỊNH\nBAN HÀNH QUY ĐỊNH PHÂN CẤP QUẢN LÝ TRÊN ĐỊA BÀN TỈNH CAO BẰNG\nUỶ BAN NHÂN DÂN TỈNH CAO BẰNG\nCăn cứ Luật Tổ chức;\n",
			map[string]string{"number": "52/2025", "symbol": "QĐ-UBND", "agency": "Ủy ban nhân dân tỉnh Cao Bằng", "subject": "ban hành Quy định phân cấp quản lý trên địa bàn tỉnh Cao Bằng"},
		},
		"a body of the Party": {
			"TỈNH ỦY CAO BẰNG\n*\nSố 123-CV/TU\nV/v học tập nghị quyết\nĐẢNG CỘNG SẢN VIỆT NAM\nCao Bằng, ngày 02 tháng 3 năm 2026\nKính gửi: Ban Dân tộc\n",
			map[string]string{"number": "123", "symbol": "CV/TU", "doc_type": "Công văn", "agency": "Tỉnh ủy Cao Bằng", "subject": "học tập nghị quyết", "date": "2026-03-02"},
		},
		"subject carried to the end": {
			"SỞ Y TẾ\n" + nationHead + "Số: 44/SYT-NV\nCao Bằng, ngày 02 tháng 3 năm 2026\nKính gửi: Ban Dân tộc.\nSở Y tế có ý kiến như sau./.\nNơi nhận:\n- Như trên;\nGIÁM ĐỐC\nLục Văn Đại\nV/v cung cấp số liệu\n",
			map[string]string{"subject": "cung cấp số liệu", "signer": "Lục Văn Đại", "signer_title": "Giám đốc"},
		},
		"old and spanning days": {
			"SỞ Y TẾ\n" + nationHead + "Số: 44/SYT-NV\nV/v tập huấn\nCao Bằng, ngày 02 tháng 3 năm 2026\nKính gửi: Ban Dân tộc.\nTheo công văn trước đây yêu cầu báo cáo trước ngày 15/01/2026; lớp học từ ngày 10/3/2026 đến hết ngày 12/3/2026. Gửi danh sách chậm nhất ngày 08/3; báo cáo trong quý II năm 2026.\n",
			map[string]string{"deadlines": "2026-03-08|Q2/2026"},
		},
		"by order, in one block": {
			"VĂN PHÒNG\nỦY BAN NHÂN DÂN TỈNH CAO BẰNG\n" + nationHead + "Số: 5/VPUBND-TH\nV/v họp\nCao Bằng, ngày 02 tháng 3 năm 2026\nKính gửi: Ban Dân tộc.\nNơi nhận:\n- Như trên.\nTL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nHoàng Văn\nMinh\n",
			map[string]string{"agency": "Văn phòng Ủy ban nhân dân tỉnh Cao Bằng", "sign_mode": "TL. Chủ tịch; KT. Chánh Văn phòng", "signer_title": "Phó Chánh Văn phòng", "signer": "Hoàng Văn Minh"},
		},
	} {
		got := fields(Propose(c.text))
		for field, want := range c.want {
			if got[field] != want {
				t.Errorf("%s: %s:\n got %q\nwant %q", name, field, got[field], want)
			}
		}
	}
}

func FuzzPropose(f *testing.F) {
	f.Add(nationHead + "Số: 1/BDT-VP\nV/v\nKính gửi:\n- A;\nNơi nhận:\nTM. BAN\nKT. TRƯỞNG BAN\nLa Thị Yến")
	f.Add("Số:\n|\n, ngày 31 tháng 02 năm 2026\nCÔNG ĐIỆN\nVỀ VIỆC")
	f.Add("\xff\x00 ngày 1 tháng 1 năm 9999 trước ngày 30/2 trong tháng 13/2026")
	f.Add("KT. TM.\nTM")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 20_000 {
			return
		}
		p := Propose(s)
		for name, v := range fields(p) {
			if strings.ContainsAny(v, "\n\r\x00") && name != "deadlines" {
				t.Errorf("%s holds a line break: %q", name, v)
			}
		}
		if len(p.Subject) > 2*maxSubject {
			t.Errorf("subject of %d bytes", len(p.Subject))
		}
		SecretStamp(s)
	})
}

// The work grows with the text, not with its square.
func TestProposeIsBounded(t *testing.T) {
	for _, s := range []string{"a", "Số: 1/", "V/v ", "A ", " ", "\n", "- x; ", "ngày ", "TM. ", "trước ", "Kính gửi:\n- a;\n", "QUY CHẾ A\n"} {
		Propose(strings.Repeat(s, 4<<20/len(s)))
	}
}
