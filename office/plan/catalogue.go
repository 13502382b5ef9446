// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/task"
)

// A Catalogue is one version of the agency's catalogue of products (danh mục sản phẩm,
// công việc quy đổi; Nghị định 335/2025/NĐ-CP). A work keeps the numbers it was given with.
type Catalogue struct {
	ID       int64
	Name     string
	Basis    string // the document that issued it
	From     civil.Date
	To       civil.Date // first day on which it does not hold; zero while it does
	Products int
	SetBy    int64
	SetAt    time.Time
}

// A Product is one line of a catalogue.
type Product struct {
	ID      int64
	Code    string
	Name    string
	Output  string // what comes out: "Tờ trình"
	Measure string // what it is counted in: "văn bản"
	Norm    int64  // minutes for one
	Factor  int64  // thousandths
	Groups  []string
	Proof   string
}

// Task is what a work keeps of the product.
func (p Product) Task(quantity int64) task.Product {
	return task.Product{ID: p.ID, Name: p.Name, Quantity: quantity, Norm: p.Norm, Factor: p.Factor}
}

// A Column is one of an import: its key and its heading.
type Column struct{ Key, Title string }

// Columns are those of an import, in their order.
var Columns = []Column{{"code", "Mã"}, {"name", "Tên sản phẩm, công việc"}, {"output", "Kết quả đầu ra"}, {"measure", "Đơn vị tính"}, {"norm", "Định mức (giờ)"},
	{"factor", "Hệ số quy đổi"}, {"groups", "Nhóm vị trí"}, {"proof", "Cách hoàn thành"}}

// Row is the product as a row of an import.
func (p Product) Row() []string {
	return []string{p.Code, p.Name, p.Output, p.Measure, decimal(p.Norm, 60), decimal(p.Factor, 1000), strings.Join(p.Groups, "; "), task.ProofWords(p.Proof)}
}

// decimal writes n of which so many make one as it is typed: "4,5".
func decimal(n, one int64) string {
	return strings.Replace(civil.Quantity(n*int64(civil.Whole(1))/one).String(), ".", ",", 1)
}

// Time is how long one takes by the norm: "4,5 giờ", "10 phút"; "" without a norm.
func (p Product) Time() string {
	switch {
	case p.Norm == 0:
		return ""
	case p.Norm%6 != 0:
		return fmt.Sprintf("%d phút", p.Norm)
	}
	return decimal(p.Norm, 60) + " giờ"
}

// Words name the product with its norm, for whoever chooses: "BC01 · Báo cáo định kỳ, 4,5 giờ một báo cáo".
func (p Product) Words() string {
	s := p.Code + " · " + p.Name
	if t := p.Time(); t != "" {
		s += ", " + t + " một " + cmp.Or(p.Measure, "sản phẩm")
	}
	return s
}

const maxProducts = 5000

// Publish puts a new version of the catalogue in force from a day on. Rows are as imported,
// without headings: all are taken, or none, with an error for each wrong cell.
func Publish(a *journal.Act, c Catalogue, rows [][]string) (Catalogue, error) {
	if err := org.May(a, org.ManageSettings, org.Target{}); err != nil {
		return c, err
	}
	c.Name, c.Basis = strings.TrimSpace(c.Name), strings.TrimSpace(c.Basis)
	var errs []error
	if c.Name == "" {
		errs = append(errs, fault.Invalid("name", "Hãy ghi tên danh mục."))
	}
	if c.Basis == "" {
		errs = append(errs, fault.Invalid("basis", "Hãy ghi văn bản ban hành danh mục."))
	}
	if c.From.IsZero() {
		errs = append(errs, fault.Invalid("from", "Hãy nhập ngày có hiệu lực."))
	}
	products, err := products(rows)
	if err := fault.Join(append(errs, err)...); err != nil {
		return c, err
	}
	last, err := lastCatalogue(a, a.By.Agency)
	if err != nil && !errors.Is(err, store.ErrNone) {
		return c, fault.Internal(err)
	}
	if err == nil && c.From <= last.From {
		return c, fault.Invalid("from", "Danh mục mới phải có hiệu lực sau danh mục hiện hành ("+last.From.VN()+").")
	}
	if err == nil {
		if err := endCatalogue(a, last.ID, c.From); err != nil {
			return c, fault.Internal(err)
		}
	}
	c.ID, c.Products, c.SetBy, c.SetAt = a.NewID(), len(products), me(a), a.At
	if err := insertCatalogue(a, c); err != nil {
		return c, fault.Internal(err)
	}
	for _, p := range products {
		p.ID = a.NewID()
		if err := insertProduct(a, c.ID, p); err != nil {
			return c, fault.Internal(err)
		}
	}
	a.Note(journal.Entry{Kind: CataloguePublished, Subject: journal.Ref(RefCatalogue, c.ID), Amount: int64(len(products)), DueOn: c.From})
	return c, nil
}

