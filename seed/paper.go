// SPDX-License-Identifier: Apache-2.0

package seed

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
)

// A Document is what the clerk holds in the hand: the facts on an incoming document.
type Document struct {
	Issuer      string // key in the directory
	IssuerName  string
	Number      string // "412"; empty for a document without number (không số)
	Notation    string // "UBND-VX", "CV/TU"
	NumberRaw   string // as printed: "412/UBND-VX", "87-CV/TU"
	Type        string // code of the type
	Date        civil.Date
	Subject     string
	Signer      string
	SignerTitle string
	Urgency     int // 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc
	Channel     string
	Field       string // key of the field
	Pages       int
	Answer      int // working days in which the sender wants an answer; 0: none
	Received    time.Time
	MeetingAt   time.Time // of an invitation
	MeetingIn   string    // where
}

// Electronic tells whether it came without paper.
func (d Document) Electronic() bool {
	return d.Channel != "post" && d.Channel != "hand" && d.Channel != "fax"
}

// draw makes a document that arrives at the instant, all but its number and its channel.
func draw(d *dice, i *Issuer, at time.Time, cal *civil.Calendar) Document {
	day := civil.Of(at)
	var fit []*pattern
	all := patterns()
	for k := range all {
		if all[k].fits(i, day) {
			fit = append(fit, &all[k])
		}
	}
	if len(fit) == 0 {
		panic("seed: nothing to write for " + i.Key)
	}
	p := weighted(d, fit, func(p *pattern) int { return p.weight })
	doc := Document{
		Issuer: i.Key, IssuerName: i.Name, Type: p.kind, Field: p.field, Answer: p.answer,
		Received: at, Date: writtenOn(d, i, day, cal), Pages: pagesOf(d, p.kind),
	}
	doc.Subject = subjectOf(d, p, i, doc.Date)
	doc.Urgency = urgencyOf(d, p, i)
	if i.Group == "cd" {
		name := citizen(d)
		doc.IssuerName, doc.Signer = "Công dân "+name, name
	} else {
		s := pick(d, i.Signers)
		doc.Signer, doc.SignerTitle = s.Name, s.Title
	}
	if p.kind == "GM" {
		meet := cal.AddWorkingDays(day, d.between(1, 6))
		doc.MeetingAt = civil.At(meet, pick(d, []int{8, 8, 8, 14}), 0)
		doc.MeetingIn = hall(d, i)
	}
	return doc
}

// writtenOn goes back at most six days, to a working day where there is one; electronic
// senders are quick, communes and citizens slow.
func writtenOn(d *dice, i *Issuer, day civil.Date, cal *civil.Calendar) civil.Date {
	lag := min(d.below(4), d.below(4))
	if i.Electronic < 80 {
		lag = d.below(7)
	}
	for n := lag; n > 0; n-- {
		if back := day.AddDays(-n); i.Group == "cd" || cal.WorkingDay(back) {
			return back
		}
	}
	return day
}

func pagesOf(d *dice, kind string) int {
	switch kind {
	case "CV", "GM", "PC", "TB", "CĐ", "ĐƠN":
		return d.between(1, 3)
	case "NĐ", "TT":
		return d.between(9, 48)
	}
	return d.between(2, 14)
}

func urgencyOf(d *dice, p *pattern, i *Issuer) int {
	if p.kind == "CĐ" {
		return 3
	}
	roll := d.unit() * 100
	high, urgent := 1.2, 6.0
	if p.kind == "GM" || p.answer > 0 && p.answer <= 3 {
		high, urgent = 8, 34
	}
	if i.Group == "dn" || i.Group == "cd" {
		return 0
	}
	switch {
	case roll < 0.6:
		return 3
	case roll < 0.6+high:
		return 2
	case roll < 0.6+high+urgent:
		return 1
	}
	return 0
}

func hall(d *dice, i *Issuer) string {
	switch i.Group {
	case "hu", "xa":
		return "Hội trường " + i.Name
	case "ub":
		return pick(d, []string{"Hội trường trụ sở cơ quan", "Điểm cầu trực tuyến tỉnh Cao Bằng"})
	case "tu":
		return "Hội trường Tỉnh ủy"
	case "dn", "so", "dt", "ng":
		return "Phòng họp " + i.Name
	}
	return pick(d, []string{"Phòng họp số 1, Ủy ban nhân dân tỉnh", "Phòng họp số 2, Ủy ban nhân dân tỉnh", "Hội trường Trung tâm Hội nghị tỉnh"})
}

