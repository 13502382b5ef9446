// SPDX-License-Identifier: Apache-2.0

package seed

// phrases are what searches are measured with. Each has a word that stands, marks and
// capitals aside, in no other phrase and nowhere else in a Bulk document: so a document holds
// the phrase if and only if it was planted there, whether words or the whole phrase are sought.
// Several have the vowels on which old and new placement of the tone differ (hòa, hoà).
var phrases = [...]struct {
	text  string
	alone string // the word of its own, without marks
	mille int    // planted in so many of a thousand documents
}{
	{"bảo hiểm y tế", "hiem", 60},
	{"tảo hôn", "tao", 28},
	{"hôn nhân cận huyết thống", "huyet", 14},
	{"người có uy tín", "tin", 100},
	{"quà Tết", "tet", 24},
	{"định canh định cư", "canh", 36},
	{"chữ ký số", "ky", 42},
	{"hòa giải ở cơ sở", "hoa", 33},
	{"thủy lợi nhỏ", "thuy", 21},
	{"sức khỏe sinh sản", "khoe", 18},
	{"xóa mù chữ", "xoa", 12},
	{"phòng chống ma túy", "tuy", 30},
	{"khóa tập huấn", "khoa", 45},
	{"thỏa thuận phối hợp", "thoa", 10},
	{"nhà dột nát", "nat", 26},
	{"nước sinh hoạt", "hoat", 39},
	{"vay vốn ưu đãi", "vay", 48},
	{"cải cách hành chính", "cai", 90},
	{"giải ngân vốn đầu tư", "ngan", 70},
	{"nghiệm thu công trình", "nghiem", 51},
	{"lũ quét", "quet", 16},
	{"rét đậm", "ret", 15},
	{"sạt lở đất", "sat", 20},
	{"mua bán người", "mua", 17},
	{"bình đẳng giới", "gioi", 22},
	{"tự quản đường biên", "bien", 13},
	{"thi đua khen thưởng", "khen", 65},
	{"tuyển dụng công chức", "dung", 31},
	{"tiếp công dân", "tiep", 54},
	{"khiếu nại tố cáo", "khieu", 44},
	{"hủ tục lạc hậu", "hau", 19},
	{"nghi lễ Then", "then", 11},
	{"du lịch cộng đồng", "lich", 27},
	{"cây dược liệu", "lieu", 25},
	{"lợn đen bản địa", "lon", 23},
	{"học sinh bán trú", "tru", 35},
	{"trợ giúp pháp lý", "giup", 29},
	{"nông thôn mới", "thon", 80},
	{"hộ cận nghèo", "ngheo", 57},
	{"dông lốc", "loc", 32},
}

// PhraseCount is the number of phrases.
const PhraseCount = len(phrases)

// Phrases are the forty phrases of the search tests, as they are written in subjects.
func Phrases() [PhraseCount]string {
	var all [PhraseCount]string
	for k, p := range phrases {
		all[k] = p.text
	}
	return all
}

// PhraseRates says in how many of a thousand documents of Bulk each phrase is planted, from
// 10 (1 %) to 100 (10 %).
func PhraseRates() [PhraseCount]int {
	var all [PhraseCount]int
	for k, p := range phrases {
		all[k] = p.mille
	}
	return all
}
