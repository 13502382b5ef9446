// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"fmt"
	"strings"
)

// A Dossier is one line of a year's list (danh mục hồ sơ): what belongs together, who keeps
// it and for how long.
type Dossier struct {
	Section string // key of the unit whose section it stands in, of after the merging
	Title   string
	Term    string // "Vĩnh viễn", "20 năm"
	Keeper  string
	Field   string // the matters that lie in it
	Most    int    // put in by hand, of what its keeper dealt with
}

// Sections are the parts of the list, in its order, with the abbreviation in its notations.
var Sections = []struct{ Unit, Title, Abbr string }{
	{"vp", "Tổ chức, hành chính, văn thư", "VP"}, {"cs", "Chính sách dân tộc, tuyên truyền, địa bàn", "CS"},
	{"khth", "Kế hoạch, chương trình, dự án", "KHTH"}, {"ttr", "Thanh tra, tiếp công dân, đơn thư", "TTr"},
}

// Dossiers are the lines of a year.
func Dossiers(year int) []Dossier {
	all := []Dossier{
		{"vp", "Hồ sơ công tác thi đua, khen thưởng năm {năm}", "20 năm", "thu", "tc", 16},
		{"vp", "Hồ sơ đào tạo, bồi dưỡng công chức năm {năm}", "10 năm", "thu", "tc", 10},
		{"vp", "Hồ sơ cải cách hành chính, kiểm soát thủ tục hành chính năm {năm}", "20 năm", "diep", "hc", 16},
		{"vp", "Tập văn bản trao đổi về công nghệ thông tin năm {năm}", "3 năm", "hang", "cn", 10},
		{"cs", "Hồ sơ thực hiện chính sách đối với người có uy tín năm {năm}", "Vĩnh viễn", "mai", "uy", 20},
		{"cs", "Hồ sơ rà soát, tổng hợp chính sách dân tộc năm {năm}", "Vĩnh viễn", "hai", "cs", 20},
		{"cs", "Hồ sơ thăm, tặng quà Tết trong vùng đồng bào dân tộc thiểu số năm {năm}", "10 năm", "ha", "cs", 12},
		{"cs", "Hồ sơ giảm thiểu tình trạng tảo hôn và hôn nhân cận huyết thống năm {năm}", "20 năm", "dung", "tt", 16},
		{"khth", "Báo cáo công tác dân tộc quý, sáu tháng, chín tháng, năm {năm}", "Vĩnh viễn", "tung", "kh", 20},
		{"khth", "Hồ sơ theo dõi chương trình, dự án đầu tư năm {năm}", "Vĩnh viễn", "anh", "ct", 20},
		{"khth", "Hồ sơ phối hợp văn hóa, giáo dục, y tế vùng dân tộc năm {năm}", "10 năm", "yen", "vh", 14},
		{"khth", "Hồ sơ định canh, định cư, ổn định dân cư năm {năm}", "50 năm", "huy", "dc", 14},
		{"ttr", "Hồ sơ tiếp công dân, xử lý đơn thư năm {năm}", "20 năm", "van", "th", 20},
	}
	for k := range all {
		all[k].Title = strings.ReplaceAll(all[k].Title, "{năm}", fmt.Sprint(year))
	}
	return all
}
