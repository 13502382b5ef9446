// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/notice"
)

// Marks of what the program did last lie beside the data, so that they are true
// whichever process did it.
const (
	markBackup = "sao-luu.lan-cuoi"
	markVerify = "kiem-tra.lan-cuoi"
)

func mark(s Settings, name, words string, at time.Time) error {
	return os.WriteFile(filepath.Join(s.Data, name), []byte(at.UTC().Format(time.RFC3339)+"\n"+words+"\n"), 0o600)
}

func marked(s Settings, name string) (at time.Time, words string, ok bool) {
	raw, err := os.ReadFile(filepath.Join(s.Data, name))
	if err != nil || len(raw) < 20 {
		return at, "", false
	}
	at, err = time.Parse(time.RFC3339, string(raw[:20]))
	return at, string(raw[21:]), err == nil
}

// health is what the administrator sees first: what is wrong with the installation.
func (p *program) health(ctx context.Context, agency int64) []view.Health {
	now := p.clock()
	age := func(name, label string, warn time.Duration, never string) view.Health {
		at, words, ok := marked(p.settings, name)
		if !ok {
			return view.Health{Label: label, Words: never, Tone: view.ToneWarn}
		}
		h := view.Health{Label: label, Words: "lần cuối " + civil.TimeVN(at) + " " + words, Tone: view.ToneDone}
		if now.Sub(at) > warn {
			h.Tone = view.ToneWarn
			h.Words += fmt.Sprintf(" – đã quá %d ngày", int(now.Sub(at).Hours()/24))
		}
		return h
	}
	out := []view.Health{
		age(markBackup, "Sao lưu", 48*time.Hour, "chưa sao lưu lần nào; chạy: soviec backup"),
		age(markVerify, "Kiểm tra sổ nhật ký", 8*24*time.Hour, "chưa kiểm tra lần nào; chạy: soviec verify"),
	}
	if troubles, err := notice.Troubles(p.db.Read(ctx), agency, 0, 100); err == nil && len(troubles) > 0 {
		words := fmt.Sprintf("%d thông báo chưa gửi được ra ngoài chương trình", len(troubles))
		if len(troubles) == 100 {
			words = "hơn 100 thông báo chưa gửi được ra ngoài chương trình"
		}
		out = append(out, view.Health{Label: "Gửi thông báo", Words: words, Tone: view.ToneWarn, Href: "/quan-tri/gui-thong-bao", Action: "Xem"})
	}
	year := p.today().Year()
	if d, err := p.directory(ctx, agency); err == nil && !d.Calendar.Confirmed(year+1) && p.today().Month() >= 11 {
		out = append(out, view.Health{Label: "Lịch làm việc", Tone: view.ToneWarn, Href: fmt.Sprintf("/quan-tri/lich?year=%d", year+1), Action: "Mở lịch",
			Words: fmt.Sprintf("các ngày nghỉ năm %d chưa được xác nhận theo thông báo chính thức", year+1)})
	}
	return out
}
