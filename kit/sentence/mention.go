// SPDX-License-Identifier: Apache-2.0

package sentence

import (
	"slices"
	"strings"
	"sync"
)

// A mention is some tokens that name somebody.
type mention struct {
	n       int
	parties []Party // more than one: it is open who is meant
	unknown bool    // somebody is named whom the roll does not have
	titled  bool    // "anh Hải", "phòng CS"
	sure    bool    // written as a name is: with its marks and its great letter
	unit    bool
}

func (m mention) some() bool { return m.n > 0 && !m.unknown }

// forms of address. "anh", "mai", "hà" are names as well: a form of address only before a name.
var address = lexiconOf("các|các đồng chí|các đ c|đồng chí|đ c|đc|d c|các anh|các chị|anh chị|anh|chị|cô|chú|bác|em|ông|bà|cậu|thầy|sếp|bác sĩ|bác sỹ|dược sĩ|dược sỹ|y sĩ|y sỹ|kỹ sư|thạc sĩ|thạc sỹ|tiến sĩ|tiến sỹ|mr|ms|bạn|a|c|e|các bạn|toàn thể|cả|bên|anh em|các anh chị|tập thể|lãnh đạo|nhân viên")

// positions with the words that the title of a post begins with.
var positions = lexiconOf(
	"truong phong=trưởng phòng|tp|quyền trưởng phòng|trưởng",
	"pho truong phong=phó trưởng phòng|phó phòng|ptp|phó tp|phó",
	"truong ban=trưởng ban|tb",
	"pho truong ban=phó trưởng ban|phó ban|ptb",
	"giam doc=giám đốc|gđ",
	"pho giam doc=phó giám đốc|pgđ|phó gđ",
	"chanh van phong=chánh văn phòng|cvp|chánh vp",
	"pho chanh van phong=phó chánh văn phòng|pcvp|phó chánh vp|phó văn phòng|phó vp",
	"chanh thanh tra=chánh thanh tra|chánh ttra",
	"pho chanh thanh tra=phó chánh thanh tra",
	"chuyen vien chinh=chuyên viên chính|cvc",
	"chuyen vien=chuyên viên|cv|cán bộ|công chức",
	"van thu=văn thư|vt",
	"ke toan=kế toán|kế toán trưởng|kt",
	"thanh tra vien=thanh tra viên",
	"chu tich=chủ tịch|ct", "pho chu tich=phó chủ tịch|pct",
	"bi thu=bí thư", "thu ky=thư ký", "lai xe=lái xe", "thu quy=thủ quỹ", "quan tri=quản trị mạng|quản trị",
)

// compounds are syllables that take a name away when they follow it: "hải quan" is the customs.
var compounds = map[string]string{
	"thu": "thập hồi hút chi nhập ngân gom xếp dọn phí thuế mua nợ tiền tục", "hà": "nội giang tĩnh quảng khẩu lan", "hải": "quan phòng dương đảo quân sản hậu",
	"lâm": "nghiệp đồng trường sản thời nghi", "vân": "tay", "văn": "bản phòng hóa thư kiện nghệ minh học", "nga": "ngố", "anh": "em chị", "dũng": "cảm",
	"sơn": "la tây", "minh": "bạch chứng họa", "hoa": "quả kỳ tươi hồng", "lan": "tỏa truyền rộng", "xuân": "tết", "yến": "tiệc", "đại": "hội biểu diện học đoàn diện",
	"khôi": "phục", "thắng": "lợi cảnh", "bình": "đẳng xét chọn thường dân dương định phước thuận ổn quân", "hạnh": "phúc", "phúc": "lợi đáp tra", "thành": "lập tích phố viên công phần ủy quả lũy phẩm",
	"trung": "ương bình tâm thực quốc học đoàn hạn", "tiến": "độ hành bộ trình tới", "hòa": "bình giải nhập thuận an", "an": "ninh toàn sinh giang", "thanh": "tra toán niên lý hóa quyết xuân hải danh", "thủy": "lợi sản điện",
	"nam": "định giới", "phong": "trào tục bì cảnh tặng", "quang": "cảnh vinh", "quảng": "bình ninh cáo bá nam trị ngãi", "quốc": "hội phòng gia khánh tế lộ", "phương": "án tiện pháp hướng thức châm",
	"duy": "trì nhất tu", "toàn": "tỉnh quốc bộ diện thể văn", "tài": "chính liệu sản khoản nguyên trợ", "lợi": "ích dụng thế", "thông": "tin báo tư qua tấn", "công": "văn chức tác ty đoàn khai an trình dân nghệ bố tố điện trường thương",
	"chính": "sách quyền phủ trị thức", "trường": "học hợp", "liên": "quan hệ hoan ngành đoàn tịch", "ngân": "sách hàng", "vinh": "danh", "ý": "kiến", "yên": "bái", "tâm": "lý tư", "huy": "động chương", "hợp": "đồng tác nhất lệ",
	"hiền": "tài", "hưng": "yên", "đồng": "chí bào thuận ý bộ", "mai": "táng mối", "tùng": "bách", "quý": "i ii iii iv vị", "hậu": "cần kiểm", "thư": "ký viện mời", "vi": "phạm", "hoàn": "thành thiện", "khánh": "thành hòa kiệt", "đạt": "chuẩn yêu", "kiên": "cố quyết", "lý": "do lịch luận",
	"tú": "tài", "thái": "nguyên bình lan", "long": "an", "bảo": "đảm vệ hiểm tàng quản", "việt": "nam", "hiệu": "quả lực trưởng chỉnh", "giang": "sơn", "hương": "ước", "hiếu": "học", "hằng": "năm tháng tuần ngày quý", "tuyên": "truyền quang dương", "nhân": "dịp viên dân sự lực quyền rộng", "đức": "tính", "loan": "báo", "thảo": "luận", "hội": "nghị họp thảo đồng", "học": "tập sinh bạ", "thể": "thao lệ", "châu": "á âu", "lương": "thực tối cơ", "ninh": "bình thuận", "tuyết": "rơi", "hồng": "ân thập", "ánh": "sáng", "cường": "độ quốc", "hùng": "vương mạnh", "trang": "trí bị phục thiết web", "trà": "my vinh", "nhung": "hươu", "linh": "hoạt kiện", "luyến": "tiếc", "đào": "tạo", "thương": "binh mại lượng vong", "kim": "ngạch đồng", "chi": "bộ phí trả tiết cục ngân thường hội nhánh",
}

