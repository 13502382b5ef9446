// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"bytes"
	"fmt"
)

// build writes a small file by hand: one object per line of objs ("1 0 obj … endobj" is
// put around), with a classic table, or with an object stream and a cross-reference stream.
func build(stream bool, objs ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offs := make([]int, len(objs)+1)
	if !stream {
		for i, o := range objs {
			offs[i+1] = b.Len()
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
		}
		at := b.Len()
		fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objs)+1)
		for _, o := range offs[1:] {
			fmt.Fprintf(&b, "%010d 00000 n \n", o)
		}
		fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/ID[(a)(b)]>>\nstartxref\n%d\n%%%%EOF\n", len(objs)+1, at)
		return b.Bytes()
	}
	var head, body bytes.Buffer
	for i, o := range objs {
		fmt.Fprintf(&head, "%d %d ", i+1, body.Len())
		fmt.Fprintf(&body, "%s ", o)
	}
	host := len(objs) + 1
	hostAt := b.Len()
	fmt.Fprintf(&b, "%d 0 obj\n<</Type/ObjStm/N %d/First %d/Length %d>>\nstream\n%s%s\nendstream\nendobj\n", host, len(objs), head.Len(), head.Len()+body.Len(), head.String(), body.String())
	at := b.Len()
	rows := []byte{0, 0, 0, 0}
	for i := range objs {
		rows = append(rows, 2, byte(host>>8), byte(host), byte(i))
	}
	rows = append(rows, 1, byte(hostAt>>8), byte(hostAt), 0, 1, byte(at>>8), byte(at), 0)
	fmt.Fprintf(&b, "%d 0 obj\n<</Type/XRef/Size %d/W[1 2 1]/Root 1 0 R/ID[(a)(b)]/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", host+1, host+2, len(rows), rows, at)
	return b.Bytes()
}

var simple = []string{
	"<</Type/Catalog/Pages 2 0 R>>",
	"<</Type/Pages/Kids[3 0 R]/Count 1>>",
	"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]/Note(a\\(b\\)\\051\\\n c)/Hex<41 4>/Real -.50>>",
}
