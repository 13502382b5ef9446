// SPDX-License-Identifier: Apache-2.0

// Package pdf reads every revision of a PDF file under limits, and appends further revisions.
//
// A file is opened over an io.ReaderAt and never held in memory as a whole. Each
// incremental update is a Revision; a View answers what an object was as of that
// revision. Nothing is repaired by guessing: where two readers could see two
// documents, this one says that it cannot tell. Update appends one more revision
// and never touches a byte that is there.
//
// May enter: the syntax of ISO 32000, cross-references, filters of structure, the
// standard security handler with the empty password, limits, appending, new files.
// May not: signatures and certificates, drawing, text, offices, the network.
package pdf

import (
	"errors"
	"fmt"
)

// An Object is one of nil (null), bool, int64, float64, Name, String, Array, Dict,
// *Stream, Ref; in an Update also *Hole.
type Object any

// A Name is a PDF name, unescaped, without its slash.
type Name string

// A String is a PDF string, decoded (and decrypted): bytes, not text.
type String string

// An Array is a PDF array.
type Array []Object

// A Dict is a PDF dictionary. Its order in the file is not kept.
type Dict map[Name]Object

// A Ref points to an indirect object.
type Ref struct{ Num, Gen int }

// String is the form in which a reference is written.
func (r Ref) String() string { return fmt.Sprintf("%d %d R", r.Num, r.Gen) }

// What can be wrong with a file. Errors of this package wrap one of these.
var (
	ErrFormat   = errors.New("pdf: malformed")          // not a PDF file as the standard has it
	ErrLimit    = errors.New("pdf: limit exceeded")     // too deep, too many, too large
	ErrPassword = errors.New("pdf: encrypted")          // needs a password, or an unknown way of encryption
	ErrFilter   = errors.New("pdf: filter not handled") // the stream is compressed in a way that structure never uses
	ErrCircle   = fmt.Errorf("%w: a tree goes round in a circle", ErrFormat)
)

func badf(format string, a ...any) error {
	return fmt.Errorf("%w: %s", ErrFormat, fmt.Sprintf(format, a...))
}

// Limits bound what reading a file may cost. Time is bounded by the context.
type Limits struct {
	Depth     int   // nesting of arrays and dictionaries
	Token     int   // bytes of one object without its stream data
	Objects   int   // entries in all cross-reference sections, and (four times as high) object numbers
	Revisions int   // cross-reference sections in the chain
	Inflate   int64 // bytes of one inflated stream
	Work      int64 // bytes inflated in all
	Cache     int64 // bytes of parsed objects and inflated object streams kept
}

// DefaultLimits are enough for any document an office meets.
var DefaultLimits = Limits{Depth: 100, Token: 24 << 20, Objects: 1 << 20, Revisions: 512, Inflate: 32 << 20, Work: 512 << 20, Cache: 12 << 20}

// Equal tells whether two objects have the same value: names, numbers and strings by
// value, dictionaries key by key, streams by dictionary and stored bytes. References
// are equal when they point to the same number; what stands there is not compared.
// A key with null is a key that is not there.
func Equal(a, b Object) bool {
	switch x := a.(type) {
	case nil:
		return b == nil
	case Array:
		y, ok := b.(Array)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !Equal(x[i], y[i]) {
				return false
			}
		}
		return true
	case Dict:
		y, ok := b.(Dict)
		return ok && equalDicts(x, y)
	case *Stream:
		y, ok := b.(*Stream)
		return ok && equalStreams(x, y)
	case int64:
		switch y := b.(type) {
		case int64:
			return x == y
		case float64:
			return float64(x) == y
		}
		return false
	case float64:
		switch y := b.(type) {
		case int64:
			return x == float64(y)
		case float64:
			return x == y
		}
		return false
	case *Hole:
		return false
	}
	switch b.(type) {
	case Array, Dict, *Stream, *Hole:
		return false
	}
	return a == b
}

func equalDicts(x, y Dict) bool {
	for k, v := range x {
		if !Equal(v, y[k]) {
			return false
		}
	}
	for k, v := range y {
		if _, ok := x[k]; !ok && v != nil {
			return false
		}
	}
	return true
}

func equalStreams(x, y *Stream) bool {
	if x == y || x.at != 0 && x.src == y.src && x.at == y.at && x.size == y.size && x.key == nil && equalDicts(x.Dict, y.Dict) {
		return true
	}
	if len(x.Dict) != len(y.Dict) || x.key == nil && y.key == nil && x.size != y.size {
		return false
	}
	for k, v := range x.Dict {
		if k != "Length" && !Equal(v, y.Dict[k]) {
			return false
		}
	}
	return sameBytes(x, y)
}
