// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"soviec/door/web"
	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/store"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/seed"
)

// sampleAccounts are those shown on the sign-in page of the demo.
var sampleAccounts = []struct{ who, sees string }{
	{"thang", "Việc quá hạn, cho ý kiến, đôn đốc, duyệt gia hạn"},
	{"hoa", "Lĩnh vực được phân công; hôm nay làm thay ông Quý"},
	{"lan", "Vào sổ văn bản đến, sổ chờ, in sổ"},
	{"minh", "Duyệt hủy số, quy tắc chuyển văn bản, theo dõi"},
	{"lam", "Việc của phòng, phân công trong phòng"},
	{"hai", "Việc được giao, báo cáo, xin gia hạn"},
	{"son", "Đơn vị, cán bộ, lịch nghỉ, tình trạng hệ thống"},
}

func runDemo(ctx context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	s.Data = filepath.Join(os.TempDir(), "soviec-demo")
	keep := false
	_, err := s.parse("demo", "Mở văn phòng mẫu trên máy này: người và văn bản đều là hư cấu. Mỗi lần chạy làm lại từ đầu, trừ khi có --keep.", args, errOut,
		func(fs *flag.FlagSet) {
			fs.BoolVar(&keep, "keep", false, "giữ dữ liệu của lần chạy trước")
		})
	if err != nil {
		return exit(err, errOut)
	}
	if !keep {
		if err := clearDemo(s); err != nil {
			return exit(err, errOut)
		}
	}
	if emptyPlace(s) {
		if err := sow(ctx, s, out); err != nil {
			return exit(err, errOut)
		}
	}
	fmt.Fprintf(out, "\nVăn phòng mẫu (mọi người và văn bản đều hư cấu). Mật khẩu của mọi tài khoản: %s\n", samplePassword)
	for _, a := range sampleAccounts {
		fmt.Fprintf(out, "  %-6s %s\n", a.who, a.sees)
	}
	fmt.Fprintln(out)
	return exit(serve(ctx, s, out, errOut, func(p *program, d *web.Door) error {
		d.Accounts, err = p.accounts(ctx)
		return err
	}), errOut)
}

// demoMark says that a folder was made by the demo and may be made anew.
const demoMark = "van-phong-mau"

// clearDemo removes what an earlier demo left, and nothing else.
func clearDemo(s Settings) error {
	if emptyPlace(s) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(s.Data, demoMark)); err != nil {
		return fmt.Errorf("thư mục %s không phải của văn phòng mẫu; chọn thư mục khác bằng --data", s.Data)
	}
	return os.RemoveAll(s.Data)
}

func (p *program) accounts(ctx context.Context) ([]view.SampleAccount, error) {
	agencies, err := org.Agencies(p.db.Read(ctx))
	if err != nil || len(agencies) == 0 || !agencies[0].Sample {
		return nil, err
	}
	d, err := org.DirectoryOf(p.book, p.db.Read(ctx), agencies[0].ID)
	if err != nil {
		return nil, err
	}
	logins, err := org.Logins(p.db.Read(ctx), agencies[0].ID)
	if err != nil {
		return nil, err
	}
	var out []view.SampleAccount
	for _, a := range sampleAccounts {
		for person, l := range logins {
			if l.Username == a.who {
				out = append(out, view.SampleAccount{Username: a.who, Password: samplePassword, Name: d.Person(person).Name, Title: d.Title(person, p.today()), Sees: a.sees})
			}
		}
	}
	return out, nil
}

func runSeed(ctx context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	if _, err := s.parse("seed", "Nạp văn phòng mẫu vào nơi trống.", args, errOut, nil); err != nil {
		return exit(err, errOut)
	}
	return exit(sow(ctx, s, out), errOut)
}

// sow plays the sample office into an empty installation.
func sow(ctx context.Context, s Settings, out io.Writer) error {
	start := time.Now()
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // a year in a minute: memory is there, time is not
	pl := &player{}
	p, err := assembleWith(ctx, s, func() time.Time { return pl.now }, true)
	if err != nil {
		return err
	}
	pl.program = p
	err = pl.sow(ctx, out)
	if err = errors.Join(err, p.close()); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(s.Data, demoMark), nil, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(out, "Đã nạp văn phòng mẫu trong %.0f giây.\n", time.Since(start).Seconds())
	return nil
}

func (pl *player) sow(ctx context.Context, out io.Writer) error {
	agencies, err := org.Agencies(pl.db.Read(ctx))
	if err != nil {
		return err
	}
	if len(agencies) > 0 {
		return errors.New("nơi này đã có cơ quan; dữ liệu mẫu chỉ nạp vào nơi trống")
	}
	if err := pl.found(ctx); err != nil {
		return err
	}
	today := civil.Of(time.Now())
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := pl.equip(ctx, today); err != nil {
		return err
	}
	pl.typist = newTypist(ctx)
	pl.year(seed.Arrivals2019())
	pl.signing()
	pl.departures(seed.Departures2019(), func(p seed.Departure) *played { return pl.arrived[p.Answers] })
	pl.shelve(pl.dossiers(seed.Year), seed.Arrivals2019())
	pl.present(today)
	bar := newProgress(out, "Nạp văn phòng mẫu", len(pl.scenes))
	if err := pl.play(ctx, func(done int) { bar.Set(done, len(pl.scenes)) }); err != nil {
		return err
	}
	bar.Done()
	pl.now = time.Now()
	if err := pl.read(ctx); err != nil {
		return err
	}
	return pl.finder.Index(ctx)
}

// present adds the weeks before today.
func (pl *player) present(today civil.Date) {
	pl.dossiers(seed.DeskFrom(today).Year())
	pl.dueSoon(today)
	pl.stories(today)
	pl.currentWork(today)
	pl.seriesBegin(today)
	pl.departures(seed.Desk(today), func(seed.Departure) *played { return nil })
}

// read marks the notices of the past as read, all but those of the last days.
func (pl *player) read(ctx context.Context) error {
	upTo := store.FirstID(pl.now.AddDate(0, 0, -4))
	for _, person := range pl.people {
		if err := notice.MarkRead(ctx, pl.db, pl.now, pl.agency, person, upTo); err != nil {
			return err
		}
	}
	return nil
}
