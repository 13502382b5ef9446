// SPDX-License-Identifier: Apache-2.0

package document

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/org/orgtest"
	"soviec/office/task"
)

// The story of one document: registered, put before the head, passed to the deputy,
// directed, worked on, reported, confirmed, filed, reopened.
func TestStoryOfADocument(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		today := d.clock.Today()
		doc := d.register(d.letter())
		state := func(want State) {
			d.Helper()
			if got := d.get(doc.ID).State; got != want {
				d.Fatalf("state %s, want %s", got, want)
			}
			d.check()
		}
		d.do("lan", func(a *journal.Act) error { return Submit(a, doc.ID, d.who["thang"].Person, "Kính trình", "") })
		state(StateSubmitted)
		d.refused("lan", fault.KindConflict, "Chờ cho ý kiến", func(a *journal.Act) error { return Submit(a, doc.ID, d.who["hoa"].Person, "", "") })
		d.refused("thang", fault.KindInvalid, "không phải lãnh đạo", func(a *journal.Act) error { return PassOn(a, doc.ID, d.who["hai"].Person, "") })
		d.do("thang", func(a *journal.Act) error {
			return PassOn(a, doc.ID, d.who["hoa"].Person, "Đồng chí Hoa phụ trách")
		})
		if list, err := BeforeLeader(d.r(), d.agency, d.who["hoa"].Person, 10); err != nil || len(list) != 1 {
			d.Fatal(list, err)
		}
		d.do("hoa", func(a *journal.Act) error {
			_, err := Direct(a, doc.ID, Directive{Text: "Phòng CS chủ trì, báo cáo trước ngày 12/11.", Due: task.Due{On: today.AddDays(10)},
				Lead: task.Assignee{Unit: d.unit("CS")}, Coop: []task.Assignee{{Unit: d.unit("KHTH")}}, Info: []task.Assignee{{Person: d.who["minh"].Person}}})
			return err
		})
		state(StateDistributed)
		if got := d.get(doc.ID); got.ToPlaces != "Phòng Chính sách Dân tộc; Phòng Kế hoạch – Tổng hợp; Hoàng Văn Minh" || got.PassedOn != today {
			d.Errorf("to %q on %s", got.ToPlaces, got.PassedOn.VN())
		}
		d.do("lam", func(a *journal.Act) error {
			_, err := task.AssignInside(a, d.lead(d.get(doc.ID)).ID, d.who["hai"].Person, nil, today.AddDays(7), "")
			return err
		})
		d.do("hai", func(a *journal.Act) error { return task.Start(a, d.lead(d.get(doc.ID)).ID) })
		state(StateInProgress)
		d.clock.Add(48 * time.Hour)
		d.do("hai", func(a *journal.Act) error {
			return task.Report(a, d.lead(d.get(doc.ID)).ID, "Đã tham mưu văn bản trả lời.", "512/BDT-CS")
		})
		state(StateAwaiting)
		d.do("hoa", func(a *journal.Act) error {
			return task.SendBack(a, d.lead(d.get(doc.ID)).ID, "Bổ sung số liệu xã Cô Ba", 0)
		})
		state(StateInProgress)
		d.do("hai", func(a *journal.Act) error {
			return task.Report(a, d.lead(d.get(doc.ID)).ID, "Đã bổ sung số liệu.", "513/BDT-CS")
		})
		reported := d.clock.Today()
		d.clock.Add(5 * 24 * time.Hour)
		d.do("hoa", func(a *journal.Act) error { return task.Confirm(a, d.lead(d.get(doc.ID)).ID, "") })
		state(StateCompleted)
		if got := d.get(doc.ID); got.DoneOn != reported || got.Answer != "513/BDT-CS" {
			d.Errorf("done on %s with %q: late confirming is not the officer's lateness", got.DoneOn.VN(), got.Answer)
		}
		d.refused("lan", fault.KindConflict, "Đã hoàn thành", func(a *journal.Act) error {
			_, err := Correct(a, doc.ID, d.get(doc.ID).Version, d.letter())
			return err
		})
		d.do("hai", func(a *journal.Act) error { return FileAway(a, doc.ID, "05.CS.2026") })
		state(StateFiled)
		d.do("hoa", func(a *journal.Act) error {
			return task.Reopen(a, d.get(doc.ID).Work, "Có ý kiến mới của tỉnh", d.clock.Today().AddDays(5))
		})
		state(StateInProgress)
		if !d.get(doc.ID).DoneOn.IsZero() {
			d.Error("a reopened document is not done")
		}
		all, err := Timeline(d.r(), d.agency, d.get(doc.ID))
		if err != nil || len(all) < 15 {
			d.Errorf("the timeline has %d entries, %v", len(all), err)
		}
		for _, e := range all {
			if Acts[e.Kind] == "" && task.Acts[e.Kind] == "" {
				d.Errorf("no words for %s", e.Kind)
			}
		}
	})
}

