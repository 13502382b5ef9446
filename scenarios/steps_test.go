// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"context"
	"fmt"
	"strconv"

	"soviec/kit/blob"
	"soviec/kit/journal"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

// A rule ties one sentence to one function.
type rule struct {
	pattern string
	name    string // what the function does, for the list of sentences
	do      func(o *office, a args) seen
	sentence
}

// A chapter is sentences about one thing.
type chapter struct {
	title, english string
	rules          []rule
}

// chapters are all sentences of the language.
var chapters = []chapter{
	{"Ngày giờ và chương trình", "The day, the hour and the program", timeRules},
	{"Đăng nhập và tài khoản", "Signing in and accounts", accountRules},
	{"Xác thực hai bước", "The second factor", factorRules},
	{"Văn thư", "The clerk", clerkRules},
	{"Chữ ký số", "Digital signatures", signatureRules},
	{"Lãnh đạo cho ý kiến", "Leaders direct", leaderRules},
	{"Làm việc", "The work", workRules},
	{"Giao việc trực tiếp, bàn giao, trao đổi", "Giving work directly, handing over, talking", giveRules},
	{"Gia hạn, trả lại", "More time, giving back", askRules},
	{"Thời gian của việc", "The time of a work", timeOfWorkRules},
	{"Đôn đốc", "Urging", urgeRules},
	{"Giao bằng một dòng, bảng, phiếu sáng", "One line, the board, the morning sheet", boardRules},
	{"Soạn thảo, trình ký", "Drafting and laying before the signer", draftRules},
	{"Bàn ký số", "The signing desk", signingRules},
	{"Việc định kỳ, mẫu công việc", "Work that comes again, templates", planRules},
	{"Hồ sơ công việc, lưu trữ", "Work dossiers, the archive", archiveRules},
	{"Mẫu văn bản", "Samples of documents", sampleRules},
	{"Hủy số, thu hồi", "Voiding and recalling", voidRules},
	{"Văn bản đi", "What goes out", outgoingRules},
	{"Cấp số, ký số của cơ quan", "Numbers and the agency's signature", sealRules},
	{"Bản sao", "Certified copies", copyRules},
	{"Sổ sách, nơi nhận", "Books and recipients", postRules},
	{"Vắng mặt, lịch làm việc, cài đặt", "Absence, calendar, settings", officeRules},
	{"Nhận thông báo ngoài chương trình", "Being told beyond the pages", reachRules},
	{"Xem", "Looking", lookRules},
}

