// SPDX-License-Identifier: Apache-2.0

package seed

// A share of the open work: what one person has on the desk on the day of the visit.
type desk struct {
	person  string
	late    []delay
	soon    []int // 0: due on the next working day, 1: on the one after
	open    int
	undated int
}

// A delay is a late piece of work: working days late, and how often it was urged.
type delay struct{ days, urged int }

// desks add up to the counts of story.go; a test holds them together.
var desks = []desk{
	{person: "hai", late: []delay{{12, 3}, {8, 2}, {5, 1}, {4, 1}, {1, 0}}, soon: []int{0, 1}, open: 9, undated: 1},
	{person: "ha", late: []delay{{2, 0}}, soon: []int{1}, open: 7},
	{person: "lam", soon: []int{0}, open: 4},
	{person: "thao", open: 2},
	{person: "nga", open: 3},
	{person: "dung", open: 3},
	{person: "mai", open: 2},
	{person: "cuong", open: 2},
	{person: "xuan", late: []delay{{6, 1}, {4, 1}, {1, 0}}, soon: []int{1}, open: 6, undated: 1},
	{person: "anh", late: []delay{{3, 1}}, soon: []int{0, 0, 1}, open: 8},
	{person: "tung", open: 4, undated: 1},
	{person: "khoi", open: 2},
	{person: "yen", open: 2},
	{person: "huy", open: 2},
	{person: "minh", late: []delay{{5, 1}, {1, 0}}, soon: []int{1}, open: 4, undated: 1},
	{person: "lan", soon: []int{0, 1}, open: 2},
	{person: "thu", open: 1},
	{person: "dai", late: []delay{{9, 2}, {2, 0}}, open: 3, undated: 1},
	{person: "van", open: 3},
}

// Work given without a document, by unit.
var errands = map[string][]string{
	"vp": {
		"Chuẩn bị nội dung giao ban tuần của lãnh đạo Ban",
		"Rà soát tài sản, lập danh mục đề nghị thanh lý năm {năm}",
		"Cập nhật lịch công tác tuần lên trang tin của Ban",
		"Chuẩn bị hội trường, tài liệu hội nghị người có uy tín {kỳ}",
		"Lập dự toán mua sắm văn phòng phẩm {kỳsau}",
		"Kiểm tra việc lập hồ sơ công việc của các phòng {kỳ}",
	},
	"cs": {
		"Tổng hợp danh sách người có uy tín có thay đổi {kỳ}",
		"Chuẩn bị đề cương làm việc với {địa} về chính sách dân tộc",
		"Xây dựng bài tuyên truyền phòng, chống tảo hôn và hôn nhân cận huyết thống",
		"Khảo sát đời sống đồng bào dân tộc {dt} tại {địa}",
		"Rà soát số liệu thẻ bảo hiểm y tế của người dân tộc {dt}",
		"Dự thảo kế hoạch thăm, tặng quà {nhóm}",
		"Chuẩn bị báo cáo chuyên đề về {ítngười}",
		"Đối chiếu danh sách cấp báo, tạp chí tại {địa}",
		"Dự thảo chương trình phối hợp công tác dân tộc với {địa}",
		"Biên soạn tài liệu hỏi đáp về {luật}",
	},
	"khth": {
		"Tổng hợp số liệu giải ngân {nguồnvốn} {kỳ}",
		"Dự thảo báo cáo công tác dân tộc {kỳ}",
		"Lập biểu theo dõi tiến độ {135}",
		"Kiểm tra hồ sơ thanh toán {côngtrình}",
		"Xây dựng chương trình công tác {kỳsau} của Ban",
		"Chuẩn bị số liệu phục vụ {kỳhọp}",
		"Rà soát kiến nghị của {địa} về {việc}",
		"Lập báo cáo thống kê công tác dân tộc {kỳ}",
		"Cập nhật bản đồ các xóm có dự án định canh, định cư",
	},
	"ttr": {
		"Dự thảo kế hoạch thanh tra năm sau",
		"Tổng hợp kết quả tiếp công dân {kỳ}",
		"Xác minh nội dung đơn về {khiếunại} tại {địa}",
		"Theo dõi việc thực hiện kết luận thanh tra tại {địa}",
	},
}

var progressTexts = []string{
	"Đã gửi văn bản đề nghị các địa phương cung cấp số liệu.",
	"Đã dự thảo, đang xin ý kiến trưởng phòng.",
	"Đã nhận được số liệu của một nửa số đơn vị.",
	"Đang tổng hợp, dự kiến trình trong tuần.",
	"Đã làm việc với cơ quan gửi, thống nhất đề cương.",
}

var reminderTexts = []string{
	"Việc đã quá hạn, đề nghị khẩn trương hoàn thành và báo cáo.",
	"Đề nghị báo cáo rõ vướng mắc và thời gian hoàn thành.",
	"Lãnh đạo Ban nhắc lần nữa, đề nghị trình ngay.",
}
