// SPDX-License-Identifier: Apache-2.0

package letter

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"math"
	"sync"
	"time"

	"soviec/kit/civil"
	"soviec/kit/pdf"
)

const producer = "So Viec"

func dateString(t time.Time) pdf.String {
	return pdf.String(t.In(civil.Zone).Format("D:20060102150405") + "+07'00'")
}

// xmp says the same as the document information, and that the file is PDF/A-2b.
func xmp(title string, at time.Time) []byte {
	var b bytes.Buffer
	esc := func(s string) string {
		var e bytes.Buffer
		xml.EscapeText(&e, []byte(s))
		return e.String()
	}
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
		"<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n" +
		"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n<dc:format>application/pdf</dc:format>\n<dc:language><rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag></dc:language>\n")
	fmt.Fprintf(&b, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n<pdf:Producer>%s</pdf:Producer>\n<xmp:CreatorTool>%s</xmp:CreatorTool>\n", esc(title), producer, producer)
	if !at.IsZero() {
		when := at.In(civil.Zone).Format("2006-01-02T15:04:05-07:00")
		fmt.Fprintf(&b, "<xmp:CreateDate>%s</xmp:CreateDate>\n<xmp:ModifyDate>%s</xmp:ModifyDate>\n", when, when)
	}
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.Bytes()
}

// srgb is a small ICC profile (version 2, matrix and curves) of IEC 61966-2-1, under the
// white of D50 as profiles have it.
var srgb = sync.OnceValue(func() []byte {
	s15 := func(v ...float64) []byte {
		out := []byte("XYZ \x00\x00\x00\x00")
		for _, x := range v {
			out = binary.BigEndian.AppendUint32(out, uint32(int32(math.Round(x*65536))))
		}
		return out
	}
	name := "sRGB IEC61966-2.1"
	desc := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(name)+1))
	desc = append(append(desc, name...), 0)
	desc = append(desc, make([]byte, 4+4+2+1+67)...) // no names in Unicode and Macintosh
	curve := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), 256)
	for i := range 256 {
		v := float64(i) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		curve = binary.BigEndian.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	tags := []struct {
		name string
		data []byte
	}{{"desc", desc}, {"cprt", []byte("text\x00\x00\x00\x00Public domain\x00")}, {"wtpt", s15(0.9642, 1, 0.8249)},
		{"rXYZ", s15(0.43607, 0.22249, 0.01392)}, {"gXYZ", s15(0.38515, 0.71687, 0.09708)}, {"bXYZ", s15(0.14307, 0.06061, 0.7141)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil}}
	at := 128 + 4 + 12*len(tags)
	var table, data []byte
	table = binary.BigEndian.AppendUint32(table, uint32(len(tags)))
	last, size := 0, 0
	for _, t := range tags {
		if t.data != nil { // else it shares the data of the one before
			last, size = at+len(data), len(t.data)
			data = append(data, t.data...)
			for len(data)%4 != 0 {
				data = append(data, 0)
			}
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(last))
		table = binary.BigEndian.AppendUint32(table, uint32(size))
	}
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(at+len(data)))
	binary.BigEndian.PutUint32(head[8:], 0x02100000)
	copy(head[12:], "mntrRGB XYZ ")
	for i, v := range []uint16{2020, 1, 1, 0, 0, 0} {
		binary.BigEndian.PutUint16(head[24+2*i:], v)
	}
	copy(head[36:], "acsp")
	copy(head[68:], s15(0.9642, 1, 0.8249)[8:])
	return append(append(head, table...), data...)
})
