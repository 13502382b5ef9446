// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"soviec/kit/blob"
	"soviec/kit/cms"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/office/document"
	"soviec/office/signature"
)

// lookFor bounds the judging of one file with what is asked of other hosts.
const lookFor = 2 * time.Minute

// fetcher reaches the hosts that tell of revocation, as they are set; nil reaches nobody.
func (s *Settings) fetcher() *cms.Fetcher {
	var hosts []string
	for h := range strings.SplitSeq(s.SignatureHosts, ",") {
		if h = strings.TrimSpace(h); h != "" {
			hosts = append(hosts, h)
		}
	}
	if len(hosts) == 0 {
		return nil
	}
	return &cms.Fetcher{Allow: hosts}
}

// signatures ties judging to the documents that arrive.
func signatures() {
	document.Guard = func(a *journal.Act, d document.Incoming, files []document.File) error {
		var shas []string
		for _, f := range files {
			if !f.Purged {
				shas = append(shas, f.SHA)
			}
		}
		return signature.Demand(a, d.Ref(), shas...)
	}
}

// judgeSignatures judges a PDF that came, once; whoever wants it again asks on its page.
func (p *program) judgeSignatures(ctx context.Context, it job.Item) error {
	var sha string
	if err := json.Unmarshal(it.Payload, &sha); err != nil {
		return err
	}
	known, err := signature.Outcomes(p.db.Read(ctx), it.Agency, sha)
	if err != nil || known[sha] != "" && (p.fetch == nil || known[sha] == signature.NotSigned) {
		return err
	}
	r, size, err := p.blobs.Get(ctx, blob.Key(sha))
	if err != nil {
		return err
	}
	defer r.Close()
	store, err := signature.StoreOf(p.db.Read(ctx), it.Agency)
	if err != nil {
		return err
	}
	look, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	rec := signature.Look(look, blob.At(r), size, store, p.clock(), p.fetch)
	if err := look.Err(); err != nil {
		return err
	}
	if known[sha] != "" && known[sha] == rec.Outcome() {
		return nil // what the network adds changes nothing
	}
	return p.book.Do(ctx, system(it.Agency), func(a *journal.Act) error {
		_, err := signature.Keep(a, sha, rec)
		return err
	})
}
