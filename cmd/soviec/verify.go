// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/handover"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/plan"
	"soviec/office/remark"
	"soviec/office/saved"
	"soviec/office/series"
	"soviec/office/signature"
	"soviec/office/signing"
	"soviec/office/task"
)

const verifyUsage = `Kiểm tra sổ nhật ký, dữ liệu, chỉ mục tìm kiếm và tệp; nói rõ sai ở đâu.

Cách dùng: soviec verify [--checkpoint TỆP]… [--read-files] [--rebuild-search]

Chạy được trong khi chương trình đang phục vụ. Mã kết thúc: 0 nguyên vẹn, 1 có sai khác,
2 dòng lệnh không đúng.`

// rooms are the rooms of the office whose rows are held against the book.
var rooms = []struct {
	name  string
	check func(r store.Reader, agency int64, report func(string)) error
}{
	{"cơ cấu tổ chức, tài khoản, lịch", org.Check},
	{"thông báo", notice.Check},
	{"công việc", task.Check},
	{"mẫu, chuỗi, việc định kỳ", plan.Check},
	{"bàn giao công việc", handover.Check},
	{"trao đổi, ý kiến", remark.Check},
	{"bộ lọc đã lưu", saved.Check},
	{"sổ đăng ký văn bản", document.Check},
	{"số văn bản đi", series.Check},
	{"sổ văn bản đi", outgoing.Check},
	{"hồ sơ công việc, lưu trữ", archive.Check},
	{"dự thảo, trình ký", draft.Check},
	{"mẫu văn bản", draft.CheckTemplates},
	{"chữ ký số, kho tin cậy, khóa ký", signature.Check},
	{"phiên ký số", signing.Check},
}

func runVerify(ctx context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	var v verifying
	var files []string
	left, err := s.parse("verify", verifyUsage, args, errOut, func(fs *flag.FlagSet) {
		fs.BoolVar(&v.files, "read-files", false, "đọc lại từng tệp và so dấu vân tay")
		fs.BoolVar(&v.rebuild, "rebuild-search", false, "dựng lại chỉ mục tìm kiếm nếu sai")
		fs.Func("checkpoint", "tệp mốc niêm phong giữ ở nơi khác, hoặc bản sao lưu; dùng được nhiều lần", func(path string) error {
			files = append(files, path)
			return nil
		})
	})
	if err != nil {
		return exit(err, errOut)
	}
	if len(left) > 0 {
		fmt.Fprintln(errOut, verifyUsage)
		return 2
	}
	for _, path := range files {
		texts, err := checkpointsIn(path)
		if err != nil {
			fmt.Fprintf(errOut, "soviec: mốc niêm phong %s: %v\n", path, err)
			return 2
		}
		v.checkpoints = append(v.checkpoints, texts...)
	}
	p, err := attach(ctx, s, time.Now)
	if err != nil {
		return exit(err, errOut)
	}
	defer p.close()
	if err := p.current(ctx); err != nil {
		return exit(err, errOut)
	}
	v.program, v.out = p, out
	whole, err := v.verify(ctx)
	if err != nil {
		return exit(err, errOut)
	}
	if !whole {
		return 1
	}
	return exit(mark(s, markVerify, v.words(), p.clock()), errOut)
}

// verifying is one run over an installation.
type verifying struct {
	*program
	out         io.Writer
	checkpoints []string // kept elsewhere
	files       bool
	rebuild     bool
	keyless     bool // the key is known to be elsewhere; signatures are not looked at

	wrong    int
	entries  int64
	agencies int
	kept     int64 // files that a row names
}

// words say what was found whole, for the administrator's page.
func (v *verifying) words() string {
	s := fmt.Sprintf("(%s mục, %s tệp", thousands(v.entries), thousands(v.kept))
	if v.files {
		s += " đã đọc lại"
	}
	return s + ")"
}

// verify reads everything and reports whether it is whole.
func (v *verifying) verify(ctx context.Context) (bool, error) {
	start := time.Now()
	if readable, err := v.database(ctx); err != nil || !readable {
		return err == nil && v.end(start), err
	}
	agencies, err := org.Agencies(v.db.Read(ctx))
	if err != nil {
		return false, err
	}
	books, err := journal.Agencies(v.db.Read(ctx))
	if err != nil {
		return false, err
	}
	v.agencies = len(agencies)
	known := map[int64]bool{}
	for _, a := range agencies {
		known[a.ID] = true
	}
	for _, b := range books {
		if !known[b] {
			v.say("Sổ nhật ký %d không thuộc cơ quan nào: dòng của cơ quan đã bị xóa.", b)
		}
	}
	v.foreignCheckpoints(known)
	for _, a := range agencies {
		fmt.Fprintf(v.out, "Cơ quan: %s\n", a.Name)
		if err := v.agency(ctx, a, slices.Contains(books, a.ID)); err != nil {
			return false, err
		}
	}
	if err := v.blobsKept(ctx, agencies); err != nil {
		return false, err
	}
	return v.end(start), nil
}

func (v *verifying) end(start time.Time) bool {
	took := seconds(time.Since(start).Round(10 * time.Millisecond))
	if v.wrong == 0 {
		fmt.Fprintf(v.out, "Nguyên vẹn: %d cơ quan, %s mục sổ nhật ký, %s tệp (%s).\n", v.agencies, thousands(v.entries), thousands(v.kept), took)
		return true
	}
	fmt.Fprintf(v.out, "CÓ SAI KHÁC: %s chỗ (%s). Hãy giữ nguyên hiện trạng và khôi phục từ bản sao lưu gần nhất còn nguyên vẹn.\n", thousands(int64(v.wrong)), took)
	return false
}

