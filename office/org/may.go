// SPDX-License-Identifier: Apache-2.0

package org

import (
	"maps"
	"slices"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
)

// An Action is something that only some may do.
type Action string

// The actions. Each is judged by one line of the table below.
const (
	RegisterIncoming Action = "register_incoming" // tiếp nhận, vào sổ, sửa văn bản đến
	AskVoid          Action = "ask_void"          // đề nghị hủy số đến
	DecideVoid       Action = "decide_void"       // duyệt hủy số đến
	Submit           Action = "submit"            // trình lãnh đạo
	Direct           Action = "direct"            // cho ý kiến chỉ đạo, giao việc cấp cơ quan
	Distribute       Action = "distribute"        // chuyển thẳng theo quy chế
	PassOn           Action = "pass_on"           // chuyển lãnh đạo khác
	AssignInside     Action = "assign_inside"     // phân công trong đơn vị
	DoWork           Action = "do_work"           // bắt đầu, báo cáo, xin gia hạn
	AskReturn        Action = "ask_return"        // đề nghị chuyển lại
	DecideOuter      Action = "decide_outer"      // quyết định về việc mình giao: gia hạn, chuyển lại, xác nhận, mở lại
	DecideInner      Action = "decide_inner"      // gia hạn hạn nội bộ
	Urge             Action = "urge"              // đôn đốc
	ReadAll          Action = "read_all"          // đọc mọi văn bản của cơ quan
	SeeBoard         Action = "see_board"         // xem bảng việc quá hạn của một đơn vị hoặc một người
	TakeOver         Action = "take_over"         // nhập sổ của hệ thống cũ
	ManageRules      Action = "manage_rules"      // sửa quy tắc chuyển văn bản
	ManagePeople     Action = "manage_people"     // đơn vị, người, vị trí, tài khoản
	ManageCalendar   Action = "manage_calendar"   // lịch làm việc
	ManageSettings   Action = "manage_settings"   // thiết lập của cơ quan
	ManageAbsence    Action = "declare_absence"   // khai báo vắng mặt
	SeeSystem        Action = "see_system"        // tình trạng hệ thống, kiểm tra sổ
	DecideRecall     Action = "decide_recall"     // từ chối yêu cầu thu hồi
	OwnAccount       Action = "own_account"       // đăng nhập, mật khẩu, phiên của chính mình
	HandOut          Action = "hand_out"          // in sổ, xuất dữ liệu, đưa mốc niêm phong ra ngoài
	MoveWork         Action = "move_work"         // bàn giao việc đang mở của một người, một đơn vị
	WriteDraft       Action = "write_draft"       // soạn thảo văn bản
	CheckContent     Action = "check_content"     // kiểm tra nội dung, ký nháy hoặc trả lại dự thảo của đơn vị
	CheckForm        Action = "check_form"        // kiểm tra thể thức, ký nháy hoặc trả lại dự thảo
	HandleDraft      Action = "handle_draft"      // sửa, trình, lấy ý kiến, hủy dự thảo của mình
	KeepTemplates    Action = "keep_templates"    // lập, sửa, bật tắt mẫu văn bản của cơ quan hoặc của đơn vị
	SignDraft        Action = "sign_draft"        // ký, trả lại, từ chối ký, chuyển người ký khác
	RecordSignature  Action = "record_signature"  // ghi nhận chữ ký trên bản giấy
	GiveOpinion      Action = "give_opinion"      // cho ý kiến về dự thảo
	ManageSigning    Action = "manage_signing"    // ủy quyền ký, quy chế về người ký
	NumberOut        Action = "number_out"        // cấp số, giữ số văn bản đi; làm bản sao
	SealOut          Action = "seal_out"          // ký số của cơ quan, đóng dấu
	SendOut          Action = "send_out"          // phát hành, gửi, ghi nhận nơi nhận
	InsertNumber     Action = "insert_number"     // cho phép chèn số
	OrderRecall      Action = "order_recall"      // ra lệnh thu hồi văn bản đi
	KeepGroups       Action = "keep_groups"       // lập, sửa nhóm nơi nhận của cơ quan
	SignCopy         Action = "sign_copy"         // ký bản sao
	SaveView         Action = "save_view"         // lưu bộ lọc của mình, sửa bộ lọc dùng chung của đơn vị mình phụ trách
	KeepDossier      Action = "keep_dossier"      // mở, nuôi, đóng, nộp hồ sơ công việc
	ComposeList      Action = "compose_list"      // lập danh mục hồ sơ
	ProposeLines     Action = "propose_lines"     // đề xuất hồ sơ của đơn vị vào danh mục
	ApproveList      Action = "approve_list"      // phê duyệt danh mục hồ sơ
	ReceiveDossiers  Action = "receive_dossiers"  // nhận, trả lại hồ sơ nộp lưu; đề nghị hủy
	ReadArchive      Action = "read_archive"      // đọc hồ sơ đã nộp lưu
	DecideDossier    Action = "decide_dossier"    // cho giữ lại hồ sơ, quyết định hủy
	JudgeDestruction Action = "judge_destruction" // thành viên hội đồng cho ý kiến về việc hủy
	ManageRetention  Action = "manage_retention"  // bảng thời hạn bảo quản
	GuardDossiers    Action = "guard_dossiers"    // khóa hồ sơ, xác nhận thay đổi quyền xem
	JudgeSignature   Action = "judge_signature"   // kiểm tra lại chữ ký số của tệp mình được xem
	ManageTrust      Action = "manage_trust"      // kho chứng thư tin cậy
	ManageKeys       Action = "manage_keys"       // sổ quản lý khóa ký và con dấu
	RunSystem        Action = "run_system"        // chỉ chương trình: lập sổ, quét buổi sáng
)