func init() {
	for c := range chapters {
		for r := range chapters[c].rules {
			x := &chapters[c].rules[r]
			x.sentence = compile(x.pattern)
		}
	}
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func set(label, value string) clause { return clause{label, value} }

var timeRules = []rule{
	{pattern: `Hôm nay là {ngày}`, name: "mở cơ quan mẫu vào buổi sáng ngày ấy; luôn là bước đầu tiên", do: beginDay},
	{pattern: `Đến ngày {ngày}`, name: "đồng hồ sang 08:00 ngày ấy", do: turnToDay},
	{pattern: `Lúc {giờ} ngày {ngày}`, name: "đồng hồ sang giờ ấy, ngày ấy", do: turnToMoment},
	{pattern: `Lúc {giờ}`, name: "đồng hồ sang giờ ấy trong ngày", do: turnToHour},
	{pattern: `Chương trình nhắc việc buổi sáng`, name: "chạy lượt nhắc việc của ngày hôm nay", do: sweep},
	{pattern: `Có cơ quan thứ hai`, name: "lập thêm một cơ quan cùng tên người trên cùng máy chủ", do: secondOffice},
	{pattern: `Có cơ quan thứ hai lập dở dang, chưa có sổ đăng ký`, name: "lập thêm một cơ quan như chương trình cũ đã dừng giữa hai bước", do: halfOffice},
	{pattern: `Chương trình khởi động lại`, name: "làm những gì chương trình làm mỗi lần khởi động", do: restart},
	{pattern: `Có tệp "{tệp}" ghi "{chữ}"`, name: "chuẩn bị một tệp PDF mà trang đầu ghi dòng chữ ấy", do: haveFile},
	{pattern: `Xem kho tệp`, name: "đếm số tệp đang lưu", do: countFiles},
}

func beginDay(o *office, a args) seen { o.open(a.day[0]); o.turned = true; return seen{} }

func turnToDay(o *office, a args) seen {
	return o.turn(isoDay(a.day[0]) + " 08:00")
}

func turnToMoment(o *office, a args) seen { return o.turn(isoDay(a.day[0]) + " " + a.clock) }

func turnToHour(o *office, a args) seen {
	return o.turn(o.clock.Today().String() + " " + a.clock)
}

func (o *office) turn(moment string) seen {
	before := o.clock.Now()
	if o.clock.Set(o.TB, moment); o.clock.Now().Before(before) {
		o.failf("đồng hồ không quay lui")
	}
	o.turned = true
	return seen{}
}

func sweep(o *office, _ args) seen {
	fresh := 0
	for _, agency := range o.agencies {
		o.must(o.book.Do(context.Background(), system(agency), func(a *journal.Act) error {
			n, err := task.Sweep(a, o.clock.Today())
			fresh += n
			return err
		}))
	}
	return seen{says: []string{fmt.Sprintf("%d lời nhắc mới", fresh)}}
}

func secondOffice(o *office, _ args) seen { o.found(".2"); return seen{} }

func halfOffice(o *office, _ args) seen {
	agency, _ := orgtest.FoundAs(o.TB, o.book, ".2")
	o.agencies = append(o.agencies, agency)
	return seen{}
}

func restart(o *office, _ args) seen {
	o.start()
	return seen{}
}

func haveFile(o *office, a args) seen {
	o.files[a.text[0]] = sheetOf(o, a.text[1])
	o.door.Text = pdfReader() // where it matters what a file says, it is read
	return seen{}
}

func countFiles(o *office, _ args) seen {
	n := 0
	o.must(o.blobs.Each(context.Background(), func(blob.Key, int64) error { n++; return nil }))
	return seen{says: []string{fmt.Sprintf("%d tệp", n)}}
}

var accountRules = []rule{
	{pattern: `{ai} đăng nhập`, name: "đăng nhập bằng mật khẩu của mình, hoặc mật khẩu vừa được cấp", do: signIn},
	{pattern: `{ai} đăng nhập bằng mật khẩu "{mật khẩu}"`, name: "đăng nhập bằng mật khẩu ấy", do: signInWith},
	{pattern: `{ai} đặt mật khẩu mới "{mật khẩu}"`, name: "đổi mật khẩu của mình", do: changePassword},
	{pattern: `{ai} cấp lại mật khẩu cho {người}`, name: "cấp mật khẩu dùng lần đầu; người ấy sẽ dùng mật khẩu này", do: resetPassword},
	{pattern: `{ai} khóa tài khoản của {người}`, name: "khóa tài khoản", do: lockAccount},
	{pattern: `{ai} mở khóa tài khoản của {người}`, name: "mở khóa tài khoản", do: unlockAccount},
	{pattern: `{ai} đăng xuất`, name: "kết thúc phiên của mình", do: signOut},
}

func signIn(o *office, a args) seen {
	return seen{page: o.signIn(a.who[0], o.passwordOf(a.who[0])), say: "h1"}
}

func signInWith(o *office, a args) seen {
	return seen{page: o.signIn(a.who[0], a.text[0]), say: "h1"}
}

func changePassword(o *office, a args) seen {
	p := a.who[0]
	s := o.do(p, gesture{page: "/doi-mat-khau", action: "/doi-mat-khau", button: "Đổi mật khẩu", fields: []clause{
		set("Mật khẩu hiện nay", o.passwordOf(p)), set("Mật khẩu mới", a.text[0]), set("Nhập lại mật khẩu mới", a.text[0])}}, nil)
	if !s.refused() {
		o.password[p.login()] = a.text[0]
	}
	return s
}

// account is the page of a person for the administrator.
func (o *office) account(by, of person) string {
	if at := o.visit(by, "/quan-tri/don-vi"); !at.refused() {
		for _, a := range at.all("main .unit a") {
			if text(a) == of.Full {
				return attr(a, "href")
			}
		}
	}
	_, id, _ := cut(o.raw(of, "lead", of.Full), "/")
	return "/quan-tri/can-bo/" + id
}

func resetPassword(o *office, a args) seen {
	at := o.account(a.who[0], a.who[1])
	s := o.do(a.who[0], gesture{page: at, action: at + "/mat-khau", button: "Cấp lại mật khẩu lần đầu"}, nil)
	if given := s.page.all("main .banner.done code.secret"); len(given) > 0 {
		o.password[a.who[1].login()] = text(given[0])
		return seen{says: []string{"Mật khẩu chỉ hiện một lần."}}
	}
	return s
}

func lockAccount(o *office, a args) seen {
	at := o.account(a.who[0], a.who[1])
	return o.do(a.who[0], gesture{page: at, action: at + "/khoa", button: "Khóa tài khoản"}, nil)
}

func unlockAccount(o *office, a args) seen {
	at := o.account(a.who[0], a.who[1])
	return o.do(a.who[0], gesture{page: at, action: at + "/mo-khoa", button: "Mở khóa"}, nil)
}

func signOut(o *office, a args) seen {
	return seen{page: o.do(a.who[0], gesture{page: "/", action: "/dang-xuat", button: "Đăng xuất"}, nil).page, say: "h1"}
}
