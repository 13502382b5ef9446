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
	"soviec/kit/store"
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
	rec, err := p.look(ctx, it.Agency, sha)
	if err != nil {
		return err
	}
	if known[sha] != "" && known[sha] == rec.Outcome() {
		return nil // what the network adds changes nothing
	}
	return p.keepVerdict(ctx, it.Agency, sha, rec)
}

// look judges a stored file by what the agency trusts now.
func (p *program) look(ctx context.Context, agency int64, sha string) (signature.Record, error) {
	r, size, err := p.blobs.Get(ctx, blob.Key(sha))
	if err != nil {
		return signature.Record{}, err
	}
	defer r.Close()
	trust, err := signature.StoreOf(p.db.Read(ctx), agency)
	if err != nil {
		return signature.Record{}, err
	}
	look, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	rec := signature.Look(look, blob.At(r), size, trust, p.clock(), p.fetch)
	return rec, look.Err()
}

func (p *program) keepVerdict(ctx context.Context, agency int64, sha string, rec signature.Record) error {
	return p.book.Do(ctx, system(agency), func(a *journal.Act) error {
		_, err := signature.Keep(a, sha, rec)
		return err
	})
}

// judgeLater judges again what came to no conclusion, so many files a morning and each after
// longer waits. A conclusion is another verdict beside the old one; none is no news.
func (p *program) judgeLater(ctx context.Context, it job.Item) error {
	due, err := signature.DueAgain(p.db.Read(ctx), it.Agency, p.clock())
	if err != nil {
		return err
	}
	for _, x := range due {
		rec, err := p.look(ctx, it.Agency, x.SHA)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil && rec.Outcome() != x.Outcome:
			err = p.keepVerdict(ctx, it.Agency, x.SHA, rec)
		default: // nothing new, or the file or the hosts cannot be reached
			err = p.db.Write(ctx, func(tx *store.Tx) error { return signature.Later(tx, it.Agency, x, p.clock()) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// warnEnding tells of certificates that end.
func (p *program) warnEnding(ctx context.Context, it job.Item) error {
	return signature.Warn(ctx, p.book, it.Agency)
}