var compoundKeys = sync.OnceValue(func() map[string]map[word]bool {
	out := map[string]map[word]bool{}
	for name, list := range compounds {
		w := wordOf(name)
		if out[w.fold] == nil {
			out[w.fold] = map[word]bool{}
		}
		for _, next := range strings.Fields(list) {
			out[w.fold][word{w.exact + " " + wordOf(next).exact, w.fold + " " + wordOf(next).fold}] = true
		}
	}
	return out
})

// compound tells whether token i and the next one are one word of the language.
func (p *parser) compound(i int) bool {
	if i+1 >= len(p.tokens) || p.hard(i+1) {
		return false
	}
	if _, n := p.at(i+1, verbs); n > 1 {
		return false // "Thành công bố", "Công bố trí"
	}
	a, b := p.tokens[i], p.tokens[i+1]
	if a.fold == "quy" && (b.num >= 1 && b.num <= 4) {
		return true
	}
	for w := range compoundKeys()[a.fold] {
		if w.exact == a.exact+" "+b.exact || p.bare && a.bare() && b.bare() && w.fold == a.fold+" "+b.fold {
			return true
		}
	}
	return false
}

func (p *parser) findMentions() {
	p.mentions = make([]mention, len(p.tokens))
	for i := range p.tokens {
		p.mentions[i] = p.mention(i)
	}
}

// mention reads who is named from token i on.
func (p *parser) mention(i int) mention {
	if m := p.unitAt(i); m.n > 1 {
		return m // "Lãnh đạo Ban" is a unit, "lãnh đạo phòng CS" its head
	}
	j, titled := i, false
	for hop := 0; hop < 3; hop++ {
		_, n := p.at(j, address)
		if n == 0 {
			break
		}
		short := n == 1 && len(p.tokens[j].fold) == 1
		if short && !(j+1 < len(p.tokens) && (p.tokens[j+1].title || p.gap(j+1) == ". " || !p.cased && p.roll.given[p.tokens[j+1].fold] != nil && !p.compound(j+1))) {
			break
		}
		if j+n >= len(p.tokens) || p.hard(j+n) && !strings.HasPrefix(p.gap(j+n), ".") {
			break
		}
		j += n
		titled = true
	}
	if m := p.position(j); m.n > 0 {
		m.n += j - i
		m.titled = true
		return m
	}
	if m := p.unitAt(j); m.n > 0 {
		m.n += j - i
		return m
	}
	if m := p.name(j, titled, true); m.n > 0 {
		m.n += j - i
		m.titled = titled
		m.sure = m.sure || titled
		return m
	}
	if titled {
		if m := p.stranger(j); m.n > 0 {
			m.n += j - i
			m.titled = true
			return m
		}
		// "Anh, làm báo cáo": a form of address that is a name here.
		if m := p.name(i, false, true); m.n > 0 {
			return m
		}
	}
	return mention{}
}

