// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	dom "golang.org/x/net/html"
)

// A browser is one person's: it keeps cookies, follows redirects, reads pages and
// fills forms by the words that stand beside their fields.
type browser struct {
	handler http.Handler
	cookies map[string]string
	page    *page // the last one
}

// A page is what came back.
type page struct {
	code    int
	address string
	body    []byte
	top     *dom.Node
}

func (p *page) refused() bool { return p.code >= 400 }

// send asks for an address and follows where the answer leads.
func (b *browser) send(method, address, kind string, body []byte) *page {
	for hops := 0; ; hops++ {
		r := httptest.NewRequest(method, address, bytes.NewReader(body))
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		for name, value := range b.cookies {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		w := httptest.NewRecorder()
		b.handler.ServeHTTP(w, r)
		res := w.Result()
		for _, c := range res.Cookies() {
			if b.cookies[c.Name] = c.Value; c.MaxAge < 0 {
				delete(b.cookies, c.Name)
			}
		}
		if res.StatusCode == http.StatusSeeOther && hops < 5 {
			method, address, kind, body = http.MethodGet, res.Header.Get("Location"), "", nil
			continue
		}
		p := &page{code: res.StatusCode, address: r.URL.RequestURI(), body: w.Body.Bytes()}
		if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			p.top, _ = dom.Parse(bytes.NewReader(p.body))
		}
		b.page = p
		return p
	}
}

func (b *browser) get(address string) *page { return b.send(http.MethodGet, address, "", nil) }

func (b *browser) post(address string, v url.Values) *page {
	return b.send(http.MethodPost, address, "application/x-www-form-urlencoded", []byte(v.Encode()))
}

// dropped is a file in a form.
type dropped struct {
	field, name string
	body        []byte
}

func (b *browser) postFiles(address string, v url.Values, files []dropped) *page {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, all := range v {
		for _, one := range all {
			_ = w.WriteField(name, one)
		}
	}
	for _, f := range files {
		part, err := w.CreatePart(textproto.MIMEHeader{"Content-Type": {"application/octet-stream"},
			"Content-Disposition": {fmt.Sprintf("form-data; name=%q; filename=%q", f.field, f.name)}})
		if err == nil {
			_, _ = part.Write(f.body)
		}
	}
	_ = w.Close()
	return b.send(http.MethodPost, address, w.FormDataContentType(), body.Bytes())
}

// A form as it stands on a page, being filled.
type form struct {
	node     *dom.Node
	action   string
	controls []*dom.Node
	values   url.Values
	files    []dropped
}

// formTo finds the form that is sent to an address. With a button's words the form must
// have that button, and will be sent by it.
func (p *page) formTo(action, button string) *form {
	for _, n := range p.all("form") {
		if attr(n, "action") != action {
			continue
		}
		f := p.form(n)
		if button == "" || f.press(button) {
			return f
		}
	}
	return nil
}

// formWith finds the form that a button with these words sends.
func (p *page) formWith(button string) *form {
	for _, n := range p.all("form") {
		if f := p.form(n); f.press(button) {
			return f
		}
	}
	return nil
}

// form reads a form with what browsers would send of it.
func (p *page) form(n *dom.Node) *form {
	f := &form{node: n, action: attr(n, "action"), values: url.Values{}}
	id := attr(n, "id")
	for c := range p.top.Descendants() {
		switch c.Data {
		case "input", "select", "textarea", "button":
			if within(c, n) && !has(c, "form") || id != "" && attr(c, "form") == id {
				f.controls = append(f.controls, c)
				f.take(c)
			}
		}
	}
	return f
}

// take puts into the form what a control holds untouched.
func (f *form) take(c *dom.Node) {
	name := attr(c, "name")
	if name == "" || has(c, "disabled") {
		return
	}
	switch {
	case c.Data == "textarea":
		f.values.Add(name, text(c))
	case c.Data == "select":
		var first, chosen *dom.Node
		for o := range c.Descendants() {
			if o.Data == "option" && !has(o, "disabled") {
				if first == nil {
					first = o
				}
				if has(o, "selected") {
					chosen = o
				}
			}
		}
		if chosen == nil {
			chosen = first
		}
		if chosen != nil {
			f.values.Add(name, attr(chosen, "value"))
		}
	case c.Data == "input":
		switch attr(c, "type") {
		case "checkbox", "radio":
			if has(c, "checked") {
				f.values.Add(name, attr(c, "value"))
			}
		case "file":
		default:
			f.values.Add(name, attr(c, "value"))
		}
	}
}

