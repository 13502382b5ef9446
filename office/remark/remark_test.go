// SPDX-License-Identifier: Apache-2.0

package remark_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/kit/store/storetest"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/remark"
	"soviec/office/task"
)

func TestMain(m *testing.M) {
	remark.On("task", remark.Matter{About: func(r store.Reader, agency, id int64) (remark.Topic, error) {
		w, err := task.Get(r, agency, id)
		if err != nil {
			return remark.Topic{}, err
		}
		t := remark.Topic{Title: w.Title, Link: w.Link(), People: []int64{w.Giver},
			MayRead:     func(x org.Rights) bool { return task.MayRead(x, w) },
			MayConclude: func(x org.Rights) bool { return w.Giver == x.Person || x.Is(org.Head) }}
		for _, s := range w.Shares {
			t.People = append(t.People, s.Holder)
		}
		return t, nil
	}})
	m.Run()
}

type desk struct {
	testing.TB
	book   *journal.Book
	clock  *orgtest.Clock
	agency int64
	who    map[string]journal.Holder
	matter string
}

func each(t *testing.T, f func(d *desk)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		book, clock := orgtest.Book(t, db, "2026-11-16 08:00")
		agency, who := orgtest.Found(t, book)
		d := &desk{t, book, clock, agency, who, ""}
		d.do("hoa", func(a *journal.Act) error {
			w, err := task.Give(a, task.Order{Title: "Đề án bảo tồn", Lead: task.Assignee{Person: who["hai"].Person},
				Coop: []task.Assignee{{Person: who["anh"].Person}}, Due: task.Due{On: civil.MustParse("2026-11-27")}})
			d.matter = w.Ref()
			return err
		})
		f(d)
	})
}

func (d *desk) try(name string, f func(*journal.Act) error) error {
	return d.book.Do(context.Background(), d.who[name], f)
}

func (d *desk) do(name string, f func(*journal.Act) error) {
	d.Helper()
	if err := d.try(name, f); err != nil {
		d.Fatalf("%s: %v", name, err)
	}
}

func (d *desk) say(name string, s remark.Saying) (m remark.Remark, err error) {
	s.Matter = d.matter
	err = d.try(name, func(a *journal.Act) (err error) { m, err = remark.Say(a, s); return err })
	return m, err
}

func (d *desk) said(name string, s remark.Saying) remark.Remark {
	d.Helper()
	m, err := d.say(name, s)
	if err != nil {
		d.Fatalf("%s: %v", name, err)
	}
	return m
}

func (d *desk) refused(err error, words string) {
	d.Helper()
	if err == nil || !strings.Contains(fault.Text(err), words) {
		d.Errorf("want a refusal with %q, have %v", words, err)
	}
}

func (d *desk) read() store.Reader { return d.book.DB.Read(context.Background()) }

func (d *desk) rights(name string) org.Rights {
	return orgtest.Directory(d, d.book, d.agency).Rights(d.who[name].Person, d.clock.Today())
}

func (d *desk) of(name string) []remark.Remark {
	d.Helper()
	all, err := remark.Of(d.read(), d.rights(name), d.agency, d.matter)
	if err != nil {
		d.Fatal(err)
	}
	return all
}

func (d *desk) told(name, kind string) int {
	all, err := notice.List(d.read(), d.agency, d.who[name].Person, 0, 100)
	if err != nil {
		d.Fatal(err)
	}
	n := 0
	for _, x := range all {
		if x.Kind == kind {
			n++
		}
	}
	return n
}

func (d *desk) sound() {
	d.Helper()
	if err := remark.Check(d.read(), d.agency, func(s string) { d.Errorf("verify: %s", s) }); err != nil {
		d.Fatal(err)
	}
}

