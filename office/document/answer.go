// SPDX-License-Identifier: Apache-2.0

package document

import (
	"strings"

	"soviec/kit/journal"
)

// Answered writes the number of an answer that was issued into the register, column "Số, ký
// hiệu văn bản trả lời" of the follow-up book. The room of the answer has asked whether it
// may be issued. A document that was recalled or voided meanwhile stays as it is.
func Answered(a *journal.Act, doc int64, number, by string) (Incoming, error) {
	d, err := get(a, a.By.Agency, doc)
	if err != nil || d.State.Final() {
		return d, err
	}
	all := number
	if d.Answer != "" {
		if strings.Contains("; "+d.Answer+";", "; "+number+";") {
			return d, nil
		}
		all = d.Answer + "; " + number
	}
	if err := change(a, d, "answer = $1", all); err != nil {
		return d, err
	}
	a.Note(journal.Entry{Kind: AnswerIssued, Subject: d.Ref(), Data: map[string]string{"by": by}})
	return get(a, a.By.Agency, doc)
}