// A Target is what the action is done to; only what the action's line looks at need be filled.
type Target struct {
	Unit   int64 // the unit that carries the work, or whose board is looked at
	Person int64 // the person concerned
	Giver  int64 // who gave the work
	Holder int64 // who holds it
}

// Rights are what a person may do on a day, from the posts held that day.
type Rights struct {
	Agency int64
	Person int64
	Day    civil.Date
	Posts  []Post  // main post first
	Units  []int64 // units worked in
	Heads  []int64 // units headed, alone or as deputy
	roles  map[Role]bool
	system bool
	actor  int64 // who really acts, when on behalf of Person
}

// self reports whether a person is the one who acts, in either name: nobody decides
// about his own work by standing in for his head.
func (x Rights) self(person int64) bool {
	return person != 0 && (person == x.Person || person == x.actor)
}

// Is reports whether one of the roles is held.
func (x Rights) Is(roles ...Role) bool {
	return slices.ContainsFunc(roles, func(r Role) bool { return x.roles[r] })
}

// Leader reports whether the person leads the agency (lãnh đạo cơ quan).
func (x Rights) Leader() bool { return x.Is(Head, Deputy) }

// HeadsUnit reports whether the person heads the unit or stands for its head.
func (x Rights) HeadsUnit(unit int64) bool { return unit != 0 && slices.Contains(x.Heads, unit) }

// WorksIn reports whether the person has a post in the unit.
func (x Rights) WorksIn(unit int64) bool { return slices.Contains(x.Units, unit) }

