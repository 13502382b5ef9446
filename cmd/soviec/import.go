// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/sheet"
	"soviec/office/document"
	"soviec/office/org"
)

const importUsage = `Nhập sổ đăng ký văn bản đến của những năm trước từ Excel hoặc CSV.

Cách dùng: soviec import register TỆP.xlsx|csv --as TÊN_ĐĂNG_NHẬP [--dry-run] [thiết lập khác]

Số đến giữ nguyên như trong tệp; số trống và số trùng được báo. Có một ô sai thì không dòng
nào được nhập: chạy với --dry-run để xem trước. Người nhập là văn thư hoặc Chánh Văn phòng.
Khi chương trình đang phục vụ trên SQLite, hãy nhập ở trang Quản trị › Nhập sổ.

  soviec import register so-2019.xlsx --as lan --year 2019 --dry-run
  soviec import register so-2019.xlsx --as lan --year 2019 --attachments tep-2019/
  soviec import register cu.csv --as lan --map "Số TT=arrival_no,Ngày nhận=arrival_on,Ghi chú="

Các cột của sổ, dùng trong --map (TÊN CỘT TRONG TỆP hoặc chữ cái của cột = MÃ; bỏ trống mã là
không lấy cột ấy; cột không nêu thì theo đề nghị của chương trình):
`

// importing is one run.
type importing struct {
	*program
	out                            io.Writer
	file, folder, tab              string
	agency, register, as, mappings string
	year                           int
	dry                            bool
}

func runImport(ctx context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	im := importing{out: out}
	if len(args) > 0 && args[0] == "register" {
		args = args[1:]
	} else if len(args) == 0 || !strings.HasPrefix(args[0], "-") {
		fmt.Fprintln(errOut, "Cách dùng: soviec import register TỆP.xlsx|csv …  (soviec import register --help)")
		return 2
	}
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		im.file, args = args[0], args[1:]
	}
	left, err := s.parse("import register", importUsage+columnHelp(), args, errOut, func(fs *flag.FlagSet) {
		fs.StringVar(&im.agency, "agency", "", "mã hoặc tên viết tắt của cơ quan, khi có nhiều cơ quan")
		fs.StringVar(&im.register, "register", "", "mã sổ đăng ký nhận các dòng; bỏ trống: sổ văn bản đến")
		fs.IntVar(&im.year, "year", 0, "năm của sổ; bỏ trống: theo ngày đến của từng dòng")
		fs.StringVar(&im.folder, "attachments", "", "thư mục có các tệp mà cột “Tệp đính kèm” nêu tên")
		fs.StringVar(&im.tab, "sheet", "", "tên trang tính; bỏ trống: trang đầu tiên đang hiện")
		fs.StringVar(&im.mappings, "map", "", "cột nào là gì: \"Số đến=arrival_no,Ngày đến=arrival_on\"")
		fs.StringVar(&im.as, "as", "", "tên đăng nhập của người nhập")
		fs.BoolVar(&im.dry, "dry-run", false, "chỉ xem trước, không nhập")
	})
	if err != nil {
		return exit(err, errOut)
	}
	if im.file == "" && len(left) > 0 {
		im.file, left = left[0], left[1:]
	}
	if im.file == "" || len(left) > 0 || im.as == "" && !im.dry {
		fmt.Fprintln(errOut, "Hãy ghi đúng một tệp và --as người nhập (hoặc --dry-run). Xem: soviec import register --help")
		return 2
	}
	good, err := im.open(ctx, s)
	if im.program != nil {
		defer im.close()
	}
	if err == nil {
		good, err = im.run(ctx)
	}
	if text := fault.Text(err); text != "" {
		err = errors.New(text)
	}
	if err == nil && !good {
		return 1
	}
	return exit(err, errOut)
}

func columnHelp() string {
	var b strings.Builder
	for _, c := range document.TakeOverColumns {
		fmt.Fprintf(&b, "  %-11s %s\n", c.Key, c.Title)
	}
	return b.String()
}

// open opens the installation, which must be there already.
func (im *importing) open(ctx context.Context, s Settings) (bool, error) {
	there, err := attach(ctx, s, time.Now)
	if err != nil {
		return false, err
	}
	if err := errors.Join(there.current(ctx), there.close()); err != nil {
		return false, err
	}
	im.program, err = assemble(ctx, s, time.Now)
	return err == nil, err
}

