// SPDX-License-Identifier: Apache-2.0

package deliver

import (
	"strings"
	"time"
	"unicode/utf8"
)

// An Event is a day in a calendar (RFC 5545).
type Event struct {
	UID     string
	Day     time.Time // its civil date
	Title   string
	Note    string
	Link    string
	Changed time.Time
}

// Calendar writes a calendar that other programs read from time to time. The same
// events are the same bytes.
func Calendar(name string, events []Event) []byte {
	var b strings.Builder
	put := func(key, value string) { fold(&b, key+":"+value) }
	put("BEGIN", "VCALENDAR")
	put("VERSION", "2.0")
	put("PRODID", "-//So Viec//Lich cong viec//VI")
	put("METHOD", "PUBLISH")
	put("X-WR-CALNAME", calText(name))
	fold(&b, "REFRESH-INTERVAL;VALUE=DURATION:PT1H")
	for _, e := range events {
		put("BEGIN", "VEVENT")
		put("UID", calText(e.UID))
		put("DTSTAMP", e.Changed.UTC().Format("20060102T150405Z"))
		put("DTSTART;VALUE=DATE", e.Day.Format("20060102"))
		put("DTEND;VALUE=DATE", e.Day.AddDate(0, 0, 1).Format("20060102"))
		put("SUMMARY", calText(e.Title))
		if e.Note != "" {
			put("DESCRIPTION", calText(e.Note))
		}
		if e.Link != "" {
			put("URL", strings.NewReplacer("\r", "", "\n", "").Replace(e.Link))
		}
		put("TRANSP", "TRANSPARENT")
		put("END", "VEVENT")
	}
	put("END", "VCALENDAR")
	return []byte(b.String())
}

// calText writes a value of type TEXT: what parts values is escaped, other control
// characters are left out.
func calText(s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r >= ' ' && r != 0x7f && r != utf8.RuneError:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fold ends a line, broken after at most 75 bytes and never inside a letter.
func fold(b *strings.Builder, line string) {
	for most := 75; len(line) > most; most = 74 { // the space that begins it counts too
		n := most
		for !utf8.RuneStart(line[n]) {
			n--
		}
		b.WriteString(line[:n] + "\r\n ")
		line = line[n:]
	}
	b.WriteString(line + "\r\n")
}
