// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"soviec/kit/civil"
	"soviec/kit/deliver"
	"soviec/kit/job"
	"soviec/office/document"
	"soviec/office/draft"
	"soviec/office/notice"
)

// jobDigest puts the morning's summaries into the outbox.
const jobDigest = "notice.digest"

// settleReach fills and checks what concerns reaching people beyond the pages.
func (s *Settings) settleReach() error {
	if s.URL == "" {
		s.URL = "http://" + s.Listen
		if s.Domain != "" {
			s.URL = "https://" + s.Domain
		}
	}
	s.URL = strings.TrimRight(s.URL, "/")
	if u, err := url.Parse(s.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" {
		return errors.New("--url phải có dạng https://so.example.vn")
	}
	if s.MailHost == "" {
		return nil
	}
	m, err := s.mailServer()
	if err != nil {
		return err
	}
	return m.Check()
}

func (s *Settings) mailServer() (deliver.MailServer, error) {
	m := deliver.MailServer{Host: s.MailHost, User: s.MailUser, Password: s.MailPassword, Protection: s.MailProtection, From: s.MailSender}
	if m.From == "" {
		return m, errors.New("--mail-host cần có --mail-from")
	}
	if s.MailPort != "" {
		var err error
		if m.Port, err = strconv.Atoi(s.MailPort); err != nil || m.Port < 1 || m.Port > 65535 {
			return m, fmt.Errorf("--mail-port %q không phải là cổng", s.MailPort)
		}
	}
	return m, nil
}

func hosts(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// newPost makes the post office of the installation. The key by which push services know
// it follows from the key of the book, so that all processes have the same one.
func newPost(p *program) (*notice.Post, error) {
	s := p.settings
	post := &notice.Post{Book: p.book, Base: s.URL, Count: p.counts, Hook: deliver.NewHook(deliver.Guard{Hosts: hosts(s.HookHosts)})}
	if s.MailHost != "" {
		server, err := s.mailServer()
		if err != nil {
			return nil, err
		}
		post.Mail = &deliver.Mail{Server: server}
	}
	if s.PushHosts == "-" {
		return post, nil
	}
	secret, err := os.ReadFile(s.Key)
	if err != nil {
		return nil, fmt.Errorf("khóa niêm phong sổ: %w", err)
	}
	key, err := deliver.NewPushKey(secret)
	if err != nil {
		return nil, err
	}
	post.Push = deliver.NewPush(key, s.pushSubject(), deliver.Guard{Hosts: slices.Concat(deliver.PushHosts, hosts(s.PushHosts))})
	return post, nil
}

// pushSubject is whom a push service may write to when something is wrong.
func (s *Settings) pushSubject() string {
	if a, err := mail.ParseAddress(s.MailSender); err == nil {
		return "mailto:" + a.Address
	}
	if strings.HasPrefix(s.URL, "https://") {
		return s.URL
	}
	return "mailto:soviec@localhost"
}

// counts are what waits for a person now.
func (p *program) counts(ctx context.Context, agency, person int64) (notice.Counts, error) {
	d, err := p.directory(ctx, agency)
	if err != nil {
		return notice.Counts{}, err
	}
	c, err := document.WaitsFor(ctx, p.board, d, person)
	if err != nil {
		return c, err
	}
	waits, err := draft.Waiting(p.db.Read(ctx), d, d.Rights(person, p.today()), person, p.today())
	c.Documents += len(waits)
	return c, err
}

// digest puts the morning's summaries into the outbox. A day that has passed has none any more.
func (p *program) digest(ctx context.Context, it job.Item) error {
	day, err := civil.Parse(it.Key)
	if err != nil || day != p.today() {
		return err
	}
	return notice.Digest(ctx, p.book, it.Agency, day)
}

func (p *program) forget(ctx context.Context) {
	if err := notice.Forget(ctx, p.db, p.clock()); err != nil && ctx.Err() == nil {
		slog.Error("notice: forget", "err", err)
	}
}
