// SPDX-License-Identifier: Apache-2.0

package outgoing

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/series"
)

// A Numbering is what the clerk decides when a signed draft gets its number.
type Numbering struct {
	Day  civil.Date // zero: the day of the act, or of the number that was kept
	Slot int64      // a number that was kept or allowed to be inserted
	// Again gives the number once more that was voided last, before it left the agency.
	Again bool
	Body  int64 // the council that issues it; 0 for the agency
}

// Number gives a signed draft its number and date and enters it in the register, all in
// one act (cấp số, thời gian ban hành; Điều 15). A draft that has its number already, as
// after a program that stopped between two acts, gives the same number again.
func Number(a *journal.Act, paper int64, n Numbering) (Document, error) {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return Document{}, err
	}
	p, err := draft.Get(a, a.By.Agency, paper)
	if err != nil {
		return Document{}, err
	}
	if p.State == draft.StateLeft && p.Outgoing != 0 {
		return get(a, a.By.Agency, p.Outgoing)
	}
	if p.State != draft.StateSigned {
		return Document{}, fault.Conflict("", "Chỉ văn bản đã ký mới được cấp số; dự thảo này: "+p.State.Label()+".")
	}
	if len(p.Recipients) == 0 {
		return Document{}, fault.Invalid("recipients", "Văn bản chưa ghi nơi nhận nào.")
	}
	kind, err := kindOf(a, a.By.Agency, p.Type)
	if err != nil {
		return Document{}, err
	}
	d := Document{ID: a.NewID(), Draft: p.ID, Version: 1}
	slot, err := series.Take(a, series.Ask{Direction: direction(n.Body), Kind: kind, Body: n.Body, Unit: p.Unit, Day: n.Day,
		Subject: d.Ref(), Key: p.Ref(), Slot: n.Slot, Again: n.Again})
	if err != nil {
		return Document{}, err
	}
	if slot.Subject != d.Ref() { // another act was faster
		_, id, _ := journal.ParseRef(slot.Subject)
		return get(a, a.By.Agency, id)
	}
	if slot.Day.Before(p.SignedOn) {
		return Document{}, fault.Invalid("day", "Ngày văn bản không được trước ngày ký ("+p.SignedOn.VN()+").")
	}
	content, err := draft.Current(a, p)
	if err != nil {
		return Document{}, err
	}
	if err := d.from(a, p, content, slot); err != nil {
		return Document{}, err
	}
	if err := d.fits(content); err != nil {
		return Document{}, err
	}
	if err := d.enter(a, p, content); err != nil {
		return Document{}, err
	}
	if err := draft.Leave(a, p.ID, d.ID); err != nil {
		return Document{}, err
	}
	a.Note(journal.Entry{Kind: Numbered, Subject: d.Ref(), Amount: d.Number, DueOn: civil.Of(d.SendBy),
		Data: numberedData{State: d.State, Draft: d.Draft, Slot: d.Slot, Year: d.Year, Number: d.Number, Suffix: d.Suffix, Day: d.Day}})
	return d, nil
}

type numberedData struct {
	State  State      `json:"state"`
	Draft  int64      `json:"draft"`
	Slot   int64      `json:"slot"`
	Year   int        `json:"year"`
	Number int64      `json:"number"`
	Suffix string     `json:"suffix,omitempty"`
	Day    civil.Date `json:"day"`
}

func direction(body int64) series.Direction {
	if body != 0 {
		return series.Body
	}
	return series.Out
}

// kindOf is a type of document as its number needs it.
func kindOf(r store.Reader, agency int64, code string) (series.Kind, error) {
	types, err := document.Types(r, agency)
	if err != nil {
		return series.Kind{}, err
	}
	for _, t := range types {
		if t.Code == code {
			if t.Code == "ThC" {
				return series.Kind{}, fault.Conflict("", "Thư công không cấp số, ký hiệu.")
			}
			return series.Kind{Code: t.Code, Abbr: t.Abbr}, nil
		}
	}
	return series.Kind{}, fault.Invalid("type", "Không có loại văn bản này.")
}

