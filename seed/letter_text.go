// SPDX-License-Identifier: Apache-2.0

package seed

// Sentences of letters by field: what the sender has seen.
var facts = map[string][]string{
	"cs": {
		"Qua theo dõi, chính sách cơ bản đến đúng đối tượng; tuy vậy một số xóm vùng cao lập danh sách còn chậm, số liệu giữa các ngành chưa khớp nhau.",
		"Số hộ được thụ hưởng tăng so với cùng kỳ; phần chưa thực hiện chủ yếu do hồ sơ của hộ thiếu giấy tờ tùy thân.",
	},
	"uy": {
		"Đa số người có uy tín phát huy tốt vai trò tại cơ sở; trong kỳ có trường hợp già yếu, chuyển nơi ở cần rà soát, thay thế theo quy định.",
		"Việc thăm hỏi, cung cấp thông tin được thực hiện kịp thời; nguồn kinh phí ở một số nơi còn chưa bố trí đủ.",
	},
	"tt": {
		"Các buổi tuyên truyền bằng tiếng dân tộc thu hút đông người nghe hơn; tài liệu song ngữ hiện còn thiếu ở các xóm xa trung tâm.",
		"Tình hình địa bàn ổn định; một vài nơi còn tập tục lạc hậu cần kiên trì vận động.",
	},
	"vh": {
		"Cơ sở vật chất các điểm trường, trạm y tế đã được cải thiện; khó khăn lớn nhất vẫn là đường đi lại trong mùa mưa.",
		"Nhiều nghệ nhân cao tuổi sẵn sàng truyền dạy, song chưa có kinh phí mở lớp thường xuyên.",
	},
	"ct": {
		"Tiến độ thi công đạt khoảng hai phần ba khối lượng; phần còn lại vướng mặt bằng và giá vật liệu tăng.",
		"Tỷ lệ giải ngân đến nay còn thấp so với kế hoạch; nguyên nhân chính là thủ tục chuẩn bị đầu tư kéo dài.",
	},
	"dc": {
		"Các hộ đã nhận đất và bắt đầu dựng nhà; hạng mục nước sinh hoạt cần được bàn giao trước mùa khô.",
		"Khu vực cũ có vết nứt kéo dài trên sườn đồi, các hộ mong được chuyển đến nơi ở mới trước mùa mưa.",
	},
	"kh": {
		"Các chỉ tiêu chủ yếu được thực hiện theo kế hoạch; một số nhiệm vụ cần phối hợp liên ngành còn chậm so với yêu cầu.",
		"Số liệu kỳ trước của các đơn vị chưa thống nhất biểu mẫu, phải đối chiếu lại nhiều lần.",
	},
	"th": {
		"Nội dung đã được xem xét bước đầu; còn một số điểm cần xác minh thêm tại cơ sở trước khi kết luận.",
		"Phần lớn kiến nghị thuộc thẩm quyền của cấp cơ sở, đề nghị hướng dẫn giải quyết dứt điểm.",
	},
	"tc": {
		"Việc bình xét, đăng ký cần bảo đảm dân chủ, đúng đối tượng và đúng tỷ lệ quy định.",
		"Một số cơ quan gửi hồ sơ thiếu thành phần, ảnh hưởng đến thời gian tổng hợp chung.",
	},
	"hc": {
		"Qua kiểm tra, hồ sơ được lưu đầy đủ hơn; việc cập nhật trên hệ thống ở một số nơi còn chậm.",
		"Nội dung thực hiện theo đúng quy trình đã ban hành, bảo đảm tiết kiệm, công khai.",
	},
	"cn": {
		"Tỷ lệ văn bản gửi, nhận qua mạng tăng rõ; còn một số tài khoản chưa được kích hoạt chữ ký số.",
		"Hệ thống vận hành ổn định; đề nghị các cơ quan rà soát máy trạm và đổi mật khẩu định kỳ.",
	},
	"dg": {
		"Các chi bộ đã đưa nội dung vào sinh hoạt thường kỳ; cần gắn chặt hơn với nhiệm vụ chuyên môn.",
		"Kết quả bước đầu tạo chuyển biến về ý thức trách nhiệm của cán bộ, đảng viên.",
	},
	"qp": {
		"Dự báo thời tiết còn diễn biến phức tạp; các xóm ven suối, sườn dốc cần được theo dõi liên tục.",
		"Tình hình cơ bản ổn định; lực lượng tại chỗ sẵn sàng phương án, vật tư theo kế hoạch.",
	},
}

var points = []string{
	"Nội dung cần nêu rõ: (1) kết quả đạt được, kèm số liệu; (2) khó khăn, nguyên nhân; (3) kiến nghị, đề xuất.",
	"Biểu mẫu kèm theo gồm ba phần: tình hình chung, số liệu chi tiết đến xóm, và danh sách cần bổ sung.",
	"Đề nghị phân công một đầu mối phối hợp, cung cấp họ tên và số điện thoại để tiện trao đổi.",
	"Số liệu lấy đến ngày cuối tháng trước; các thay đổi sau thời điểm này ghi riêng ở phần ghi chú.",
}

var closings = []string{
	"Rất mong nhận được sự phối hợp của quý cơ quan.",
	"Trong quá trình thực hiện, nếu có vướng mắc, đề nghị trao đổi trực tiếp để cùng giải quyết.",
	"Đề nghị quý cơ quan quan tâm, bố trí thực hiện đúng thời gian.",
}

var plaints = []string{
	"Gia đình tôi đã nhiều lần hỏi trưởng xóm nhưng chưa được giải thích rõ; các hộ xung quanh có hoàn cảnh tương tự đã được giải quyết.",
	"Sự việc kéo dài từ đầu năm đến nay, ảnh hưởng đến việc làm ăn và sinh hoạt của gia đình tôi và bà con trong xóm.",
}
