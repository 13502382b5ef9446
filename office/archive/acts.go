// SPDX-License-Identifier: Apache-2.0

package archive

// The kinds of acts of this room. Entries are about a dossier ("work-dossier/12") but where
// the comment says otherwise.
const (
	RuleSet        = "archive.rule_set"        // of the retention table ("retention/12")
	ListMade       = "archive.list_made"       // of a yearly list ("dossier-list/12")
	HeadingSet     = "archive.heading_set"     // of a yearly list
	LineProposed   = "archive.line_proposed"   // of a yearly list
	LineListed     = "archive.line_listed"     // of a yearly list
	LineDropped    = "archive.line_dropped"    // of a yearly list
	ListImported   = "archive.list_imported"   // of a yearly list
	ListApproved   = "archive.list_approved"   // of a yearly list
	LineAdded      = "archive.line_added"      // of a yearly list, after its approval
	DossierPlanned = "archive.planned"         //
	Opened         = "archive.opened"          //
	Described      = "archive.described"       //
	KeeperChanged  = "archive.keeper_changed"  //
	Filed          = "archive.filed"           //
	TakenOut       = "archive.taken_out"       //
	FindingSettled = "archive.finding_settled" //
	DossierClosed  = "archive.closed"          //
	Reopened       = "archive.reopened"        //
	FellDue        = "archive.fell_due"        //
	OfferMade      = "archive.offered"         //
	ReceiptGiven   = "archive.accepted"        //
	ReturnedBack   = "archive.sent_back"       //
	TakenIn        = "archive.archived"        //
	KeepAsked      = "archive.keep_asked"      //
	KeepGranted    = "archive.keep_granted"    //
	KeepRefused    = "archive.keep_refused"    //
	RightGiven     = "archive.right_given"     //
	RightTaken     = "archive.right_taken"     //
	RightConfirmed = "archive.right_confirmed" //
	Frozen         = "archive.frozen"          //
	Thawed         = "archive.thawed"          //
	DestroyAsked   = "archive.destroy_asked"   //
	Voted          = "archive.voted"           //
	Spared         = "archive.spared"          //
	WasDestroyed   = "archive.destroyed"       //
	Exported       = "archive.exported"        //
	HandedOver     = "archive.handed_over"     // of a receipt ("dossier-handover/12"); the amount is how many dossiers
	HandoverSigned = "archive.handover_signed" // of a receipt
	PaperEntered   = "archive.paper_entered"   // of a paper ("work-paper/12")
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	RuleSet: "đặt thời hạn bảo quản", ListMade: "lập danh mục hồ sơ", HeadingSet: "sửa đề mục của danh mục", LineProposed: "đề xuất hồ sơ vào danh mục",
	LineListed: "đưa hồ sơ vào danh mục", LineDropped: "bỏ hồ sơ khỏi danh mục", ListImported: "nhập danh mục từ bảng tính",
	ListApproved: "phê duyệt danh mục hồ sơ", LineAdded: "bổ sung hồ sơ vào danh mục đã duyệt",
	DossierPlanned: "ghi hồ sơ theo danh mục", Opened: "mở hồ sơ", Described: "sửa thông tin hồ sơ", KeeperChanged: "chuyển người giữ hồ sơ",
	Filed: "đưa vào hồ sơ", TakenOut: "lấy ra khỏi hồ sơ", FindingSettled: "xử lý điểm cần xem khi đóng hồ sơ", DossierClosed: "đóng hồ sơ",
	Reopened: "mở lại hồ sơ", FellDue: "hồ sơ đến hạn nộp lưu", OfferMade: "nộp hồ sơ vào lưu trữ", ReceiptGiven: "lưu trữ nhận hồ sơ",
	ReturnedBack: "lưu trữ trả lại hồ sơ", TakenIn: "ký biên bản, đưa hồ sơ vào lưu trữ", KeepAsked: "đề nghị giữ lại hồ sơ",
	KeepGranted: "đồng ý cho giữ lại hồ sơ", KeepRefused: "không đồng ý cho giữ lại hồ sơ", RightGiven: "cho xem hồ sơ", RightTaken: "thôi cho xem hồ sơ",
	RightConfirmed: "xác nhận thay đổi quyền xem hồ sơ", Frozen: "khóa hồ sơ", Thawed: "mở khóa hồ sơ", DestroyAsked: "đề nghị hủy hồ sơ",
	Voted: "cho ý kiến về việc hủy hồ sơ", Spared: "giữ lại, không hủy hồ sơ", WasDestroyed: "hủy hồ sơ hết thời hạn bảo quản",
	Exported: "xuất hồ sơ", HandedOver: "bàn giao hồ sơ", HandoverSigned: "ký nhận bàn giao hồ sơ", PaperEntered: "ghi giấy tờ vào hồ sơ",
}

// moveData is what the fold of a dossier's entries needs.
type moveData struct {
	To State `json:"to"`
	// Filed and taken out.
	Item string `json:"item,omitempty"`
	Auto bool   `json:"auto,omitempty"`
	// Persons.
	Keeper int64  `json:"keeper,omitempty"`
	Who    string `json:"who,omitempty"`
	// Others.
	Transfer    int64  `json:"transfer,omitempty"`
	Handover    int64  `json:"handover,omitempty"`
	Destruction int64  `json:"destruction,omitempty"`
	Finding     string `json:"finding,omitempty"`
	Years       int    `json:"years,omitempty"`
	Permanent   bool   `json:"permanent,omitempty"`
	Yes         bool   `json:"yes,omitempty"`
	Docs        int    `json:"docs,omitempty"`
}
