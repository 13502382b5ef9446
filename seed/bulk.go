// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"iter"
	"strconv"
	"sync"
	"time"

	"soviec/kit/civil"
)

// A Synthetic is one of any number of documents for measuring. All are done with.
type Synthetic struct {
	Index       int // from 0
	No          int // arrival number in the year of Received
	Received    time.Time
	Date        civil.Date
	IssuerName  string
	Number      string
	Notation    string
	NumberRaw   string
	Type        string
	Subject     string
	Signer      string
	SignerTitle string
	Urgency     int
	Channel     string
	Field       string
	Unit        string // led
	Person      string // did it
	Due         civil.Date
	Done        civil.Date // not after Due
	Planted     uint64     // bit k: the subject holds phrase k
}

// The first and the last year over which Bulk spreads its documents.
const (
	BulkFrom = 2018
	BulkTo   = 2024
)

// bulkIssuers are issuers in whose names no word of a phrase stands alone (phrases.go).
var bulkIssuers = []string{
	"ubnd", "ubnd", "ubnd", "vpubnd", "vpubnd", "vpubnd", "vpcp", "ubdt", "ubdt", "bnv", "btc", "bkhdt", "ttcp",
	"snv", "stc", "skh", "syt", "stp", "sgt", "sct", "sngv", "ca", "ctk", "mttq", "hpn", "qs",
	"hdnd", "dbqh", "baolac", "baolam", "haquang", "thongnong", "tralinh", "trungkhanh", "halang", "quanguyen",
	"thachan", "nguyenbinh", "tpcb", "xcoba", "xkhanhxuan", "xlybon", "xtongcot", "xquanghan", "xtamkim", "vnpost",
}

// The sentences of Bulk are plain; none of their words stands alone in a phrase.
var (
	bulkVerbs = []string{
		"báo cáo kết quả", "triển khai", "đôn đốc", "góp ý dự thảo", "phê duyệt", "phối hợp", "hướng dẫn",
		"tổng hợp", "rà soát", "đề nghị thẩm định", "thông báo", "kiểm tra", "đánh giá", "bổ sung", "điều chỉnh",
	}
	bulkObjects = []string{
		"công tác dân tộc", "chương trình công tác", "chính sách dân tộc", "công tác văn thư", "nhiệm vụ trọng tâm",
		"phong trào cơ quan", "quy chế làm việc", "danh mục hồ sơ", "phương án", "đề án", "chỉ tiêu", "kết luận thanh tra",
		"văn bản chỉ đạo", "kinh phí", "danh mục dự án", "kế hoạch năm", "biểu mẫu thống kê", "tổ chức bộ máy",
		"cơ sở vật chất", "nghị quyết", "đề cương", "quy trình nội bộ",
	}
	bulkPlaces = []string{
		"", "", " tại huyện Bảo Lạc", " tại huyện Bảo Lâm", " tại huyện Hà Quảng", " tại huyện Trùng Khánh", " tại huyện Hạ Lang",
		" tại huyện Thạch An", " tại huyện Nguyên Bình", " tại huyện Trà Lĩnh", " tại huyện Quảng Uyên", " tại huyện Thông Nông", " tại thành phố Cao Bằng",
	}
	bulkTypes = []string{"CV", "CV", "CV", "CV", "CV", "BC", "KH", "TB", "QĐ"}
	bulkUnits = []struct{ unit, person, field string }{
		{"cs", "hai", "cs"}, {"cs", "ha", "uy"}, {"cs", "mai", "tt"}, {"cs", "dung", "tt"}, {"khth", "anh", "ct"},
		{"khth", "tung", "kh"}, {"khth", "yen", "vh"}, {"vp", "thu", "hc"}, {"vp", "minh", "dg"}, {"ttr", "van", "th"},
	}
	bulkChannels = []string{"province_axis", "province_axis", "province_axis", "axis", "email", "post", "hand"}
)

// The working days of the years of Bulk, with a few more for what falls due after them.
var bulkDays = sync.OnceValues(func() (days []civil.Date, within int) {
	cal := civil.Default()
	for d := civil.New(BulkFrom, 1, 1); d.Year() <= BulkTo; d = d.AddDays(1) {
		if cal.WorkingDay(d) {
			days = append(days, d)
		}
	}
	within = len(days)
	for range 20 {
		days = append(days, cal.NextWorkingDay(days[len(days)-1]))
	}
	return days, within
})

// A bulk of n documents is the same for the same n and seed.
type bulk struct{ seed uint64 }

