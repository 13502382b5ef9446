// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"soviec/door/signdesk"
	"soviec/door/web"
	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/convert"
	"soviec/kit/extract"
	"soviec/kit/find"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/archive"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/notice"
	"soviec/office/org"
	"soviec/office/outgoing"
	"soviec/office/plan"
	"soviec/office/task"
	"soviec/schema"
)

// A program is an installation with everything tied together. This page is the
// only one on which the floors meet.
type program struct {
	settings Settings
	db       *store.DB
	book     *journal.Book
	keys     note.Verifiers
	blobs    blob.Store
	finder   *find.Finder
	board    *task.Board
	text     *extract.Worker
	word     *convert.Office
	jobs     *job.Runner
	post     *notice.Post
	desk     *signdesk.Desk
	fetch    *cms.Fetcher // whom judging signatures may ask; nil asks nobody
	clock    func() time.Time
}

// assemble opens an installation. It does not serve yet.
func assemble(ctx context.Context, s Settings, clock func() time.Time) (*program, error) {
	return assembleWith(ctx, s, clock, false)
}

// assembleWith may give up durability while data are made that can be made again.
func assembleWith(ctx context.Context, s Settings, clock func() time.Time, volatile bool) (*program, error) {
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return nil, err
	}
	signer, keys, err := bookKey(s.Key)
	if err != nil {
		return nil, err
	}
	places, err := s.places()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, s.Database, store.Options{Schema: s.Schema, Volatile: volatile})
	if err != nil {
		return nil, err
	}
	if _, err := db.Migrate(ctx, schema.Files); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	blobs, err := blob.Open(s.Files)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	p := &program{
		settings: s, db: db, keys: keys, blobs: blobs, clock: clock,
		book:   &journal.Book{DB: db, Clock: clock, Signer: signer},
		finder: find.New(db),
		// Longer than a form waits: a file that a busy machine did not get through is
		// refused as not looked at, not taken in as unreadable.
		text: &extract.Worker{Cache: filepath.Join(s.Data, "cache"), Limits: extract.Limits{Time: time.Minute}},
	}
	p.word = &convert.Office{Program: s.Office}
	p.fetch = s.fetcher()
	p.board = task.NewBoard(p.book)
	p.desk = &signdesk.Desk{Book: p.book, Blobs: blobs, Text: p.text, Clock: clock, Fetch: p.fetch, At: places, JudgeDraft: p.judgeDraft, JudgeSeal: p.judgeSeal}
	p.jobs = &job.Runner{DB: db, Clock: clock, Handlers: map[string]job.Handler{
		document.JobText:       p.readText,
		document.JobPurge:      p.purge,
		document.JobSignatures: p.judgeSignatures,
		jobSweep:               p.sweep,
		jobSeal:                p.seal,
		outgoing.JobMail:       p.mailOut,
		jobKept:                p.expire,
		jobIndex:               p.indexWorks,
		jobEnding:              p.warnEnding,
		jobRetry:               p.judgeLater,
		jobDigest:              p.digest,
		plan.JobMorning:        p.give,
		plan.JobBegin:          p.begin,
	}}
	if p.post, err = newPost(p); err != nil {
		return nil, errors.Join(err, p.close())
	}
	// What a document does when its work changes; document stands above task and
	// is told through this seam.
	task.OnChange(document.RefIncoming, archive.Both(document.Effects(), archive.Effects()))
	task.OnChange(plan.RefRun, plan.Effects()) // chains: when this is done, that begins
	org.OnLeave("archive", archive.Leaving)
	tieIssuing()
	draft.Judge = p.judgeDraft
	tieMorning()
	matters()
	signatures()
	return p, nil
}

func (p *program) close() error { return errors.Join(p.text.Close(), p.db.Close()) }

// tieMorning has what waits for a signature stand on the leader's morning sheet, once in a process.
var tieMorning = sync.OnceFunc(func() { document.Papers = draft.Morning })

// tieIssuing has what goes out gathered into its dossiers, once in a process.
var tieIssuing = sync.OnceFunc(func() { outgoing.OnIssued(archive.Issued) })

