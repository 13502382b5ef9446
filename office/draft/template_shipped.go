// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:embed templates/*.txt
var shippedFiles embed.FS

// shipped are the samples that the program brings, for the kinds that offices write most.
// An agency that changes one makes it its own.
var shipped = sync.OnceValue(func() []Template {
	files, err := shippedFiles.ReadDir("templates")
	if err != nil {
		panic(err) // built in
	}
	var out []Template
	for _, f := range files {
		raw, err := shippedFiles.ReadFile(path.Join("templates", f.Name()))
		if err != nil {
			panic(err)
		}
		t, err := parseShipped(strings.TrimSuffix(f.Name(), ".txt"), string(raw))
		if err != nil {
			panic(fmt.Sprintf("draft: %s: %v", f.Name(), err))
		}
		out = append(out, t)
	}
	return out
})

// parseShipped reads one: lines of what it is, "---", the body.
func parseShipped(code, raw string) (Template, error) {
	head, body, ok := strings.Cut(raw, "\n---\n")
	if !ok {
		return Template{}, fmt.Errorf("no body")
	}
	t := Template{Code: code, On: true, Edition: Edition{Ordinal: 1, Way: WayComposed, Body: strings.TrimSpace(body), Why: "Mẫu có sẵn của phần mềm"}}
	for _, l := range strings.Split(head, "\n") {
		name, value, _ := strings.Cut(l, ": ")
		switch name {
		case "loai":
			t.Type = value
		case "ten":
			t.Name = value
		case "trich-yeu":
			t.Subject = value
		case "kinh-gui":
			t.Addressees = append(t.Addressees, value)
		default:
			return t, fmt.Errorf("what is %q", name)
		}
	}
	return t, t.shape(false)
}
