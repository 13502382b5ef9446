// SPDX-License-Identifier: Apache-2.0

package sentence

import "strings"

// hit is somebody who is named in a part of the work.
type hit struct {
	mention
	from, to int // the tokens that name him
	start    int // the first token that goes out of the subject with him, "giao cho"
	end      int // the one behind the last, "chủ trì"
	tier     int // how plainly the line says that he leads: 1 is plainest
}

var (
	leadVerbs = lexiconOf("alo|a lô|gọi|dặn|nhắn|nhắn cho|kêu|giao cho|giao việc cho|giao nhiệm vụ cho|giao trách nhiệm cho|giao|giao việc|giao nhiệm vụ|phân công cho|phân công|phân công nhiệm vụ cho|phân việc cho|phân cho|phân|chuyển cho|chuyển|chuyển việc cho|chuyển việc này cho|giao việc này cho|việc này giao|việc này giao cho|việc này|nhờ|đề nghị|kính đề nghị|trân trọng đề nghị|yêu cầu|bảo|nhắc|cử|do|phiền|mong|kính nhờ|giao lại cho|ủy quyền cho|ủy quyền|giao về|giao cho anh em|chỉ định|đề xuất|thống nhất|đồng ý|nay|xin|cần|tạm giao|tạm giao cho|chuyển giao cho|nhờ giúp|để cho|giao tiếp cho|giao luôn|giao luôn cho|trách nhiệm của|kính chuyển|kính chuyển cho|trách nhiệm thuộc về")
	leadHeads = lexiconOf("chủ trì|chủ trì là|đầu mối|đầu mối là|đơn vị chủ trì|người chủ trì|người thực hiện|đơn vị thực hiện|thực hiện|phụ trách|người phụ trách|lead|người làm|giao|trách nhiệm|chịu trách nhiệm|gửi|kính gửi|giao việc|phân công|đề nghị|người nhận|người được giao|nhờ|to|cán bộ thực hiện|đơn vị|chuyển|xử lý|ai làm|người lo|nhiệm vụ của|việc của")
	givers    = lexiconOf("tôi|mình|em|anh|lãnh đạo|lãnh đạo ban|ban|thủ trưởng|ban giám đốc|bgđ|lãnh đạo sở|trưởng ban|giám đốc|đồng chí trưởng ban|tớ|chú|cô|chị|sở|lãnh đạo cơ quan|cơ quan|thì|nên|sẽ|cứ|vẫn")

	coopVerbs = lexiconOf("phối hợp với|phối hợp cùng|phối hợp|phối hợp chặt chẽ với|cùng phối hợp với|cùng với|cùng|với sự phối hợp của|có sự phối hợp của|có phối hợp của|kết hợp với|kết hợp cùng|hỗ trợ là|người phối hợp|đơn vị phối hợp|phối hợp là|phối hợp có|với sự tham gia của|có sự tham gia của|với sự hỗ trợ của|có sự hỗ trợ của|được sự hỗ trợ của|coop|kèm|cộng tác với|ph|phối hợp thực hiện với|làm cùng|làm với|làm chung với|phối hợp với các|cùng các|có thêm|có|rủ|kéo thêm|thêm|cùng sự hỗ trợ của|trao đổi thống nhất với|thành phần phối hợp|phối hợp gồm|hỗ trợ")
	coopTails = lexiconOf("phối hợp|hỗ trợ|cùng phối hợp|cùng làm|cùng tham gia|tham gia|tham gia cùng|phối hợp thực hiện|phối hợp cùng|là phối hợp|giúp|cùng thực hiện|phụ giúp|hỗ trợ thêm|phụ|phối hợp làm|giúp sức|hỗ trợ cùng|phối hợp với nhau|giúp thêm|làm cùng|phối hợp giúp|sẽ phối hợp|cùng hỗ trợ|hỗ trợ giúp|phối hợp nhé|cùng phối hợp thực hiện")
	infoHeads = lexiconOf("cc|đồng gửi|đồng kính gửi|để biết|đồng báo cáo|gửi để biết|thông tin cho|nhận để biết|đồng thời gửi|đồng thời báo|thông tin|gửi biết|báo để biết|fyi|biết")
	infoVerbs = lexiconOf("gửi|báo|cho|để|thông báo|thông báo cho|báo cho|và gửi|và báo|gửi cho|và cho|gửi tới|gửi thêm|gửi cả|gửi thông tin cho|chuyển|chuyển cho|gửi bản sao cho|đồng thời gửi|đồng gửi|nhắn|nhắn cho|gửi lại cho|copy|copy cho|và để")
	infoTails = lexiconOf("để biết|biết|nắm|để nắm|được biết|cùng biết|để theo dõi|nắm thông tin|biết để theo dõi|để nắm thông tin|nhận để biết|biết thông tin|để tiện theo dõi|để nắm tình hình|biết và theo dõi|để biết và theo dõi|nắm tình hình|biết nhé|theo dõi|theo dõi chung")
	leadTails = lexiconOf("1=chủ trì|phụ trách|chịu trách nhiệm|chịu trách nhiệm chính|đầu mối|làm đầu mối|là đầu mối|chủ trì thực hiện|làm chính|chủ trì xử lý|làm chủ trì|là chủ trì|phụ trách chính|chủ trì chính|lo chính|là người chủ trì|làm trưởng nhóm|đứng đầu mối|phụ trách việc|chủ trì việc",
		"2=lo giúp|làm giúp|lo|làm hộ|giúp|giúp tôi|giúp mình|giúp anh|giúp em|giúp chị|làm giúp anh|làm giúp tôi|làm giúp mình|làm giúp em|ơi|à|nhận việc|được giao|nhé|giúp việc|nhận nhiệm vụ|đảm nhận|đảm nhiệm|lo việc|được phân công|giúp cho|nhận làm|giúp nhé|sẽ|nha|ạ|giúp anh nhé|giúp sở|xử lý giúp|tranh thủ|lo phần|phải|cần|hãy|có trách nhiệm|làm giúp chị|làm giúp cho|giúp em nhé|nhớ|chịu khó|cho|hộ|giúp mọi người|làm việc này|thực hiện việc này|nhận việc này|bảo|nói")
	stopTails = lexiconOf("cùng làm|cùng thực hiện|làm|thực hiện|nhận|xử lý|triển khai|lo|phụ trách|làm nhé|thực hiện nhé|triển khai thực hiện|làm luôn|xử lý nhé|tham mưu|giải quyết|giúp")
	chatEnds  = lexiconOf("nhé|nha|ạ|với|cùng|thêm|giúp|luôn|nhá|cũng được")
	withWord  = lexiconOf("với|cùng|cùng với")
	andWord   = lexiconOf("và|cùng|cùng với|với|cả|hoặc|rồi|kiêm")
	meeting   = lexiconOf("làm việc|họp|trao đổi|gặp|đi|báo cáo|công tác|đi công tác|trực|thống nhất|liên hệ|ký|làm việc trực tiếp|bàn|bàn bạc|tham gia|dự|dự họp|đối chiếu|ra|về|lên|xuống|đi cơ sở|hợp đồng")
	verbs     = lexiconOf("làm|soạn|rà soát|chuẩn bị|báo cáo|tổng hợp|gửi|nộp|viết|lập|dự thảo|tham mưu|kiểm tra|đăng ký|trình|xây dựng|phối hợp|chủ trì|in|xem|sửa|lo|hoàn thành|hoàn thiện|cập nhật|liên hệ|đôn đốc|thống kê|họp|dự|ghi|photo|đánh máy|kiểm|trả lời|đề xuất|nghiên cứu|triển khai|tổ chức|thực hiện|phụ trách|thẩm định|khảo sát|mua|đặt|gọi|nhắc|giúp|nhận|xử lý|giải quyết|cho|hỗ trợ|đi|tham gia|thay|công bố|ban hành|xin|cài|cài đặt|ra|góp ý|cùng|và|với|bố trí|sắp xếp|tập hợp|theo dõi|công khai|quyết toán|thanh toán|rút|đối chiếu|chốt|biên tập|đăng|chụp|quay|dịch|lấy|tìm|phát|chuyển|tiếp|hướng dẫn|tuyên truyền|phải|cần|sẽ|hãy|nhớ|nhé|ơi|mai|hôm nay|chiều|sáng|trước|thứ|kê|điền|nhập|scan|số hóa|lưu|trực|bàn giao|tiếp nhận|trao|thăm|chúc")
	rarely    = map[string]bool{"thu": true, "son": true, "hoa": true, "lan": true, "xuan": true, "thang": true, "yen": true, "cong": true, "chinh": true, "thanh": true, "tai": true, "dai": true, "quy": true, "van": true, "minh": true, "hai": true, "nam": true, "trung": true, "ha": true, "thong": true, "an": true, "binh": true, "in": true, "tam": true, "hoi": true, "hop": true}
	governing = lexiconOf("của|cho|với|trình|gửi|báo|gặp|tại|ở|về|từ|xã|huyện|tỉnh|thôn|và|hoặc|theo|nhà|gia đình|hộ|mời|thay|hỏi|xin|ý kiến|chỉ đạo|sở|ban|họp|làm việc|hồ sơ|đơn|thư|chúc|thăm|đón|tiếp|lương|phòng|bản|xóm|phường|đến|tới|vào|ra|lên|xuống|là|cùng|người|dân tộc|mẫu|báo cáo|tặng|chia buồn|mừng|cụ|mẹ|bà|ông|chị|anh|em|đường|phố|tên|thôn bản|đảng|lớp|trường|nghỉ phép|do|bởi|quê|tp|thành phố|trong|ngoài|trên|dưới|qua|nước|vùng|miền|đảo")
)

