// SPDX-License-Identifier: Apache-2.0

// Package padestest makes small PDF files, signed and spoiled, for the tests of other rooms.
//
// May enter: files written by hand, keys of a made-up world. May not: real keys, the network.
package padestest

import (
	"bytes"
	"context"
	"crypto"
	"errors"
	"fmt"
	"time"

	"soviec/kit/cms/cmstest"
	"soviec/kit/pades"
	"soviec/kit/pdf"
)

// Paper is a PDF of one page with a line of text.
func Paper(text string) []byte {
	content := fmt.Sprintf("BT /F1 12 Tf 72 700 Td (%s) Tj ET", text)
	objs := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content)}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objs {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	x := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objs)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF\n", len(objs)+1, x)
	return b.Bytes()
}

// Sign appends a signature.
func Sign(in []byte, id *cmstest.Identity, at time.Time) ([]byte, error) {
	tail, err := pades.Sign(context.Background(), bytes.NewReader(in), int64(len(in)), pades.Request{Cert: id.Cert, Chain: id.Chain, At: at, Hash: crypto.SHA256}, id.Key, nil)
	return append(bytes.Clone(in), tail...), err
}

// Alter appends a revision that changes the page of a signed paper, as a forger would.
func Alter(in []byte, text string) ([]byte, error) {
	f, err := pdf.Open(context.Background(), bytes.NewReader(in), int64(len(in)), pdf.DefaultLimits)
	if err != nil {
		return nil, err
	}
	u, err := f.Update()
	if err != nil {
		return nil, err
	}
	u.Set(pdf.Ref{Num: 4}, pdf.NewStream(nil, fmt.Appendf(nil, "BT /F1 12 Tf 72 700 Td (%s) Tj ET", text)))
	tail, _, err := u.Bytes()
	return append(bytes.Clone(in), tail...), err
}

// Break changes one byte that is signed.
func Break(in []byte) ([]byte, error) {
	out := bytes.Clone(in)
	i := bytes.Index(out, []byte("Td ("))
	if i < 0 {
		return nil, errors.New("no text")
	}
	out[i+4] ^= 1
	return out, nil
}
