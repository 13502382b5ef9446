// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"strings"
	"unicode/utf8"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

type judgedData struct {
	SHA     string  `json:"sha"`
	Outcome Outcome `json:"outcome"`
	Signed  int     `json:"signed,omitempty"`
	Sum     string  `json:"sum"`
}

// Keep puts a verdict into the record for ever (kết quả kiểm tra chữ ký số; Nghị định
// 30/2020/NĐ-CP Điều 21.2a). Whoever may read the file may have it judged again: whoever
// calls has seen to that.
func Keep(a *journal.Act, sha string, rec Record) (Verdict, error) {
	if err := org.May(a, org.JudgeSignature, org.Target{}); err != nil {
		return Verdict{}, err
	}
	person, _ := me(a)
	v := Verdict{ID: a.NewID(), SHA: sha, At: a.At, AskedBy: person, Outcome: rec.Outcome(), Record: rec, Signed: rec.Signatures,
		Intact: rec.Intact, Modified: rec.Modification, Online: rec.Online}
	sum, err := insertVerdict(a, v)
	if err != nil {
		return v, fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Judged, Subject: v.Ref(), Amount: int64(v.Signed), Data: judgedData{v.SHA, v.Outcome, v.Signed, sum}})
	return v, nil
}

var errNone = fault.NotFound("Không có kết quả kiểm tra chữ ký này, hoặc anh/chị không được xem.")

// Latest are the newest verdicts on files, by their fingerprints, in one query.
func Latest(r store.Reader, agency int64, shas ...string) (map[string]Verdict, error) {
	if len(shas) == 0 {
		return nil, nil
	}
	all, err := latest(r, agency, shas)
	return all, fault.Internal(err)
}

// History are all verdicts on one file, newest first.
func History(r store.Reader, agency int64, sha string) ([]Verdict, error) {
	all, err := history(r, agency, sha)
	return all, fault.Internal(err)
}

// A Waiver says that somebody has seen a bad verdict and why the document goes on.
type Waiver struct {
	ID      int64
	Subject string
	Verdict int64
	SHA     string
	Person  int64
	Proxy   int64
	Reason  string
	At      store.Time
}

type waivedData struct {
	Subject string `json:"subject"`
	SHA     string `json:"sha"`
	Sum     string `json:"sum"`
}

// Waive writes down that a bad signature was seen, before the document that carries the
// file goes on (xác nhận đã biết chữ ký số không hợp lệ).
func Waive(a *journal.Act, subject, sha, reason string) error {
	if err := org.May(a, org.Submit, org.Target{}); err != nil {
		return err
	}
	reason = strings.Join(strings.Fields(reason), " ")
	switch n := utf8.RuneCountInString(reason); {
	case n < 10:
		return fault.Invalid("reason", "Lý do phải có ít nhất 10 ký tự.")
	case n > 500:
		return fault.Invalid("reason", "Lý do dài quá 500 ký tự.")
	}
	now, err := latest(a, a.By.Agency, []string{sha})
	if err != nil {
		return fault.Internal(err)
	}
	v, ok := now[sha]
	if !ok || !v.Outcome.Bad() {
		return fault.Conflict("", "Chữ ký của tệp này không phải là không hợp lệ.")
	}
	w := Waiver{ID: a.NewID(), Subject: subject, Verdict: v.ID, SHA: sha, Reason: reason, At: store.Time{Time: a.At}}
	w.Person, w.Proxy = me(a)
	if err := insertWaiver(a, w); err != nil {
		return fault.Internal(err)
	}
	a.Note(journal.Entry{Kind: Waived, Subject: v.Ref(), Data: waivedData{subject, sha, sumOf(reason)}})
	return nil
}

// Waivers are what was written down about the files of a subject.
func Waivers(r store.Reader, agency int64, subject string) ([]Waiver, error) {
	all, err := waivers(r, agency, subject)
	return all, fault.Internal(err)
}

// Unseen are the bad verdicts on files of a subject that nobody has written down as seen.
func Unseen(r store.Reader, agency int64, subject string, shas ...string) ([]Verdict, error) {
	now, err := Latest(r, agency, shas...)
	if err != nil {
		return nil, err
	}
	var bad []Verdict
	for _, sha := range shas {
		if v, ok := now[sha]; ok && v.Outcome.Bad() {
			bad = append(bad, v)
			delete(now, sha)
		}
	}
	if len(bad) == 0 {
		return nil, nil
	}
	seen, err := Waivers(r, agency, subject)
	if err != nil {
		return nil, err
	}
	var out []Verdict
	for _, v := range bad {
		known := false
		for _, w := range seen {
			known = known || w.SHA == v.SHA
		}
		if !known {
			out = append(out, v)
		}
	}
	return out, nil
}

// Demand refuses to let a document go on while a bad signature among its files was not
// written down as seen.
func Demand(a *journal.Act, subject string, shas ...string) error {
	unseen, err := Unseen(a, a.By.Agency, subject, shas...)
	if err != nil || len(unseen) == 0 {
		return err
	}
	return fault.Conflict("", "Chữ ký số của tệp kèm theo không hợp lệ: hãy ghi lý do vẫn xử lý văn bản, hoặc trả lại nơi gửi.")
}