func TestWhatIsSaidIsReadByThoseWhoMayReadTheMatter(t *testing.T) {
	each(t, func(d *desk) {
		first := d.said("hai", remark.Saying{Text: "Xin @Lương Đức Anh gửi số liệu huyện, @Anh nhé.", Files: []remark.File{{Name: "bieu.xlsx", SHA: "x", Size: 3}}})
		if len(first.Mentions) != 1 || first.Mentions[0] != d.who["anh"].Person {
			d.Errorf("%+v", first)
		}
		answer := d.said("anh", remark.Saying{Text: "Đã gửi.", Answers: first.ID})
		if all := d.of("hoa"); len(all) != 2 || all[0].Files[0].Name != "bieu.xlsx" || all[1].Answers != first.ID {
			d.Errorf("%+v", all)
		}
		for who, want := range map[string][3]int{"anh": {1, 0, 0}, "hai": {0, 1, 0}, "hoa": {0, 0, 1}, "ha": {0, 0, 0}} {
			if got := [3]int{d.told(who, "remark.mentioned"), d.told(who, "remark.answered"), d.told(who, remark.Said)}; got != want {
				d.Errorf("%s was told %v", who, got)
			}
		}
		d.said("anh", remark.Saying{Text: "Bổ sung."})
		if d.told("hoa", remark.Said) != 1 {
			d.Error("told more than once a day")
		}
		// To anybody else there is nothing there.
		if _, err := remark.Of(d.read(), d.rights("ha"), d.agency, d.matter); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("a stranger reads: %v", err)
		}
		if _, err := d.say("ha", remark.Saying{Text: "Chen ngang"}); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("a stranger speaks: %v", err)
		}
		if _, err := remark.FileOf(d.read(), d.rights("ha"), d.agency, d.matter, d.of("hoa")[0].Files[0].ID); !fault.Is(err, fault.KindNotFound) {
			d.Errorf("a stranger opens a file: %v", err)
		}
		mine, err := remark.Mentioning(d.read(), d.rights("anh"), d.agency, 10)
		if err != nil || len(mine) != 1 || mine[0].ID != first.ID {
			d.Errorf("%+v %v", mine, err)
		}
		_ = answer
		d.sound()
	})
}

func TestOnlyThoseWhoMayReadCanBeMentioned(t *testing.T) {
	each(t, func(d *desk) {
		_, err := d.say("hai", remark.Saying{Text: "Nhờ @Bế Ngọc Hà xem."})
		d.refused(err, "Không rõ “@Bế Ngọc Hà” là ai trong những người được xem việc này")
		_, err = d.say("hai", remark.Saying{Text: "Nhờ xem.", Mentions: []int64{d.who["ha"].Person}})
		d.refused(err, "Bế Ngọc Hà không được xem nội dung này")
		_, err = d.say("hai", remark.Saying{Text: "Nhờ xem.", Mentions: []int64{99}})
		d.refused(err, "Người này không được xem")
		_, err = d.say("hai", remark.Saying{Text: "  "})
		d.refused(err, "Hãy viết nội dung")
		_, err = d.say("hai", remark.Saying{Text: "Trả lời", Answers: 77})
		d.refused(err, "Không tìm thấy ý kiến được trả lời")
		if m := d.said("hai", remark.Saying{Text: "Gửi về hai@bdt.example và @Hoa, cảm ơn @Lam."[:len("Gửi về hai@bdt.example và @Hoa")]}); len(m.Mentions) != 1 {
			d.Errorf("an address names nobody: %+v", m)
		}
		if m := d.said("hai", remark.Saying{Text: "Kính @Nông Thị Hoa Xem giúp."}); len(m.Mentions) != 1 || m.Mentions[0] != d.who["hoa"].Person {
			d.Errorf("a capital after the name: %+v", m)
		}
		d.sound()
	})
}