// position reads "Trưởng phòng Chính sách", "TP Lâm", "Chánh Văn phòng".
func (p *parser) position(i int) mention {
	title, n := p.at(i, positions)
	if n == 0 {
		return mention{}
	}
	if _, h := p.at(i+n, house); h > 0 && !p.hard(i+n) && p.tokens[i+n].title && p.name(i+n+h, true, true).n > 0 {
		n += h // "Giám đốc Sở Phạm Minh Tuấn"
	}
	j := i + n
	if m := p.name(j, true, true); m.n > 0 && !p.hard(j) {
		// The title may decide between two people of one name.
		if len(m.parties) > 1 {
			if some := p.withTitle(m.parties, title); len(some) > 0 {
				m.parties = some
			}
		}
		return mention{n: m.n + n, parties: m.parties, sure: true}
	}
	// "Trưởng phòng CS": the kind of the unit is a word of the title.
	for back := 2; back >= 0; back-- {
		if back > n {
			continue
		}
		u := p.unitAt(j - back)
		if u.n <= back {
			continue
		}
		all := j - back + u.n - i
		if m := p.name(i+all, true, true); m.n > 0 && !p.hard(i+all) {
			return mention{n: all + m.n, parties: m.parties, sure: true}
		}
		return p.ofUnit(title, u.parties, all)
	}
	if title == "chanh van phong" || title == "chanh thanh tra" {
		kind := wordsOf(strings.TrimPrefix(title, "chanh "))
		for _, u := range p.roll.units {
			if len(u.core) == 0 && hasPrefix(u.kind, kind) {
				return p.ofUnit(title, []Party{partyOfUnit(u.Unit)}, n)
			}
		}
	}
	var holders []Party
	for k, ru := range p.roll.people {
		if ru.title != "" && ru.title == title {
			holders = append(holders, p.roll.partyOf(k))
		}
	}
	if len(holders) == 1 || title == "truong phong" && len(holders) > 0 && n > 1 {
		return mention{n: n, parties: holders, sure: true}
	}
	if m := p.stranger(j); m.n > 0 && !p.hard(j) {
		m.n += n
		return m
	}
	return mention{}
}

// ofUnit finds who holds a title in a unit; its head is the unit where no titles are known.
func (p *parser) ofUnit(title string, unit []Party, n int) mention {
	var in []Party
	for k, ru := range p.roll.people {
		if ru.title != "" && ru.Unit == unit[0].Unit {
			in = append(in, p.roll.partyOf(k))
		}
	}
	if some := p.withTitle(in, title); len(some) > 0 {
		return mention{n: n, parties: some, sure: true}
	}
	if strings.HasPrefix(title, "pho ") || strings.HasPrefix(title, "chuyen vien") || len(unit) > 1 {
		return mention{n: n, unknown: true}
	}
	return mention{n: n, parties: unit, unit: true, sure: true}
}

func (p *parser) withTitle(parties []Party, title string) []Party {
	var out []Party
	for _, ru := range p.roll.people {
		if ru.title == title || strings.HasPrefix(ru.title, title+" ") {
			for _, q := range parties {
				if q.Person == ru.ID {
					out = append(out, q)
				}
			}
		}
	}
	return out
}

// family are names that a stranger may begin with.
var family = lexiconOf("nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|ngô|dương|nông|lương|triệu|đàm|trương|đinh|bế|mông|lục|sầm|hứa|trịnh|đoàn|phùng|tạ|thẩm|lộc|chu|hà|lý|mã|vi|tô|cao|tống|quách|hồ|mai|la|lưu|đào|lò|giàng|vàng|thào|sùng|hầu|lầu|vừ|hạ|ma|lâm|thái")
var middle = lexiconOf("văn|thị|đức|thanh|ngọc|quốc|minh|hữu|xuân|thu|kim|đình|công|quang|bá|viết|thế|duy|anh|tuấn|hồng|bích|mạnh|trọng")

// surelyFamily are those of them that mean nothing else, also without marks.
var surelyFamily = lexiconOf("nguyễn|trần|phạm|hoàng|huỳnh|phan|vũ|đặng|bùi|ngô|nông|lương|triệu|đàm|trương|đinh|trịnh|phùng|quách")

