// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/extract"
	"soviec/kit/find"
	"soviec/office/document"
	"soviec/office/org"
)

// propose fills fields that were left empty from the first page of a dropped file and
// from the number that was typed. The sentence says what was read.
func (v *visit) propose(form *view.Form, files uploads) (read string, err error) {
	if form.Proposals == nil {
		form.Proposals = map[string]string{}
	}
	var names []string
	fill := func(field, value, why, name string) {
		if value == "" || form.Value(field) != "" && !(field == "type" && form.Value(field) == typeByNumber) && !(field == "urgency" && form.Value(field) == "0") {
			return
		}
		values := map[string][]string{}
		for k, all := range form.Values {
			values[k] = all
		}
		values[field] = []string{value}
		form.Values, form.Proposals[field] = values, why
		if name != "" {
			names = append(names, name)
		}
	}
	for _, f := range files {
		if f.first == "" || f.Secret != "" {
			continue
		}
		if err := v.fromPage(f.first, fill); err != nil {
			return "", err
		}
		break
	}
	if raw := form.Value("notation"); raw != "" {
		t, issuer, err := v.fromNumber(raw)
		if err != nil {
			return "", err
		}
		fill("type", t.Code, "theo số, ký hiệu", "")
		fill("issuer", issuer, "theo số, ký hiệu", "")
	}
	if len(names) > 0 {
		read = "Đã đọc được từ tệp: " + strings.Join(names, ", ") + ". Xin kiểm tra lại."
	}
	return read, nil
}

// fromPage proposes what a first page says about its document.
func (v *visit) fromPage(page string, fill func(field, value, why, name string)) error {
	const why = "đọc từ tệp"
	p := extract.Propose(page)
	fill("notation", p.NumberRaw, why, "số, ký hiệu")
	if !p.Date.IsZero() {
		fill("issued_on", p.Date.VN(), why, "ngày")
	}
	fill("issuer", p.Issuer, why, "cơ quan ban hành")
	fill("subject", p.Subject, why, "trích yếu")
	if p.Type != "" {
		types, err := document.Types(v.read(), v.agency())
		if err != nil {
			return err
		}
		for _, t := range types {
			if find.Fold(t.Name) == find.Fold(p.Type) {
				fill("type", t.Code, why, "loại")
				break
			}
		}
	}
	if p.Urgency > 0 {
		fill("urgency", strconv.Itoa(p.Urgency), why, "độ khẩn")
	}
	return nil
}

// fromNumber is what a number says of type and issuer, typed in capitals or not.
func (v *visit) fromNumber(raw string) (document.Type, string, error) {
	t, issuer, err := document.ProposeFromNumber(v.read(), v.agency(), raw)
	if err != nil || t.Code != "" && issuer != "" {
		return t, issuer, err
	}
	upper, by, err := document.ProposeFromNumber(v.read(), v.agency(), strings.ToUpper(raw))
	if t.Code == "" {
		t = upper
	}
	return t, cmp.Or(issuer, by), err
}

// registerProposal answers the script of the form while the number is being typed:
// type and issuer that the number names, and a document that bears it already.
func registerProposal(v *visit) error {
	if !v.may(org.RegisterIncoming, org.Target{}) {
		return errNotClerk
	}
	var out struct {
		Type      string `json:"type"`
		TypeName  string `json:"type_name"`
		Issuer    string `json:"issuer"`
		Duplicate *there `json:"duplicate,omitempty"`
	}
	raw := v.FormValue("notation")
	t, issuer, err := v.fromNumber(raw)
	if err != nil {
		return err
	}
	out.Type, out.TypeName, out.Issuer = t.Code, t.Name, issuer
	if typed := v.FormValue("issuer"); typed != "" {
		issuer = typed
	}
	if n := extract.ParseNumber(raw); !n.None && issuer != "" {
		d, found, err := v.bearing(raw, issuer)
		if err != nil {
			return err
		}
		if found {
			out.Duplicate = &there{Href: d.Address(), Number: document.ShowNumber(d.Number), Arrived: d.ArrivalOn.VN(), Subject: d.Subject}
		}
	}
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.w.Header().Set("Cache-Control", "private, no-store")
	v.w.WriteHeader(http.StatusOK)
	return json.NewEncoder(v.w).Encode(out)
}

// there is a document that is in the register already.
type there struct {
	Href    string `json:"href"`
	Number  string `json:"number"`
	Arrived string `json:"arrived"`
	Subject string `json:"subject"`
}

// bearing finds a document of this year with the number and the issuer.
func (v *visit) bearing(raw, issuer string) (document.Incoming, bool, error) {
	found, err := v.d.Finder.Search(v.read(), v.agency(), find.Query{Text: `"` + raw + `"`, Any: v.reach().Who, All: []string{"kind:" + document.RefIncoming}, Limit: 10})
	if err != nil || found.Total == 0 {
		return document.Incoming{}, false, err
	}
	ids := idsOf(found.Hits, document.RefIncoming)
	docs, err := document.ByIDs(v.read(), v.agency(), ids)
	if err != nil {
		return document.Incoming{}, false, err
	}
	want := extract.ParseNumber(raw)
	for _, id := range ids {
		d := docs[id]
		if d.IssuedOn.Year() == v.today.Year() && find.Exact(d.No+"/"+d.Notation) == find.Exact(want.Number+"/"+want.Notation) &&
			find.Exact(d.IssuerName) == find.Exact(issuer) && d.State != document.StateVoided {
			return d, true, nil
		}
	}
	return document.Incoming{}, false, nil
}