func TestConclusionsAreForWhoDecides(t *testing.T) {
	each(t, func(d *desk) {
		m := d.said("hai", remark.Saying{Text: "Đề nghị lùi phần khảo sát sang quý I."})
		_, err := d.say("hai", remark.Saying{Text: "Chốt vậy.", Decide: true})
		d.refused(err, "được ghi kết luận")
		d.refused(d.try("hai", func(a *journal.Act) error { return remark.Conclude(a, m.ID) }), "được ghi kết luận")
		d.do("hoa", func(a *journal.Act) error { return remark.Conclude(a, m.ID) })
		d.refused(d.try("hoa", func(a *journal.Act) error { return remark.Conclude(a, m.ID) }), "đã được ghi là kết luận")
		d.refused(d.try("hai", func(a *journal.Act) error { return remark.Withdraw(a, m.ID) }), "đã được ghi là kết luận thì không rút lại")
		c := d.said("hoa", remark.Saying{Text: "Thống nhất phương án 2.", Decide: true})
		if all := d.of("anh"); !all[0].Decided() || !all[1].Decided() || all[0].ConcludedBy != d.who["hoa"].Person || all[1].ID != c.ID {
			d.Errorf("%+v", all)
		}
		if d.told("anh", remark.Concluded) != 2 {
			d.Errorf("told %d times", d.told("anh", remark.Concluded))
		}
		d.sound()
	})
}

func TestOneMayTakeBackOnesOwnForAQuarterOfAnHour(t *testing.T) {
	each(t, func(d *desk) {
		m := d.said("hai", remark.Saying{Text: "Nhầm việc, @Anh.", Files: []remark.File{{Name: "nham.pdf", SHA: "y"}}})
		late := d.said("hai", remark.Saying{Text: "Ý kiến khác."})
		d.clock.Add(15 * time.Minute)
		d.refused(d.try("anh", func(a *journal.Act) error { return remark.Withdraw(a, m.ID) }), "Chỉ người viết")
		d.refused(d.try("ha", func(a *journal.Act) error { return remark.Withdraw(a, m.ID) }), "Không tìm thấy")
		d.do("hai", func(a *journal.Act) error { return remark.Withdraw(a, m.ID) })
		d.refused(d.try("hai", func(a *journal.Act) error { return remark.Withdraw(a, m.ID) }), "đã được rút lại")
		d.clock.Add(time.Second)
		d.refused(d.try("hai", func(a *journal.Act) error { return remark.Withdraw(a, late.ID) }), "trong 15 phút")
		got := d.of("hoa")[0]
		if got.Text != "" || got.Files != nil || got.Mentions != nil || got.WithdrawnAt.IsZero() || got.ID != m.ID {
			d.Errorf("it leaves a mark and no words: %+v", got)
		}
		if held, err := remark.Held(d.read(), "y"); err != nil || !held {
			d.Errorf("what was said stays in the record: %v %v", held, err)
		}
		// Rows never change.
		for _, q := range []string{"UPDATE remark_item SET text = 'khác'", "DELETE FROM remark_mark", "UPDATE remark_file SET sha = 'z'"} {
			if err := d.book.DB.Write(d.Context(), func(tx *store.Tx) error { _, err := tx.Exec(q); return err }); err == nil {
				d.Errorf("%s went through", q)
			}
		}
		d.sound()
	})
}

func TestVerifyingFindsRemarksWithoutAnEntry(t *testing.T) {
	each(t, func(d *desk) {
		d.said("hai", remark.Saying{Text: "Có trong sổ."})
		err := d.book.DB.Write(d.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec("INSERT INTO remark_item (id, agency, matter, kind, answers, person, proxy, text, at) VALUES (1, $1, 'task/1', 'remark', 0, 2, 0, 'x', '')", d.agency)
			return err
		})
		if err != nil {
			d.Fatal(err)
		}
		var said []string
		if err := remark.Check(d.read(), d.agency, func(s string) { said = append(said, s) }); err != nil || len(said) != 1 || !strings.Contains(said[0], "không có mục nào trong sổ") {
			d.Errorf("%q %v", said, err)
		}
	})
}