// press chooses the button by its words.
func (f *form) press(words string) bool {
	for _, c := range f.controls {
		if c.Data == "button" && visible(c) == words {
			if name := attr(c, "name"); name != "" {
				f.values.Set(name, attr(c, "value"))
			}
			return true
		}
	}
	return false
}

// fill puts a value into the field with a label.
func (f *form) fill(label, value string, file []byte) error {
	var labels []string
	for _, c := range f.controls {
		name, is := attr(c, "name"), f.labelOf(c)
		if is == "" || name == "" {
			continue
		}
		if named, _, _ := strings.Cut(is, " ("); lower(is) != lower(label) && lower(named) != lower(label) {
			if !slices.Contains(labels, lower(is)) {
				labels = append(labels, lower(is))
			}
			continue
		}
		switch kind := attr(c, "type"); {
		case c.Data == "select":
			v, err := option(c, value)
			if err == nil {
				f.values.Set(name, v)
			}
			return err
		case kind == "file":
			f.files = append(f.files, dropped{name, value, file})
			return nil
		case kind == "radio":
			if tickWords(c) == value {
				f.values.Set(name, attr(c, "value"))
				return nil
			}
		case kind == "checkbox":
			if words := tickWords(c); words == value || lower(words) == lower(label) {
				if value == "không" {
					f.values.Del(name)
					return nil
				}
				f.values.Add(name, attr(c, "value"))
				return nil
			}
		default:
			f.values.Set(name, value)
			return nil
		}
	}
	return fmt.Errorf("biểu mẫu gửi tới %s không có ô %q nhận %q; các ô khác: %s", f.action, label, value, strings.Join(labels, "; "))
}

// option finds the choice with these words; what follows a dash explains it.
func option(c *dom.Node, words string) (string, error) {
	var all []string
	for o := range c.Descendants() {
		if o.Data != "option" {
			continue
		}
		label, _, _ := strings.Cut(text(o), " – ")
		if whole := text(o); whole == words || strings.HasPrefix(whole, words+" – ") || lower(label) == lower(words) {
			if has(o, "disabled") {
				return "", fmt.Errorf("lựa chọn %q đang tắt", words)
			}
			return attr(o, "value"), nil
		}
		all = append(all, text(o))
	}
	return "", fmt.Errorf("không có lựa chọn %q trong: %s", words, strings.Join(all, "; "))
}

// labelOf is the words beside a control: its label, the legend of its group, or what
// is read out for it.
func (f *form) labelOf(c *dom.Node) string {
	if s := attr(c, "aria-label"); s != "" {
		return s
	}
	if kind := attr(c, "type"); kind == "radio" || kind == "checkbox" {
		for up := c.Parent; up != nil && up != f.node; up = up.Parent {
			if !strings.Contains(" "+attr(up, "class")+" ", " field ") {
				continue
			}
			for _, n := range children(up) {
				switch n.Data {
				case "legend":
					return visible(n)
				case "summary":
					return text(pick(n, "b"))
				}
			}
		}
		return tickWords(c)
	}
	if id := attr(c, "id"); id != "" {
		for n := range f.node.Descendants() {
			if n.Data == "label" && attr(n, "for") == id {
				return visible(n)
			}
		}
	}
	return ""
}

// tickWords is the label around a box to be ticked.
func tickWords(c *dom.Node) string {
	for up := c.Parent; up != nil; up = up.Parent {
		if up.Data == "label" {
			return cmpOr(visible(up), text(up))
		}
	}
	return ""
}

// send sends the form as it is filled.
func (b *browser) submit(f *form) *page {
	if attr(f.node, "enctype") == "multipart/form-data" {
		return b.postFiles(f.action, f.values, f.files)
	}
	return b.post(f.action, f.values)
}
