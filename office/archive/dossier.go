// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/find"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/notice"
	"soviec/office/org"
)

var (
	errNone   = fault.NotFound("Không tìm thấy hồ sơ này, hoặc anh/chị không được xem.")
	errMoved  = fault.Conflict("", "Hồ sơ vừa được người khác thay đổi; xin mở lại trang rồi làm tiếp.")
	errFrozen = fault.Conflict("", "Hồ sơ đang bị khóa; không thay đổi được cho đến khi mở khóa.")
)

// A Fresh is a dossier to be opened outside the yearly list.
type Fresh struct {
	Notation     string
	Title        string
	Term         Term
	Rule         string
	Keeper       int64 // 0 = who opens it
	StartOn      civil.Date
	Construction bool
	Note         string
}

// OpenNew opens a dossier that the yearly list does not have (Điều 29 khoản 1).
func OpenNew(a *journal.Act, f Fresh) (Dossier, error) {
	keeper, unit, err := keeperOf(a, f.Keeper)
	if err != nil {
		return Dossier{}, err
	}
	if err := org.May(a, org.KeepDossier, org.Target{Person: keeper, Unit: unit}); err != nil {
		return Dossier{}, err
	}
	d := Dossier{ID: a.NewID(), Year: a.Day().Year(), Keeper: keeper, Unit: unit, State: Open, OpenedOn: a.Day(), StartOn: f.StartOn,
		Construction: f.Construction, Language: "Tiếng Việt", Note: Tidy(f.Note), Term: f.Term}
	var errs []error
	d.Notation, err = notationOf(f.Notation)
	errs = append(errs, err)
	d.Title, err = titleOf("title", f.Title)
	errs = append(errs, err, most("note", "Ghi chú", d.Note, 500))
	if f.StartOn.After(a.Day()) {
		errs = append(errs, fault.Invalid("start", "Ngày bắt đầu không được sau hôm nay."))
	}
	errs = append(errs, ruled(a, &d, f.Rule))
	if err := fault.Join(errs...); err != nil {
		return d, err
	}
	if err := free(a, d); err != nil {
		return d, err
	}
	if err := insertDossier(a, d); err != nil {
		return d, fault.Internal(err)
	}
	d.Version = 1
	a.Note(journal.Entry{Kind: Opened, Subject: d.Ref(), Data: moveData{To: Open, Keeper: keeper, Years: d.Term.Years, Permanent: d.Term.Permanent}})
	return d, searchable(a, d)
}

// free refuses a number and notation that another dossier of the year bears.
func free(a *journal.Act, d Dossier) error {
	other, err := byNotation(a, a.By.Agency, d.Year, d.Notation)
	switch {
	case errors.Is(err, store.ErrNone), err == nil && other.ID == d.ID:
		return nil
	case err != nil:
		return fault.Internal(err)
	}
	return fault.Conflict("notation", fmt.Sprintf("Năm %d đã có hồ sơ mang số, ký hiệu %s.", d.Year, d.Notation))
}

// keeperOf is who keeps a dossier and in which unit.
func keeperOf(a *journal.Act, keeper int64) (person, unit int64, err error) {
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return 0, 0, err
	}
	if keeper == 0 {
		if keeper = a.By.Person; a.By.For != 0 {
			keeper = a.By.For
		}
	}
	post, ok := dir.PostOn(keeper, a.Day())
	if !ok {
		return 0, 0, fault.Invalid("keeper", "Người giữ hồ sơ phải đang làm việc tại cơ quan.")
	}
	return keeper, post.Unit, nil
}

// ruled takes the term from the retention table when a line of it was chosen.
func ruled(a *journal.Act, d *Dossier, code string) error {
	if d.Rule = Tidy(code); d.Rule == "" {
		return nil
	}
	rule, err := ruleByCode(a, a.By.Agency, d.Rule)
	if errors.Is(err, store.ErrNone) {
		return fault.Invalid("rule", "Bảng thời hạn bảo quản không có mã “"+d.Rule+"”.")
	}
	if err == nil && !d.Term.Decided() {
		d.Term = rule.Term
	}
	return fault.Internal(err)
}

// OpenPlanned opens a dossier of the yearly list: the person who keeps it begins the matter.
func OpenPlanned(a *journal.Act, id int64) (Dossier, error) {
	d, err := kept(a, id)
	if err != nil {
		return d, err
	}
	if d.State != Planned {
		return d, fault.Conflict("", "Hồ sơ này đã được mở.")
	}
	d.OpenedOn = a.Day()
	return d, move(a, &d, Open, Opened, moveData{})
}

