// SPDX-License-Identifier: Apache-2.0

// Package view is what a person sees: typed page structs, templates, style and script.
//
// May enter: page structs, templates, styles, the script of comfort, fonts, words on buttons.
// May not: a decision, a right, a database, the clock, an office package.
package view

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// Page is a typed page: it names its template and carries the frame around it.
// Every page struct embeds Frame and adds what its template shows.
type Page interface {
	Template() string
	Around() Frame
}

//go:embed pages parts
var templateFiles embed.FS

// Views holds every template, parsed, and the addresses of the assets.
// It is safe for use by many goroutines.
type Views struct {
	set    *template.Template
	assets *assets
	pool   sync.Pool
	moulds moulds
}

// New parses every template. It fails when a page has no template, when a template of the
// pages' folder belongs to no declared page, or when a template does not parse: a broken
// page stops the program at start, not at the first visit.
func New() (*Views, error) { return build(templateFiles, Pages()) }

func build(files fs.FS, pages []Page) (*Views, error) {
	as, err := loadAssets()
	if err != nil {
		return nil, err
	}
	v := &Views{assets: as}
	v.pool.New = func() any { return new(bytes.Buffer) }
	v.set = template.New("").Funcs(helpers).Option("missingkey=zero")
	names, err := parseAll(v.set, files, as)
	if err != nil {
		return nil, err
	}
	return v, checkDeclared(v.set, names, pages)
}

// parseAll parses all templates and returns the names of those in the pages' folder.
func parseAll(set *template.Template, files fs.FS, as *assets) ([]string, error) {
	var names []string
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		named, err := as.nameIn(squeeze(string(text)))
		if err != nil {
			return fmt.Errorf("view: %s: %w", name, err)
		}
		if _, err := set.New(name).Parse(named); err != nil {
			return fmt.Errorf("view: %s: %w", name, err)
		}
		if strings.HasPrefix(name, "pages/") {
			names = append(names, strings.TrimSuffix(path.Base(name), ".html"))
		}
		return nil
	})
	return names, err
}

// squeeze drops the indentation of template lines: a page of many rows is a third
// smaller, and nothing shown depends on it (preformatted text comes from data).
func squeeze(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimLeft(l, " \t")
	}
	return strings.Join(lines, "\n")
}

// checkDeclared compares the folder of pages with the list of page structs.
func checkDeclared(set *template.Template, names []string, pages []Page) error {
	declared := map[string]bool{}
	for _, p := range pages {
		name := p.Template()
		if declared[name] {
			return fmt.Errorf("view: two pages are named %q", name)
		}
		declared[name] = true
		if set.Lookup(name) == nil {
			return fmt.Errorf("view: page %T has no template %q", p, name)
		}
	}
	for _, name := range names {
		if !declared[name] {
			return fmt.Errorf("view: template %q belongs to no declared page", name)
		}
	}
	return nil
}

// Render writes the whole page: the frame's head, the fragment, the frame's tail.
// Nothing is written when a template fails, so an error page can still be sent.
func (v *Views) Render(w io.Writer, p Page) error {
	shell, err := v.Shell(p.Around())
	if err != nil {
		return err
	}
	buf := v.buffer()
	defer v.pool.Put(buf)
	if err := v.set.ExecuteTemplate(buf, p.Template(), p); err != nil {
		return err
	}
	parts, err := v.Whole(p.Around(), shell, buf.Bytes())
	if err != nil {
		return err
	}
	_, err = w.Write(bytes.Join(parts, nil))
	return err
}

// Fragment returns what stands inside the frame. It depends on the page's own fields
// alone, never on its Frame, so it may be kept and set into many frames.
func (v *Views) Fragment(p Page) ([]byte, error) {
	buf := v.buffer()
	defer v.pool.Put(buf)
	if err := v.set.ExecuteTemplate(buf, p.Template(), p); err != nil {
		return nil, err
	}
	return bytes.Clone(buf.Bytes()), nil
}

func (v *Views) buffer() *bytes.Buffer {
	buf := v.pool.Get().(*bytes.Buffer)
	buf.Reset()
	return buf
}
