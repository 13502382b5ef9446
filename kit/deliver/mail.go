// SPDX-License-Identifier: Apache-2.0

package deliver

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	netmail "net/mail"
	"sync"
	"time"

	"github.com/wneessen/go-mail"
)

// The ways to protect the connection to a mail server.
const (
	StartTLS = "starttls" // begins in the clear and must change to TLS; the usual one, port 587
	TLS      = "tls"      // TLS from the first byte, port 465
	NoTLS    = "none"     // in the clear: only to a server on the same machine or in the same room
)

// A MailServer is where letters are handed in.
type MailServer struct {
	Host           string
	Port           int // 0 is the usual one of the protection
	User, Password string
	Protection     string // "" is StartTLS
	From           string // "Sổ Việc <so-viec@…>"
	Roots          *x509.CertPool
	Wait           time.Duration // for each answer; 0 is 20 seconds
}

// Check says what is wrong with the settings.
func (s MailServer) Check() error {
	if _, err := netmail.ParseAddress(s.From); err != nil {
		return fmt.Errorf("địa chỉ người gửi %q không đúng dạng", s.From)
	}
	switch s.Protection {
	case "", StartTLS, TLS, NoTLS:
		return nil
	}
	return fmt.Errorf("bảo vệ kết nối %q: chỉ có %s, %s, %s", s.Protection, StartTLS, TLS, NoTLS)
}

// A Letter is one message to one person.
type Letter struct {
	ID          string // "…@host", the same whenever it is sent again
	At          time.Time
	To          string
	Subject     string
	Text, HTML  string
	Unsubscribe string // where the person turns it off
	Files       []Enclosure
}

// An Enclosure is a file that goes with a letter.
type Enclosure struct {
	Name, MIME string
	Data       []byte
}

// Mail hands in letters over one connection, which it keeps until Close.
type Mail struct {
	Server MailServer

	mu     sync.Mutex
	client *mail.Client
}

// Send hands in a letter. Once the server has taken it, it is the server's.
func (m *Mail) Send(ctx context.Context, l Letter) error {
	msg, err := m.write(l)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	kept := m.client != nil
	if err := m.open(ctx); err != nil {
		return err
	}
	err = m.client.Send(msg)
	if kept && lost(err) && !msg.IsDelivered() { // the server has hung up meanwhile
		m.hangUp()
		if err := m.open(ctx); err != nil {
			return err
		}
		err = m.client.Send(msg)
	}
	if err == nil || msg.IsDelivered() {
		if err != nil {
			m.hangUp()
		}
		return nil
	}
	m.hangUp()
	return ofLetter(err)
}

// lost reports that the connection was gone before anything was said.
func lost(err error) bool {
	var e *mail.SendError
	return errors.As(err, &e) && e.Reason == mail.ErrConnCheck
}

func (m *Mail) write(l Letter) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.From(m.Server.From); err != nil {
		return nil, &Refusal{Reason: "Địa chỉ người gửi của hệ thống không đúng dạng.", Err: err}
	}
	if err := msg.To(l.To); err != nil {
		return nil, &Refusal{Kind: Never, Reason: "Địa chỉ thư điện tử của người nhận không đúng dạng.", Err: err}
	}
	msg.Subject(l.Subject)
	msg.SetMessageIDWithValue(l.ID)
	msg.SetDateWithValue(l.At)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if l.Unsubscribe != "" {
		msg.SetListUnsubscribe(l.Unsubscribe)
	}
	msg.SetBodyString(mail.TypeTextPlain, l.Text)
	if l.HTML != "" {
		msg.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	}
	for _, f := range l.Files {
		if err := msg.AttachReader(f.Name, bytes.NewReader(f.Data), mail.WithFileContentType(mail.ContentType(f.MIME))); err != nil {
			return nil, err
		}
	}
	return msg, nil
}

func (m *Mail) open(ctx context.Context) error {
	if m.client != nil {
		return nil
	}
	s := m.Server
	wait := s.Wait
	if wait == 0 {
		wait = 20 * time.Second
	}
	options := []mail.Option{mail.WithTimeout(wait), mail.WithTLSConfig(&tls.Config{ServerName: s.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12})}
	port := s.Port
	switch s.Protection {
	case TLS:
		options = append(options, mail.WithSSL())
		port = or(port, 465)
	case NoTLS:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
		port = or(port, 25)
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
		port = or(port, 587)
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, append(options, mail.WithPort(port))...)
	if err != nil {
		return &Refusal{Reason: "Thiết lập máy chủ thư không đúng.", Err: err}
	}
	if err := client.DialWithContext(ctx); err != nil {
		return &Refusal{Reason: "Không kết nối hoặc không đăng nhập được máy chủ thư.", Err: err}
	}
	m.client = client
	return nil
}

func or(n, otherwise int) int {
	if n != 0 {
		return n
	}
	return otherwise
}

// Close ends the connection; the next letter opens another.
func (m *Mail) Close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hangUp()
}

func (m *Mail) hangUp() {
	if m.client != nil {
		_ = m.client.Close()
		m.client = nil
	}
}

// ofLetter tells what the mail server said.
func ofLetter(err error) error {
	r := &Refusal{Reason: "Máy chủ thư không nhận thư.", Err: err}
	var e *mail.SendError
	if !errors.As(err, &e) {
		r.Unknown = true
		return r
	}
	code := e.ErrorCode()
	if code != 0 {
		r.Reason = fmt.Sprintf("Máy chủ thư không nhận thư (mã %d).", code)
	}
	switch e.Reason {
	case mail.ErrSMTPDataClose, mail.ErrWriteContent, mail.ErrAmbiguous:
		r.Unknown = code == 0 // no answer to the last line: it may lie in the server's queue
		if code >= 500 {
			r.Kind = Never
		}
	case mail.ErrSMTPRcptTo:
		if code >= 500 {
			r.Kind, r.Reason = Never, fmt.Sprintf("Máy chủ thư không có người nhận này (mã %d).", code)
		}
	}
	// What is refused before that concerns the server's settings, which may be mended.
	return r
}