// kept reads a dossier to be changed by whoever keeps it.
func kept(a *journal.Act, id int64) (Dossier, error) {
	d, err := lock(a, id)
	if err != nil {
		return d, err
	}
	if err := org.May(a, org.KeepDossier, org.Target{Person: d.Keeper, Unit: d.Unit}); err != nil {
		return d, err
	}
	if d.Frozen {
		return d, errFrozen
	}
	return d, nil
}

func lock(a *journal.Act, id int64) (Dossier, error) {
	d, err := readDossier(a, a.By.Agency, id, a.Lock())
	if errors.Is(err, store.ErrNone) {
		return d, errNone
	}
	return d, fault.Internal(err)
}

// move carries a dossier to a state, if the law of the states allows it, with the other
// fields as they stand in d.
func move(a *journal.Act, d *Dossier, to State, kind string, data moveData) error {
	if !d.State.May(to) {
		return fault.Conflict("", "Hồ sơ đang ở trạng thái “"+d.State.Label()+"”; không chuyển sang “"+to.Label()+"” được.")
	}
	d.State = to
	data.To = to
	if err := save(a, d); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: kind, Subject: d.Ref(), DueOn: d.DueOn, Data: data})
	return searchable(a, *d)
}

// save writes a dossier over the version that was read.
func save(a *journal.Act, d *Dossier) error {
	n, err := updateDossier(a, *d)
	if err == nil && n == 0 {
		return errMoved
	}
	d.Version++
	return fault.Internal(err)
}

// TagArchive is carried by dossiers that the agency's archivist may find.
const TagArchive = "archive"

// searchable tells search what the dossier is called and who may find it.
func searchable(a *journal.Act, d Dossier) error {
	who, err := accessOf(a, d.ID)
	if err != nil {
		return fault.Internal(err)
	}
	tags := append([]string{document.TagAll, "year:" + strconv.Itoa(d.Year), personTag(d.Keeper), unitTag(d.Unit)}, who...)
	if d.State.InArchive() {
		tags = append(tags, TagArchive)
	}
	slices.Sort(tags)
	return find.Put(a, a.By.Agency, find.Doc{Ref: d.Ref(), Kind: Ref, Fields: []string{d.Title, d.Notation, d.Note}, Tags: slices.Compact(tags)})
}

func personTag(id int64) string { return "p:" + strconv.FormatInt(id, 10) }
func unitTag(id int64) string   { return "u:" + strconv.FormatInt(id, 10) }
func memberTag(id int64) string { return "m:" + strconv.FormatInt(id, 10) }

// Details are what may be changed of a dossier while it is fed.
type Details struct {
	Notation     string
	Title        string
	Term         Term
	Rule         string
	Rights       string
	Note         string
	Construction bool
}

// Describe changes what a dossier says of itself (chỉnh sửa tiêu đề, số, thời hạn).
func Describe(a *journal.Act, id int64, t Details) (Dossier, error) {
	d, err := kept(a, id)
	if err != nil {
		return d, err
	}
	if !d.State.Fed() && d.State != SentBack {
		return d, fault.Conflict("", "Hồ sơ đã đóng; hãy mở lại nếu cần sửa.")
	}
	d.Term, d.Construction, d.Rights, d.Note = t.Term, t.Construction, Tidy(t.Rights), Tidy(t.Note)
	var errs []error
	if d.Title, err = titleOf("title", t.Title); err != nil {
		errs = append(errs, err)
	}
	number, err := notationOf(t.Notation)
	errs = append(errs, err)
	if d.Line != 0 && number != d.Notation {
		errs = append(errs, fault.Invalid("notation", "Số, ký hiệu theo danh mục đã duyệt không đổi được."))
	}
	d.Notation = number
	errs = append(errs, most("rights", "Chế độ sử dụng", d.Rights, 30), most("note", "Ghi chú", d.Note, 500), ruled(a, &d, t.Rule))
	if err := fault.Join(errs...); err != nil {
		return d, err
	}
	if err := free(a, d); err != nil {
		return d, err
	}
	if err := save(a, &d); err != nil {
		return d, err
	}
	a.Note(journal.Entry{Kind: Described, Subject: d.Ref(), Data: moveData{To: d.State, Years: d.Term.Years, Permanent: d.Term.Permanent}})
	return d, searchable(a, d)
}

