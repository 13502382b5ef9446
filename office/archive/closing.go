// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
)

// A Gesture is what settles a finding.
type Gesture string

// The gestures.
const (
	GestureTakeOut  Gesture = "take_out" // lấy ra khỏi hồ sơ
	GestureTerm     Gesture = "term"     // dùng thời hạn của bảng
	GestureTitle    Gesture = "title"    // dùng tiêu đề đề nghị
	GestureConfirm  Gesture = "confirm"  // xác nhận là đúng
	GestureDescribe Gesture = "describe" // sửa thông tin hồ sơ
	GestureFinish   Gesture = "finish"   // làm cho xong ở trang của nó
)

// A Finding is one thing to be settled before a dossier is closed (Điều 29 khoản 2 điểm c).
type Finding struct {
	Key     string // "twin:incoming/12"; the same finding has the same key
	Text    string
	Item    int64 // which it is about; 0 the dossier itself
	Gesture Gesture
	Link    string // where GestureFinish is done
	Value   string // the proposed title or the code of the table's line
}

// Findings are what stands against closing a dossier; what somebody settled is left out.
func Findings(r store.Reader, agency int64, d Dossier) ([]Finding, error) {
	items, err := itemsOf(r, agency, d.ID)
	if err != nil {
		return nil, fault.Internal(err)
	}
	matters, err := mattersOf(r, agency, refsOf(items))
	if err != nil {
		return nil, err
	}
	files, err := filesOf(r, agency, refsOf(items))
	if err != nil {
		return nil, err
	}
	settled, err := settledOf(r, d.ID)
	if err != nil {
		return nil, fault.Internal(err)
	}
	out := ofDossier(d, items)
	rule, err := ruleFor(r, agency, d)
	if err != nil {
		return nil, err
	}
	if rule.Code != "" && d.Term.Decided() && d.Term.Less(rule.Term) {
		out = append(out, Finding{Key: "term:" + rule.Code, Gesture: GestureTerm, Value: rule.Code,
			Text: "Thời hạn bảo quản " + d.Term.Words() + " ngắn hơn " + rule.Term.Words() + " của bảng thời hạn (mã " + rule.Code + ")."})
	}
	out = append(out, ofItems(items, matters, files)...)
	return slices.DeleteFunc(out, func(f Finding) bool { return settled[f.Key] }), nil
}

func ruleFor(r store.Reader, agency int64, d Dossier) (Rule, error) {
	if d.Rule == "" {
		return Rule{}, nil
	}
	rule, err := ruleByCode(r, agency, d.Rule)
	if err == store.ErrNone {
		return Rule{}, nil
	}
	return rule, fault.Internal(err)
}

func ofDossier(d Dossier, items []Item) []Finding {
	var out []Finding
	if len(items) == 0 {
		out = append(out, Finding{Key: "empty", Gesture: GestureFinish, Text: "Hồ sơ chưa có văn bản, tài liệu nào.", Link: d.Link()})
	}
	if !d.Term.Decided() {
		f := Finding{Key: "no-term", Gesture: GestureDescribe, Text: "Chưa có thời hạn bảo quản."}
		if d.Rule != "" {
			f.Gesture, f.Value = GestureTerm, d.Rule
		}
		out = append(out, f)
	}
	if year := strconv.Itoa(d.Year); !strings.Contains(d.Title, year) && (d.StartOn.IsZero() || !strings.Contains(d.Title, strconv.Itoa(d.StartOn.Year()))) {
		out = append(out, Finding{Key: "title-year", Gesture: GestureTitle, Value: strings.TrimRight(d.Title, ". ") + ", năm " + year,
			Text: "Tiêu đề chưa nói hồ sơ của năm nào."})
	}
	return out
}

func ofItems(items []Item, matters map[string]Matter, files map[string][]File) []Finding {
	var out []Finding
	seen, bytes := map[string]Item{}, map[string]Item{}
	for _, it := range items {
		m, ok := matters[it.Ref]
		about := func(key, text string, g Gesture) {
			out = append(out, Finding{Key: key + ":" + it.Ref, Item: it.ID, Gesture: g, Link: m.Link, Text: fmt.Sprintf("Mục %d, %s: %s.", it.Ordinal, name(it), text)})
		}
		if !ok {
			about("gone", "không còn tìm thấy nội dung", GestureTakeOut)
			continue
		}
		if m.Draft {
			about("draft", "là bản thảo, không lưu trong hồ sơ", GestureTakeOut)
		}
		if key := find.Fold(it.Number + "|" + it.On.String() + "|" + it.Author); it.Number != "" {
			if first, twice := seen[key]; twice {
				about("twin", fmt.Sprintf("trùng số, ngày và tác giả với mục %d", first.Ordinal), GestureTakeOut)
				continue
			}
			seen[key] = it
		}
		twin := false
		for _, f := range files[it.Ref] {
			if first, twice := bytes[f.SHA]; twice && first.Ref != it.Ref {
				twin = true
				about("bytes", fmt.Sprintf("tệp “%s” giống hệt tệp của mục %d", f.Name, first.Ordinal), GestureConfirm)
				break
			}
			bytes[f.SHA] = it
		}
		if m.Unfinished != "" {
			about("open", m.Unfinished, GestureFinish)
		}
		if m.Unanswered != "" {
			about("answer", m.Unanswered, GestureConfirm)
		}
		if m.Unsigned {
			about("unsigned", "chưa có chữ ký số; bản giấy có chữ ký thì xác nhận", GestureConfirm)
		}
		if kind, _, _ := journal.ParseRef(it.Ref); len(files[it.Ref]) == 0 && it.Pages == 0 && kind != "task" && !twin {
			about("no-file", "không có tệp và chưa ghi số trang của bản giấy", GestureConfirm)
		}
	}
	return out
}