// from takes over what was decided on the way to the signature.
func (d *Document) from(a *journal.Act, p draft.Paper, c draft.Content, slot series.Slot) error {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	d.Slot, d.Series, d.Year, d.Number, d.Suffix, d.Label, d.Day = slot.ID, slot.Series, slot.Year, slot.Number, slot.Suffix, slot.Label, slot.Day
	d.Slug = slug(d.Label)
	d.Type, d.Subject, d.Urgency, d.Circulation, d.Unit, d.Drafter, d.Field = p.Type, p.Subject, p.Urgency, p.Circulation, p.Unit, p.Drafter, p.Field
	d.Signer, d.SignerName, d.Lines, d.Capacity = p.Signer, p.SignerName, p.Lines, string(p.Capacity)
	d.Signed, d.SignedOn, d.SignedAt, d.Way = p.Signed, p.SignedOn, p.SignedAt, c.Way
	if d.SignerName == "" {
		d.SignerName = dir.Person(p.Signer).Name
	}
	d.State, d.NumberedBy, d.NumberedAt = StateNumbered, a.By.Person, a.At
	d.TextNumber = TextNone
	if d.Way == draft.WayComposed {
		d.TextNumber = TextWaiting
	}
	d.SendBy = SendDeadline(dir.Calendar, p.SignedAt, p.Urgency, electronic(d.Signed, p.Recipients), dir.Int("outgoing.urgent_hours"))
	var places, kept []string
	for _, r := range p.Recipients {
		if r.Purpose == "store" {
			kept = append(kept, r.Name)
		} else {
			places = append(places, r.Name)
		}
		if r.Channel == "post" || r.Channel == "hand" || r.Purpose == "store" && d.Signed == Paper {
			d.Amount += max(r.Copies, 1)
		}
	}
	d.Places, d.KeptBy = strings.Join(places, "; "), strings.Join(kept, "; ")
	return nil
}

// fits asks whether number and notation can still be filled into a letter that was signed
// digitally: a notation that is printed there cannot change any more.
func (d Document) fits(c draft.Content) error {
	if d.Way != draft.WayComposed || d.Signed != Digital || c.Letter == "" {
		return nil
	}
	var l letter.Letter
	if err := json.Unmarshal([]byte(c.Letter), &l); err != nil {
		return fault.Internal(err)
	}
	number := NumberText(d)
	_, err := l.Fill(number, d.Label[len(number)+1:], d.Day)
	return err
}

