// SPDX-License-Identifier: Apache-2.0

package view

// BookShelf is the list of the books that the law asks for, 8.1 to 8.9. GET /so-sach
type BookShelf struct {
	Frame
	Back  *Crumb
	Cards []BookCard
}

// BookCard is one book: where it is, up to where it is locked, what waits in it.
type BookCard struct {
	Name   string
	Law    string
	Note   string
	Late   string // what is overdue in it
	Href   string
	Prints []Link
}

// BookPage is one book on the screen, row by row, with its legal columns. GET /so-sach/{book};
// filters are GET parameters. Lock is posted to /so-sach/{book}/khoa: number or through, year,
// day (the series or register); a correction to /so-sach/{book}/dinh-chinh: line, text.
type BookPage struct {
	Frame
	Back    *Crumb
	Path    string // "/so-sach/buu-dien"
	Title   string
	Law     string
	Locked  string
	Filters []Filter
	Columns []string
	Rows    []BookRow
	Pager   Pager
	Prints  []Link
	Empty   string
	Lock    *BookLock
	Correct *BookCorrection
}

// BookRow is a line of a book. At is which of its cells is the link.
type BookRow struct {
	Line  string // its identifier, for corrections; empty where there are none
	Cells []string
	Href  string
	At    int
	Void  bool
	Head  bool // a heading over the lines below
	Late  bool
	Later []BookLater
}

// BookLater is what is said later about a line.
type BookLater struct{ On, Text string }

// BookLock freezes a part of a book that was printed, signed and bound.
type BookLock struct {
	Form  Form
	Name  string // "number" or "through"
	Label string
	Place string // an example
	Help  string
	Keep  []Option // hidden fields
}

// BookCorrection adds a dated line to a line of the book.
type BookCorrection struct {
	Form  Form
	Lines []Option
	Keep  []Option
}

func (BookShelf) Template() string { return "book-shelf" }
func (BookPage) Template() string  { return "book-page" }
