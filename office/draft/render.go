// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"soviec/kit/docx"
	"soviec/kit/fault"
	"soviec/kit/formcheck"
	"soviec/kit/letter"
	"soviec/office/org"
)

// Render typesets a composed draft: the content to be saved, its bytes, and what the layout
// checker finds in it. The same facts give the same bytes.
func Render(d *org.Directory, p Paper) (Content, []byte, []Finding, error) {
	l := Compose(d, p)
	if err := l.Validate(); err != nil {
		return Content{}, nil, nil, err
	}
	made, err := letter.Set(l, letter.Options{Fields: true, At: p.BegunAt})
	if err != nil {
		return Content{}, nil, nil, err
	}
	raw, err := LetterJSON(l)
	if err != nil {
		return Content{}, nil, nil, err
	}
	sum := sha256.Sum256(made.PDF)
	c := Content{Way: WayComposed, Name: "du-thao.pdf", SHA: hex.EncodeToString(sum[:]), Size: int64(len(made.PDF)), Pages: made.Pages, Letter: raw, Text: plainText(l)}
	return c, made.PDF, Found(formcheck.Letter(l, formcheck.Options{Type: p.Type, Notation: l.Notation})), nil
}

// AsWord is a composed version as a Word document, to go on with elsewhere.
func AsWord(c Content) ([]byte, error) {
	var l letter.Letter
	if err := json.Unmarshal([]byte(c.Letter), &l); err != nil {
		return nil, fault.Internal(err)
	}
	var b bytes.Buffer
	err := docx.Write(&b, l, docx.Options{})
	return b.Bytes(), err
}

// Found are the findings of the layout checker as this room keeps them.
func Found(all []formcheck.Finding) []Finding {
	var out []Finding
	for _, f := range all {
		out = append(out, Finding{Code: f.Code, Blocks: f.Blocking, Page: f.Place.Page, Place: cut(tidy(f.Place.Words), 200), Text: f.Text, Rule: f.Rule})
	}
	return out
}
