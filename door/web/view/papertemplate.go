// SPDX-License-Identifier: Apache-2.0

package view

// PaperTemplates are the samples of documents (mẫu văn bản). GET /mau-van-ban
type PaperTemplates struct {
	Frame
	Groups  []PaperTemplateGroup // by type of document
	Answers *Link                // what the draft to be begun will answer
	MayKeep bool                 // found new ones
}

// PaperTemplateGroup is the samples of one type.
type PaperTemplateGroup struct {
	Type string
	Rows []PaperTemplateRow
}

// PaperTemplateRow is one sample.
type PaperTemplateRow struct {
	Href, Name string
	Words      string // "Mẫu có sẵn · 7 chỗ điền", "Phòng Chính sách Dân tộc · tệp Word, bản 2"
	Off        bool
}

// PaperTemplate is one sample: a draft is begun with it, its editions are looked at. Fields:
// f-NAME …; POST Address+"/soan"; Address+"/tat", "/bat".
type PaperTemplate struct {
	Frame
	Form     Form
	Address  string
	Name     string
	Type     string
	Owner    string // "Mẫu có sẵn của phần mềm", "Mẫu của cơ quan", a unit
	Off      bool
	Old      string // an earlier edition is shown: "bản 1, do … lập ngày …"
	Word     bool   // a Word file with fields
	File     string // address of the Word file
	Convert  bool   // the Word file can become a draft; else it is only downloaded
	Answer   string // what the draft will answer, passed on
	Fields   []PaperTemplateField
	Subject  string
	To       []string
	Body     []string // paragraphs
	Findings Findings // what the check of form says of the Word file
	Editions []PaperEdition
	MayKeep  bool
	MayWrite bool
}

// PaperTemplateField is one blank.
type PaperTemplateField struct{ Name, Label, Value string }

// PaperEdition is one version in the history.
type PaperEdition struct {
	Title, Href, By, Why string
	Now                  bool
}

// PaperTemplateEdit founds a sample or writes a new edition. Fields: name, type, unit, subject, addressees,
// body, files (Word), why. POST Address.
type PaperTemplateEdit struct {
	Frame
	Form    Form
	Address string
	Back    string
	Name    string // of the one that gets an edition; empty = a new one
	Word    bool   // the one that gets an edition is a Word file
	Types   []Option
	Units   []Option
}

func (PaperTemplates) Template() string    { return "paper-templates" }
func (PaperTemplate) Template() string     { return "paper-template" }
func (PaperTemplateEdit) Template() string { return "paper-template-edit" }