func citizen(d *dice) string {
	family := pick(d, []string{"Nông", "Hoàng", "Lý", "Bế", "Triệu", "Đàm", "Hứa", "Ma", "Dương", "La", "Mông", "Lầu", "Phùng"})
	if d.chance(50) {
		return family + " Văn " + pick(d, []string{"Sảo", "Tình", "Páo", "Lìn", "Chài", "Khuề", "Tòng", "Phẩu", "Dìn", "Séng"})
	}
	return family + " Thị " + pick(d, []string{"Dợ", "Mủi", "Sao", "Lẻ", "Mẩy", "Ngoan", "Pằng", "Chấn", "Thêm", "Xuyến"})
}

// A counter gives the numbers of one issuer: they rise with the dates of the documents as
// fast as the issuer writes, and never stand still.
type counter map[string]int

// rate says how many documents of a type an issuer makes for each official letter.
var rate = map[string]float64{
	"CV": 1, "QĐ": .55, "TB": .12, "KH": .09, "BC": .13, "GM": .12, "HD": .03, "CTr": .02, "CT": .008,
	"NQ": .03, "TTr": .09, "CĐ": .012, "PC": .08, "NĐ": .6, "TT": .012,
}

// number gives the documents their numbers. They must come in the order of their dates.
func (c counter) number(d *dice, doc *Document) {
	i := issuerNamed(doc.Issuer)
	if i.Group == "cd" {
		return
	}
	y := doc.Date.Year()
	series := fmt.Sprint(i.Key, " ", doc.Type, " ", y)
	gone := float64(doc.Date.Sub(civil.New(y, 1, 1))) / 365
	n := max(c[series]+1, int(gone*rate[doc.Type]*float64(i.Yearly)))
	c[series] = n
	doc.Number = fmt.Sprintf("%02d", n)
	switch {
	case i.Group == "tu":
		doc.Notation = doc.Type + "/" + i.Symbol
		doc.NumberRaw = doc.Number + "-" + doc.Notation
		return
	case doc.Type == "NĐ" || doc.Type == "TT":
		doc.Number = fmt.Sprintf("%s/%d", doc.Number, y)
		doc.Notation = doc.Type + "-" + i.Symbol
	case doc.Type == "CV":
		doc.Notation = i.Symbol
		if len(i.Suffixes) > 0 {
			doc.Notation += "-" + pick(d, i.Suffixes)
		}
	default:
		doc.Notation = doc.Type + "-" + i.Symbol
	}
	doc.NumberRaw = doc.Number + "/" + doc.Notation
}

// channels decides how each document came, so that the given share came electronically.
func channels(d *dice, docs []*Document, electronic int) {
	type chance struct {
		doc *Document
		key float64
	}
	order := make([]chance, len(docs))
	for k, doc := range docs {
		// The likelier the issuer writes electronically, the smaller the key.
		order[k] = chance{doc, d.unit() * (100.5 - float64(issuerNamed(doc.Issuer).Electronic))}
	}
	slices.SortStableFunc(order, func(a, b chance) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	for k, c := range order {
		i := issuerNamed(c.doc.Issuer)
		if k < electronic {
			c.doc.Channel = electronicChannel(d, i)
		} else {
			c.doc.Channel = pick(d, []string{"post", "post", "post", "hand", "hand"})
			if c.doc.Urgency == 3 {
				c.doc.Channel = "fax"
			}
		}
	}
}

func electronicChannel(d *dice, i *Issuer) string {
	switch {
	case strings.Contains(" cp ub bo ", " "+i.Group+" "):
		return "axis"
	case i.Group == "cd":
		return "portal"
	case i.Group == "dn" || i.Group == "ng" && d.chance(40):
		return "email"
	case i.Group == "tu" || i.Key == "ca" || i.Key == "qs" || i.Key == "bp":
		return "email"
	}
	return "province_axis"
}
