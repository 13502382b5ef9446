// SPDX-License-Identifier: Apache-2.0

package find

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// corpus makes documents such as an agency registers; all of it is fictional.
type corpus struct{ r *rand.Rand }

func newCorpus(seed uint64) *corpus { return &corpus{rand.New(rand.NewPCG(seed, 7))} }

var (
	openings = strings.Split("Về việc|V/v triển khai|Báo cáo kết quả|Kế hoạch tổ chức|Quyết định phê duyệt|Thông báo kết luận cuộc họp về|"+
		"Hướng dẫn thực hiện|Đề nghị cung cấp số liệu|Góp ý dự thảo|Tăng cường|Giấy mời dự hội nghị|Tờ trình ban hành|"+
		"Rà soát, thống kê|Đôn đốc thực hiện|Xin ý kiến về|Phúc đáp công văn về|Kiểm tra, giám sát|Sơ kết|Tổng kết|Phân công nhiệm vụ", "|")
	matters = strings.Split("công tác dân tộc|chính sách đối với người có uy tín trong đồng bào dân tộc thiểu số|"+
		"chương trình mục tiêu quốc gia phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi|"+
		"công trình thủy lợi và nước sinh hoạt|hỗ trợ hòa giải ở cơ sở|bảo tồn văn hóa các dân tộc|xóa đói giảm nghèo bền vững|"+
		"phổ biến, giáo dục pháp luật|giảm thiểu tảo hôn và hôn nhân cận huyết thống|cải cách hành chính nhà nước|"+
		"chuyển đổi số và an toàn thông tin|phòng, chống thiên tai và tìm kiếm cứu nạn|thi đua, khen thưởng|"+
		"tiếp công dân, giải quyết khiếu nại, tố cáo|định canh, định cư|đào tạo nghề cho lao động nông thôn|bình đẳng giới|"+
		"tuyên truyền biển đảo|quản lý tài sản công|tinh giản biên chế|luân chuyển cán bộ|đại hội đại biểu các dân tộc thiểu số|"+
		"khoẻ mạnh và dinh dưỡng học đường|ủy quyền ký hợp đồng|tuỳ viên và khách quốc tế|kiểm kê đất đai|đầu tư công trung hạn|"+
		"phòng cháy, chữa cháy rừng|tiêm chủng mở rộng|xây dựng nông thôn mới|quy hoạch dân cư biên giới|chi trả dịch vụ môi trường rừng", "|")
	places = strings.Split("trên địa bàn tỉnh|tại huyện Bảo Lạc|tại huyện Hà Quảng|tại các xã đặc biệt khó khăn|tại xã Phúc Sen|"+
		"ở vùng biên giới|tại thành phố Cao Bằng|của Ban Dân tộc tỉnh Cao Bằng|của Ủy ban nhân dân tỉnh|của Sở Nội vụ|"+
		"tại huyện Nguyên Bình|tại huyện Trùng Khánh|thuộc phạm vi quản lý|", "|")
	times   = strings.Split("năm %d|quý I năm %d|6 tháng đầu năm %d|giai đoạn %d - 2025|tháng 9 năm %d|trước ngày 30/11/%d|", "|")
	issuers = strings.Split("Ủy ban nhân dân tỉnh Cao Bằng|Sở Nội vụ|Sở Tài chính|Sở Kế hoạch và Đầu tư|Ủy ban Dân tộc|"+
		"UBND huyện Bảo Lạc|UBND huyện Hòa An|Công an tỉnh|Văn phòng Tỉnh ủy|Bộ Nội vụ|Sở Thông tin và Truyền thông", "|")
	symbols = strings.Split("UBND-VX|SNV-TCBC|STC-HCSN|QĐ-UBND|KH-UBND|BC-BDT|UBDT-CSDT|CV/TU|TB-VP|NQ-HĐND", "|")
	rare    = strings.Fields("lúa ngô mía trâu bò dê gà lợn rừng suối khe đèo bản làng chợ cầu đường trạm trường lớp thầy thuốc giếng mương đập kênh vườn nương rẫy chè hồi quế trúc sở dẻ mận lê cam quýt")
)

func pick[T any](c *corpus, from []T) T { return from[c.r.IntN(len(from))] }

func (c *corpus) title(year int) string {
	t := pick(c, openings) + " " + pick(c, matters)
	for range c.r.IntN(4) {
		t += " " + pick(c, rare)
	}
	t += " " + pick(c, places)
	if when := pick(c, times); when != "" {
		t += " " + fmt.Sprintf(when, year)
	}
	return strings.Join(strings.Fields(t), " ")
}

func (c *corpus) doc(i, of int) Doc {
	year := 2018 + 8*i/of
	d := Doc{
		Ref: fmt.Sprintf("incoming/%d", i), Kind: "incoming",
		Fields: []string{c.title(year), fmt.Sprintf("%d/%s", 1+c.r.IntN(4000), pick(c, symbols)), pick(c, issuers)},
		Tags:   []string{"a", fmt.Sprintf("u:%d", 1+c.r.IntN(12)), fmt.Sprintf("p:%d", 1+c.r.IntN(200)), fmt.Sprintf("year:%d", year)},
	}
	if i%3 == 0 {
		d.Kind = "task"
	}
	return d
}

// phrases are neighbouring syllables of titles, two to seven of them.
func (c *corpus) phrases(n int, docs []Doc) []string {
	seen := map[string]bool{}
	var out []string
	for len(out) < n {
		w := strings.Fields(pick(c, docs).Fields[0])
		k := min(2+c.r.IntN(6), len(w))
		i := c.r.IntN(len(w) - k + 1)
		p := strings.Trim(strings.Join(w[i:i+k], " "), " -,")
		if Fold(p) != "" && !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}

// body is a page or so of text.
func (c *corpus) body(sentences int) string {
	var b strings.Builder
	for range sentences {
		b.WriteString(c.title(2018+c.r.IntN(8)) + ". ")
	}
	return b.String()
}

// otherTone sets the tone of oa, oe and uy the other way.
var otherTone = func() *strings.Replacer {
	var pairs []string
	f := strings.Fields("òa oà óa oá ỏa oả õa oã ọa oạ òe oè óe oé ỏe oẻ õe oẽ ọe oẹ ùy uỳ úy uý ủy uỷ ũy uỹ ụy uỵ")
	for i := 0; i < len(f); i += 2 {
		pairs = append(pairs, f[i], f[i+1], f[i+1], f[i])
	}
	return strings.NewReplacer(pairs...)
}()
