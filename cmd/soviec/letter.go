// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/letter"
)

const letterUsage = `Lập tệp PDF/A-2b của một văn bản theo thể thức Nghị định 30/2020/NĐ-CP.

Cách dùng: soviec letter [lựa chọn] TỆP.json > van-ban.pdf

  --body TỆP.txt   nội dung viết dạng văn bản thường, thay cho "body" trong TỆP.json
  --fields         chừa ô điền số và ngày khi chưa có
  --electronic     để trống chỗ ghi số, ngày ở phụ lục (văn bản điện tử)
  --at THỜI ĐIỂM   thời điểm lập tệp, giờ Việt Nam, dạng 2006-01-02T15:04

Mẫu để thử: docs/layout/*.json. TỆP là "-" thì đọc từ đầu vào.
`

// runLetter sets one letter. It answers 0, 1 when the letter cannot be set, 2 when the
// command is not understood.
func runLetter(args []string, out, errOut io.Writer) int {
	set := flag.NewFlagSet("letter", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	var o letter.Options
	body, at := set.String("body", "", ""), set.String("at", "", "")
	set.BoolVar(&o.Fields, "fields", false, "")
	set.BoolVar(&o.Electronic, "electronic", false, "")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, letterUsage)
		return 0
	} else if err != nil || set.NArg() != 1 {
		fmt.Fprint(errOut, letterUsage)
		return 2
	}
	if *at != "" {
		t, err := time.ParseInLocation("2006-01-02T15:04", *at, civil.Zone)
		if err != nil {
			fmt.Fprint(errOut, letterUsage)
			return 2
		}
		o.At = t
	}
	l, err := readLetter(set.Arg(0), *body)
	if err == nil {
		var r letter.Result
		if r, err = letter.Set(l, o); err == nil {
			_, err = out.Write(r.PDF)
		}
	}
	if err != nil {
		text := fault.Text(err)
		if text == "" {
			text = err.Error()
		}
		fmt.Fprintln(errOut, text)
		return 1
	}
	return 0
}

func readLetter(name, body string) (letter.Letter, error) {
	var in io.Reader = os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return letter.Letter{}, err
		}
		defer f.Close()
		in = f
	}
	var l letter.Letter
	d := json.NewDecoder(in)
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return l, fault.Invalid("", "Tệp JSON không đúng: "+strings.TrimPrefix(err.Error(), "json: ")+".")
	}
	if body != "" {
		text, err := os.ReadFile(body)
		if err != nil {
			return l, err
		}
		l.Body = letter.Parse(string(text))
	}
	return l, nil
}
