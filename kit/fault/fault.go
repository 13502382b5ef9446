// SPDX-License-Identifier: Apache-2.0

// Package fault holds the few kinds of failure and the sentence for the person.
//
// May enter: kinds, the sentence, the field it belongs to, joining and looking.
// May not: HTTP statuses, SQL, words of one page.
package fault

import (
	"errors"
	"strings"
)

// A Kind says what went wrong in the eyes of whoever asked. Doors map kinds to
// statuses; nothing else about a failure decides how it is answered.
type Kind int

// The kinds. KindInternal is the zero value, so that a foreign error is internal.
const (
	KindInternal  Kind = iota // a fault of the program or the machine; the detail is logged, never shown
	KindInvalid               // the input breaks a rule; the sentence says which, the field says where
	KindNotFound              // nothing of that name, or nothing that this person may know of
	KindForbidden             // known, but not for this person
	KindConflict              // right in itself, but the record has moved on or is taken
	KindGone                  // was there once and has been taken away lawfully
)

var kindNames = [...]string{"internal", "invalid", "not_found", "forbidden", "conflict", "gone"}

// String is the kind's name in the programming interface.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return kindNames[KindInternal]
	}
	return kindNames[k]
}

// An Error is one failure with its sentence in Vietnamese.
type Error struct {
	Kind  Kind
	Field string // the form field the sentence belongs to; empty for the whole
	Text  string // a whole sentence for the person, in Vietnamese
	Err   error  // the cause, for the log; nil when the rule itself is the cause
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String())
	if e.Field != "" {
		b.WriteString(" " + e.Field)
	}
	if e.Text != "" {
		b.WriteString(": " + e.Text)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// Invalid says that what stands in a field breaks a rule.
func Invalid(field, text string) error { return &Error{Kind: KindInvalid, Field: field, Text: text} }

// NotFound says that there is nothing of that name, or nothing the asker may know of.
func NotFound(text string) error { return &Error{Kind: KindNotFound, Text: text} }

// Forbidden says that the asker may not do this.
func Forbidden(text string) error { return &Error{Kind: KindForbidden, Text: text} }

// Conflict says that the record has moved on, or that a name or number is taken.
func Conflict(field, text string) error { return &Error{Kind: KindConflict, Field: field, Text: text} }

// Gone says that the thing was taken away lawfully.
func Gone(text string) error { return &Error{Kind: KindGone, Text: text} }

// Internal wraps a failure of the program or the machine. It keeps nil nil.
func Internal(err error) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: KindInternal, Err: err}
}

// Join makes one error of several, so that a form shows all its faults at once.
// Nils are dropped; nothing left means nil.
func Join(errs ...error) error { return errors.Join(errs...) }

// All flattens an error into its faults, in order, for the summary above a form.
// A foreign error is one internal fault.
func All(err error) []*Error {
	for e := err; e != nil; e = errors.Unwrap(e) {
		if one, ok := e.(*Error); ok {
			return []*Error{one}
		}
		if joined, ok := e.(interface{ Unwrap() []error }); ok {
			var all []*Error
			for _, each := range joined.Unwrap() {
				all = append(all, All(each)...)
			}
			return all
		}
	}
	if err == nil {
		return nil
	}
	return []*Error{{Kind: KindInternal, Err: err}}
}

// KindOf is the gravest kind among the faults of err: an internal fault hides
// what stands beside it, because the rest can no longer be trusted.
func KindOf(err error) Kind {
	all := All(err)
	if len(all) == 0 {
		return KindInternal
	}
	for _, e := range all {
		if e.Kind == KindInternal {
			return KindInternal
		}
	}
	return all[0].Kind
}

// Is reports whether err is of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// Text is the sentence for the person; empty for an internal fault.
func Text(err error) string {
	var texts []string
	for _, e := range All(err) {
		if e.Kind != KindInternal && e.Text != "" {
			texts = append(texts, e.Text)
		}
	}
	return strings.Join(texts, " ")
}
