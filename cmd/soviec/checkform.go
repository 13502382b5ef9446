// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"soviec/kit/extract"
	"soviec/kit/fault"
	"soviec/kit/formcheck"
	"soviec/kit/letter"
)

// runCheckForm looks at one file as the clerk of form does.
func runCheckForm(ctx context.Context, args []string, out, errOut io.Writer) int {
	flags := flag.NewFlagSet("check-form", flag.ContinueOnError)
	flags.SetOutput(errOut)
	typ := flags.String("loai", "", "chữ viết tắt loại văn bản (QĐ, BC, CV…); bỏ trống thì tự nhận biết")
	notation := flags.String("ky-hieu", "", "ký hiệu phải có, ví dụ QĐ-BDT")
	numbered := flags.Bool("phat-hanh", false, "văn bản đã phát hành: số và ngày phải được điền")
	electronic := flags.Bool("dien-tu", false, "văn bản điện tử")
	flags.Usage = func() {
		fmt.Fprintln(errOut, "Kiểm tra thể thức văn bản theo Nghị định số 30/2020/NĐ-CP.\n\nCách dùng: soviec check-form [thiết lập] TỆP.docx|TỆP.pdf\n\nKết quả: mã 0 không có lỗi, 1 có lỗi phải sửa, 2 không đọc được tệp.")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if flags.NArg() != 1 {
		flags.Usage()
		return 2
	}
	if _, ok := letter.TypeOf(*typ); *typ != "" && !ok {
		fmt.Fprintf(errOut, "Không có loại văn bản “%s”.\n", *typ)
		return 2
	}
	o := formcheck.Options{Type: *typ, Notation: *notation, Numbered: *numbered, Electronic: *electronic}
	found, err := checkFormOf(ctx, flags.Arg(0), o)
	if err != nil {
		text := fault.Text(err)
		if text == "" {
			text = err.Error()
		}
		fmt.Fprintln(errOut, text)
		return 2
	}
	for _, f := range found {
		word := "NHẮC"
		if f.Blocking {
			word = "LỖI "
		}
		fmt.Fprintf(out, "%s  %s%s\n", word, f.Text, whereOf(f))
	}
	switch {
	case len(found) == 0:
		fmt.Fprintln(out, "Không thấy lỗi thể thức.")
	case formcheck.Blocks(found):
		return 1
	}
	return 0
}

// whereOf is the place of a finding and of its rule, in brackets.
func whereOf(f formcheck.Finding) string {
	var parts []string
	if f.Place.Page > 0 {
		parts = append(parts, fmt.Sprintf("trang %d", f.Place.Page))
	}
	if f.Place.Block > 0 && f.Place.Page == 0 {
		parts = append(parts, fmt.Sprintf("đoạn %d", f.Place.Block))
	}
	if f.Place.Words != "" && !strings.Contains(f.Text, f.Place.Words) {
		parts = append(parts, "“"+f.Place.Words+"”")
	}
	if f.Rule != "" {
		parts = append(parts, f.Rule)
	}
	if len(parts) == 0 {
		return ""
	}
	return "\n      (" + strings.Join(parts, "; ") + ")"
}

// checkFormOf reads a file and judges it by what it is.
func checkFormOf(ctx context.Context, name string, o formcheck.Options) ([]formcheck.Finding, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fault.Invalid("file", "Không mở được tệp: "+err.Error())
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, fault.Internal(err)
	}
	w := &extract.Worker{}
	defer w.Close()
	return formcheck.File(ctx, w, f, st.Size(), name, o)
}