// table says who may do what (documents.md §3.2 as code's one page). Default deny:
// an action without a line is refused.
var table = map[Action]func(x Rights, t Target) bool{
	RegisterIncoming: func(x Rights, _ Target) bool { return x.Is(Clerk, DeputyClerk) },
	AskVoid:          func(x Rights, _ Target) bool { return x.Is(Clerk, DeputyClerk) },
	DecideVoid:       func(x Rights, t Target) bool { return x.Is(OfficeChief) && !x.self(t.Person) },
	Submit:           func(x Rights, _ Target) bool { return x.Is(Clerk, DeputyClerk, OfficeChief) },
	Distribute:       func(x Rights, _ Target) bool { return x.Is(Clerk, DeputyClerk, OfficeChief) },
	Direct:           func(x Rights, _ Target) bool { return x.Leader() },
	PassOn: func(x Rights, t Target) bool {
		return x.Is(OfficeChief) || x.Leader() && (x.Is(Head) || t.Person == x.Person)
	},
	AssignInside: func(x Rights, t Target) bool { return x.HeadsUnit(t.Unit) },
	DoWork:       func(x Rights, t Target) bool { return t.Holder == x.Person || x.HeadsUnit(t.Unit) },
	AskReturn:    func(x Rights, t Target) bool { return t.Holder == x.Person || x.HeadsUnit(t.Unit) },
	DecideOuter: func(x Rights, t Target) bool {
		return !x.self(t.Holder) && (t.Giver == x.Person || x.Is(Head))
	},
	DecideInner: func(x Rights, t Target) bool { return !x.self(t.Holder) && x.HeadsUnit(t.Unit) },
	Urge: func(x Rights, t Target) bool {
		return x.Leader() || x.Is(OfficeChief) || x.HeadsUnit(t.Unit) || t.Giver == x.Person
	},
	MoveWork: func(x Rights, t Target) bool { return x.Leader() || x.Is(OfficeChief) || x.HeadsUnit(t.Unit) },
	ReadAll:  readsAll,
	SeeBoard: func(x Rights, t Target) bool {
		return readsAll(x, t) || x.HeadsUnit(t.Unit) || t.Person != 0 && t.Person == x.Person
	},
	TakeOver:       func(x Rights, _ Target) bool { return x.Is(Clerk, OfficeChief) },
	ManageRules:    func(x Rights, _ Target) bool { return x.Is(OfficeChief) },
	ManagePeople:   func(x Rights, _ Target) bool { return x.Is(SysAdmin) },
	ManageCalendar: func(x Rights, _ Target) bool { return x.Is(OfficeChief, SysAdmin) },
	ManageSettings: func(x Rights, _ Target) bool { return x.Is(OfficeChief, SysAdmin) },
	ManageAbsence: func(x Rights, t Target) bool {
		return t.Person == x.Person || x.Is(Head, OfficeChief) || x.HeadsUnit(t.Unit)
	},
	SeeSystem:    func(x Rights, _ Target) bool { return x.Is(SysAdmin, Auditor, Head, OfficeChief) },
	DecideRecall: func(x Rights, _ Target) bool { return x.Is(Head) },
	OwnAccount:   func(x Rights, t Target) bool { return t.Person == x.Person && x.actor == 0 },
	HandOut:      func(x Rights, _ Target) bool { return readsAll(x, Target{}) || x.Is(SysAdmin) },
	WriteDraft: func(x Rights, _ Target) bool {
		return x.Is(Clerk, DeputyClerk, Head, Deputy, OfficeChief, OfficeDeputy, UnitHead, UnitDeputy, UnitClerk, Officer, ScheduleOfficer)
	},
	CheckContent: func(x Rights, t Target) bool {
		return x.HeadsUnit(t.Unit) || x.Leader() && slices.Contains(x.Units, t.Unit)
	},
	CheckForm:   func(x Rights, _ Target) bool { return x.Is(OfficeChief, OfficeDeputy, Clerk, DeputyClerk) },
	HandleDraft: func(x Rights, t Target) bool { return t.Person != 0 && t.Person == x.Person },
	KeepTemplates: func(x Rights, t Target) bool {
		return x.Is(OfficeChief, OfficeDeputy, Clerk) || t.Unit != 0 && x.HeadsUnit(t.Unit)
	},
	SignDraft:       func(x Rights, t Target) bool { return t.Person != 0 && t.Person == x.Person },
	RecordSignature: func(x Rights, _ Target) bool { return x.Is(Clerk, DeputyClerk) },
	GiveOpinion:     func(x Rights, t Target) bool { return t.Person != 0 && t.Person == x.Person },
	ManageSigning:   func(x Rights, _ Target) bool { return x.Is(Head, OfficeChief) },
	NumberOut:       func(x Rights, _ Target) bool { return x.Is(Clerk, DeputyClerk) },
	SealOut: func(x Rights, t Target) bool { // whoever signed does not seal (Điều 32)
		return x.Is(Clerk, DeputyClerk) && !x.self(t.Person)
	},
	SendOut:      func(x Rights, _ Target) bool { return x.Is(Clerk, DeputyClerk) },
	InsertNumber: func(x Rights, _ Target) bool { return x.Is(OfficeChief) },
	OrderRecall: func(x Rights, t Target) bool {
		return x.Is(Head) || x.Leader() && t.Person != 0 && t.Person == x.Person
	},
	KeepGroups: func(x Rights, _ Target) bool { return x.Is(Clerk, OfficeChief) },
	SignCopy:   func(x Rights, _ Target) bool { return x.Leader() || x.Is(OfficeChief) },
	SaveView:   func(x Rights, t Target) bool { return x.actor == 0 && (t.Person == x.Person || x.HeadsUnit(t.Unit)) },
	KeepDossier: func(x Rights, t Target) bool {
		return x.Is(Clerk, DeputyClerk, Head, Deputy, OfficeChief, OfficeDeputy, UnitHead, UnitDeputy, Officer) &&
			(t.Person == x.Person || x.HeadsUnit(t.Unit))
	},
	ComposeList: func(x Rights, _ Target) bool { return x.Is(OfficeChief, OfficeDeputy, Clerk, DeputyClerk) },
	ProposeLines: func(x Rights, t Target) bool {
		return x.HeadsUnit(t.Unit) || x.Is(OfficeChief, OfficeDeputy, Clerk, DeputyClerk)
	},
	ApproveList:      func(x Rights, _ Target) bool { return x.Is(Head) },
	ReceiveDossiers:  func(x Rights, _ Target) bool { return x.Is(Archivist) },
	ReadArchive:      func(x Rights, _ Target) bool { return readsAll(x, Target{}) || x.Is(Archivist) },
	DecideDossier:    func(x Rights, _ Target) bool { return x.Is(Head) },
	JudgeDestruction: func(x Rights, t Target) bool { return t.Person == x.Person && x.actor == 0 },
	ManageRetention:  func(x Rights, _ Target) bool { return x.Is(OfficeChief, Archivist) },
	GuardDossiers:    func(x Rights, _ Target) bool { return x.Is(Head, OfficeChief) },
	JudgeSignature:   func(x Rights, _ Target) bool { return len(x.Posts) > 0 && x.Person != 0 },
	ManageTrust:      func(x Rights, _ Target) bool { return x.Is(SysAdmin) },
	ManageKeys:       func(x Rights, _ Target) bool { return x.Is(OfficeChief, Clerk) },
}

