// SPDX-License-Identifier: Apache-2.0

// Command soviec is Sổ Việc, "the book of work": the digital office of an agency in one program.
//
// May enter: commands, settings, wiring the floors together.
// May not: rules of the office, pages, SQL.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// A command is one word after the program's name.
type command struct {
	name string
	does string
	run  func(ctx context.Context, args []string, out, errOut io.Writer) int
}

// commands are all of them, in the order of the help.
func commands() []command {
	return []command{
		{"demo", "mở văn phòng mẫu trên máy này (mở trình duyệt tới địa chỉ được in ra)", runDemo},
		{"serve", "chạy chương trình cho cơ quan", runServe},
		{"migrate", "đưa cơ sở dữ liệu lên phiên bản của chương trình", runMigrate},
		{"verify", "kiểm tra sổ nhật ký, dữ liệu và tệp", runVerify},
		{"sign", "ký số tệp PDF bằng khóa trong tệp", runSign},
		{"verify-pdf", "kiểm tra chữ ký số của tệp PDF", runVerifyPDF},
		{"backup", "sao lưu cơ sở dữ liệu và tệp vào một tệp", runBackup},
		{"restore", "khôi phục bản sao lưu vào nơi trống rồi kiểm tra", runRestore},
		{"seed", "nạp dữ liệu mẫu vào nơi trống", runSeed},
		{"import", "nhập sổ của những năm trước (soviec import register --help)", runImport},
		{"check-form", "kiểm tra thể thức tệp Word hoặc PDF theo Nghị định 30/2020/NĐ-CP", runCheckForm},
		{"letter", "lập tệp PDF/A của một văn bản theo thể thức Nghị định 30/2020/NĐ-CP", plain(runLetter)},
		{"due", "tính hạn xử lý theo lịch làm việc", plain(runDue)},
		{"task", "đọc một câu giao việc: ai, việc gì, hạn nào (soviec task read)", plain(runTask)},
		{"fake-tsa", "tổ chức chứng thực dùng thử: dấu thời gian, OCSP, danh sách thu hồi", runFakeTSA},
		{"fake-vgca", "dịch vụ ký số dùng thử của máy văn thư (thay VGCA Sign Service)", runFakeVGCA},
		{"fake-csc", "dịch vụ ký số từ xa dùng thử theo CSC", runFakeCSC},
		{"fake-smartca", "dịch vụ VNPT SmartCA dùng thử", runFakeSmartCA},
		{"settings", "in các thiết lập đang dùng", runSettings},
		{"bench", "đo tốc độ trên dữ liệu sinh ra", runBench},
	}
}

func plain(f func(args []string, out, errOut io.Writer) int) func(context.Context, []string, io.Writer, io.Writer) int {
	return func(_ context.Context, args []string, out, errOut io.Writer) int { return f(args, out, errOut) }
}

func main() {
	// The first signal asks the program to stop and lose nothing; a second one ends it.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	if len(args) > 0 {
		for _, c := range commands() {
			if c.name == args[0] {
				return c.run(ctx, args[1:], out, errOut)
			}
		}
	}
	fmt.Fprintln(errOut, "Sổ Việc – phần mềm quản lý văn bản và công việc của cơ quan.\n\nCách dùng: soviec LỆNH [thiết lập]")
	for _, c := range commands() {
		fmt.Fprintf(errOut, "  %-10s %s\n", c.name, c.does)
	}
	fmt.Fprintln(errOut, "\nMỗi lệnh có --help. Thiết lập chung: soviec settings.")
	if len(args) == 1 && (args[0] == "help" || args[0] == "--help" || args[0] == "-h") {
		return 0
	}
	return 2
}
