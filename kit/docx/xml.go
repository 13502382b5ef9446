// SPDX-License-Identifier: Apache-2.0

package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A tags runs over the tags of a part. It refuses a document type declaration, and with it
// every entity of the file's own, tags within tags without end, and too many of them.
type tags struct {
	d     *xml.Decoder
	l     Limits
	names []xml.Name // of the open elements
	depth int
	count int
}

func newTags(part []byte, l Limits) *tags {
	d := xml.NewDecoder(bytes.NewReader(part))
	// Parts are UTF-8 or UTF-16 by the standard; Word writes UTF-8 only.
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, errors.New("not UTF-8")
	}
	return &tags{d: d, l: l}
}

// next is the next tag or text; io.EOF at the end.
func (t *tags) next() (xml.Token, error) {
	for {
		tok, err := t.d.RawToken()
		if err != nil {
			if errors.Is(err, io.EOF) {
				if t.depth != 0 {
					return nil, broken(io.ErrUnexpectedEOF)
				}
				return nil, io.EOF
			}
			return nil, broken(err)
		}
		if t.count++; t.count > t.l.Tags {
			return nil, errTooLarge
		}
		switch e := tok.(type) {
		case xml.StartElement:
			if t.depth++; t.depth > t.l.Depth {
				return nil, errTooLarge
			}
			t.names = append(t.names, e.Name)
		case xml.EndElement:
			if t.depth == 0 || t.names[t.depth-1] != e.Name {
				return nil, broken(fmt.Errorf("an end tag %q out of place", e.Name.Local))
			}
			t.depth--
			t.names = t.names[:t.depth]
		case xml.Directive:
			return nil, broken(errors.New("a document type declaration"))
		case xml.Comment, xml.ProcInst:
			continue
		}
		return tok, nil
	}
}

// at is the offset behind the last token.
func (t *tags) at() int { return int(t.d.InputOffset()) }

// is tells an element of WordprocessingML by the prefix that every writer uses.
func is(n xml.Name, local string) bool { return n.Local == local && n.Space == "w" }

// attr is an attribute's value by its local name, "" when it is not there.
func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// number reads a whole number of twentieths of a point and the like; ok is false without one.
func number(s string) (float64, bool) {
	if s == "" || len(s) > 16 {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v != v || v > 1e7 || v < -1e7 {
		return 0, false
	}
	return v, true
}

// on reads a switch: <w:b/> and <w:b w:val="1"/> are on, "0", "false" and "none" off.
func on(e xml.StartElement) bool {
	switch strings.ToLower(attr(e, "val")) {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// mm turns twentieths of a point into millimetres.
func mm(twips float64) float64 { return twips / 1440 * 25.4 }