// name is an item as people call it.
func name(it Item) string {
	return cmp.Or(it.Number, cut(it.Title, 60))
}

// Settle settles one finding by its gesture. why is asked only for what is confirmed.
func Settle(a *journal.Act, dossier int64, key, why string) error {
	d, err := kept(a, dossier)
	if err != nil {
		return err
	}
	if !d.State.Fed() {
		return fault.Conflict("", "Hồ sơ đã đóng; hãy mở lại nếu cần sửa.")
	}
	all, err := Findings(a, a.By.Agency, d)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(f Finding) bool { return f.Key == key })
	if i < 0 {
		return fault.Conflict("", "Điểm này không còn nữa.")
	}
	f := all[i]
	switch f.Gesture {
	case GestureTakeOut:
		return TakeOut(a, d.ID, f.Item, f.Text)
	case GestureTerm:
		rule, err := ruleByCode(a, a.By.Agency, f.Value)
		if err != nil {
			return fault.Internal(err)
		}
		d.Term, d.Rule = rule.Term, rule.Code
	case GestureTitle:
		if d.Title, err = titleOf("title", f.Value); err != nil {
			return err
		}
	case GestureConfirm:
		if why = Tidy(why); why == "" {
			why = "Đã xem, xác nhận là đúng."
		}
		if err := most("why", "Ý kiến", why, 500); err != nil {
			return err
		}
		if err := insertSettled(a, d.ID, key, why); err != nil {
			return fault.Internal(err)
		}
		a.Note(journal.Entry{Kind: FindingSettled, Subject: d.Ref(), Data: moveData{To: d.State, Finding: key}})
		return nil
	default:
		return fault.Conflict("", "Điểm này phải được làm xong, không xác nhận bỏ qua được.")
	}
	if err := save(a, &d); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: Described, Subject: d.Ref(), Data: moveData{To: d.State, Years: d.Term.Years, Permanent: d.Term.Permanent, Finding: key}})
	return searchable(a, d)
}

// Close closes a dossier when its matter has ended and nothing is left to settle. From
// then on its ordinals stand still.
func Close(a *journal.Act, dossier int64, ended civil.Date) error {
	d, err := kept(a, dossier)
	if err != nil {
		return err
	}
	if d.State != Collecting {
		return fault.Conflict("", "Chỉ đóng được hồ sơ đang thu thập văn bản, tài liệu.")
	}
	items, err := refresh(a, &d)
	if err != nil {
		return err
	}
	chronological(items)
	if ended.IsZero() {
		ended = a.Day()
		if n := len(items); n > 0 {
			ended = items[n-1].On
		}
	}
	if ended.After(a.Day()) {
		return fault.Invalid("ended", "Ngày kết thúc việc không được sau hôm nay.")
	}
	left, err := Findings(a, a.By.Agency, d)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		return fault.Invalid("", fmt.Sprintf("Còn %d điểm phải xử lý trước khi đóng hồ sơ. Điểm đầu tiên: %s", len(left), left[0].Text))
	}
	d.EndedOn, d.ClosedOn = ended, a.Day()
	d.DueOn = d.transferDue()
	if err := settleIndex(a, &d, items); err != nil {
		return err
	}
	return move(a, &d, Closed, DossierClosed, moveData{Docs: d.Docs})
}

// Reopen opens a closed dossier again, for a reason that stays in the book.
func Reopen(a *journal.Act, dossier int64, why string) error {
	d, err := kept(a, dossier)
	if err != nil {
		return err
	}
	if why = Tidy(why); why == "" {
		return fault.Invalid("why", "Xin ghi vì sao mở lại hồ sơ.")
	}
	if err := most("why", "Lý do", why, 500); err != nil {
		return err
	}
	if d.State.Fed() {
		return fault.Conflict("", "Hồ sơ đang mở.")
	}
	d.EndedOn, d.ClosedOn, d.DueOn = 0, 0, 0
	if err := move(a, &d, Collecting, Reopened, moveData{}); err != nil {
		return err
	}
	return fault.Internal(insertSettled(a, d.ID, "reopened:"+strconv.FormatInt(a.NewID(), 10), why))
}
