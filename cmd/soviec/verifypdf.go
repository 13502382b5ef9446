// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"soviec/kit/cms"
	"soviec/kit/pades"
)

const verifyPDFUsage = `Kiểm tra chữ ký số của tệp PDF.

Cách dùng: soviec verify-pdf [--json] [--trust THƯ_MỤC] [--at THỜI_ĐIỂM] [--online --allow MÁY_CHỦ,…] TỆP…

  --json             mỗi tệp một dòng: {"signatures":n,"intact":…,"modification":"none|allowed|illegal",…}
  --trust THƯ_MỤC    kho chứng thư tin cậy (trust.toml và các chứng thư); không có thì không kết luận người ký là ai
  --at THỜI_ĐIỂM     kiểm tra như tại thời điểm này, dạng 2006-01-02 hoặc 2006-01-02T15:04:05+07:00
  --online           được hỏi các máy chủ nêu ở --allow về chứng thư cấp trên và việc thu hồi
  --allow MÁY_CHỦ,…  các máy chủ được hỏi, ví dụ .ca.gov.vn

Chỉ đọc tệp và kho chứng thư nêu trên; không dùng mạng nếu không có --online.
Mã kết thúc: 0 mọi tệp hợp lệ; 1 có tệp không hợp lệ; 2 gọi sai; 3 có tệp chưa đủ căn cứ hoặc không có chữ ký.
`

// pdfFlags are the words of the command as they were typed.
type pdfFlags struct {
	json, online     bool
	trust, at, allow string
}

func runVerifyPDF(ctx context.Context, args []string, out, errOut io.Writer) int {
	var f pdfFlags
	set := flag.NewFlagSet("verify-pdf", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.BoolVar(&f.json, "json", false, "")
	set.BoolVar(&f.online, "online", false, "")
	set.StringVar(&f.trust, "trust", "", "")
	set.StringVar(&f.at, "at", "", "")
	set.StringVar(&f.allow, "allow", "", "")
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, verifyPDFUsage)
		return 0
	} else if err != nil || set.NArg() == 0 {
		fmt.Fprint(errOut, verifyPDFUsage)
		return 2
	}
	opt, fetcher, err := f.options(time.Now())
	if err != nil {
		fmt.Fprintln(errOut, err)
		return 2
	}
	code := 0
	for _, name := range set.Args() {
		r, err := judgeFile(ctx, name, opt, fetcher)
		if err != nil {
			fmt.Fprintf(errOut, "Không mở được tệp %s: %v\n", name, err)
			code = worstCode(code, 1)
			continue
		}
		if f.json {
			writeJSON(out, name, r)
		} else {
			writeWords(out, name, r)
		}
		code = worstCode(code, map[pades.Summary]int{pades.Valid: 0, pades.Invalid: 1}[r.Summary])
		if r.Summary == pades.Undecided || r.Summary == pades.NoSignature {
			code = worstCode(code, 3)
		}
	}
	return code
}

// worstCode: an invalid file (1) outweighs one without an answer (3).
func worstCode(a, b int) int {
	if a == 1 || b == 1 {
		return 1
	}
	return max(a, b)
}

func (f pdfFlags) options(now time.Time) (pades.Options, *cms.Fetcher, error) {
	opt := pades.Options{At: now}
	if f.at != "" {
		var err error
		for _, form := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02"} {
			if opt.At, err = time.ParseInLocation(form, f.at, time.FixedZone("", 7*3600)); err == nil {
				break
			}
		}
		if err != nil {
			return opt, nil, fmt.Errorf("Thời điểm %q không đúng dạng 2006-01-02T15:04:05+07:00.", f.at)
		}
	}
	if f.trust != "" {
		store, err := cms.LoadStore(os.DirFS(f.trust))
		if err != nil {
			return opt, nil, fmt.Errorf("Không đọc được kho chứng thư tin cậy: %w", err)
		}
		opt.Store = store
	}
	if !f.online {
		return opt, nil, nil
	}
	if f.trust == "" || f.allow == "" {
		return opt, nil, errors.New("--online cần --trust và --allow: chỉ hỏi những máy chủ được nêu tên.")
	}
	return opt, &cms.Fetcher{Allow: strings.Split(f.allow, ",")}, nil
}

func judgeFile(ctx context.Context, name string, opt pades.Options, f *cms.Fetcher) (*pades.Report, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return pades.VerifyOnline(ctx, file, info.Size(), opt, f), nil
}

// The machine form. The first three keys are promised to other programs.
type pdfLine struct {
	Signatures   int       `json:"signatures"`
	Intact       bool      `json:"intact"`
	Modification string    `json:"modification"`
	Summary      string    `json:"summary"`
	File         string    `json:"file"`
	Timestamps   int       `json:"timestamps"`
	Revisions    int       `json:"revisions"`
	Encrypted    bool      `json:"encrypted,omitempty"`
	Reasons      []reason  `json:"reasons,omitempty"`
	Details      []pdfSign `json:"details"`
}