// planted draws the phrases of document k.
func (b bulk) planted(k int) uint64 {
	var bits uint64
	base := mix(b.seed ^ uint64(k)*0xd6e8feb86659fd93)
	for p := range phrases {
		if mix(base+uint64(p)*0x9e3779b97f4a7c15)%1000 < uint64(phrases[p].mille) {
			bits |= 1 << p
		}
	}
	return bits
}

// Planted counts in how many of the documents of Bulk(n, seed) each phrase stands.
func Planted(n int, seed uint64) [PhraseCount]int {
	var count [PhraseCount]int
	for k := range n {
		for bits, p := (bulk{seed}).planted(k), 0; bits != 0; bits, p = bits>>1, p+1 {
			count[p] += int(bits & 1)
		}
	}
	return count
}

// Bulk gives n documents in the order of their arrival, spread evenly over the working days
// of BulkFrom to BulkTo, with the phrases planted at their rates.
func Bulk(n int, seed uint64) iter.Seq[Synthetic] {
	return func(yield func(Synthetic) bool) {
		days, within := bulkDays()
		b := bulk{seed}
		d := &dice{state: seed}
		issuers := make([]*Issuer, len(bulkIssuers))
		for k, key := range bulkIssuers {
			issuers[k] = issuerNamed(key)
		}
		written := map[string]int{} // the last number of each issuer in the year
		buf := make([]byte, 0, 512)
		year, no := 0, 0
		for k := range n {
			at := int(int64(k) * int64(within) / int64(n))
			part := int64(k)*int64(within)%int64(n)*34200/int64(n) + 27000 // seconds from 07:30 to 17:00
			day := days[at]
			if y := day.Year(); y != year {
				year, no = y, 0
				clear(written)
			}
			no++
			s := Synthetic{Index: k, No: no, Date: day, Planted: b.planted(k), Received: civil.At(day, 0, 0).Add(time.Duration(part) * time.Second)}
			r := d.roll()
			take := func(m int) int { v := int(r % uint64(m)); r /= uint64(m); return v }
			i := issuers[take(len(issuers))]
			s.Type = bulkTypes[take(len(bulkTypes))]
			s.Channel = bulkChannels[take(len(bulkChannels))]
			to := bulkUnits[take(len(bulkUnits))]
			s.Unit, s.Person, s.Field = to.unit, to.person, to.field
			s.Due = days[at+3+take(8)]
			s.Done = days[at+1+take(3)]
			if take(12) == 0 {
				s.Urgency = 1
			}
			s.IssuerName, s.Signer, s.SignerTitle = i.Name, i.Signers[0].Name, i.Signers[0].Title
			written[i.Key]++
			buf = strconv.AppendInt(buf[:0], int64(written[i.Key]), 10)
			digits := len(buf)
			if s.Type == "CV" {
				buf = append(append(buf, '/'), i.Symbol...)
				if len(i.Suffixes) > 0 {
					buf = append(append(buf, '-'), i.Suffixes[take(len(i.Suffixes))]...)
				}
			} else {
				buf = append(append(append(append(buf, '/'), s.Type...), '-'), i.Symbol...)
			}
			s.NumberRaw = string(buf)
			s.Number, s.Notation = s.NumberRaw[:digits], s.NumberRaw[digits+1:]
			buf = bulkSubject(buf[:0], &s, d.roll(), day)
			s.Subject = string(buf)
			if !yield(s) {
				return
			}
		}
	}
}

func bulkSubject(buf []byte, s *Synthetic, r uint64, day civil.Date) []byte {
	take := func(m int) int { v := int(r % uint64(m)); r /= uint64(m); return v }
	if s.Type == "CV" {
		buf = append(buf, "V/v "...)
	} else {
		buf = append(buf, "Về việc "...)
	}
	buf = append(buf, bulkVerbs[take(len(bulkVerbs))]...)
	buf = append(append(buf, ' '), bulkObjects[take(len(bulkObjects))]...)
	join := " về "
	for bits, p := s.Planted, 0; bits != 0; bits, p = bits>>1, p+1 {
		if bits&1 != 0 {
			buf = append(append(buf, join...), phrases[p].text...)
			join = ", "
		}
	}
	buf = append(buf, bulkPlaces[take(len(bulkPlaces))]...)
	y, m, _ := day.YMD()
	buf = append(buf, " tháng "...)
	buf = strconv.AppendInt(buf, int64(m), 10)
	buf = append(buf, " năm "...)
	return strconv.AppendInt(buf, int64(y), 10)
}