// GiveTo passes a dossier to another keeper (bàn giao hồ sơ).
func GiveTo(a *journal.Act, id, keeper int64) error {
	d, err := kept(a, id)
	if err != nil {
		return err
	}
	if d.State.InArchive() {
		return fault.Conflict("", "Hồ sơ đã thuộc lưu trữ cơ quan.")
	}
	if keeper == d.Keeper || keeper == 0 {
		return fault.Invalid("keeper", "Hãy chọn người khác đang giữ hồ sơ.")
	}
	person, unit, err := keeperOf(a, keeper)
	if err != nil {
		return err
	}
	was := d.Keeper
	d.Keeper, d.Unit = person, unit
	if err := save(a, &d); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: KeeperChanged, Subject: d.Ref(), Data: moveData{To: d.State, Keeper: person}})
	if err := searchable(a, d); err != nil {
		return err
	}
	for _, p := range []int64{was, person} {
		if err := tell(a, d, p, KeeperChanged, "Hồ sơ "+d.Notation+" “"+d.Title+"” đã chuyển người giữ."); err != nil {
			return err
		}
	}
	return nil
}

// tell tells somebody about a dossier.
func tell(a *journal.Act, d Dossier, person int64, kind, text string) error {
	if person == 0 {
		return nil
	}
	_, err := notice.Tell(a, notice.Item{Person: person, Matter: d.Ref(), Kind: kind, Text: text, Link: d.Link()})
	return err
}

// Freeze locks a dossier against every change, or unlocks it (khóa; Phụ lục VI, IV.1g).
func Freeze(a *journal.Act, id int64, on bool) error {
	if err := org.May(a, org.GuardDossiers, org.Target{}); err != nil {
		return err
	}
	d, err := lock(a, id)
	if err != nil {
		return err
	}
	kind := Thawed
	if on {
		kind = Frozen
	}
	if d.Frozen == on || d.State == Destroyed {
		return errMoved
	}
	d.Frozen = on
	if err := save(a, &d); err != nil {
		return err
	}
	a.Note(journal.Entry{Kind: kind, Subject: d.Ref(), Data: moveData{To: d.State}})
	return tell(a, d, d.Keeper, kind, "Hồ sơ "+d.Notation+": "+Acts[kind]+".")
}

// Grant lets a person ("p:7") or all who work in a unit ("m:3") read a dossier, or no longer.
// Whoever answers for the agency's documents is told and has to confirm it (Phụ lục VI, I.III.3c).
func Grant(a *journal.Act, id int64, who string, on bool) error {
	d, err := kept(a, id)
	if err != nil {
		return err
	}
	dir, err := org.DirectoryIn(a)
	if err != nil {
		return err
	}
	if whoWords(dir, who) == "" {
		return fault.Invalid("who", "Hãy chọn người hoặc đơn vị.")
	}
	n, err := setAccess(a, d.ID, who, on)
	if err != nil {
		return fault.Internal(err)
	}
	if n == 0 {
		return fault.Conflict("who", "Quyền xem này đã như vậy rồi.")
	}
	if err := insertRight(a, d.ID, who, on); err != nil {
		return fault.Internal(err)
	}
	kind, text := RightTaken, " không được xem nữa"
	if on {
		kind, text = RightGiven, " được xem"
	}
	a.Note(journal.Entry{Kind: kind, Subject: d.Ref(), Data: moveData{To: d.State, Who: who}})
	for _, p := range dir.With(a.Day(), org.OfficeChief) {
		if err := tell(a, d, p.ID, kind, whoWords(dir, who)+text+" hồ sơ "+d.Notation+" “"+d.Title+"”. Xin xác nhận thay đổi quyền."); err != nil {
			return err
		}
	}
	return searchable(a, d)
}

// whoWords name a person or a unit by its tag; empty when there is none.
func whoWords(dir *org.Directory, who string) string {
	if len(who) < 3 {
		return ""
	}
	id, err := strconv.ParseInt(who[2:], 10, 64)
	switch {
	case err != nil:
	case who[:2] == "p:":
		return dir.Person(id).Name
	case who[:2] == "m:":
		return dir.Unit(id).Name
	}
	return ""
}

// WhoWords name a person or a unit of a permission list.
func WhoWords(dir *org.Directory, who string) string { return whoWords(dir, who) }

// ConfirmRight says that a change of rights was seen and is right.
func ConfirmRight(a *journal.Act, right int64) error {
	if err := org.May(a, org.GuardDossiers, org.Target{}); err != nil {
		return err
	}
	dossier, err := confirmRight(a, right)
	if errors.Is(err, store.ErrNone) {
		return fault.Conflict("", "Thay đổi quyền này đã được xác nhận.")
	}
	if err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: RightConfirmed, Subject: journal.Ref(Ref, dossier), Data: moveData{}})
	return nil
}
