// SPDX-License-Identifier: Apache-2.0

package view

// TakeOver begins the import of a register of earlier years (chuyển sổ từ hệ thống cũ).
// Fields: file, files (attachments), year, register. POST /quan-tri/nhap-so
type TakeOver struct {
	Frame
	Form      Form
	Registers []Option
	Earlier   []TakenOver
}

// TakenOver is an earlier import.
type TakenOver struct{ When, By, File, Words, Href string }

// TakeOverMapping shows which column is which. Fields: column_<n> = key of the target. POST Address
type TakeOverMapping struct {
	Frame
	Form    Form
	Address string // /quan-tri/nhap-so/<key>
	File    string
	Lines   string // "2.874 dòng"
	Columns []MapColumn
	Targets []Option
}

// MapColumn is a column of the foreign sheet.
type MapColumn struct {
	Name    string   // "Số đến"
	Field   string   // column_0
	Target  string   // proposed or chosen
	Why     string   // "theo tên cột"
	Samples []string // first values
}

// TakeOverPreview shows what would come in; nothing has been kept yet.
// POST Address + "/chay" with confirm=1.
type TakeOverPreview struct {
	Frame
	Address string
	File    string
	Counts  []Fact // Văn bản, Tệp đính kèm, Việc còn mở, Số trống, Số trùng
	Errors  []CellError
	ErrMore int
	Gaps    []string // "số 412 không có", "số 518 có hai dòng: 519, 733"
	Heads   []string
	Rows    [][]string
	Ready   bool
}

// Progress is a long work under way. It loads itself again by Frame.Refresh; the script
// reads the same address. Done shows Result and Next.
type Progress struct {
	Frame
	Heading string
	Words   string // "Đã nhập 41.200 trong 100.000 dòng, còn khoảng 50 giây."
	Percent int
	Done    bool
	Failed  string
	Result  []Fact
	Next    *Link
}

func (TakeOver) Template() string        { return "take-over" }
func (TakeOverMapping) Template() string { return "take-over-mapping" }
func (TakeOverPreview) Template() string { return "take-over-preview" }
func (Progress) Template() string        { return "progress" }