// starts tells whether a clause begins: behind a mark, or behind a date.
func (p *parser) starts(i int) bool {
	return p.hard(i) || p.tokens[i-1].used != ""
}

// findWho reads the parts of the people, from the left to the right.
func (p *parser) findWho() {
	var leads, coops, infos []hit
	for i := 0; i < len(p.tokens); {
		if !p.free(i) {
			i++
			continue
		}
		next := i + 1
		switch {
		case p.infoAt(i, &infos, &next):
		case p.coopAt(i, &coops, leads, &next):
		case p.leadAt(i, &leads, &coops, &next):
		case p.namedAt(i, &leads, &coops, &infos, &next):
		}
		i = max(next, i+1)
	}
	if len(leads) == 0 && len(coops) == 0 {
		p.trailing(&leads)
	}
	if len(leads) == 0 && len(coops) == 0 {
		p.inside(&leads)
	}
	p.choose(leads, coops, infos)
}

// list reads "Hải", "Hải và Hà", "phòng CS, KHTH và VP".
func (p *parser) list(i int, loose, led bool) ([]hit, int) {
	var out []hit
	j := i
	for j < len(p.tokens) && len(out) < 20 {
		if !p.free(j) || p.mentions[j].n == 0 {
			break
		}
		m := p.mentions[j]
		for k := j; k < j+m.n; k++ {
			if !p.free(k) {
				return out, endOf(out, i)
			}
		}
		if len(out) > 0 && m.unknown {
			break
		}
		out = append(out, hit{mention: m, from: j, to: j + m.n, start: j, end: j + m.n})
		e := j + m.n
		if e >= len(p.tokens) || !p.free(e) {
			break
		}
		g := strings.TrimSpace(p.gap(e))
		switch {
		case g == "&" || g == "+" || g == "/":
			j = e
		case !p.hard(e):
			_, n := p.at(e, andWord)
			if next := p.mentions[e]; n == 0 && next.some() && next.sure && !next.unit {
				if _, t := p.at(e+next.n, coopTails); t > 0 && !p.hard(e+next.n) { // "Xuân Nga phối hợp"
					j = e
					continue
				}
			}
			if n == 0 || e+n >= len(p.tokens) || p.mentions[e+n].n == 0 || p.mentions[e+n].unknown {
				return out, e
			}
			// "Hải và Hà phối hợp …", but "Hải với Hà": the others help.
			j = e + n
		case g == "," || g == ";":
			k := e
			if _, n := p.at(k, lexAnd); n > 0 {
				k++
			}
			if k >= len(p.tokens) || p.mentions[k].n == 0 || p.mentions[k].unknown || !p.mentions[k].sure {
				return out, e
			}
			after := k + p.mentions[k].n
			closed := p.hard(after) || !p.free(after)
			if _, n := p.at(after, lexAnd); n > 0 {
				closed = closed || after+1 < len(p.tokens) && p.mentions[after+1].n > 0
			}
			if _, n := p.at(after, coopTails); n > 0 && !loose {
				closed = false
			}
			if !closed && !loose || loose && p.rolesFollow(after, led) {
				return out, e
			}
			j = k
		default:
			return out, e
		}
	}
	return out, endOf(out, i)
}

