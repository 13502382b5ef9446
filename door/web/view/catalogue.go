// SPDX-License-Identifier: Apache-2.0

package view

// Catalogue is the catalogue of products with their norms. GET /cong-viec/danh-muc with
// ban (a version).
type Catalogue struct {
	Frame
	Ways                            []Way
	Name, Words                     string
	Versions                        []Noted
	Rows                            []ProductRow
	MayChange                       bool
	EditHref, UploadHref, ExcelHref string
}

// ProductRow is one product of it.
type ProductRow struct {
	Code, Name, Output, Measure, Norm, Factor, Groups, Proof string
	Was                                                      string // "trước là 4,5 giờ", "mới"
}

// CatalogueEdit is a new version. GET /cong-viec/danh-muc/ban-moi with excel=1 for a sheet;
// POST to the same: name, basis, from, and in every row the fields of Columns, or files.
type CatalogueEdit struct {
	Frame
	Back, Action string
	Form         Form
	Upload       bool // from a sheet
	Columns      []Option
	Rows         []ProductEdit
	Proofs       []Option
	Errors       []CellError
}

// ProductEdit is a row to be changed; an emptied one is left out.
type ProductEdit struct{ Values, Errors map[string]string }

// AddRows adds empty rows.
func (c *CatalogueEdit) AddRows(n int) {
	for range n {
		c.Rows = append(c.Rows, ProductEdit{Values: map[string]string{}})
	}
}

func (Catalogue) Template() string     { return "catalogue" }
func (CatalogueEdit) Template() string { return "catalogue-edit" }