// T21, T22, T23: one lead, inner day not after the outer, the last lead stays.
func TestOneLeadAndItsDays(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		today := d.clock.Today()
		doc := d.register(d.letter())
		give := func(dir Directive) func(*journal.Act) error {
			return func(a *journal.Act) error { _, err := Direct(a, doc.ID, dir); return err }
		}
		cs := task.Assignee{Unit: d.unit("CS")}
		d.refused("thang", fault.KindInvalid, "một và chỉ một", give(Directive{Coop: []task.Assignee{cs}}))
		d.refused("thang", fault.KindInvalid, "hai vai trò", give(Directive{Lead: cs, Coop: []task.Assignee{cs}}))
		d.refused("thang", fault.KindInvalid, "2.000", give(Directive{Lead: cs, Text: strings.Repeat("ơ", 2001)}))
		if d.get(doc.ID).State != StateRegistered || d.get(doc.ID).Work != 0 {
			d.Fatal("a refused directive left something")
		}
		d.do("thang", give(Directive{Lead: cs, Due: task.Due{On: today.AddDays(4)}}))
		doc = d.get(doc.ID)
		lead := d.lead(doc)
		d.refused("thang", fault.KindConflict, "Đã phân phối", give(Directive{Lead: task.Assignee{Unit: d.unit("NV")}}))
		d.refused("thang", fault.KindInvalid, "một và chỉ một", func(a *journal.Act) error {
			_, err := task.AddShare(a, doc.Work, task.Lead, task.Assignee{Unit: d.unit("NV")}, "")
			return err
		})
		if err := d.try("lam", func(a *journal.Act) error {
			_, err := task.AssignInside(a, lead.ID, d.who["hai"].Person, nil, today.AddDays(5), "")
			return err
		}); !fault.Is(err, fault.KindInvalid) {
			d.Errorf("T22: %v", err)
		}
		if err := d.try("thang", func(a *journal.Act) error { return task.RemoveShare(a, lead.ID, "thừa") }); err == nil {
			d.Error("T23: the only lead was removed")
		}
		d.check()
	})
}

func TestRedirectAndReturn(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		today := d.clock.Today()
		doc := d.directed(d.letter(), "CS", today.AddDays(9))
		d.refused("hoa", fault.KindForbidden, "", func(a *journal.Act) error {
			return Redirect(a, doc.ID, "x", task.Assignee{}, today.AddDays(3), "lý do")
		})
		d.refused("thang", fault.KindInvalid, "lý do", func(a *journal.Act) error {
			return Redirect(a, doc.ID, "x", task.Assignee{}, today.AddDays(3), " ")
		})
		d.do("thang", func(a *journal.Act) error {
			return Redirect(a, doc.ID, "Giao lại Phòng KHTH.", task.Assignee{Unit: d.unit("KHTH")}, today.AddDays(11), "Thuộc nhiệm vụ kế hoạch")
		})
		doc = d.get(doc.ID)
		if got := d.lead(doc); got.Unit != d.unit("KHTH") || got.OuterOn != today.AddDays(11) || !strings.HasPrefix(doc.ToPlaces, "Phòng Kế hoạch") {
			d.Errorf("lead %+v, to %q", got, doc.ToPlaces)
		}
		if _, err := Get(d.r(), d.agency, d.reach("xuan"), doc.ID); err != nil {
			d.Errorf("the new lead may not read it: %v", err)
		}
		words, err := Words(d.r(), doc.ID)
		if err != nil || len(words) != 2 || words[1].Corrects != words[0].ID || words[0].Text != "Giao tham mưu." {
			d.Errorf("both directives stay: %+v %v", words, err)
		}
		var request int64
		d.do("xuan", func(a *journal.Act) (err error) {
			request, err = task.AskReturn(a, d.lead(doc).ID, "Không thuộc nhiệm vụ của Phòng")
			return err
		})
		d.do("thang", func(a *journal.Act) error { return task.DecideReturn(a, request, true, "Đồng ý") })
		doc = d.get(doc.ID)
		if doc.State != StateSubmitted || doc.Leader != d.who["thang"].Person {
			d.Fatalf("after the return it is %s before %d", doc.State, doc.Leader)
		}
		if n, err := notice.Unread(d.r(), d.agency, d.who["lan"].Person); err != nil || n == 0 {
			d.Errorf("the clerk was not told: %d %v", n, err)
		}
		d.do("thang", func(a *journal.Act) error {
			_, err := Direct(a, doc.ID, Directive{Lead: task.Assignee{Unit: d.unit("TTr")}, Due: task.Due{On: today.AddDays(12)}})
			return err
		})
		d.do("thang", func(a *journal.Act) error { return task.Cancel(a, d.get(doc.ID).Work, "Tỉnh đã rút yêu cầu") })
		if doc = d.get(doc.ID); doc.State != StateSubmitted {
			d.Errorf("cancelled work leaves the document %s", doc.State)
		}
		d.check()
	})
}