type reason struct {
	Code   string `json:"code"`
	Text   string `json:"text"`
	Detail string `json:"detail,omitempty"`
}

type pdfSign struct {
	Field     string   `json:"field"`
	Timestamp bool     `json:"timestamp,omitempty"`
	Removed   bool     `json:"removed,omitempty"`
	Summary   string   `json:"summary"`
	Integrity string   `json:"integrity"`
	Coverage  string   `json:"coverage"`
	Changes   string   `json:"changes"`
	Trust     string   `json:"trust"`
	Time      string   `json:"time"`
	Level     string   `json:"level,omitempty"`
	Signer    string   `json:"signer,omitempty"`
	Claimed   string   `json:"claimed_time,omitempty"`
	Proven    string   `json:"proven_time,omitempty"`
	Anchor    string   `json:"anchor,omitempty"`
	Covers    int64    `json:"covers,omitempty"`
	Certified int      `json:"certified,omitempty"`
	Reasons   []reason `json:"reasons,omitempty"`
}

func reasons(list []*cms.Problem) []reason {
	var out []reason
	for _, p := range list {
		r := reason{Code: string(p.Code), Text: p.Text}
		if p.Err != nil {
			r.Detail = p.Err.Error()
		}
		out = append(out, r)
	}
	return out
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func writeJSON(out io.Writer, name string, r *pades.Report) {
	l := pdfLine{Signatures: r.Signatures, Intact: r.Intact, Modification: string(r.Modification), Summary: string(r.Summary), File: name, Timestamps: r.Stamps, Revisions: r.Revisions, Encrypted: r.Encrypted, Reasons: reasons(r.Reasons), Details: []pdfSign{}}
	for _, v := range r.Verdicts {
		s := pdfSign{
			Field: v.Field, Timestamp: v.Stamp, Removed: v.Removed, Summary: string(v.Summary), Integrity: string(v.Integrity), Coverage: string(v.Coverage),
			Changes: string(v.Changes), Trust: string(v.Trust), Time: string(v.Timing), Level: v.Level, Claimed: stamp(v.ClaimedTime), Proven: stamp(v.ProvenTime),
			Anchor: v.Anchor, Covers: v.End, Certified: v.Certified, Reasons: reasons(v.Reasons),
		}
		if v.Signer != nil {
			s.Signer = v.Signer.Subject.String()
		}
		l.Details = append(l.Details, s)
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.Encode(l) // Encode ends the line
}

// writeWords tells the verdict to a person.
func writeWords(out io.Writer, name string, r *pades.Report) {
	fmt.Fprintf(out, "%s: %s\n", name, r.Summary.Words())
	for _, p := range r.Reasons {
		fmt.Fprintf(out, "  - %s\n", p.Text)
	}
	n := 0
	for _, v := range r.Verdicts {
		who := "Dấu thời gian của tài liệu"
		if !v.Stamp {
			n++
			who = fmt.Sprintf("Chữ ký %d", n)
		}
		if v.Signer != nil {
			who += ": " + v.Signer.Subject.CommonName
		}
		fmt.Fprintf(out, "  %s (ô %q): %s\n", who, v.Field, v.Summary.Words())
		fmt.Fprintf(out, "    Nội dung được ký: %s; phạm vi: %s; sửa đổi sau khi ký: %s\n", words[string(v.Integrity)], words[string(v.Coverage)], words[string(v.Changes)+" change"])
		when := ""
		if t := v.ClaimedTime; !t.IsZero() {
			when = " (ghi " + t.In(time.FixedZone("", 7*3600)).Format("02/01/2006 15:04:05") + ")"
		}
		if t := v.ProvenTime; !t.IsZero() {
			when = " (" + t.In(time.FixedZone("", 7*3600)).Format("02/01/2006 15:04:05") + ")"
		}
		fmt.Fprintf(out, "    Chứng thư: %s; thời điểm ký: %s%s\n", words[string(v.Trust)], words[string(v.Timing)+" time"], when)
		for _, p := range v.Reasons {
			fmt.Fprintf(out, "    - %s\n", p.Text)
		}
	}
}

// words are the values of the axes in Vietnamese.
var words = map[string]string{
	"intact": "nguyên vẹn", "broken": "không nguyên vẹn", "not-verifiable": "không kiểm tra được",
	"whole-file": "toàn bộ tệp", "whole-revision": "trọn phiên bản lúc ký", "partial": "chỉ một phần tệp", "unclear": "không xác định",
	"none change": "không có", "allowed change": "có, trong phạm vi được phép", "illegal change": "có, không được phép",
	"trusted": "tin cậy", "untrusted": "không tin cậy", "unknown": "chưa xác định", "revoked": "đã bị thu hồi", "expired": "đã hết hạn",
	"proven time": "có dấu thời gian chứng thực", "claimed time": "do người ký khai", "none time": "không có",
}
