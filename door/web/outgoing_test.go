// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"soviec/kit/blob"
	"soviec/kit/journal"
	typeset "soviec/kit/letter"
	"soviec/kit/packet"
	"soviec/kit/store"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
)

// signed is a composed letter that was signed on paper; how it came so far is another test's.
func (o *modelOffice) signed(kind, subject string) (id int64) {
	o.Helper()
	text, err := json.Marshal(typeset.Letter{Type: kind, Agency: "BAN DÂN TỘC", Superior: "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", Place: "Cao Bằng", Subject: subject,
		Body:       []typeset.Block{{Kind: typeset.Para, Text: "Ban Dân tộc báo cáo kết quả như sau."}},
		Signatures: []typeset.Signature{{Lines: []string{"TRƯỞNG BAN"}, Name: "Đàm Quốc Thắng"}}, Recipients: []string{"UBND tỉnh", "Lưu: VT, CS"}})
	if err != nil {
		o.Fatal(err)
	}
	o.do("hai", func(a *journal.Act) error {
		if err := org.May(a, org.OwnAccount, org.Target{Person: a.By.Person}); err != nil {
			return err
		}
		id = a.NewID()
		a.Note(journal.Entry{Kind: "draft.signed", Subject: journal.Ref(draft.RefDraft, id)})
		if _, err := a.Exec(`INSERT INTO draft_paper (id, agency, type, subject, urgency, circulation, unit, drafter, mark, signer, capacity, delegation, lines, signer_name, addressees, superior, portal,
				field, body, state, state_before, checker, current, sha, approved, round, begun_at, waits_since, signed, signed_on, signed_at, signed_sha, outgoing, version)
			VALUES ($1, $2, $3, $4, 0, '', $5, $6, '', $7, 'SELF', 0, 'TRƯỞNG BAN', 'Đàm Quốc Thắng', '', FALSE, FALSE, 0, '', 'signed', '', 0, 1, '', '', 1, $8, $8, 'paper', $9, $8, '', 0, 1)`,
			id, o.agency, kind, subject, o.unit("CS"), o.who["hai"].Person, o.who["thang"].Person, store.Instant(a.At), a.Day().String()); err != nil {
			return err
		}
		if _, err := a.Exec(`INSERT INTO draft_version (id, agency, draft, ordinal, way, name, sha, size, pages, source, source_name, letter, text, note, added_by, added_at)
			VALUES ($1, $2, $3, 1, 'composed', 'van-ban.pdf', '', 0, 1, '', '', $4, 'báo cáo kết quả', '', 0, $5)`, a.NewID(), o.agency, id, string(text), store.Instant(a.At)); err != nil {
			return err
		}
		for i, r := range []draft.Recipient{{Kind: "org", Name: "Ủy ban nhân dân tỉnh", Purpose: "report", Channel: "post", Copies: 1},
			{Kind: "unit", Ref: o.unit("KHTH"), Name: "Phòng Kế hoạch – Tổng hợp", Purpose: "know", Channel: "internal"},
			{Kind: "text", Name: "VT, CS", Purpose: "store", Channel: "hand", Copies: 1}} {
			if _, err := a.Exec(`INSERT INTO draft_recipient (draft, ordinal, agency, kind, ref, code, name, purpose, channel, copies) VALUES ($1, $2, $3, $4, $5, '', $6, $7, $8, $9)`,
				id, i+1, o.agency, r.Kind, r.Ref, r.Name, r.Purpose, r.Channel, r.Copies); err != nil {
				return err
			}
		}
		return nil
	})
	return id
}