// enter writes the row, the recipients, the files, the rights and the search.
func (d *Document) enter(a *journal.Act, p draft.Paper, c draft.Content) error {
	if err := insertDocument(a, *d); err != nil {
		return err
	}
	sha, name := p.SignedSHA, c.Name
	if sha == "" {
		sha = c.SHA
	}
	if p.Signed == Paper { // what was signed on paper is scanned; the text that is numbered is the approved one
		if p.SignedSHA != "" && p.SignedSHA != c.SHA {
			if err := insertFile(a, d.ID, File{Kind: "scan", Ordinal: 1, Name: "ban-ky-giay.pdf", MIME: "application/pdf", SHA: p.SignedSHA}); err != nil {
				return err
			}
		}
		if c.SHA != "" {
			sha = c.SHA
		}
	}
	if sha != "" {
		if name == "" {
			name = d.Slug + ".pdf"
		}
		size := c.Size
		if sha != c.SHA {
			size = -1 // the signed file is longer than the version that was signed; the key alone is known here
		}
		if err := insertFile(a, d.ID, File{Kind: "main", Stage: "signed", Ordinal: 1, Name: name, MIME: "application/pdf", Size: size, SHA: sha, Pages: c.Pages}); err != nil {
			return err
		}
	}
	enclosed, err := enclosures(a, p.ID)
	if err != nil {
		return err
	}
	for i, f := range enclosed {
		f.Kind, f.Ordinal = "enclosed", i+1
		if err := insertFile(a, d.ID, f); err != nil {
			return err
		}
	}
	who := []string{personTag(p.Drafter), personTag(p.Signer), unitTag(p.Unit)}
	groups, err := groupsByKey(a, a.By.Agency)
	if err != nil {
		return err
	}
	for i, r := range p.Recipients {
		x := Delivery{Document: d.ID, Ordinal: i + 1, Kind: r.Kind, Ref: r.Ref, Code: r.Code, Name: r.Name, Purpose: r.Purpose, Channel: r.Channel,
			Copies: r.Copies, State: Queued, At: a.At}
		if x.Address, err = contact(a, a.By.Agency, contactKey(r.Name), r.Channel); err != nil {
			return err
		}
		if r.Ref == 0 && r.Purpose != "store" {
			x.Party = groups[contactKey(r.Name)] // what the agency has a group for goes to its members
		}
		if err := insertRecipient(a, x); err != nil {
			return err
		}
	}
	for _, x := range p.Answers {
		if err := insertLink(a, Link{Document: d.ID, Kind: Answers, Other: x.Ref, Closes: x.Closes}); err != nil {
			return err
		}
	}
	if err := insertAccess(a, d.ID, who); err != nil {
		return err
	}
	body := c.Text
	return find.Put(a, a.By.Agency, find.Doc{Ref: d.Ref(), Kind: RefOutgoing,
		Fields: []string{d.Subject, d.Label, d.SignerName, d.Places, d.Note},
		Body:   body,
		Tags:   append([]string{document.TagAll, "year:" + strconv.Itoa(d.Year), "type:" + d.Type}, who...)})
}

// electronic reports whether the document goes out as a file: exchange is then due the
// next working day's morning (QĐ 28/2018/QĐ-TTg Điều 6.2).
func electronic(signed string, to []draft.Recipient) bool {
	return signed == Digital || slices.ContainsFunc(to, func(r draft.Recipient) bool {
		return r.Purpose != "store" && (r.Channel == "axis" || r.Channel == "email")
	})
}

// SendDeadline is by when a signed document must have left: on the day it is signed, at
// the latest the next working day (Điều 18.1); exchanged electronically at the latest the
// morning of the next working day; an urgent one right after it was signed.
func SendDeadline(cal *civil.Calendar, signedAt time.Time, urgency int, electronic bool, urgentHours int) time.Time {
	next := cal.NextWorkingDay(civil.Of(signedAt))
	limit := cal.EndOfDay(next)
	if electronic {
		limit = cal.EndOfMorning(next)
	}
	if urgency > 0 {
		if soon := cal.AddWorkingTime(cal.NextWorkingInstant(signedAt), time.Duration(urgentHours)*time.Hour); soon.Before(limit) {
			limit = soon
		}
	}
	return limit
}

// WriteNumber puts the file that bears number and date in the place of the signed one
// that did not (documents.md §6.3). The door has set it with the same letter.
func WriteNumber(a *journal.Act, id int64, f File) error {
	if err := org.May(a, org.NumberOut, org.Target{}); err != nil {
		return err
	}
	d, err := get(a, a.By.Agency, id)
	if err != nil {
		return err
	}
	if d.State != StateNumbered || d.TextNumber != TextWaiting {
		return nil // it stands there already
	}
	n, err := mainOrdinal(a, d.ID)
	if err != nil {
		return err
	}
	f.Kind, f.Stage, f.Ordinal, f.MIME = "main", "numbered", n+1, "application/pdf"
	if err := insertFile(a, d.ID, f); err != nil {
		return err
	}
	if err := change(a, d, "text_number = 'set'"); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: NumberWritten, Subject: d.Ref(), Data: map[string]string{"sha": f.SHA}})
	return nil
}

func personTag(id int64) string { return "p:" + strconv.FormatInt(id, 10) }
func unitTag(id int64) string   { return "u:" + strconv.FormatInt(id, 10) }

// contactKey is a recipient's name in one spelling.
func contactKey(name string) string { return strings.ToLower(tidy(name)) }