// The clerk passes straight on where the regulations allow it, in a leader's name.
func TestDistributeStraight(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		in := d.letter()
		for _, f := range orgtest.Directory(d, d.book, d.agency).Fields {
			if f.Code == "cs" {
				in.Field = f.ID
			}
		}
		doc := d.register(in)
		d.do("lan", func(a *journal.Act) error {
			_, err := Distribute(a, doc.ID, Directive{Lead: task.Assignee{Unit: d.unit("CS")}, Due: task.Due{On: d.clock.Today().AddDays(7)}, Rule: "Quy chế Điều 5"})
			return err
		})
		w, err := task.Get(d.r(), d.agency, d.get(doc.ID).Work)
		if err != nil || w.Giver != d.who["hoa"].Person {
			d.Errorf("given in the name of %d, %v; the field is Hoa's", w.Giver, err)
		}
		d.check()
	})
}

func TestVoiding(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		doc := d.register(d.letter())
		ask := func(a *journal.Act) error { return AskVoid(a, doc.ID, "Vào sổ hai lần") }
		d.refused("lan", fault.KindInvalid, "lý do", func(a *journal.Act) error { return AskVoid(a, doc.ID, "sai") })
		d.do("lan", ask)
		d.refused("lan", fault.KindConflict, "đang chờ duyệt", ask)
		d.refused("lan", fault.KindForbidden, "", func(a *journal.Act) error { return DecideVoid(a, doc.ID, true, "") })
		d.refused("thang", fault.KindForbidden, "", func(a *journal.Act) error { return DecideVoid(a, doc.ID, true, "") })
		d.refused("minh", fault.KindInvalid, "lý do", func(a *journal.Act) error { return DecideVoid(a, doc.ID, false, "") })
		d.do("minh", func(a *journal.Act) error { return DecideVoid(a, doc.ID, true, "") })
		if next := d.register(d.letter()); next.Number != 2 || d.get(doc.ID).State != StateVoided {
			d.Errorf("after voiding 1 comes %d", next.Number)
		}
		d.refused("lan", fault.KindConflict, "Đã hủy số đến", func(a *journal.Act) error { return Submit(a, doc.ID, d.who["thang"].Person, "", "") })
		same := d.letter()
		same.NumberRaw, same.IssuedOn = doc.NumberRaw, doc.IssuedOn
		if again := d.register(same); again.Number != 3 {
			d.Error("what was voided hinders no new registration")
		}
		d.check()
	})
}

// Nobody approves what he asked for himself, not even in the place of another.
func TestVoidingForAnother(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		doc := d.register(d.letter())
		d.do("lan", func(a *journal.Act) error { return AskVoid(a, doc.ID, "Vào sổ hai lần") })
		standIn(d, "minh", "lan")
		err := d.book.Do(context.Background(), orgtest.For(d.who["lan"], d.who["minh"]), func(a *journal.Act) error { return DecideVoid(a, doc.ID, true, "") })
		if !fault.Is(err, fault.KindForbidden) {
			d.Errorf("the clerk approved her own request: %v", err)
		}
	})
}