var lexAnd = lexiconOf("và|&")

func endOf(hits []hit, i int) int {
	if len(hits) == 0 {
		return i
	}
	return hits[len(hits)-1].to
}

// rolesFollow tells whether somebody begins a clause of his own: "…, Tùng soạn tờ trình".
func (p *parser) rolesFollow(i int, led bool) bool {
	if p.hard(i) {
		return false
	}
	for k, lex := range []lexicon{coopTails, infoTails, leadTails, verbs} {
		if k == 3 && led {
			continue
		}
		if _, n := p.at(i, lex); n > 0 {
			return true
		}
	}
	return false
}

func known(hits []hit) bool { return len(hits) > 0 && !hits[0].unknown }

func (p *parser) infoAt(i int, infos *[]hit, next *int) bool {
	if _, n := p.at(i, infoHeads); n > 0 && (!p.hard(i+n) || mild(p.gap(i+n))) && (n > 1 || p.tokens[i].fold != "biet" || p.gap(i+n) == ": ") {
		if hits, e := p.list(i+n, true, true); known(hits) {
			if _, t := p.at(e, infoTails); t > 0 && !p.hard(e) {
				e += t
			}
			p.take(hits, i, e, infos)
			*next = e
			return true
		}
	}
	start := i
	if p.is(i, wordOf("và")) {
		start++
	}
	if _, n := p.at(start, infoVerbs); n > 0 && !p.hard(start+n) {
		if hits, e := p.list(start+n, true, true); known(hits) && !p.hard(e) {
			if _, t := p.at(e, infoTails); t > 0 {
				p.take(hits, i, e+t, infos)
				*next = e + t
				return true
			}
		}
	}
	return false
}