// run imports, or shows what would be imported; false when a cell is wrong.
func (im *importing) run(ctx context.Context) (bool, error) {
	agency, by, err := im.who(ctx)
	if err != nil {
		return false, err
	}
	batch := document.Batch{Name: filepath.Base(im.file), Year: im.year}
	if im.register != "" {
		if batch.Register, err = im.registerOf(ctx, agency); err != nil {
			return false, err
		}
	}
	if err := im.read(ctx, &batch); err != nil {
		return false, err
	}
	if im.folder != "" {
		folder, err := openImportFolder(im.folder, im.blobs)
		if err != nil {
			return false, err
		}
		defer folder.close()
		batch.Folder = folder
	}
	var rep document.Report
	if im.dry {
		rep, err = document.Preview(ctx, im.book, agency, batch)
	} else {
		bar := newProgress(im.out, "Nhập sổ", len(batch.Rows))
		rep, err = document.TakeOver(ctx, im.book, by, batch, bar.Set)
		if err != nil {
			bar.Clear()
		} else {
			bar.Done()
			err = im.index(ctx, agency)
		}
	}
	if err != nil && !errors.Is(err, document.ErrBatch) {
		return false, err
	}
	im.tell(rep, err == nil && !im.dry)
	return rep.FaultAll == 0, nil
}

// index brings the new rows into search now; a program that serves does it by itself.
func (im *importing) index(ctx context.Context, agency int64) error {
	fmt.Fprintln(im.out, "Đang đưa vào chỉ mục tìm kiếm …")
	return im.finder.IndexAgency(ctx, agency)
}

// who finds the agency and the person in whose name the rows are taken over.
func (im *importing) who(ctx context.Context) (int64, journal.Holder, error) {
	var by journal.Holder
	agencies, err := org.Agencies(im.db.Read(ctx))
	if err != nil {
		return 0, by, err
	}
	var fit []org.Agency
	var codes []string
	for _, a := range agencies {
		codes = append(codes, a.Code+" ("+a.Short+")")
		if im.agency == "" || strings.EqualFold(a.Code, im.agency) || strings.EqualFold(a.Short, im.agency) {
			fit = append(fit, a)
		}
	}
	if len(fit) != 1 {
		return 0, by, fmt.Errorf("hãy chọn một cơ quan bằng --agency: %s", strings.Join(codes, ", "))
	}
	agency := fit[0].ID
	if im.as == "" {
		return agency, by, nil
	}
	logins, err := org.Logins(im.db.Read(ctx), agency)
	if err != nil {
		return 0, by, err
	}
	for _, l := range logins {
		if l.Username == org.FoldUsername(im.as) && !l.Disabled {
			d, err := im.directory(ctx, agency)
			if err != nil {
				return 0, by, err
			}
			return agency, d.Holder(l.Person, 0, im.today()), nil
		}
	}
	return 0, by, fmt.Errorf("không có tài khoản “%s” đang dùng được trong %s", im.as, fit[0].Name)
}

func (im *importing) registerOf(ctx context.Context, agency int64) (int64, error) {
	books, err := document.Books(im.db.Read(ctx), agency)
	if err != nil {
		return 0, err
	}
	var codes []string
	for _, b := range books {
		if b.Code == im.register {
			return b.ID, nil
		}
		codes = append(codes, b.Code)
	}
	return 0, fmt.Errorf("không có sổ “%s”; các sổ: %s", im.register, strings.Join(codes, ", "))
}

// shown is how many lines of a kind the report has.
const shown = 50

func (im *importing) tell(rep document.Report, kept bool) {
	some := func(heading string, lines []string, all int) {
		if len(lines) == 0 {
			return
		}
		fmt.Fprintf(im.out, "%s:\n", heading)
		for _, l := range lines[:min(shown, len(lines))] {
			fmt.Fprintf(im.out, "  %s\n", l)
		}
		if left := all - min(shown, len(lines)); left > 0 {
			fmt.Fprintf(im.out, "  … và %s chỗ nữa\n", thousands(int64(left)))
		}
	}
	some("Số trống", rep.Gaps, len(rep.Gaps))
	some("Số trùng", rep.Doubles, len(rep.Doubles))
	some("Lưu ý", rep.Remarks, len(rep.Remarks))
	cells := make([]string, len(rep.Faults))
	for i, f := range rep.Faults {
		where := fmt.Sprintf("Dòng %d", f.Row)
		if f.Column >= 0 {
			where = "Ô " + sheet.Address(f.Row, f.Column)
		}
		cells[i] = where + ": " + f.Text
	}
	some("Ô chưa đúng", cells, rep.FaultAll)
	fmt.Fprintf(im.out, "%s văn bản: %s đã giải quyết, %s còn mở có người giữ, %s còn mở chưa rõ ai giữ; %s tệp; %s chỗ trống số, %s số trùng.\n",
		thousands(int64(rep.Lines)), thousands(int64(rep.Closed)), thousands(int64(rep.Working)), thousands(int64(rep.Loose)),
		thousands(int64(rep.Files)), thousands(int64(len(rep.Gaps))), thousands(int64(len(rep.Doubles))))
	switch {
	case rep.FaultAll > 0:
		fmt.Fprintf(im.out, "Có %s ô chưa đúng; chưa có dòng nào được nhập.\n", thousands(int64(rep.FaultAll)))
	case kept:
		fmt.Fprintln(im.out, "Đã nhập xong.")
	default:
		fmt.Fprintln(im.out, "Xem trước: chưa có dòng nào được nhập.")
	}
}
