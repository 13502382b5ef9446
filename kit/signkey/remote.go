// SPDX-License-Identifier: Apache-2.0

package signkey

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// service is a service of remote keys at the one address that was set. It goes nowhere else,
// wherever it is sent.
type service struct {
	name   string // words for the person
	base   *url.URL
	client *http.Client
}

const (
	callWait    = 20 * time.Second
	answerLimit = 4 << 20
)

// newService takes https addresses; http only on this machine, for trials.
func newService(name, address string) (*service, error) {
	u, err := url.Parse(strings.TrimSuffix(address, "/"))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("địa chỉ %q của %s không đúng dạng https://máy-chủ/đường-dẫn", address, name)
	}
	if ip := net.ParseIP(u.Hostname()); u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback())) {
		return nil, fmt.Errorf("địa chỉ %q của %s phải là https", address, name)
	}
	return &service{name: name, base: u, client: &http.Client{
		Timeout:       callWait,
		Transport:     &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 8, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// post asks with JSON and reads JSON. The status is for the caller; what is no JSON, or is
// too long, is an answer of no use.
func (s *service) post(ctx context.Context, path, bearer string, in, out any) (status int, err error) {
	raw, err := json.Marshal(in)
	if err != nil {
		return 0, err
	}
	return s.send(ctx, path, bearer, "application/json", raw, out)
}

func (s *service) send(ctx context.Context, path, bearer, contentType string, body []byte, out any) (status int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.base.JoinPath(path).String(), bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "soviec")
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	w, err := s.client.Do(r)
	if err != nil {
		return 0, unreachable(s.name, bare(err))
	}
	defer w.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(w.Body, answerLimit+1))
	switch {
	case err != nil:
		return 0, unreachable(s.name, err)
	case len(raw) > answerLimit:
		return 0, s.odd(fmt.Errorf("%s answered more than %d bytes", path, answerLimit))
	case w.StatusCode >= 500 || w.StatusCode == http.StatusTooManyRequests || w.StatusCode == http.StatusNotFound || w.StatusCode/100 == 3:
		return w.StatusCode, unreachable(s.name, fmt.Errorf("%s answered %s", path, w.Status))
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return w.StatusCode, s.odd(fmt.Errorf("%s: %w", path, err))
	}
	return w.StatusCode, nil
}

// odd says that the service answered what cannot be understood.
func (s *service) odd(cause error) error {
	return oddAnswer("Câu trả lời của "+s.name, cause)
}

// bare leaves the address out of an error of the network: it may stand in a log.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