// T27: a recalled document's bytes are gone, what is known of it stays.
func TestRecall(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		ctx := context.Background()
		blobs, err := blob.OpenFolder(d.TempDir())
		if err != nil {
			d.Fatal(err)
		}
		put := func(text string) Attachment {
			key, size, err := blobs.Put(ctx, bytes.NewReader([]byte(text)), 1<<20)
			if err != nil {
				d.Fatal(err)
			}
			return Attachment{Name: "vb.pdf", MIME: "application/pdf", Size: size, SHA: string(key)}
		}
		in := d.letter()
		in.Files = []Attachment{put("chỉ ở văn bản này"), put("ở cả hai văn bản")}
		doc := d.directed(in, "CS", d.clock.Today().AddDays(7))
		other := d.letter()
		other.Files = []Attachment{put("ở cả hai văn bản")}
		d.register(other)
		d.do("lan", func(a *journal.Act) error { return AskRecall(a, doc.ID, "15/TB-VP", "Gửi nhầm nơi nhận") })
		d.refused("lan", fault.KindForbidden, "", func(a *journal.Act) error { return RefuseRecall(a, doc.ID, "x") })
		d.do("thang", func(a *journal.Act) error { return RefuseRecall(a, doc.ID, "Đã xử lý xong phần việc") })
		if got := d.get(doc.ID); got.State != StateDistributed {
			d.Fatalf("a refused recall leaves %s", got.State)
		}
		d.check()
		d.do("lan", func(a *journal.Act) error { return AskRecall(a, doc.ID, "16/TB-VP", "Nhắc lại") })
		d.do("lan", func(a *journal.Act) error { return AgreeRecall(a, doc.ID) })
		gone := d.get(doc.ID)
		if gone.State != StateRecalled || gone.Subject != in.Subject || !strings.Contains(gone.Recall, "16/TB-VP") {
			d.Errorf("%+v", gone)
		}
		if w, err := task.Get(d.r(), d.agency, gone.Work); err != nil || w.State != task.WorkDropped {
			d.Errorf("the work is %s, %v", w.State, err)
		}
		files, err := Files(d.r(), gone)
		if err != nil || len(files) != 2 || !files[0].Purged || !files[1].Purged {
			d.Fatal(files, err)
		}
		if _, err := FileOf(d.r(), gone, files[0].ID); !fault.Is(err, fault.KindGone) {
			d.Errorf("a purged file: %v", err)
		}
		runner := job.Runner{DB: d.book.DB, Clock: d.clock.Now, Handlers: map[string]job.Handler{
			JobText: func(context.Context, job.Item) error { return nil },
			JobPurge: func(ctx context.Context, it job.Item) error {
				var keys []string
				if err := json.Unmarshal(it.Payload, &keys); err != nil {
					return err
				}
				n, err := Purge(d.book.DB.Read(ctx), keys, func(key string) error { return blobs.Remove(ctx, blob.Key(key)) })
				if n != 1 {
					d.Errorf("%d files removed, want 1", n)
				}
				return err
			}}}
		if _, err := runner.Drain(ctx); err != nil {
			d.Fatal(err)
		}
		for i, want := range []bool{false, true} {
			if has, err := blobs.Has(ctx, blob.Key(files[i].SHA)); err != nil || has != want {
				d.Errorf("bytes of file %d are there: %v, want %v (%v)", i, has, want, err)
			}
		}
		for l, err := range Lines(d.r(), orgtest.Directory(d, d.book, d.agency), d.agency, doc.Register, SpanOfYear(2026)) {
			if err != nil {
				d.Fatal(err)
			}
			if note := l.ArrivalCells()[9]; l.Document.ID == doc.ID && !strings.Contains(note, "Đã thu hồi") {
				d.Errorf("the register's note is %q", note)
			}
		}
		if d.search("lan", in.Subject) != 1 {
			d.Error("what is known of a recalled document is still found")
		}
		d.refused("lan", fault.KindConflict, "Đã thu hồi", func(a *journal.Act) error { return AskRecall(a, doc.ID, "", "nữa") })
		d.check()
	})
}

// §17.5: whoever sees that a document is secret shuts it at once.
func TestReportSecret(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		in := d.letter()
		in.Files = []Attachment{{Name: "a.pdf", MIME: "application/pdf", SHA: strings.Repeat("0c", 32)}}
		doc := d.directed(in, "CS", d.clock.Today().AddDays(7))
		d.refused("xuan", fault.KindNotFound, "", func(a *journal.Act) error { return ReportSecret(a, doc.ID) })
		d.do("lam", func(a *journal.Act) error { return ReportSecret(a, doc.ID) })
		files, _ := Files(d.r(), doc)
		if _, err := FileOf(d.r(), d.get(doc.ID), files[0].ID); !fault.Is(err, fault.KindForbidden) {
			d.Errorf("a shut file: %v", err)
		}
		d.refused("lan", fault.KindForbidden, "", func(a *journal.Act) error { return AgreeRecall(a, doc.ID) })
		d.do("thang", func(a *journal.Act) error { return RefuseRecall(a, doc.ID, "Không phải văn bản mật") })
		if _, err := FileOf(d.r(), d.get(doc.ID), files[0].ID); err != nil {
			d.Errorf("the file stays shut: %v", err)
		}
		d.check()
		d.do("lam", func(a *journal.Act) error { return ReportSecret(a, doc.ID) })
		d.do("thang", func(a *journal.Act) error { return AgreeRecall(a, doc.ID) })
		d.check()
	})
}