// door is the web's way in.
func (p *program) door() (*web.Door, error) {
	views, err := view.New()
	if err != nil {
		return nil, err
	}
	return &web.Door{
		Book: p.book, Blobs: p.blobs, Text: p.text, Word: p.word, Finder: p.finder, Board: p.board, Jobs: p.jobs,
		Views: views, Clock: p.clock, Seals: p.judgeSeal, Keys: p.keys, Secure: p.settings.Proxy || p.settings.Domain != "" || p.settings.Cert != "",
		Proxy: p.settings.Proxy, Health: p.health, Post: p.post, Fetch: p.fetch, Desk: p.desk,
	}, nil
}

// background does the program's own work until the context ends.
func (p *program) background(ctx context.Context) {
	go p.jobs.Run(ctx, 5*time.Second)
	go p.post.Run(ctx, 5*time.Second)
	go every(ctx, 30*time.Second, p.schedule)
	go every(ctx, signdesk.Every, p.desk.Round)
	go every(ctx, 250*time.Millisecond, func(ctx context.Context) {
		if err := p.finder.Index(ctx); err != nil && ctx.Err() == nil {
			slog.Error("search index", "err", err)
		}
	})
	go every(ctx, 6*time.Hour, p.forget)
	go every(ctx, 6*time.Hour, func(ctx context.Context) {
		if err := p.db.Optimize(ctx); err != nil && ctx.Err() == nil {
			slog.Error("optimize", "err", err)
		}
	})
	if p.db.Engine() == store.PostgreSQL {
		go notice.Live.Poll(ctx, p.db, p.clock, notice.PollEvery)
	}
	if f, ok := p.blobs.(interface{ Sweep(time.Time) (int, error) }); ok {
		go every(ctx, time.Hour, func(context.Context) { _, _ = f.Sweep(p.clock()) })
	}
}

func every(ctx context.Context, d time.Duration, f func(context.Context)) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		f(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// bookKey reads the key that seals the book, making it at the first start.
func bookKey(path string) (note.Signer, note.Verifiers, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		secret, public, err := note.GenerateKey(rand.Reader, "soviec")
		if err != nil {
			return nil, nil, err
		}
		raw = []byte(secret + "\n" + public + "\n")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			return nil, nil, fmt.Errorf("khóa niêm phong sổ: %w", err)
		}
	} else if err != nil {
		return nil, nil, fmt.Errorf("khóa niêm phong sổ: %w", err)
	}
	lines := strings.Fields(string(raw))
	if len(lines) != 2 {
		return nil, nil, fmt.Errorf("khóa niêm phong sổ %s không đúng dạng", path)
	}
	signer, err := note.NewSigner(lines[0])
	if err != nil {
		return nil, nil, err
	}
	verifier, err := note.NewVerifier(lines[1])
	if err != nil {
		return nil, nil, err
	}
	return signer, note.VerifierList(verifier), nil
}

func runMigrate(ctx context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	if _, err := s.parse("migrate", "Đưa cơ sở dữ liệu lên phiên bản của chương trình.", args, errOut, nil); err != nil {
		return exit(err, errOut)
	}
	db, err := store.Open(ctx, s.Database, store.Options{Schema: s.Schema})
	if err != nil {
		return exit(err, errOut)
	}
	defer db.Close()
	applied, err := db.Migrate(ctx, schema.Files)
	for _, name := range applied {
		fmt.Fprintln(out, "đã áp dụng", name)
	}
	if err == nil && len(applied) == 0 {
		fmt.Fprintln(out, "Cơ sở dữ liệu đã ở phiên bản mới nhất.")
	}
	return exit(err, errOut)
}

// directory is an agency's people, units and calendar.
func (p *program) directory(ctx context.Context, agency int64) (*org.Directory, error) {
	return org.DirectoryOf(p.book, p.db.Read(ctx), agency)
}

// today is the civil date of the program's clock.
func (p *program) today() civil.Date { return civil.Of(p.clock()) }