// take gives the hits their place and counts out the words around them.
func (p *parser) take(hits []hit, start, end int, to *[]hit) {
	hits[0].start = start
	hits[len(hits)-1].end = end
	*to = append(*to, hits...)
	for k := start; k < end; k++ {
		p.tokens[k].drop = true
	}
}

func (p *parser) coopAt(i int, coops *[]hit, leads []hit, next *int) bool {
	_, n := p.at(i, coopVerbs)
	with := false
	if n == 0 {
		if _, n = p.at(i, withWord); n == 0 || len(leads) == 0 {
			return false
		}
		with = true
	}
	if p.hard(i+n) && !mild(p.gap(i+n)) || i+n >= len(p.tokens) {
		return false
	}
	if f := p.tokens[i].fold; (f == "phoi" || f == "ho") && n <= 2 && p.hard(i+n) && !p.starts(i) {
		return false
	}
	if f := p.tokens[i].fold; (f == "cung" && n <= 2 || with) && !p.starts(i) {
		if _, m := p.before(i, meeting); m > 0 {
			return false
		}
	}
	if f := p.tokens[i].fold; (f == "them" || f == "kem" || f == "ho" || f == "ru") && !p.starts(i) && len(leads) == 0 {
		return false
	}
	hits, e := p.list(i+n, true, len(leads) > 0)
	if n == 1 && p.is(i, wordOf("có")) {
		if _, t := p.at(e, coopTails); t == 0 || p.hard(e) {
			return false // "có Vân hỗ trợ"
		}
	}
	if !known(hits) || !hits[0].sure && !p.starts(e) {
		return false
	}
	if with && !p.starts(i) && (p.near(i, meeting, 8) || !p.starts(e)) {
		return false
	}
	if _, t := p.at(e, coopTails); t > 0 && !p.hard(e) && (p.tokens[i].fold == "cung" || p.tokens[i].fold == "co" || with) {
		e += t
	}
	start := i
	if p.is(i-1, wordOf("và")) && p.free(i-1) {
		start--
	}
	p.take(hits, start, e, coops)
	*next = e
	return true
}

// askedBy are words behind which "yêu cầu" and "đề nghị" are nouns.
var askedBy = lexiconOf("theo|lý|có|được|nội dung|phiếu|văn bản|công văn|các|những|tự|mặc|đơn|tỉnh|ubnd tỉnh")

