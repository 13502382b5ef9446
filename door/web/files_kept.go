// SPDX-License-Identifier: Apache-2.0

package web

import (
	"crypto/rand"
	"sync"

	"soviec/office/document"
)

// The desk is what the door remembers of forms under way, for a while and bounded: it
// holds nothing that the office would miss after a restart.
type desk struct {
	mu       sync.Mutex
	trays    map[int64][]kept // by session
	sessions []int64          // in order of their first file
	sent     map[sentKey]*sentForm
	order    []sentKey
}

const (
	traysMost = 500
	trayMost  = 60
	sentMost  = 5000
)

var desks sync.Map // *Door → *desk

func (v *visit) desk() *desk {
	if d, ok := desks.Load(v.d); ok {
		return d.(*desk)
	}
	d, _ := desks.LoadOrStore(v.d, &desk{trays: map[int64][]kept{}, sent: map[sentKey]*sentForm{}})
	return d.(*desk)
}

// kept is a file that is stored, but belongs to no document yet: the form it came
// with was refused. Only the session that sent it can name it.
type kept struct {
	document.Attachment
	note string
}

func (k kept) id() string { return k.SHA + "." + k.Name }

func (d *desk) keep(session int64, k kept) {
	d.mu.Lock()
	defer d.mu.Unlock()
	tray, known := d.trays[session]
	if !known {
		if len(d.sessions) >= traysMost {
			delete(d.trays, d.sessions[0])
			d.sessions = d.sessions[1:]
		}
		d.sessions = append(d.sessions, session)
	}
	for _, other := range tray {
		if other.id() == k.id() {
			return
		}
	}
	if len(tray) >= trayMost {
		tray = tray[1:]
	}
	d.trays[session] = append(tray, k)
}

func (d *desk) kept(session int64, id string) (kept, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, k := range d.trays[session] {
		if k.id() == id {
			return k, true
		}
	}
	return kept{}, false
}

// forget empties the tray of a session: its files belong to a document now.
func (d *desk) forget(session int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, known := d.trays[session]; known {
		d.trays[session] = nil
	}
}

// sentKey is one form as it was shown to one person.
type sentKey struct {
	person int64
	key    string
}

// sentForm is what became of it. Its lock is held while the act runs, so that the
// second of two presses waits for the first.
type sentForm struct {
	sync.Mutex
	to, did  string
	warnings []string
	done     bool
}

func (d *desk) form(k sentKey) *sentForm {
	d.mu.Lock()
	defer d.mu.Unlock()
	if f, ok := d.sent[k]; ok {
		return f
	}
	if len(d.order) >= sentMost {
		delete(d.sent, d.order[0])
		d.order = d.order[1:]
	}
	f := &sentForm{}
	d.sent[k] = f
	d.order = append(d.order, k)
	return f
}

// once does what a form asks for once, however often it is sent: the second time
// leads where the first time led. A refused act may be tried again.
func (v *visit) once(act func() (to, did string, warnings []string, err error)) error {
	key := v.PostFormValue("form_key")
	if key == "" || len(key) > 100 {
		to, did, warnings, err := act()
		if err != nil {
			return err
		}
		return v.doneWarned(to, did, warnings)
	}
	f := v.desk().form(sentKey{v.session.Person, key})
	f.Lock()
	defer f.Unlock()
	if !f.done {
		to, did, warnings, err := act()
		if err != nil {
			return err
		}
		f.to, f.did, f.warnings, f.done = to, did, warnings, true
	}
	return v.doneWarned(f.to, f.did, f.warnings)
}

// newFormKey marks a form, so that sending it twice is one act.
func newFormKey() string { return rand.Text() }
