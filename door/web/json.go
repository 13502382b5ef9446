// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"soviec/kit/fault"
)

// A program that sends documents asks for JSON and gets what a person reads in the page:
// the sentences of the rules that refused, or what was made. docs/json.md says which
// addresses answer so.

// wantsJSON reports whether the answer is read by a program.
func (v *visit) wantsJSON() bool { return wantsJSON(v.Request) }

func wantsJSON(r *http.Request) bool {
	first, _, _ := strings.Cut(r.Header.Get("Accept"), ",")
	first, _, _ = strings.Cut(first, ";")
	return strings.TrimSpace(first) == "application/json"
}

// made is what an act made.
type made struct {
	Address  string   `json:"address"`
	Said     string   `json:"said"`
	Warnings []string `json:"warnings,omitempty"`
}

// refusals are why nothing was made.
type refusals struct {
	Errors []refusal `json:"errors"`
}

type refusal struct {
	Kind  string `json:"kind"`
	Field string `json:"field,omitempty"`
	Text  string `json:"text"`
}

func refusalsOf(kind fault.Kind, text string, err error) refusals {
	var out refusals
	if kind != fault.KindInternal {
		for _, e := range fault.All(err) {
			out.Errors = append(out.Errors, refusal{Kind: e.Kind.String(), Field: e.Field, Text: e.Text})
		}
	}
	if len(out.Errors) == 0 {
		out.Errors = []refusal{{Kind: kind.String(), Text: text}}
	}
	return out
}

func sendJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header()["Cache-Control"] = noStore
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(body) // the reader may have gone
}
