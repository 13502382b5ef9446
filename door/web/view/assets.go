// SPDX-License-Identifier: Apache-2.0

package view

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// assetPrefix is where assets live: /tai-san/<checksum>/<name>, unchanged for ever.
const assetPrefix = "/tai-san/"

//go:embed base font
var assetFiles embed.FS

type asset struct {
	name, sum, kind string
	plain, packed   []byte // packed is nil where gzip gains nothing (fonts)
}

func (a *asset) address() string { return assetPrefix + a.sum + "/" + a.name }

type assets struct{ byName map[string]*asset }

// loadAssets reads fonts, joins all styles into one sheet in the order base, parts, pages,
// print, and computes checksums. Fonts come first: the sheet names them by their address.
func loadAssets() (*assets, error) {
	as := &assets{byName: map[string]*asset{}}
	fonts, err := fs.Glob(assetFiles, "font/*.woff2")
	if err != nil {
		return nil, err
	}
	for _, f := range fonts {
		body, err := assetFiles.ReadFile(f)
		if err != nil {
			return nil, err
		}
		as.add(path.Base(f), "font/woff2", body, false)
	}
	for name, kind := range map[string]string{"comfort.js": "text/javascript; charset=utf-8", "reach.js": "text/javascript; charset=utf-8", "signing.js": "text/javascript; charset=utf-8", "mark.svg": "image/svg+xml",
		"icon-192.png": "image/png", "icon-512.png": "image/png", "icon-maskable.png": "image/png", "icon-touch.png": "image/png"} {
		body, err := assetFiles.ReadFile("base/" + name)
		if err != nil {
			return nil, err
		}
		as.add(name, kind, body, true)
	}
	sheet, err := joinStyles()
	if err != nil {
		return nil, err
	}
	for _, f := range fonts {
		name := path.Base(f)
		if !bytes.Contains(sheet, []byte("font:"+name)) {
			return nil, fmt.Errorf("view: font %s is not used by the style sheet", name)
		}
		sheet = bytes.ReplaceAll(sheet, []byte("font:"+name), []byte(as.byName[name].address()))
	}
	as.add("base.css", "text/css; charset=utf-8", sheet, true)
	return as, nil
}

func (as *assets) add(name, kind string, body []byte, pack bool) {
	sum := sha256.Sum256(body)
	a := &asset{name: name, sum: hex.EncodeToString(sum[:8]), kind: kind, plain: body}
	if pack {
		var buf bytes.Buffer
		w, _ := gzip.NewWriterLevel(&buf, gzip.BestCompression)
		_, _ = w.Write(body)
		_ = w.Close()
		if buf.Len() < len(body) {
			a.packed = buf.Bytes()
		}
	}
	as.byName[name] = a
}

// joinStyles puts base/*.css first, then the styles beside parts and pages, then print.
func joinStyles() ([]byte, error) {
	var out bytes.Buffer
	take := func(from fs.ReadFileFS, name string) error {
		body, err := from.ReadFile(name)
		out.Write(body)
		out.WriteByte('\n')
		return err
	}
	baseSheets, err := fs.Glob(assetFiles, "base/*.css")
	if err != nil {
		return nil, err
	}
	sort.Strings(baseSheets)
	for _, name := range baseSheets {
		if err := take(assetFiles, name); err != nil {
			return nil, err
		}
	}
	for _, pattern := range []string{"parts/*/*.css", "pages/*/*.css"} {
		names, err := fs.Glob(templateFiles, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if err := take(templateFiles, name); err != nil {
				return nil, err
			}
		}
	}
	return out.Bytes(), nil
}

var assetCall = regexp.MustCompile(`\{\{asset "([^"]+)"\}\}`)

// nameIn puts the addresses of assets into a template's text before it is parsed: they
// are the same for the whole life of the program.
func (as *assets) nameIn(text string) (string, error) {
	var err error
	text = assetCall.ReplaceAllStringFunc(text, func(call string) string {
		name := assetCall.FindStringSubmatch(call)[1]
		a := as.byName[name]
		if a == nil {
			err = fmt.Errorf("no asset %q", name)
			return ""
		}
		return a.address()
	})
	return text, err
}

// Assets serves /tai-san/…: styles, script and fonts under the checksum of their bytes.
// What stands at an address never changes, so browsers may keep it for ever.
func (v *Views) Assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sum, name, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, assetPrefix), "/")
		a := v.assets.byName[name]
		if !ok || a == nil || a.sum != sum {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		body := a.plain
		if a.packed != nil {
			h.Set("Vary", "Accept-Encoding")
			if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				h.Set("Content-Encoding", "gzip")
				body = a.packed
			}
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if r.Method != http.MethodHead {
			_, _ = w.Write(body)
		}
	})
}

// Asset returns the address of an asset by its name, for headers such as Link preload.
func (v *Views) Asset(name string) string {
	if a := v.assets.byName[name]; a != nil {
		return a.address()
	}
	return ""
}
