// SPDX-License-Identifier: Apache-2.0

// Package main shows every page with its example, to be looked at in a browser.
//
// May enter: rendering of examples, files for the eye.
// May not: anything that runs in the product.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"soviec/door/web/view"
	"soviec/door/web/view/example"
)

func main() {
	out := flag.String("out", "", "folder for the static pages")
	listen := flag.String("listen", "", "serve the pages at this address instead")
	flag.Parse()
	if err := run(*out, *listen); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out, listen string) error {
	v, err := view.New()
	if err != nil {
		return err
	}
	pages := map[string]string{}
	var index strings.Builder
	index.WriteString("<!DOCTYPE html><meta charset=utf-8><title>Gallery</title><ul>")
	for _, e := range example.All() {
		var b strings.Builder
		if err := v.Render(&b, e.Page); err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
		pages[e.Name+".html"] = b.String()
		fmt.Fprintf(&index, `<li><a href="%s.html">%s</a>`, e.Name, e.Name)
	}
	pages["index.html"] = index.String()
	if listen == "" {
		return write(out, pages, v)
	}
	mux := http.NewServeMux()
	mux.Handle("/tai-san/", v.Assets())
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "phim-tat" {
			name = "keys.html"
		}
		body, ok := pages[name]
		if name == "" {
			body, ok = pages["index.html"], true
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'self'; frame-src 'self'")
		fmt.Fprint(w, body)
	})
	fmt.Println("http://" + listen)
	return http.ListenAndServe(listen, mux)
}

// write makes files that open without a server: asset addresses become relative.
func write(out string, pages map[string]string, v *view.Views) error {
	if out == "" {
		return fmt.Errorf("gallery: -out or -listen is needed")
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for name, body := range pages {
		body = strings.ReplaceAll(body, "/tai-san/", "tai-san/")
		if err := os.WriteFile(filepath.Join(out, name), []byte(body), 0o644); err != nil {
			return err
		}
	}
	return writeAssets(out, pages, v)
}

var address = regexp.MustCompile(`tai-san/[0-9a-f]+/[a-z0-9.-]+`)

// writeAssets fetches what the pages name, and what the style sheet names.
func writeAssets(out string, pages map[string]string, v *view.Views) error {
	names := map[string]bool{}
	for _, body := range pages {
		for _, a := range address.FindAllString(body, -1) {
			names[a] = true
		}
	}
	for a := range names {
		body := fetch(v, a)
		if strings.HasSuffix(a, ".css") {
			for _, font := range address.FindAllString(string(body), -1) {
				if err := put(out, font, fetch(v, font)); err != nil {
					return err
				}
			}
			body = bytes.ReplaceAll(body, []byte("/tai-san/"), []byte("../../tai-san/"))
		}
		if err := put(out, a, body); err != nil {
			return err
		}
	}
	return nil
}

func fetch(v *view.Views, address string) []byte {
	w := httptest.NewRecorder()
	v.Assets().ServeHTTP(w, httptest.NewRequest("GET", "/"+address, nil))
	return w.Body.Bytes()
}

func put(out, name string, body []byte) error {
	file := filepath.Join(out, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, body, 0o644)
}