func TestOutgoingFromTheQueueToTheRecipient(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan, xuan, yen, son := o.as("lan"), o.as("xuan"), o.as("yen"), o.as("son")
	lan.get("/van-ban-di").is(200).says("main", "Chưa có văn bản đi nào")
	lan.get("/van-ban-di/cho").is(200).says("main", "Không có gì chờ")
	id := o.signed("BC", "Kết quả thực hiện chính sách dân tộc")
	lan.get("/").says(".decisions", "Chờ cấp số 1 văn bản")
	yen.get("/").silent("main", "Chờ cấp số")
	lan.get("/van-ban-di/cho").is(200).says("table", "Kết quả thực hiện chính sách").says("table", "Cấp số 01")
	yen.get("/van-ban-di/cho").is(403)
	number := "/van-ban-di/cap-so/" + idText(id)
	lan.post(number, "day", "22/12/2026").is(422).says(".errors", "Ngày văn bản không được sau hôm nay")
	o.post(lan, number, "day", "23/11/2026")
	lan.get("/").says(".decisions", "Chờ đóng dấu 1 văn bản").silent(".decisions", "Chờ cấp số")
	at := "/van-ban-di/2026/01-bc-bdt"
	page := lan.get(at).is(200)
	page.says("h1", "01/BC-BDT").says(".card", "Đã đóng dấu").says(".files", "đã ghi số, ngày")
	file := strings.SplitN(attr(page.all(".files a")[0], "href"), "?", 2)[0]
	wants(t, lan.get(file).is(200).pdfText(), "Số: 01/BC-BDT", "Cao Bằng, ngày 23 tháng 11 năm 2026", "Kết quả thực hiện chính sách dân tộc")
	o.post(lan, at+"/dong-dau")
	lan.get("/van-ban-di/cho").says("main a", "sổ quản lý khóa ký")
	lan.get("/quan-tri/khoa-ky").is(200)
	o.index()
	xuan.finds("kết quả thực hiện chính sách").lacks(".beside") // it has not left
	lan.post(at+"/phat-hanh", "x", "y")
	o.index()
	lan.finds("kết quả thực hiện chính sách").says(".beside", "Văn bản đi (1)").says(".beside a", "Kết quả thực hiện")
	lan.finds("1/BC").says(".exact", "01/BC-BDT").lacks(".beside")
	xuan.finds("kết quả thực hiện chính sách", "kind", "outgoing").says("h1", "1 kết quả").says(".hits", "01/BC-BDT")
	for _, who := range []*visitor{yen, son} {
		who.finds("kết quả thực hiện chính sách").says("h1", "Không thấy gì")
		who.finds("1/BC").lacks(".exact")
		who.finds("kết quả thực hiện chính sách", "kind", "outgoing").says("h1", "Không thấy gì")
	}
	xuan.get(at).is(200)
	yen.get(at).is(404)
	son.get(at).is(404)
	son.get("/van-ban-di").is(404)
	xuan.get(file).is(200)
	lan.get(at).is(200).says(".deliveries", "ký nhận: Hoàng Thị Xuân")
	lan.get(at + "/bi.pdf").is(200)
	o.post(lan, at+"/gui-buu-dien", "to", "1", "envelopes", "1", "receipt", "RB 01")
	lan.get("/van-ban-di?q=chính+sách+dân+tộc&year=2026").is(200)
	lan.get("/van-ban-di/danh-sach.csv").is(200)
	lan.get("/van-ban-di/danh-sach.xlsx").is(200)
	books := lan.get("/van-ban-di/in").is(200).says("table", "chung")
	book := attr(books.all("select option")[0], "value")
	wants(t, lan.get("/van-ban-di/so?book="+book+"&format=pdf").is(200).pdfText(), "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "01/BC-BDT", "Đàm Quốc", "Ủy ban nhân dân tỉnh", "Sổ này có 1 văn bản, từ số 01 đến số 01")
	wants(t, lan.get("/van-ban-di/so?book=post&format=pdf").is(200).pdfText(), "SỔ GỬI VĂN BẢN ĐI BƯU ĐIỆN", "01/BC-BDT", "RB 01")
	lan.get("/van-ban-di/so?book=" + book + "&format=xlsx").is(200)
	xuan.get("/van-ban-di/so?book=" + book + "&format=pdf").is(404)
	lan.post("/van-ban-di/khoa-so", "book", book, "number", "5").is(422).says(".errors", "Sổ chưa có số này")
	o.post(lan, "/van-ban-di/khoa-so", "book", book, "number", "1")
	o.as("thang").post(at+"/thu-hoi", "reason", "", "due_on", "27/11").is(422)
	o.post(o.as("thang"), at+"/thu-hoi", "reason", "Sai số liệu phụ lục", "due_on", "27/11/2026")
	xuan.get(file).is(409)
	o.post(xuan, at+"/tra-loi/2", "agreed", "on")
	o.post(lan, at+"/tra-loi/1", "agreed", "on")
	lan.get(at).is(200).says(".card", "Văn bản đã thu hồi")
}

func TestSeriesSettings(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	minh, lan := o.as("minh"), o.as("lan")
	lan.get("/quan-tri/danh-so").is(404)
	minh.get("/quan-tri/danh-so").is(200).says("main", "mặc định của phần mềm")
	minh.post("/quan-tri/danh-so/cach", "year", "2027", "mode", "mixed").is(422).says(".errors", "ít nhất một loại")
	o.post(minh, "/quan-tri/danh-so/cach", "year", "2027", "mode", "common")
	o.post(minh, "/quan-tri/danh-so/hoi-dong", "name", "Hội đồng Khoa học", "abbr", "HĐKH", "basis", "QĐ 3")
	o.post(minh, "/quan-tri/danh-so/bat-dau", "type", "BC", "start", "413", "day", "20/11/2026", "note", "Sổ giấy quyển 2, trang 41")
	o.post(lan, "/van-ban-di/giu-so", "type", "BC", "unit", idText(o.unit("CS")), "reason", "Báo cáo chiều nay")
	lan.get("/van-ban-di/cho").is(200).says("main", "413")
	minh.get("/quan-tri/danh-so").is(200).says("table", "413")
	minh.post("/quan-tri/danh-so/chen", "book", "1", "number", "1", "suffix", "a", "day", "20/11/2026", "reason", "Chuyển văn thư muộn").is(422)
	minh.post("/quan-tri/danh-so/khac").is(404)
}

// The books on the screen, a loan of the kept copy, locks and corrections.
func TestBooksOnTheScreen(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan, hai, son := o.as("lan"), o.as("hai"), o.as("son")
	hai.get("/so-sach").is(404)
	son.get("/so-sach/buu-dien").is(404)
	lan.get("/so-sach").is(200).says("main", "Sổ đăng ký văn bản đi").says("main", "Mục lục văn bản, tài liệu trong hồ sơ")
	for _, book := range []string{"van-ban-di", "van-ban-den", "theo-doi", "buu-dien", "ban-luu", "phieu-giai-quyet", "danh-muc-ho-so", "ban-sao"} {
		lan.get("/so-sach/" + book).is(200).lacks("table.book tbody td")
	}
	lan.get("/so-sach/khac").is(404)
	id := o.signed("BC", "Kết quả thực hiện chính sách dân tộc")
	o.post(lan, "/van-ban-di/cap-so/"+idText(id), "day", "23/11/2026")
	at := "/van-ban-di/2026/01-bc-bdt"
	lan.get(at).is(200).lacks("#ban-luu")
	o.post(lan, at+"/dong-dau")
	o.post(lan, at+"/phat-hanh")
	o.post(lan, at+"/gui-buu-dien", "to", "1", "envelopes", "1", "receipt", "RB 01")
	lan.get("/so-sach/van-ban-di?year=2026&period=q4").is(200).says("table.book", "01/BC-BDT").says("table.book", "Đàm Quốc Thắng")
	lan.get("/so-sach/van-ban-di?year=2026&period=1").is(200).says("main", "không có dòng nào")
	lan.get("/so-sach/buu-dien").is(200).says("table.book", "RB 01")
	minh := idText(o.who["minh"].Person)
	lan.post(at+"/ban-luu", "person", "Bà Triệu Thị Mai, Sở Nội vụ", "purpose", "", "due_on", "25/11/2026", "allowed_by", minh).is(422).says("#ban-luu", "mục đích sử dụng")
	hai.post(at+"/ban-luu", "person", "x", "purpose", "Đối chiếu số liệu", "due_on", "25/11/2026", "allowed_by", minh).is(403)
	o.post(lan, at+"/ban-luu", "person", "Bà Triệu Thị Mai, Sở Nội vụ", "purpose", "Đối chiếu số liệu", "due_on", "25/11/2026", "allowed_by", minh)
	lan.get(at).is(200).says("#ban-luu", "hẹn trả 25/11/2026")
	use := lan.get("/so-sach/ban-luu").is(200).says("table.book", "Triệu Thị Mai")
	line := attr(use.all("select[name=line] option")[0], "value")
	lan.post("/so-sach/ban-luu/dinh-chinh", "line", line, "text", "x").is(422).says("main", "từ 5 đến 300 ký tự")
	o.post(lan, "/so-sach/ban-luu/dinh-chinh", "line", line, "text", "Người mượn là bà Triệu Thị Mơ")
	lan.get("/so-sach/ban-luu").says("tr.later", "Đính chính 23/11/2026: Người mượn là bà Triệu Thị Mơ")
	wants(t, lan.get("/van-ban-di/so?book=use&format=pdf").is(200).pdfText(), "SỔ SỬ DỤNG BẢN LƯU", "Triệu Thị Mơ")
	lan.post("/so-sach/ban-luu/khoa", "through", "23/11/2026").is(422).says("main", "trước hôm nay")
	hai.post("/so-sach/ban-luu/khoa", "through", "22/11/2026").is(404)
	lan.post("/so-sach/van-ban-di/dinh-chinh", "line", line, "text", "Người mượn").is(404)
	o.post(lan, at+"/ban-luu/"+line)
	lan.get(at).is(200).says("#ban-luu", "đã trả 23/11/2026")
}

// Groups of recipients, a packet with a passphrase that is shown once, what did not arrive.
func TestRecipientsByGroupsAndPackets(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	lan, hai := o.as("lan"), o.as("hai")
	hai.get("/nhom-noi-nhan").is(404)
	hai.get("/nhom-noi-nhan/moi").is(404)
	lan.get("/nhom-noi-nhan").is(200).says("main", "Chưa có nhóm nào")
	lan.get("/nhom-noi-nhan/moi").is(200)
	lan.post("/nhom-noi-nhan/moi", "name", "Các xã", "members", "Xã A | chim bồ câu").is(422).says("main", "Dòng 1: không có cách gửi “chim bồ câu”")
	lan.post("/nhom-noi-nhan/moi", "name", "Các xã", "members", "Xã B\n\nXã A | thư điện tử | sai").is(422).says("main", "Dòng 3: Địa chỉ thư điện tử")
	o.post(lan, "/nhom-noi-nhan/moi", "name", "Các xã", "members", "Xã A | thư điện tử | vanthu@xa-a.example\nXã B\tbưu điện\t\t2", "units", idText(o.unit("KHTH")))
	at := attr(lan.get("/nhom-noi-nhan").is(200).says("main", "3 nơi").all("main table a")[0], "href")
	lan.get(at).is(200).says("textarea", "Xã B | bưu điện | | 2")

	id := o.signed("BC", "Kết quả thực hiện chính sách dân tộc")
	o.post(lan, "/van-ban-di/cap-so/"+idText(id), "day", "23/11/2026")
	doc := "/van-ban-di/2026/01-bc-bdt"
	group := strings.TrimPrefix(at, "/nhom-noi-nhan/")
	o.post(lan, doc+"/noi-nhan", "name-1", "Công an tỉnh", "channel-1", "email", "address-1", "ca@tinh.example", "purpose-1", "act", "kind-1", "org", "packed-1", "on", "group", group)
	lan.get(doc).is(200).says(".deliveries", "Các xã").says(".deliveries", "nhóm, gửi từng nơi").says(".deliveries", "gói có mật khẩu")
	lan.get(doc + "/bi.pdf").is(200)
	o.post(lan, doc+"/dong-dau")
	lan.post(doc+"/phat-hanh", "x", "y").is(422).says("main", "hãy lập gói")
	hai.post(doc+"/goi", "x", "y").is(403)
	shown := lan.post(doc+"/goi", "x", "y").is(200)
	digits := strings.TrimSpace(shown.words(".passphrase"))
	if len(digits) != 29 {
		t.Fatalf("the passphrase is %q", digits)
	}
	lan.get(doc).is(200).lacks(".passphrase").says("#goi", "Lập gói mới")
	d, err := outgoing.BySlug(o.read(), o.agency, outgoing.Reach{All: true}, 2026, "01-bc-bdt")
	if err != nil {
		t.Fatal(err)
	}
	k, err := outgoing.PacketOf(o.read(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	src, _, err := o.blobs.Get(t.Context(), blob.Key(k.SHA))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(src)
	_ = src.Close()
	if err != nil {
		t.Fatal(err)
	}
	if files, err := packet.Open(data, digits, 1<<20); err != nil || len(files) != 1 || !bytes.HasPrefix(files[0].Data, []byte("%PDF")) {
		t.Errorf("the packet holds %d files, %v", len(files), err)
	}
	o.post(lan, doc+"/phat-hanh")
	lan.get(doc).is(200).says(".deliveries", "Xã A").says(".deliveries", "Xã B").silent(".deliveries", "Các xã")
	hai.get("/van-ban-di/chua-den").is(403)
	lan.get("/van-ban-di/chua-den").is(200).says("main", "3 nơi chưa gửi").says("table", "Xã B")
	o.do("lan", func(a *journal.Act) error { return outgoing.Note(a, d.ID, 1, outgoing.Failed, "Hộp thư đầy") })
	lan.get("/van-ban-di/chua-den").is(200).says("table", "Hộp thư đầy").says("h1", "chưa đến")
	o.post(lan, doc+"/nhan/1", "again", "on", "address", "ca2@tinh.example")
	lan.get("/van-ban-di/chua-den?year=2025").is(200).says("main", "đều đã gửi")
	lan.post(at+"/thoi", "version", "1")
	lan.get(at).is(404)
}