// said is how many faults of one kind are told one by one.
const said = 40

func (v *verifying) say(format string, args ...any) {
	v.wrong++
	fmt.Fprintf(v.out, "  SAI: "+format+"\n", args...)
}

// part is one thing that is looked at: a line that says so, and its faults.
func (v *verifying) part(name string, f func(report func(string)) (string, error)) error {
	found := 0
	if isTerminal(v.out) {
		fmt.Fprintf(v.out, "  %s …", name)
	}
	begin := func() {
		if isTerminal(v.out) {
			fmt.Fprint(v.out, "\r\x1b[K")
		}
	}
	good, err := f(func(sentence string) {
		if found++; found == 1 {
			begin()
			fmt.Fprintf(v.out, "  %s:\n", name)
		}
		if found <= said {
			v.say("%s", sentence)
		} else {
			v.wrong++
		}
	})
	switch {
	case err != nil:
		begin()
		return fmt.Errorf("%s: %w", name, err)
	case found > said:
		fmt.Fprintf(v.out, "  … và %s chỗ nữa\n", thousands(int64(found-said)))
	case found == 0:
		begin()
		fmt.Fprintf(v.out, "  %s: %s\n", name, good)
	}
	return nil
}

// database looks at the key and the file; what broken pages hold is not worth comparing.
func (v *verifying) database(ctx context.Context) (readable bool, err error) {
	if v.keys == nil && !v.keyless {
		v.say("Không thấy khóa niêm phong sổ (%s): không kiểm tra được chữ ký của các mốc. Hãy đặt lại tệp khóa vào chỗ đó.", v.settings.Key)
	}
	if v.db.Engine() != store.SQLite {
		return true, nil
	}
	readable = true
	err = v.part("Tệp cơ sở dữ liệu", func(report func(string)) (string, error) {
		broken, err := v.db.CheckFile(ctx)
		for _, b := range broken {
			readable = false
			report("Tệp cơ sở dữ liệu hỏng: " + b)
		}
		return "đọc được trọn vẹn", err
	})
	return readable, err
}

// foreignCheckpoints are those that no book here can be held to.
func (v *verifying) foreignCheckpoints(known map[int64]bool) {
	if v.keys == nil {
		return
	}
	var ours []string
	for _, text := range v.checkpoints {
		c, err := journal.ParseCheckpoint(text, v.keys)
		switch {
		case err != nil:
			v.say("Mốc niêm phong đưa vào không đọc được hoặc chữ ký không đúng: %v", err)
		case !known[c.Agency]:
			v.say("Mốc niêm phong đưa vào là của cơ quan %d, không có trong cơ sở dữ liệu này.", c.Agency)
		default:
			ours = append(ours, text)
		}
	}
	v.checkpoints = ours
}

// agency holds one agency's book and rows against each other, all at one moment.
func (v *verifying) agency(ctx context.Context, a org.Agency, hasBook bool) error {
	err := v.db.Snapshot(ctx, func(r store.Reader) error {
		err := v.part("Sổ nhật ký", func(report func(string)) (string, error) {
			if !hasBook {
				report("Cơ quan không có sổ nhật ký: đầu sổ đã bị xóa.")
				return "", nil
			}
			n, err := journal.Verify(r, a.ID, v.keys, v.checkpoints, report)
			v.entries += n
			return thousands(n) + " mục, đúng", err
		})
		if err != nil {
			return err
		}
		for _, room := range rooms {
			if err := v.part("Dữ liệu "+room.name, func(report func(string)) (string, error) {
				return "khớp với sổ", room.check(r, a.ID, report)
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.search(ctx, a.ID)
}

// search compares the index with the texts. It can be made anew at any time, so what is
// wrong in it is a warning.
func (v *verifying) search(ctx context.Context, agency int64) error {
	wrong, err := v.finder.Check(ctx, agency)
	if err != nil {
		return fmt.Errorf("chỉ mục tìm kiếm: %w", err)
	}
	if len(wrong) == 0 {
		fmt.Fprintln(v.out, "  Chỉ mục tìm kiếm: khớp")
		return nil
	}
	fmt.Fprintf(v.out, "  CẢNH BÁO: chỉ mục tìm kiếm không khớp ở %d chỗ (%s); không mất dữ liệu.\n", len(wrong), wrong[0])
	if !v.rebuild {
		fmt.Fprintln(v.out, "  Cách sửa: soviec verify --rebuild-search")
		return nil
	}
	if err := v.finder.Rebuild(ctx, agency); err != nil {
		return fmt.Errorf("dựng lại chỉ mục tìm kiếm: %w", err)
	}
	fmt.Fprintln(v.out, "  Đã dựng lại chỉ mục tìm kiếm.")
	return nil
}

// checkpointsIn reads the checkpoints of a file: as they were printed or published, one
// or several, or those of a backup.
func checkpointsIn(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, 1<<20))
	if err != nil {
		return nil, err
	}
	if len(raw) > 1 && raw[0] == 0x1f && raw[1] == 0x8b {
		m, err := manifestOf(path)
		if err != nil {
			return nil, err
		}
		return m.checkpoints(), nil
	}
	var out []string
	for i, part := range strings.Split("\n"+strings.ReplaceAll(string(raw), "\r\n", "\n"), "\nsoviec/") {
		if i > 0 {
			out = append(out, "soviec/"+strings.TrimRight(part, "\n")+"\n")
		}
	}
	if len(out) == 0 {
		return nil, errors.New("tệp không có mốc niêm phong nào")
	}
	return out, nil
}