func readsAll(x Rights, _ Target) bool {
	return x.Is(Clerk, DeputyClerk, Head, Deputy, OfficeChief, Auditor)
}

// systemMay is what the program itself does without a person.
var systemMay = map[Action]bool{RunSystem: true, JudgeSignature: true, ManageTrust: true, ManageKeys: true, Urge: true, TakeOver: true, ManagePeople: true, ManageCalendar: true, ManageSettings: true, ManageRules: true}

// May reports whether the action is allowed; doors use it to leave out what the
// person may not do. Acts ask the function May.
func (x Rights) May(act Action, t Target) bool {
	if x.system {
		return systemMay[act]
	}
	line, ok := table[act]
	return ok && line(x, t)
}

// errForbidden is the sentence for whoever tries the forbidden way.
var errForbidden = fault.Forbidden("Anh/chị không có quyền thực hiện việc này.")

// May asks whether the act's holder may do this, by the posts held on the day of
// the act; whoever acts for another has that person's rights while the absence
// lasts. It is the one question that every act must have asked.
func May(a *journal.Act, act Action, t Target) error {
	x, err := RightsIn(a)
	if err != nil {
		return err
	}
	a.Judged()
	if !x.May(act, t) {
		return errForbidden
	}
	return nil
}

// RightsIn are the rights of the act's holder.
func RightsIn(a *journal.Act) (Rights, error) {
	if a.By.System {
		return Rights{Agency: a.By.Agency, Day: a.Day(), system: true}, nil
	}
	d, err := DirectoryIn(a)
	if err != nil {
		return Rights{}, err
	}
	if a.By.For == 0 {
		return d.Rights(a.By.Person, a.Day()), nil
	}
	if !d.StandsIn(a.By.Person, a.By.For, a.Day()) {
		return Rights{}, fault.Forbidden("Thời gian làm việc thay đã hết hoặc chưa được khai báo.")
	}
	return d.RightsFor(a.By.Person, a.By.For, a.Day()), nil
}

// Actions are all actions that have a line, in order of their names.
func Actions() []Action { return slices.Sorted(maps.Keys(table)) }
