// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"encoding/json"
	"fmt"

	"soviec/kit/store"
)

// folded is how a draft stands by its entries.
type folded struct {
	stepData
	begun             bool
	versions, steps   int
	opinions, signeds int
	shas              map[int]string
}

const checkPage = 256

// Check compares the drafts of an agency with its book: where each stands, the file that
// stands, every version's hash, and that no initial, return, opinion or signature is there
// without its entry or missing beside it. It reads page by page.
func Check(r store.Reader, agency int64, report func(string)) error {
	for after := int64(0); ; {
		all, err := papersAfter(r, agency, after, checkPage)
		if err != nil || len(all) == 0 {
			return err
		}
		ids, subjects := make([]int64, len(all)), make([]string, len(all))
		for i, p := range all {
			ids[i], subjects[i] = p.ID, p.Ref()
		}
		entries, err := entriesOf(r, agency, subjects)
		if err != nil {
			return err
		}
		rows, err := tallies(r, ids)
		if err != nil {
			return err
		}
		for i, p := range all {
			checkPaper(p, fold(entries[subjects[i]]), rows[p.ID], report)
		}
		after = all[len(all)-1].ID
	}
}

func fold(entries []entry) folded {
	f := folded{shas: map[int]string{}}
	for _, e := range entries {
		var x stepData
		if json.Unmarshal([]byte(e.raw), &x) != nil {
			continue
		}
		switch e.kind {
		case Begun:
			f.begun = true
		case Saved, Amended, PassedOn:
			if x.Ordinal > 0 && f.shas[x.Ordinal] == "" {
				f.shas[x.Ordinal] = x.SHA
				f.versions++
			}
		case OpinionGiven:
			f.opinions++
		case Signed:
			f.signeds++
		}
		switch e.kind {
		case Submitted, ContentPassed, FormPassed, Returned, PassedOn, Refused, Dropped, Amended, CoSigned, Signed:
			f.steps++
		}
		if x.State != "" {
			f.State, f.Ordinal, f.SHA, f.Outgoing = x.State, x.Ordinal, x.SHA, x.Outgoing
		}
	}
	return f
}

// tally is what the tables hold of a draft.
type tally struct {
	steps, opinions int
	shas            map[int]string
}

func checkPaper(p Paper, f folded, t tally, report func(string)) {
	name := fmt.Sprintf("Dự thảo %d (“%s”)", p.ID, cut(p.Subject, 60))
	say := func(format string, args ...any) { report(name + ": " + fmt.Sprintf(format, args...) + ".") }
	if !f.begun {
		say("không có mục bắt đầu soạn thảo trong sổ nhật ký")
		return
	}
	if f.State != p.State {
		say("trạng thái là “%s” nhưng theo sổ nhật ký phải là “%s”", p.State.Label(), f.State.Label())
	}
	if f.Ordinal != p.Current || f.SHA != p.SHA {
		say("tệp hiện hành khác với sổ nhật ký")
	}
	if f.Outgoing != p.Outgoing {
		say("văn bản đi khác với sổ nhật ký")
	}
	if len(t.shas) != len(f.shas) {
		say("có %d bản nhưng sổ nhật ký ghi %d", len(t.shas), len(f.shas))
	}
	for n, sha := range t.shas {
		if f.shas[n] != sha {
			say("bản %d khác với sổ nhật ký", n)
		}
	}
	if t.steps != f.steps {
		say("có %d bước trình, ký nháy, trả lại, ký nhưng sổ nhật ký ghi %d", t.steps, f.steps)
	}
	if t.opinions > f.opinions {
		say("có %d ý kiến nhưng sổ nhật ký chỉ ghi %d", t.opinions, f.opinions)
	}
	signed := p.State == StateSigned || p.State == StateLeft
	if signed != (p.Signed != "") || signed != (f.signeds > 0) {
		say("chữ ký không khớp với sổ nhật ký")
	}
	if p.State == StateToSign && p.Approved != p.SHA {
		say("tệp chờ ký không phải là tệp đã kiểm tra")
	}
}
