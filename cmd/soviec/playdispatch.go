// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/letter"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/series"
	"soviec/seed"
)

// dispatch plays what the clerk does with a signed document.
func (pl *player) dispatch(ctx context.Context, x *drafted, all map[string]*drafted, st seed.Step) error {
	as := func(who string, f func(*journal.Act) error) error { return pl.as(ctx, who, f) }
	switch st.Do {
	case seed.Numbered:
		return pl.number(ctx, x, outgoing.Numbering{}, st)
	case seed.Inserted:
		slot, err := pl.insert(ctx, x, st)
		if err != nil {
			return err
		}
		return pl.number(ctx, x, outgoing.Numbering{Slot: slot.ID, Day: x.Date}, st)
	case seed.NumberVoided:
		if err := as(st.By, func(a *journal.Act) error { return outgoing.AskVoid(a, x.document, st.Text) }); err != nil {
			return err
		}
		return as("minh", func(a *journal.Act) error { return outgoing.DecideVoid(a, x.document, true, "") })
	case seed.Sealed:
		if x.digital {
			return pl.sealDigitally(ctx, x, st)
		}
		return as(st.By, func(a *journal.Act) error { _, err := outgoing.SealOnPaper(a, x.document); return err })
	case seed.Issued:
		if err := as(st.By, func(a *journal.Act) error { return pl.issue(a, x) }); err != nil {
			return err
		}
		return pl.mend(ctx, x, all[x.Of], st)
	case seed.Refused:
		return as(st.By, func(a *journal.Act) error { return outgoing.Note(a, x.document, 1, outgoing.Refused, st.Text) })
	case seed.RecallOrdered:
		return as(st.By, func(a *journal.Act) error {
			return outgoing.Recall(a, x.document, st.Text, civil.Default().AddWorkingDays(a.Day(), 5), 0)
		})
	case seed.Recalled:
		return as(st.By, func(a *journal.Act) error { return pl.answerRecall(a, x) })
	}
	return fmt.Errorf("no such step %q", st.Do)
}

// numberOn is the letter with its number and date.
func numberOn(l letter.Letter, label string, day civil.Date) letter.Letter {
	l.Number, l.Notation, _ = strings.Cut(label, "/")
	l.Date = day
	return l
}

// number gives the number, which must be the one that the year's plan foresaw, and writes it
// into the file, unless a key has signed that.
func (pl *player) number(ctx context.Context, x *drafted, n outgoing.Numbering, st seed.Step) error {
	var pg page
	if !x.digital { // a signed file gets its number with the agency's signature
		dir, err := pl.office(ctx)
		if err != nil {
			return err
		}
		l, err := pl.letterOf(dir, x)
		if err != nil {
			return err
		}
		s, err := pl.leaf(ctx, numberOn(l, x.NumberRaw(), x.Date), numbered(st.At))
		if err != nil {
			return err
		}
		pg = s.page
	}
	return pl.as(ctx, st.By, func(a *journal.Act) error {
		d, err := outgoing.Number(a, x.paper, n)
		if err != nil {
			return err
		}
		if want := x.NumberRaw(); want != d.Label {
			return fmt.Errorf("the register gave number %s, foreseen was %s", d.Label, want)
		}
		x.document = d.ID
		if x.digital {
			return nil
		}
		return outgoing.WriteNumber(a, d.ID, outgoing.File{Name: d.Slug + ".pdf", Size: pg.size, SHA: pg.sha, Pages: pg.pages})
	})
}

// insert has the chief of office allow a number beside the one of the day of signing.
func (pl *player) insert(ctx context.Context, x *drafted, st seed.Step) (s series.Slot, err error) {
	err = pl.as(ctx, "minh", func(a *journal.Act) error {
		books, err := series.Of(a, pl.agency, pl.bookOf[x.Series])
		if err != nil {
			return err
		}
		base, err := series.BaseOf(a, books.ID, int64(x.Number))
		if err != nil {
			return err
		}
		s, err = series.Insert(a, base.ID, x.Suffix, x.Date, st.Text)
		return err
	})
	return s, err
}

