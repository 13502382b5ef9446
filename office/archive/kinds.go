// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"slices"
	"strconv"

	"soviec/kit/civil"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/task"
)

func init() {
	On(document.RefIncoming, Kind{Word: "Văn bản đến", Of: incomings, Files: incomingFiles, MayRead: readsIncoming,
		Related: ofIncoming, Filed: document.Shelved, Destroy: document.Destroy})
	On("task", Kind{Word: "Công việc", Of: works, Files: workFiles, MayRead: readsWork, Related: ofWork})
	On(RefPaper, Kind{Word: "Giấy tờ ngoài hệ thống", Of: papersByID, Files: paperFiles,
		MayRead: func(store.Reader, org.Rights, int64, int64) (bool, error) { return false, nil }, Destroy: destroyPaper})
}

func incomings(r store.Reader, agency int64, ids []int64) (map[int64]Matter, error) {
	docs, err := document.ByIDs(r, agency, ids)
	if err != nil {
		return nil, err
	}
	types, err := document.Types(r, agency)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, t := range types {
		names[t.Code] = t.Name
	}
	out := map[int64]Matter{}
	for id, d := range docs {
		m := Matter{Link: d.Address(), Type: names[d.Type], Number: d.NumberRaw, No: d.No, Notation: d.Notation, On: d.IssuedOn, Subject: d.Subject,
			Author: d.IssuerName, Signer: d.Signer, Pages: d.Pages, Note: d.Note, Urgency: d.Urgency, Due: d.DueOn, Places: d.ToPlaces,
			Arrival: d.Number, ArrivalOn: d.ArrivalOn, Shut: d.Frozen}
		switch {
		case !d.State.Closed():
			m.Unfinished = "văn bản đến chưa giải quyết xong (" + d.State.Label() + ")"
		case !d.DueOn.IsZero() && d.Answer == "" && !d.State.Final():
			m.Unanswered = "văn bản yêu cầu giải quyết trước ngày " + d.DueOn.VN() + " nhưng chưa ghi văn bản trả lời"
		}
		out[id] = m
	}
	return out, nil
}

func incomingFiles(r store.Reader, agency int64, ids []int64) (map[int64][]File, error) {
	all, err := document.FilesByDocument(r, agency, ids)
	out := map[int64][]File{}
	for id, files := range all {
		for _, f := range files {
			if !f.Purged {
				out[id] = append(out[id], File{ID: f.ID, Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA})
			}
		}
	}
	return out, err
}

func readsIncoming(r store.Reader, x org.Rights, agency, id int64) (bool, error) {
	may, err := document.Readable(r, agency, document.ReachOf(x), []int64{id})
	return len(may) > 0, err
}

// ofIncoming are the works that deal with a document.
func ofIncoming(r store.Reader, agency, id int64) ([]string, error) {
	works, err := task.OfSource(r, agency, journal.Ref(document.RefIncoming, id))
	var out []string
	for _, w := range works {
		if w.State != task.WorkDropped {
			out = append(out, w.Ref())
		}
	}
	if err != nil {
		return nil, err
	}
	answers, err := answersTo(r, agency, journal.Ref(document.RefIncoming, id))
	return append(out, answers...), err
}

func works(r store.Reader, agency int64, ids []int64) (map[int64]Matter, error) {
	heads, err := task.Heads(r, agency, ids)
	out := map[int64]Matter{}
	for id, w := range heads {
		m := Matter{Link: "/viec/" + strconv.FormatInt(id, 10), Type: "Công việc", Subject: w.Title, On: civil.Of(w.GivenAt), Due: w.DueOn}
		if w.State.Open() {
			m.Unfinished = "việc chưa xong (" + w.State.Words() + ")"
		}
		out[id] = m
	}
	return out, err
}

func workFiles(r store.Reader, agency int64, ids []int64) (map[int64][]File, error) {
	all, err := task.FilesByWork(r, agency, ids)
	out := map[int64][]File{}
	for id, files := range all {
		for _, f := range files {
			out[id] = append(out[id], File{ID: f.ID, Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA})
		}
	}
	return out, err
}

func readsWork(r store.Reader, x org.Rights, agency, id int64) (bool, error) {
	w, err := task.Get(r, agency, id)
	if err != nil {
		return false, err
	}
	return task.Reads(r, x, agency, w)
}

// ofWork is what a work came from.
func ofWork(r store.Reader, agency, id int64) ([]string, error) {
	w, err := task.Get(r, agency, id)
	if err != nil || w.State == task.WorkDropped {
		return nil, err
	}
	answers, err := answersTo(r, agency, w.Ref())
	if kind, _, ok := journal.ParseRef(w.Source); ok && kinds[kind].Of != nil {
		answers = append(answers, w.Source)
	}
	return answers, err
}

// Effects are what happens to dossiers when work on a document changes: whoever wires the
// program runs them after the document's own.
func Effects() task.Effects {
	follow := func(a *journal.Act, w task.Work) error { return Gather(a, w.Ref()) }
	return task.Effects{Given: follow, Done: follow}
}

// Both runs the effects of two rooms, one after the other.
func Both(first, then task.Effects) task.Effects {
	type effect = func(*journal.Act, task.Work) error
	both := func(f, g effect) effect {
		fs := slices.DeleteFunc([]effect{f, g}, func(f effect) bool { return f == nil })
		if len(fs) == 0 {
			return nil
		}
		return func(a *journal.Act, w task.Work) error {
			for _, f := range fs {
				if err := f(a, w); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return task.Effects{Given: both(first.Given, then.Given), Started: both(first.Started, then.Started), Reported: both(first.Reported, then.Reported),
		SentBack: both(first.SentBack, then.SentBack), Done: both(first.Done, then.Done), Reopened: both(first.Reopened, then.Reopened),
		Returned: both(first.Returned, then.Returned), Dropped: both(first.Dropped, then.Dropped)}
}