// leadAt reads "giao cho Hải", "đề nghị phòng KHTH", "chủ trì: Hà".
func (p *parser) leadAt(i int, leads, coops *[]hit, next *int) bool {
	if len(*leads) > 0 {
		return false
	}
	start, j := i, i
	if _, n := p.at(i, givers); n > 0 && p.starts(i) {
		j = i + n
	}
	hops, first := 0, j
	for hops < 4 {
		_, n := p.at(j, leadVerbs)
		if n == 0 || hops > 0 && p.hard(j) {
			break
		}
		j += n
		hops++
	}
	if hops == 0 {
		_, n := p.at(i, leadHeads)
		if n == 0 || !p.starts(i) && p.tokens[i].fold != "chu" || i+n >= len(p.tokens) || !(strings.Contains(p.gap(i+n), ":") || strings.Contains(p.gap(i+n), " -") || p.is(i+n-1, wordOf("là")) || p.is(i, wordOf("gửi")) || p.is(i+1, wordOf("gửi"))) {
			return false
		}
		if p.is(i, wordOf("gửi")) && !p.hard(i+n) {
			if _, e := p.list(i+n, false, false); i != 0 || !p.hard(e) {
				return false
			}
		}
		j = i + n
	}
	hits, e := p.list(j, false, false)
	if len(hits) == 0 {
		return p.gaveTo(first, j, leads, coops, next)
	}
	// "yêu cầu của phòng CS", "theo đề nghị phòng CS" are no giving; nor is "do" in "lý do".
	if _, n := p.before(i, askedBy); n > 0 {
		return false
	}
	if hops == 1 && !p.starts(i) {
		// In the middle of a clause only plain words of giving count.
		if f := p.tokens[first].fold; f != "giao" && f != "phan" && f != "nho" && f != "do" && f != "chuyen" && f != "uy" && f != "viec" && f != "tam" && f != "cu" {
			return false
		}
		if f := p.tokens[first].fold; f == "chuyen" && !hits[0].sure {
			return false
		}
	}
	if f := p.tokens[first].fold; f == "do" || f == "nay" || f == "can" || f == "xin" {
		if !hits[0].sure || hits[0].unknown {
			return false
		}
	}
	end := p.leadTail(e, true)
	for k := range hits {
		hits[k].tier = 1
	}
	hits[0].start, hits[0].end = start, end
	*leads = append(*leads, hits[0])
	*coops = append(*coops, hits[1:]...)
	p.dropped(start, end)
	*next = end
	return true
}

// gaveTo reads "giao báo cáo quà Tết cho Hải".
func (p *parser) gaveTo(i, j int, leads, coops *[]hit, next *int) bool {
	f := p.tokens[i].fold
	if f != "giao" && f != "phan" && f != "chuyen" || !p.starts(i) && i > 3 {
		return false
	}
	for k := j; k < len(p.tokens) && k < j+40; k++ {
		if !p.is(k, wordOf("cho")) || p.hard(k+1) {
			continue
		}
		hits, e := p.list(k+1, false, false)
		if !known(hits) {
			continue
		}
		end := p.leadTail(e, true)
		hits[0].start, hits[0].end, hits[0].tier = k, end, 1
		*leads = append(*leads, hits[0])
		*coops = append(*coops, hits[1:]...)
		p.dropped(i, j)
		p.dropped(k, end)
		*next = j
		return true
	}
	return false
}

// leadTail passes over the words behind a lead that are not of the work: "chủ trì", "làm giúp".
func (p *parser) leadTail(e int, given bool) int {
	for hop := 0; hop < 2; hop++ {
		if e >= len(p.tokens) || p.hard(e) || !p.free(e) {
			return e
		}
		if v, n := p.at(e, leadTails); n > 0 {
			// "giúp" and "cho" are verbs of the work when an object follows.
			if f := p.tokens[e].fold; v == "2" && n == 1 && (f == "cho" || f == "ho") && !p.hard(e+1) {
				return e
			}
			if t := p.tokens[e]; n == 1 && (t.fold == "bao" || t.fold == "noi") && t.bare() {
				return e // "bao cao", "noi dung"
			}
			if f := p.tokens[e].fold; n == 1 && f == "lo" && !p.hard(e+1) && p.mentionsWork(e+1) {
				e++
				continue
			}
			e += n
			continue
		}
		if _, n := p.at(e, stopTails); n > 0 && (p.hard(e+n) || !p.free(e+n)) {
			e += n
			continue
		}
		return e
	}
	return e
}

func (p *parser) mentionsWork(i int) bool { return i < len(p.tokens) && p.free(i) }
