// SPDX-License-Identifier: Apache-2.0

package view

// SignatureMark is a verdict in a word, beside a file or in a list.
type SignatureMark struct {
	Word string // "Chữ ký hợp lệ"
	Tone Tone
	Href string // the record; empty = none
}

// SignatureRecord is the validation record of one file. GET <document>/tep/{file}/chu-ky;
// asked again by POST to the same address. With Check it is the answer of the public page.
type SignatureRecord struct {
	Frame
	Back      *Crumb
	File      string
	Mark      SignatureMark
	Sentence  string // what that means, in one sentence
	Facts     []Fact
	Reasons   []string
	Signers   []SignatureOf
	Address   string
	MayAsk    bool
	PrintHref string
	Older     []Link
}

// SignatureOf is one signature: who, when, what of it holds, what it rests on.
type SignatureOf struct {
	Title    string // "Chữ ký 1: Đàm Quốc Thắng"
	Mark     SignatureMark
	Reasons  []string
	Facts    []Fact // certificate, times, claims
	Axes     []Fact // the six axes
	Evidence []Fact // anchor, revocation
	Version  *Link  // the version that it covers
}

// SignatureCheck is where anybody has a PDF checked. GET, POST /kiem-tra-chu-ky; field: file.
type SignatureCheck struct {
	Frame
	Form   Form
	Limits string
	Answer *SignatureRecord
}

// TrustStore is what the agency trusts. GET, POST /quan-tri/chung-thu-tin-cay; fields: file,
// name, purpose, pinned, source, from, until, issuer; ended by POST …/{id}/thoi with reason.
type TrustStore struct {
	Frame
	Form     Form
	Purposes []Option
	Rows     []TrustRow
	Ended    []TrustRow
}

// TrustRow is one certificate.
type TrustRow struct {
	ID          string
	Name        string
	Purpose     string
	Fingerprint string
	Valid       string // "từ 01/01/2026 đến 31/12/2030"
	Source      string
	Added       string
	Ended       string
	Issuer      bool
	Form        ReasonForm
}

// SigningKeys is the register of keys. GET, POST /quan-tri/khoa-ky; fields: file, person ("" =
// the agency), device, device_no, holder, from, minutes; POST …/{id}/ban-giao with taker, on,
// minutes; POST …/{id}/thoi with reason.
type SigningKeys struct {
	Frame
	Form    Form
	People  []Group
	Clerks  []Option
	Devices []Option
	Rows    []KeyRow
	Seal    SealPicture
}

// SealPicture is the picture of the agency's seal. GET /quan-tri/con-dau.png; POST
// /quan-tri/con-dau: picture, wide (millimetres).
type SealPicture struct {
	Form  Form
	Src   string // "" before one was set
	Wide  string
	Words string
}

// KeyRow is one key.
type KeyRow struct {
	ID      string
	Of      string // "Ban Dân tộc tỉnh Cao Bằng", "ông Đàm Quốc Thắng"
	Subject string
	Device  string
	Holder  string
	Valid   string
	Tone    Tone // the certificate ends soon or has ended
	History []string
	Ended   string
	Used    string // of the agency: "Đã ký 12 tệp, gần nhất hôm nay"
	MayHand bool
	Form    Form
	FormEnd ReasonForm
}

func (SignatureRecord) Template() string { return "signature-record" }
func (SignatureCheck) Template() string  { return "signature-check" }
func (TrustStore) Template() string      { return "trust-store" }
func (SigningKeys) Template() string     { return "signing-keys" }
