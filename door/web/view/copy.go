// SPDX-License-Identifier: Apache-2.0

package view

// Copies is the list of certified copies of a year. GET /ban-sao?year=
type Copies struct {
	Frame
	Year    string
	Years   []Link
	Waiting []CopyRow // to be signed, numbered or sealed
	Rows    []CopyRow
	PDF     string // the book; empty hides it
	XLSX    string
	Next    string // address of the next page
}

// CopyRow is one copy in a list.
type CopyRow struct {
	Href, Label, Kind, Source, Signer, Day, Status string
	Void                                           bool
}

// CopyNew begins a copy. GET /ban-sao/lap?nguon=; POST /ban-sao: nguon, kind, way, is_copy, part,
// signer, copies, recipients, files.
type CopyNew struct {
	Frame
	Back    *Crumb
	Source  string
	Of      string
	Arrived []Option // what came in may be a sao y itself
	Form    Form
	Kinds   []Option
	Ways    []Option
	Signers []Option
}

// Copy is the page of one copy. Forms go to Address + a noun: /ky, /ghi-ky (day), /cap-so,
// /dong-dau, /lay-tep, /ky-so (files), /tep, /huy-so (reason), /huy-so-duyet, /huy-so-bac, /thoi.
type Copy struct {
	Frame
	Back        *Crumb
	Address     string
	Title       string
	Standing    string
	Viewer      string
	NoFile      string
	Failed      Form
	Facts       []Fact
	Files       []File
	Part        string
	Sign        bool
	Electronic  bool
	Record      *Form
	Number      bool
	Stamp       bool
	Prepare     bool
	Handed      string
	Sealed      *FileForm
	Rewrite     bool
	Void        *ReasonForm
	VoidRequest *Request
	MayDrop     bool
	Further     string // begins a copy of it
	Timeline    Timeline
}

func (Copies) Template() string  { return "copies" }
func (CopyNew) Template() string { return "copy-new" }
func (Copy) Template() string    { return "copy" }
