// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"slices"

	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/document"
	"soviec/office/org"
	"soviec/office/outgoing"
)

func init() {
	// What goes out has its record copy with the clerk (bản lưu tại Văn thư), which outlives
	// any dossier: destroying a dossier takes nothing from it.
	On(outgoing.RefOutgoing, Kind{Word: "Văn bản đi", Of: outgoings, Files: outgoingFiles, MayRead: readsOutgoing, Related: ofOutgoing, Filed: outgoing.Shelved})
}

func outgoings(r store.Reader, agency int64, ids []int64) (map[int64]Matter, error) {
	docs, err := outgoing.ByIDs(r, agency, ids)
	if err != nil {
		return nil, err
	}
	types, err := document.Types(r, agency)
	if err != nil {
		return nil, err
	}
	agencies, err := org.Agencies(r)
	if err != nil {
		return nil, err
	}
	author := ""
	for _, a := range agencies {
		if a.ID == agency {
			author = a.Name
		}
	}
	names := map[string]string{}
	for _, t := range types {
		names[t.Code] = t.Name
	}
	out := map[int64]Matter{}
	for id, d := range docs {
		no, notation := cutNumber(d.Label)
		m := Matter{Link: d.Address(), Type: names[d.Type], Number: d.Label, No: no, Notation: notation, On: d.Day, Subject: d.Subject, Author: author, Signer: d.SignerName,
			Note: d.Note, Urgency: d.Urgency, Places: d.Places, Copies: d.Amount, Shut: d.Frozen, Unsigned: d.Signed == ""}
		if n := len(d.Lines); n > 0 {
			m.SignerTitle = d.Lines[n-1]
		}
		switch d.State {
		case outgoing.StateNumbered, outgoing.StateSealed:
			m.Unfinished = "văn bản đi chưa phát hành (" + d.State.Label() + ")"
		case outgoing.StateRecalling:
			m.Unfinished = "văn bản đi đang thu hồi"
		case outgoing.StateVoid:
			m.Draft = true
		}
		out[id] = m
	}
	return out, nil
}

// outgoingFiles are what went out: the last form of the main file, and what was enclosed.
func outgoingFiles(r store.Reader, agency int64, ids []int64) (map[int64][]File, error) {
	all, err := outgoing.FilesByDocument(r, agency, ids)
	out := map[int64][]File{}
	for id, files := range all {
		main := false
		for _, f := range files {
			if f.Kind == "main" && main {
				continue
			}
			main = main || f.Kind == "main"
			out[id] = append(out[id], File{ID: f.ID, Name: f.Name, MIME: f.MIME, Size: f.Size, SHA: f.SHA})
		}
	}
	return out, err
}

func readsOutgoing(r store.Reader, x org.Rights, agency, id int64) (bool, error) {
	may, err := outgoing.Readable(r, agency, outgoing.ReachOf(x), []int64{id})
	return len(may) > 0, err
}

// ofOutgoing are what a document answers.
func ofOutgoing(r store.Reader, _, id int64) ([]string, error) {
	links, err := outgoing.LinksOf(r, id)
	var out []string
	for _, l := range links {
		if kind, _, ok := journal.ParseRef(l.Other); ok && l.Kind == outgoing.Answers && kinds[kind].Of != nil {
			out = append(out, l.Other)
		}
	}
	return out, err
}

// answersTo are the documents that went out in answer to something.
func answersTo(r store.Reader, agency int64, ref string) ([]string, error) {
	links, err := outgoing.LinksTo(r, agency, ref)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, l := range links {
		if l.Kind == outgoing.Answers && !slices.Contains(ids, l.Document) {
			ids = append(ids, l.Document)
		}
	}
	docs, err := outgoing.ByIDs(r, agency, ids)
	var out []string
	for _, id := range ids {
		if d, ok := docs[id]; ok && d.State.Out() {
			out = append(out, d.Ref())
		}
	}
	return out, err
}

// Issued gathers a document that has just gone out into the dossiers in which what it
// answers lies. Whoever wires the program ties it to the issuing.
func Issued(a *journal.Act, d outgoing.Document) error { return Gather(a, d.Ref()) }