// name reads a person's name: the given name, with others of the name before it.
func (p *parser) name(i int, titled, alone bool) mention {
	if i >= len(p.tokens) || p.tokens[i].num >= 0 {
		return mention{}
	}
	best := mention{}
	for k := 4; k >= 0; k-- {
		last := i + k
		if last >= len(p.tokens) || best.n > 0 {
			continue
		}
		broken := false
		for j := i + 1; j <= last; j++ {
			broken = broken || p.hard(j) && p.gap(j) != ". "
		}
		if broken {
			continue
		}
		if m := p.nameOf(i, last, titled); m.n > 0 {
			best = m
		}
	}
	if best.n == 0 {
		return best
	}
	// "Nông Thị Lan Anh" is not Nông Thị Lan.
	if e := i + best.n; best.n > 1 && e < len(p.tokens) && p.cased && p.tokens[e].title && p.tokens[e-1].title && !p.hard(e) && p.gap(e) == " " {
		if _, verb := p.at(e, verbs); verb == 0 && p.mention1(e) {
			return mention{n: best.n + 1, unknown: true}
		}
	}
	if best.n == 1 && !titled && alone && p.foreign(i) {
		return mention{}
	}
	return p.ofHis(i, best)
}

// mention1 tells whether a syllable is a usual part of a name.
func (p *parser) mention1(i int) bool {
	_, n := p.at(i, middle)
	return n > 0 || p.roll.given[p.tokens[i].fold] != nil
}

// nameOf compares tokens i to last with the names.
func (p *parser) nameOf(i, last int, titled bool) mention {
	t := p.tokens[last]
	var exact, folded []int
	for _, k := range p.roll.given[t.fold] {
		words := p.roll.people[k].words
		if last-i+1 > len(words) {
			continue
		}
		if ok, same := p.fits(i, last, words); ok && same {
			exact = append(exact, k)
		} else if ok {
			folded = append(folded, k)
		}
	}
	found, sure := exact, true
	if len(found) == 0 {
		found, sure = folded, false
	}
	if p.bare && t.bare() {
		found, sure = append(exact, folded...), true
	}
	if len(found) == 0 {
		return mention{}
	}
	if last == i && p.compound(i) {
		return mention{}
	}
	if t.exact == "mai" && last == i && !titled && !p.maiIsName(i) {
		return mention{} // tomorrow
	}
	if _, verb := p.at(i+1, verbs); t.fold == "anh" && t.bare() && last == i && !titled && p.cased && !t.upper && (i > 0 || verb == 0) {
		return mention{} // you
	}
	if t.exact == "anh" && last == i && !titled && i > 0 && !t.upper && !p.bare {
		if _, speaks := p.at(i+1, speaking); speaks > 0 || p.hard(i+1) {
			return mention{} // "sáng mai anh cần", "gửi anh, …"
		}
	}
	if p.bare && t.fold == "lam" && last == i && !titled && i > 0 && (p.hard(i) || p.mentions[i-1].some()) {
		if _, object := p.at(i+1, madeThings); object > 0 && !p.hard(i+1) {
			return mention{} // "ha, lam bao cao": to make, not Lâm
		}
	}
	if p.cased && !p.tokens[i].upper && !p.tokens[last].upper {
		sure = false
	}
	m := mention{n: last - i + 1, sure: sure || last > i}
	for _, k := range found {
		m.parties = append(m.parties, p.roll.partyOf(k))
	}
	return m
}

var (
	// speaking are words behind which an "anh" is whoever speaks.
	speaking = lexiconOf("cần|xem|ký|duyệt|biết|nhé|nha|với|luôn|còn|sẽ|mới|muốn|hỏi|dặn|nhờ|đọc|trình")
	// madeThings are what is made, by which an unmarked "lam" is a verb.
	madeThings = lexiconOf("báo|kế|tờ|dự|việc|hồ|đề|bảng|biểu|phiếu|giấy|thủ|tốt|rõ|xong|theo|các|lại|luôn|ngay|bài|thư|quyết|công")
)

// beforeMai are words behind which "Mai" is a person.
var beforeMai = lexiconOf("với|cùng|cùng với|chị|em|cô|bà|giao|nhờ|giao cho|phân công|đ c|đồng chí|gửi")

// maiIsName keeps "Mai" a name where it can be no day: in "giao Mai", "với Mai", "Mai chủ trì".
func (p *parser) maiIsName(i int) bool {
	t := p.tokens[i]
	if p.person == i+1 {
		return true
	}
	if p.roll.given["mai"] == nil {
		return false
	}
	if p.cased && t.upper && i > 0 {
		return true
	}
	_, n := p.before(i, beforeMai)
	return n > 0 && (t.upper || !p.cased) || p.is(i+1, wordOf("chủ")) && !p.hard(i+1)
}

