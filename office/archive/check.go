// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"encoding/json"
	"fmt"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// fold is what the entries of a dossier say it must be.
type fold struct {
	state  State
	keeper int64
	term   Term
	frozen bool
	items  map[string]bool
	access map[string]bool
	born   bool
}

// handFold is what the entries of a receipt say it must be.
type handFold struct {
	lines  int
	from   string
	signed map[string]bool
}

// Check compares dossiers, what lies in them, who may read them and the receipts of what went
// over with the entries of the book, and their ordinals and sums with themselves.
func Check(r store.Reader, agency int64, report func(string)) error {
	book, hands, err := folds(r, agency, report)
	if err != nil {
		return err
	}
	if err := checkHandovers(r, agency, hands, report); err != nil {
		return err
	}
	rows := map[int64]*row{}
	if err := eachRow(r, agency, func(is row) { rows[is.id] = &is }); err != nil {
		return err
	}
	if err := eachItem(r, agency, func(dossier int64, ref string, ordinal, pages int) {
		if is := rows[dossier]; is != nil {
			is.items = append(is.items, ref)
			is.ordinals += ordinal
			is.sum += pages
		} else {
			report(fmt.Sprintf("Mục %s thuộc một hồ sơ không có.", ref))
		}
	}); err != nil {
		return err
	}
	if err := eachAccess(r, agency, func(dossier int64, who string) {
		if is := rows[dossier]; is != nil {
			is.access = append(is.access, who)
		}
	}); err != nil {
		return err
	}
	for id, is := range rows {
		name := fmt.Sprintf("Hồ sơ %s (%d)", is.notation, is.year)
		was := book[id]
		if was == nil || !was.born {
			report(name + ": không có mục lập hồ sơ trong sổ nhật ký.")
			continue
		}
		is.compare(name, was, report)
		delete(book, id)
	}
	for id, was := range book {
		if was.born {
			report(fmt.Sprintf("Sổ nhật ký có hồ sơ %d nhưng bảng không có.", id))
		}
	}
	return nil
}

func (is *row) compare(name string, was *fold, report func(string)) {
	n := len(is.items)
	switch {
	case was.state != is.state:
		report(fmt.Sprintf("%s: trạng thái là “%s” nhưng theo sổ nhật ký phải là “%s”.", name, is.state.Label(), was.state.Label()))
	case was.keeper != is.keeper:
		report(name + ": người giữ khác với sổ nhật ký.")
	case was.term != is.term:
		report(fmt.Sprintf("%s: thời hạn bảo quản là “%s” nhưng theo sổ nhật ký phải là “%s”.", name, is.term.Words(), was.term.Words()))
	case was.frozen != is.frozen:
		report(name + ": việc khóa hồ sơ khác với sổ nhật ký.")
	}
	if n != len(was.items) || n != is.docs {
		report(fmt.Sprintf("%s: có %d mục, ghi là %d, theo sổ nhật ký phải là %d.", name, n, is.docs, len(was.items)))
	} else {
		for _, ref := range is.items {
			if !was.items[ref] {
				report(name + ": mục " + ref + " không có trong sổ nhật ký.")
			}
		}
	}
	if is.ordinals != n*(n+1)/2 || is.most != n {
		report(name + ": số thứ tự trong mục lục không liền nhau.")
	}
	if is.sum != is.pages {
		report(fmt.Sprintf("%s: tổng số trang là %d nhưng các mục cộng lại là %d.", name, is.pages, is.sum))
	}
	for _, who := range is.access {
		if !was.access[who] {
			report(name + ": danh sách người được xem khác với sổ nhật ký.")
		}
	}
	if len(is.access) != len(was.access) {
		report(name + ": danh sách người được xem khác với sổ nhật ký.")
	}
}

// checkHandovers compares the receipts with their entries, and with their lists.
func checkHandovers(r store.Reader, agency int64, book map[int64]*handFold, report func(string)) error {
	all, err := handoverRows(r, agency)
	for _, is := range all {
		name := fmt.Sprintf("Biên bản bàn giao hồ sơ số %d/%d", is.number, is.year)
		was := book[is.id]
		switch {
		case was == nil || was.from == "":
			report(name + ": không có mục nào trong sổ nhật ký.")
		case was.lines != is.lines || was.from != personTag(is.giver):
			report(fmt.Sprintf("%s: có %d hồ sơ, theo sổ nhật ký phải là %d, hoặc người giao khác với sổ.", name, is.lines, was.lines))
		case len(was.signed) != is.signed:
			report(name + ": việc ký nhận khác với sổ nhật ký.")
		}
		delete(book, is.id)
	}
	for id := range book {
		report(fmt.Sprintf("Sổ nhật ký có biên bản bàn giao hồ sơ %d nhưng bảng không có.", id))
	}
	return err
}

func folds(r store.Reader, agency int64, report func(string)) (map[int64]*fold, map[int64]*handFold, error) {
	book, hands := map[int64]*fold{}, map[int64]*handFold{}
	for e, err := range journal.Entries(r, agency) {
		if err != nil {
			return book, hands, err
		}
		kind, id, ok := journal.ParseRef(e.Subject)
		if !ok || kind != Ref && kind != RefHandover {
			continue
		}
		if kind == RefHandover {
			if err := foldHandover(hands, id, e); err != nil {
				report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
			}
			continue
		}
		f := book[id]
		if f == nil {
			f = &fold{items: map[string]bool{}, access: map[string]bool{}}
			book[id] = f
		}
		if Acts[e.Kind] == "" {
			continue // what others do about a dossier
		}
		var data moveData
		if err := json.Unmarshal([]byte(e.Raw()), &data); err != nil {
			report(fmt.Sprintf("Mục %d của sổ (%s) không đọc được.", e.Seq, Acts[e.Kind]))
			continue
		}
		f.add(e.Kind, data)
	}
	return book, hands, nil
}

func foldHandover(hands map[int64]*handFold, id int64, e journal.Entry) error {
	var data moveData
	if err := json.Unmarshal([]byte(e.Raw()), &data); err != nil {
		return err
	}
	h := hands[id]
	if h == nil {
		h = &handFold{signed: map[string]bool{}}
		hands[id] = h
	}
	switch e.Kind {
	case HandedOver:
		h.lines, h.from = int(e.Amount), data.Who
	case HandoverSigned:
		h.signed[data.Who] = true
	}
	return nil
}

func (f *fold) add(kind string, data moveData) {
	if data.To != "" && kind != Voted {
		f.state = data.To
	}
	switch kind {
	case DossierPlanned, Opened:
		if !f.born {
			f.keeper, f.term = data.Keeper, Term{data.Years, data.Permanent}
		}
		f.born = true
	case Described:
		f.term = Term{data.Years, data.Permanent}
	case KeeperChanged:
		f.keeper = data.Keeper
	case Filed:
		f.items[data.Item] = true
	case TakenOut:
		delete(f.items, data.Item)
	case Frozen:
		f.frozen = true
	case Thawed:
		f.frozen = false
	case RightGiven:
		f.access[data.Who] = true
	case RightTaken:
		delete(f.access, data.Who)
	}
}