func TestEnvelopes(t *testing.T) {
	t.Parallel()
	each(t, func(d *desk) {
		receive := func(in Intake) Intake {
			d.do("lan", func(a *journal.Act) (err error) { in, err = Receive(a, in); return err })
			return in
		}
		d.refused("lan", fault.KindInvalid, "biên bản", func(a *journal.Act) error {
			_, err := Receive(a, Intake{Sender: "UBND xã Cô Ba", Condition: "damaged"})
			return err
		})
		named := receive(Intake{Channel: "post", Sender: "Hội Người cao tuổi", Person: d.who["hai"].Person})
		if n, err := notice.Unread(d.r(), d.agency, d.who["hai"].Person); err != nil || n != 1 {
			d.Errorf("told %d times, %v", n, err)
		}
		d.refused("lam", fault.KindForbidden, "", func(a *journal.Act) error { return BringBack(a, named.ID) })
		d.refused("lan", fault.KindConflict, "không còn chờ", func(a *journal.Act) error { return RefuseIntake(a, named.ID, "Không đúng nơi nhận") })
		d.do("hai", func(a *journal.Act) error { return BringBack(a, named.ID) })
		in := d.letter()
		in.Intake, in.Channel = named.ID, "post"
		doc := d.register(in)
		if got, err := IntakeFor(d.r(), d.agency, named.ID); err != nil || got.State != "registered" || got.Document != doc.ID {
			d.Errorf("%+v %v", got, err)
		}
		d.refused("lan", fault.KindConflict, "không còn chờ", func(a *journal.Act) error {
			in := d.letter()
			in.Intake = named.ID
			_, err := Register(a, in)
			return err
		})
		wrong := receive(Intake{Channel: "post", Sender: "Nơi khác"})
		d.refused("lan", fault.KindInvalid, "10 ký tự", func(a *journal.Act) error { return RefuseIntake(a, wrong.ID, "nhầm") })
		d.do("lan", func(a *journal.Act) error { return RefuseIntake(a, wrong.ID, "Gửi nhầm cơ quan khác") })
		d.check()
	})
}

func standIn(d *desk, away, in string) {
	d.Helper()
	day := d.clock.Today()
	d.do(away, func(a *journal.Act) error {
		_, err := org.DeclareAbsence(a, org.NewAbsence{Person: d.who[away].Person, StandIn: d.who[in].Person, From: day, To: day.AddDays(2), Reason: "Đi công tác"})
		return err
	})
}

func TestACorrectedSubjectIsTheTitleOfTheOpenWork(t *testing.T) {
	each(t, func(d *desk) {
		doc := d.directed(d.letter(), "CS", d.clock.Today().AddDays(5))
		own := d.directed(d.letter(), "KHTH", d.clock.Today().AddDays(5))
		board := task.NewBoard(d.book)
		titles := func() (all []string) {
			p, err := board.Of(context.Background(), d.agency)
			if err != nil {
				d.Fatal(err)
			}
			dir := orgtest.Directory(d.T, d.book, d.agency)
			for _, x := range p.View(dir, d.clock.Now(), task.Scope{All: true}, task.Filter{}).Tiles() {
				all = append(all, x.Title)
			}
			return all
		}
		before := titles()
		in := d.letter()
		in.NumberRaw, in.IssuedOn, in.Subject = doc.NumberRaw, doc.IssuedOn, "Trích yếu đã sửa"
		d.do("lan", func(a *journal.Act) (err error) { doc, err = Correct(a, doc.ID, d.get(doc.ID).Version, in); return err })
		after := titles()
		if slices.Contains(after, before[0]) && slices.Contains(after, before[1]) || !slices.Contains(after, "Trích yếu đã sửa") {
			d.Errorf("titles %q, then %q", before, after)
		}
		if w, err := task.Get(d.r(), d.agency, own.Work); err != nil || w.Title == "Trích yếu đã sửa" {
			d.Errorf("another work: %q, %v", w.Title, err)
		}
		entries, err := journal.Of(d.r(), d.agency, journal.Ref("task", doc.Work))
		if err != nil || entries[len(entries)-1].Kind != task.Retitled {
			d.Errorf("the book says %v, %v", entries[len(entries)-1].Kind, err)
		}
		if err := task.Check(d.r(), d.agency, func(s string) { d.Error(s) }); err != nil {
			d.Error(err)
		}
	})
}