// products reads rows of an import.
func products(rows [][]string) ([]Product, error) {
	if len(rows) == 0 || len(rows) > maxProducts {
		return nil, fault.Invalid("rows", fmt.Sprintf("Danh mục phải có từ 1 đến %d dòng.", maxProducts))
	}
	var out []Product
	var errs []error
	seen := map[string]int{}
	for i, row := range rows {
		cell := func(k int) string {
			if k < len(row) {
				return strings.TrimSpace(row[k])
			}
			return ""
		}
		bad := func(k int, text string) {
			errs = append(errs, fault.Invalid(task.RowField(i+1, Columns[k].Key), fmt.Sprintf("Dòng %d, cột “%s”: %s", i+1, Columns[k].Title, text)))
		}
		p := Product{Code: cell(0), Name: cell(1), Output: cell(2), Measure: cell(3)}
		if p.Code == "" || len([]rune(p.Code)) > 40 {
			bad(0, "phải có mã, nhiều nhất 40 ký tự.")
		} else if first := seen[p.Code]; first != 0 {
			bad(0, fmt.Sprintf("mã %s đã có ở dòng %d.", p.Code, first))
		} else {
			seen[p.Code] = i + 1
		}
		if p.Name == "" || len([]rune(p.Name)) > maxTitle {
			bad(1, "phải có tên, nhiều nhất 500 ký tự.")
		}
		norm, err := civil.ParseQuantity(cell(4))
		if err != nil || norm > civil.Whole(10_000) {
			bad(4, "phải là số giờ từ 0 đến 10.000, có thể lẻ như 0,5.")
		}
		factor := civil.Whole(1)
		if cell(5) != "" {
			if factor, err = civil.ParseQuantity(cell(5)); err != nil || factor > civil.Whole(1000) {
				bad(5, "phải là số từ 0 đến 1.000, có thể lẻ như 1,5.")
			}
		}
		one := int64(civil.Whole(1))
		p.Norm, p.Factor = (int64(norm)*60+one/2)/one, (int64(factor)*1000+one/2)/one
		for _, g := range strings.FieldsFunc(cell(6), func(r rune) bool { return r == ';' || r == ',' }) {
			if g = strings.TrimSpace(g); g != "" && !slices.Contains(p.Groups, g) {
				p.Groups = append(p.Groups, g)
			}
		}
		proof, ok := proofOf(cell(7))
		if !ok {
			bad(7, "phải là một trong: người giao xác nhận kết quả; văn bản được phát hành; hồ sơ được trả kết quả; báo cáo được nộp.")
		}
		p.Proof = proof
		if len(errs) > 200 {
			break
		}
		out = append(out, p)
	}
	return out, fault.Join(errs...)
}

func proofOf(words string) (string, bool) {
	for _, kind := range []string{"", task.ProofDocument, task.ProofDossier, task.ProofReport} {
		if words == "" || words == kind || strings.EqualFold(words, task.ProofWords(kind)) {
			return kind, true
		}
	}
	return "", false
}

// CatalogueOn is the version that holds on a day with its products by code; none before the first.
func CatalogueOn(r store.Reader, agency int64, day civil.Date) (Catalogue, []Product, error) {
	c, err := catalogueOn(r, agency, day)
	if errors.Is(err, store.ErrNone) {
		return c, nil, nil
	}
	if err != nil {
		return c, nil, fault.Internal(err)
	}
	all, err := productsOf(r, c.ID)
	return c, all, fault.Internal(err)
}

// Catalogues are all versions, newest first.
func Catalogues(r store.Reader, agency int64) ([]Catalogue, error) {
	all, err := catalogues(r, agency)
	return all, fault.Internal(err)
}

// ProductOn finds what a code means in the catalogue of a day.
func ProductOn(r store.Reader, agency int64, day civil.Date, code string) (Product, error) {
	p, err := productByCode(r, agency, day, code)
	if errors.Is(err, store.ErrNone) {
		return p, fault.Invalid("product", "Danh mục đang có hiệu lực không có sản phẩm mã “"+code+"”.")
	}
	return p, fault.Internal(err)
}

// CatalogueByID is one version with its products by code.
func CatalogueByID(r store.Reader, agency, id int64) (Catalogue, []Product, error) {
	all, err := catalogues(r, agency)
	if err != nil {
		return Catalogue{}, nil, fault.Internal(err)
	}
	i := slices.IndexFunc(all, func(c Catalogue) bool { return c.ID == id })
	if i < 0 {
		return Catalogue{}, nil, fault.NotFound("Không có danh mục này.")
	}
	products, err := productsOf(r, id)
	return all[i], products, fault.Internal(err)
}

// productFor finds what a code means on a day; "" is no product.
func productFor(a *journal.Act, day civil.Date, code string) (task.Product, error) {
	if code == "" {
		return task.Product{}, nil
	}
	p, err := ProductOn(a, a.By.Agency, day, code)
	if err != nil {
		return task.Product{}, err
	}
	return p.Task(1000), nil
}