// issue lets the document out; what goes over the exchange and by post is noted as sent.
func (pl *player) issue(a *journal.Act, x *drafted) error {
	d, err := outgoing.Issue(a, x.document)
	if err != nil {
		return err
	}
	pl.bookOf[x.Series] = d.Series
	to, err := outgoing.RecipientsOf(a, d.ID)
	if err != nil {
		return err
	}
	var post []int
	for _, r := range to {
		switch {
		case r.State != outgoing.Queued || r.Purpose == "store":
		case r.Channel == "post":
			post = append(post, r.Ordinal)
		default:
			if err := outgoing.Note(a, d.ID, r.Ordinal, outgoing.Sent, ""); err != nil {
				return err
			}
		}
	}
	if len(post) == 0 {
		return nil
	}
	return outgoing.Post(a, d.ID, outgoing.Posting{Envelopes: len(post), Receipt: fmt.Sprintf("RB%07d", d.ID%10_000_000)}, post)
}

// mend ties a document to the one that it recalls, corrects or replaces.
func (pl *player) mend(ctx context.Context, x, of *drafted, st seed.Step) error {
	switch x.Relation {
	case "recalls":
		return pl.as(ctx, "thang", func(a *journal.Act) error {
			return outgoing.Recall(a, of.document, "Biểu mẫu gửi kèm chưa đúng; thu hồi để gửi lại.", civil.Default().AddWorkingDays(a.Day(), 5), x.document)
		})
	case "corrects":
		return pl.as(ctx, st.By, func(a *journal.Act) error { return outgoing.Correct(a, of.document, x.document) })
	case "replaces":
		return pl.as(ctx, st.By, func(a *journal.Act) error { return outgoing.Replace(a, of.document, x.document) })
	}
	return nil
}

// answerRecall notes that all who have the document gave it back. Those inside answer for
// themselves.
func (pl *player) answerRecall(a *journal.Act, x *drafted) error {
	to, err := outgoing.RecipientsOf(a, x.document)
	if err != nil {
		return err
	}
	to = slices.DeleteFunc(to, func(r outgoing.Delivery) bool { return r.Purpose == "store" || r.Answer != "" })
	for _, r := range to {
		if err := outgoing.AnswerRecall(a, x.document, r.Ordinal, true, ""); err != nil {
			return err
		}
	}
	return nil
}

// signing enters the lines of the working regulations about who signs by order, and the
// delegation of the summer.
func (pl *player) signing() {
	pl.add(civil.At(civil.New(seed.Year, 1, 2), 7, 5), "quy chế ký", func(ctx context.Context) error {
		return pl.as(ctx, "minh", func(a *journal.Act) error {
			for _, typ := range []string{"GM", "PC", "GGT", "TB"} {
				if _, err := org.SetSigning(a, org.Signing{Kind: org.ByOrder, Unit: pl.units["vp"], Type: typ, Basis: "Quy chế làm việc của Ban Dân tộc"}); err != nil {
					return err
				}
			}
			pl.known = nil
			return nil
		})
	})
	pl.add(civil.At(seed.DelegatedFrom, 7, 20), "ủy quyền ký", func(ctx context.Context) error {
		defer func() { pl.known = nil }()
		return pl.as(ctx, "thang", func(a *journal.Act) (err error) {
			pl.delegation, err = org.GiveDelegation(a, org.Delegation{Person: pl.people["lam"], Types: []string{"CV"}, From: seed.DelegatedFrom, To: seed.DelegatedTo,
				Scope: "Công văn xác nhận danh sách, số liệu thuộc lĩnh vực chính sách dân tộc và người có uy tín.", Basis: seed.DelegationBasis()})
			return err
		})
	})
}

// seriesBegin lets the series of the year of the present weeks begin where the year had come to.
func (pl *player) seriesBegin(today civil.Date) {
	day := seed.DeskFrom(today)
	pl.add(civil.At(day, 0, 1), "số đi đầu năm", func(ctx context.Context) error {
		return pl.as(ctx, "son", func(a *journal.Act) error {
			for code, last := range seed.SeriesStart(today) {
				if last < 1 {
					continue
				}
				kind := series.Kind{Code: code, Abbr: code}
				if code == "" {
					kind = series.Kind{Code: "CV"}
				}
				err := series.Begin(a, series.Ask{Direction: series.Out, Kind: kind, Day: day}, int64(last+1), civil.Date(0), "Tiếp theo sổ đăng ký văn bản đi đã in, từ đầu năm đến nay.", "")
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}