// fits tells whether the tokens are words of the name in their order, the last one the last.
// same says that the marks agree as well.
func (p *parser) fits(i, last int, words []word) (ok, same bool) {
	w := len(words) - 1
	same = true
	for j := last; j >= i; j-- {
		t := p.tokens[j]
		for w >= 0 && !fitsWord(t, words[w], j < last) {
			if j == last {
				return false, false
			}
			w--
		}
		if w < 0 {
			return false, false
		}
		same = same && (t.exact == words[w].exact || len(t.fold) == 1)
		w--
	}
	return true, same
}

// fitsWord compares one syllable; before the given name a great initial will do.
func fitsWord(t token, w word, initial bool) bool {
	if t.fold == w.fold && (t.exact == w.exact || t.bare()) {
		return true
	}
	return initial && len(t.fold) == 1 && t.upper && strings.HasPrefix(w.fold, t.fold)
}

// foreign tells whether the word before belongs to a longer name that nobody here bears.
func (p *parser) foreign(i int) bool {
	if i == 0 || p.hard(i) {
		return false
	}
	b := p.tokens[i-1]
	if b.num >= 0 || b.exact == "mai" && p.person != i || p.mentions != nil && p.mentions[i-1].some() {
		return false
	}
	if _, n := p.at(i-1, middle); n == 1 && (b.fold == "van" || b.fold == "thi") && (b.upper || !p.cased) {
		return true
	}
	if _, n := p.at(i-1, surelyFamily); n == 1 && (b.upper || !p.cased) {
		return true
	}
	if !p.cased || !b.title || !p.tokens[i].upper {
		return false
	}
	_, isFamily := p.at(i-1, family)
	_, isMiddle := p.at(i-1, middle)
	return isFamily == 1 || isMiddle == 1 && i > 1
}

// ofHis reads the unit behind a name: "Hải (phòng CS)", "Hải bên Văn phòng".
func (p *parser) ofHis(i int, m mention) mention {
	j := i + m.n
	if j >= len(p.tokens) {
		return m
	}
	if _, n := p.at(j, positions); n > 0 && p.gap(j) == ", " { // "Khôi, Trưởng phòng Nghiệp vụ, …": his own title
		if t := p.position(j); t.some() && t.unit && len(m.parties) == 1 && t.parties[0].Unit == m.parties[0].Unit {
			m.n, m.sure = j+t.n-i, true
			return m
		}
	}
	if strings.ContainsAny(p.gap(j), ",;:") {
		return m
	}
	if p.hard(j) && !strings.Contains(p.gap(j), "(") && strings.TrimSpace(p.gap(j)) != "-" && strings.TrimSpace(p.gap(j)) != "–" {
		return m
	}
	k := j
	if p.is(j, wordOf("ở")) || p.is(j, wordOf("bên")) || p.is(j, wordOf("của")) || p.is(j, wordOf("thuộc")) || p.is(j, wordOf("tại")) {
		k++
	}
	u := p.unitAt(k)
	if _, n := p.at(k, positions); n > 0 && u.n == 0 { // "Xuân - Trưởng phòng Kế hoạch"
		if t := p.position(k); t.some() && t.unit {
			u = t
		}
	}
	if u.n == 0 || p.kindOnly(k, u) && !strings.Contains(p.gap(j), "(") && k == j {
		return m
	}
	var in []Party
	for _, q := range m.parties {
		if slices.ContainsFunc(u.parties, func(v Party) bool { return v.Unit == q.Unit }) {
			in = append(in, q)
		}
	}
	if len(in) == 0 {
		return m
	}
	m.parties, m.n, m.sure, m.titled = in, k+u.n-i, true, true
	return m
}

// kindOnly tells whether a unit is named by a word that is a verb as well: "thanh tra".
func (p *parser) kindOnly(i int, u mention) bool {
	return p.is(i, wordOf("thanh")) && u.n == 2
}

// stranger reads words that look like a name: great letters, or a family name in front.
func (p *parser) stranger(i int) mention {
	n := 0
	for j := i; j < len(p.tokens) && n < 4; j++ {
		t := p.tokens[j]
		if t.num >= 0 || !t.title || n > 0 && (p.hard(j) || p.gap(j) != " ") {
			break
		}
		n++
	}
	if n == 0 {
		if _, k := p.at(i, surelyFamily); k == 1 && !p.cased {
			n = 1
			for j := i + 1; j < len(p.tokens) && n < 3 && !p.hard(j); j++ {
				if _, mid := p.at(j, middle); mid == 0 {
					n++
					break
				}
				n++
			}
		}
	}
	if n == 0 || p.compound(i) {
		return mention{}
	}
	return mention{n: n, unknown: true}
}
