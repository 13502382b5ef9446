// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"soviec/kit/pattern"
	"strings"
)

// secretMarks are the stamps of the three levels of state secrets, and how text
// recognition and typists space them.
var secretMarks = map[string]string{"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}

// secretPlaces is how many lines of the first page are the stamp's place: the
// head of the document, with the number and the name of the type.
const secretPlaces = 25

var (
	cellEdge   = pattern.Of(`\s{2,}|\t|\|`)
	stampEdge  = strings.NewReplacer("[", "", "]", "", "(", "", ")", "", "*", "", "_", "", "-", "", ".", "", ":", "", "“", "", "”", "", `"`, "")
	brokenWord = pattern.Of(`(?:BẢO|BÍ)$`) // "BẢO / MẬT THÔNG TIN", a title broken over two lines
	bodyBegin  = pattern.Of(`^\s*(?:Kính gửi|Căn cứ|Điều 1\b)`)
)

// SecretStamp looks for the stamp of a state secret on a first page (documents
// of this kind must not enter the system). Only the exact marks count, in
// capitals, alone on a line or in a column of it, in the upper part of the
// page: "bảo mật", "mật độ" or "MẬT MÃ" in a text are no stamps.
func SecretStamp(firstPageText string) (mark string, ok bool) {
	n, before := 0, ""
	for line := range strings.Lines(Clean(cutHead(firstPageText))) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if n++; n > secretPlaces || bodyBegin.MatchString(line) {
			break
		}
		line = strings.TrimSpace(line)
		for _, cell := range append([]string{line}, cellEdge.Split(line, -1)...) {
			key := strings.Join(strings.Fields(stampEdge.Replace(cell)), "")
			if mark, ok := secretMarks[key]; ok && !brokenWord.MatchString(before) {
				return mark, true
			}
		}
		before = line
	}
	return "", false
}

// headBytes is how much of a first page is looked at; a full one has 8,000.
const headBytes = 64 << 10

func cutHead(s string) string {
	if len(s) > headBytes {
		return strings.ToValidUTF8(s[:headBytes], "")
	}
	return s
}
