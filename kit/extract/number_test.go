// SPDX-License-Identifier: Apache-2.0

package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestParseNumber(t *testing.T) {
	for raw, want := range map[string]Number{
		// T16, T17 of the specification.
		"30/2020/NĐ-CP": {Number: "30/2020", Notation: "NĐ-CP", TypeAbbrev: "NĐ", IssuerAbbrev: "CP"},
		"123-CV/TU":     {Number: "123", Notation: "CV/TU", TypeAbbrev: "CV", IssuerAbbrev: "TU", Party: true},

		"1234/UBND-VX":         {Number: "1234", Notation: "UBND-VX", IssuerAbbrev: "UBND", Letter: true},
		"15/QĐ-BDT":            {Number: "15", Notation: "QĐ-BDT", TypeAbbrev: "QĐ", IssuerAbbrev: "BDT"},
		"05/BC-BDT":            {Number: "05", Notation: "BC-BDT", TypeAbbrev: "BC", IssuerAbbrev: "BDT"},
		"15a/QĐ-BDT":           {Number: "15a", Notation: "QĐ-BDT", TypeAbbrev: "QĐ", IssuerAbbrev: "BDT"},
		"07/TrS-BDT":           {Number: "07", Notation: "TrS-BDT", TypeAbbrev: "TrS", IssuerAbbrev: "BDT"},
		"12/QyĐ-BDT":           {Number: "12", Notation: "QyĐ-BDT", TypeAbbrev: "QyĐ", IssuerAbbrev: "BDT"},
		"57-NQ/TW":             {Number: "57", Notation: "NQ/TW", TypeAbbrev: "NQ", IssuerAbbrev: "TW", Party: true},
		"38/2019/QH14":         {Number: "38/2019", Notation: "QH14", IssuerAbbrev: "QH14"},
		"144/2025/CV-BSGBTr":   {Number: "144/2025", Notation: "CV-BSGBTr", TypeAbbrev: "CV", IssuerAbbrev: "BSGBTr"},
		"1539/VLO-QLDN3":       {Number: "1539", Notation: "VLO-QLDN3", IssuerAbbrev: "VLO", Letter: true},
		"01/QĐ-HĐTĐKT":         {Number: "01", Notation: "QĐ-HĐTĐKT", TypeAbbrev: "QĐ", IssuerAbbrev: "HĐTĐKT"},
		"12 / UBND – VX":       {Number: "12", Notation: "UBND-VX", IssuerAbbrev: "UBND", Letter: true},
		"71/NQ -CP":            {Number: "71", Notation: "NQ-CP", TypeAbbrev: "NQ", IssuerAbbrev: "CP"},
		"Số: 96/CĐÐ-BXD":       {Number: "96", Notation: "CĐ-BXD", TypeAbbrev: "CĐ", IssuerAbbrev: "BXD"},
		"88/SVHTT&DL-VP":       {Number: "88", Notation: "SVHTT&DL-VP", IssuerAbbrev: "SVHTT&DL", Letter: true},
		"9/SNV-XDCQ.TTr":       {Number: "9", Notation: "SNV-XDCQ.TTr", IssuerAbbrev: "SNV", Letter: true},
		"1234":                 {Number: "1234"},
		"không số":             {None: true},
		"Không có số":          {None: true},
		"":                     {None: true},
		"  ":                   {None: true},
		"...":                  {None: true},
		"/QĐ-UBND":             {None: true, Notation: "QĐ-UBND", TypeAbbrev: "QĐ", IssuerAbbrev: "UBND"},
		"giấy mời họp":         {None: true},
		"02/2026/TTLT-BTC-BNV": {Number: "02/2026", Notation: "TTLT-BTC-BNV", TypeAbbrev: "TTLT", IssuerAbbrev: "BTC-BNV"},
	} {
		want.Raw = strings.TrimSpace(raw)
		if got := ParseNumber(raw); got != want {
			t.Errorf("%q:\n got %+v\nwant %+v", raw, got, want)
		}
	}
	for raw, want := range map[string]string{"30/2020/NĐ-CP": "Nghị định", "1234/UBND-VX": "Công văn", "123-CV/TU": "Công văn", "7/ABC": "Công văn", "7": ""} {
		if got := ParseNumber(raw).TypeName(); got != want {
			t.Errorf("%q is %q, want %q", raw, got, want)
		}
	}
}

// However it is spaced, the same number is read.
func TestParseNumberSpaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gap := rapid.SampledFrom([]string{"", " ", "  ", "\u00a0"})
		num := rapid.StringMatching(`[1-9][0-9]{0,4}`).Draw(t, "number")
		org := rapid.SampledFrom([]string{"UBND", "SNV", "BDT", "CT"}).Draw(t, "issuer")
		unit := rapid.SampledFrom([]string{"VX", "VP", "TH2"}).Draw(t, "unit")
		dash := rapid.SampledFrom([]string{"-", "–", "—"}).Draw(t, "dash")
		got := ParseNumber(gap.Draw(t, "a") + num + gap.Draw(t, "b") + "/" + gap.Draw(t, "c") + org + gap.Draw(t, "d") + dash + gap.Draw(t, "e") + unit)
		if got.Number != num || got.Notation != org+"-"+unit {
			t.Fatalf("got %+v", got)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"30/2020/NĐ-CP", "123-CV/TU", "1234 / UBND – VX", "không số", "Số: /QĐ-UBND", "15bis/QĐ-BDT", "9/2020", "\xff", "1-/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1000 {
			return
		}
		n := ParseNumber(s)
		if !n.None && n.Number == "" {
			t.Errorf("neither a number nor none: %+v", n)
		}
		if utf8.ValidString(s) && (!utf8.ValidString(n.Number) || !utf8.ValidString(n.Notation)) {
			t.Errorf("broken text: %+v", n)
		}
		if len(n.Number) > 15 {
			t.Errorf("too long: %+v", n)
		}
	})
}
