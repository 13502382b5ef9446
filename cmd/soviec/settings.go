// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

// Settings are what an installation may set, by flag or by environment; a flag
// wins. Every one has a usable default.
type Settings struct {
	Listen   string // SOVIEC_LISTEN
	Data     string // SOVIEC_DATA: the one folder of data
	Database string // SOVIEC_DATABASE: "" is SQLite in the folder
	Schema   string // SOVIEC_SCHEMA: PostgreSQL schema
	Files    string // SOVIEC_FILES: "" is a folder in the folder; s3://KEY:SECRET@HOST/BUCKET
	Key      string // SOVIEC_KEY: file of the key that seals the book
	Metrics  string // SOVIEC_METRICS: address for /metrics and pprof, on loopback; "" for none
	Proxy    bool   // SOVIEC_PROXY: a proxy in front ends TLS and sets X-Forwarded-For
	Domain   string // SOVIEC_DOMAIN: own TLS by ACME for this name
	Cert     string // SOVIEC_CERT, SOVIEC_CERT_KEY: own TLS from files
	CertKey  string
	LogJSON  bool   // SOVIEC_LOG_JSON
	Office   string // SOVIEC_OFFICE: path of LibreOffice's soffice; "" looks for it, "-" uses none

	// Where people open the program, and how it reaches them beyond its pages.
	URL                        string // SOVIEC_URL: "https://so.example.vn"; "" follows from the domain
	MailHost, MailPort         string // SOVIEC_MAIL_HOST, SOVIEC_MAIL_PORT: "" sends no mail
	MailUser, MailPassword     string // SOVIEC_MAIL_USER, SOVIEC_MAIL_PASSWORD
	MailProtection, MailSender string // SOVIEC_MAIL_TLS, SOVIEC_MAIL_FROM
	PushHosts, HookHosts       string // SOVIEC_PUSH_HOSTS, SOVIEC_HOOK_HOSTS: parted by commas
	SignatureHosts             string // SOVIEC_SIGNATURE_HOSTS: parted by commas

	KeyFiles                                   bool   // SOVIEC_KEY_FILES: keys in PKCS#12 files, given with each use (keys.go)
	KeySocket                                  string // SOVIEC_KEY_SOCKET: where soviec-token waits; "" for no device in the server room
	CSCAddress, CSCClient, CSCSecret           string // SOVIEC_CSC_URL, SOVIEC_CSC_CLIENT, SOVIEC_CSC_SECRET: remote keys by the CSC API
	SmartCAAddress, SmartCAID, SmartCAPassword string // SOVIEC_SMARTCA_URL, SOVIEC_SMARTCA_ID, SOVIEC_SMARTCA_PASSWORD
}

// option is a setting's flag, environment name and meaning.
type option struct {
	flag, env, does string
	text            *string
	yes             *bool
	secret          bool // is not printed
}

func (s *Settings) options() []option {
	return []option{
		{flag: "listen", env: "SOVIEC_LISTEN", does: "địa chỉ phục vụ", text: &s.Listen},
		{flag: "data", env: "SOVIEC_DATA", does: "thư mục dữ liệu", text: &s.Data},
		{flag: "database", env: "SOVIEC_DATABASE", does: "sqlite:TỆP hoặc postgres://…; bỏ trống: SQLite trong thư mục dữ liệu", text: &s.Database},
		{flag: "schema", env: "SOVIEC_SCHEMA", does: "schema của PostgreSQL", text: &s.Schema},
		{flag: "files", env: "SOVIEC_FILES", does: "folder:THƯ_MỤC hoặc s3://…; bỏ trống: trong thư mục dữ liệu", text: &s.Files},
		{flag: "key", env: "SOVIEC_KEY", does: "tệp khóa niêm phong sổ; bỏ trống: trong thư mục dữ liệu", text: &s.Key},
		{flag: "metrics", env: "SOVIEC_METRICS", does: "địa chỉ số đo và pprof, chỉ trên máy này; bỏ trống: không mở", text: &s.Metrics},
		{flag: "proxy", env: "SOVIEC_PROXY", does: "đứng sau máy chủ trung gian làm TLS", yes: &s.Proxy},
		{flag: "domain", env: "SOVIEC_DOMAIN", does: "tên miền để tự lấy chứng thư TLS (ACME)", text: &s.Domain},
		{flag: "cert", env: "SOVIEC_CERT", does: "tệp chứng thư TLS", text: &s.Cert},
		{flag: "cert-key", env: "SOVIEC_CERT_KEY", does: "tệp khóa của chứng thư TLS", text: &s.CertKey},
		{flag: "url", env: "SOVIEC_URL", does: "địa chỉ người dùng mở chương trình, để ghi vào thư và thông báo; bỏ trống: theo --domain hoặc --listen", text: &s.URL},
		{flag: "mail-host", env: "SOVIEC_MAIL_HOST", does: "máy chủ thư (SMTP); bỏ trống: không gửi thư", text: &s.MailHost},
		{flag: "mail-port", env: "SOVIEC_MAIL_PORT", does: "cổng của máy chủ thư; bỏ trống: 587, 465 hoặc 25 theo --mail-tls", text: &s.MailPort},
		{flag: "mail-tls", env: "SOVIEC_MAIL_TLS", does: "bảo vệ kết nối đến máy chủ thư: starttls, tls hoặc none", text: &s.MailProtection},
		{flag: "mail-user", env: "SOVIEC_MAIL_USER", does: "tài khoản ở máy chủ thư", text: &s.MailUser},
		{flag: "mail-password", env: "SOVIEC_MAIL_PASSWORD", does: "mật khẩu ở máy chủ thư; nên đặt bằng biến môi trường", text: &s.MailPassword, secret: true},
		{flag: "mail-from", env: "SOVIEC_MAIL_FROM", does: "người gửi thư: Sổ Việc <so-viec@…>", text: &s.MailSender},
		{flag: "push-hosts", env: "SOVIEC_PUSH_HOSTS", does: "máy chủ thông báo đẩy được phép ngoài các trình duyệt thông dụng, cách nhau bằng dấu phẩy; - : không gửi thông báo đẩy", text: &s.PushHosts},
		{flag: "hook-hosts", env: "SOVIEC_HOOK_HOSTS", does: "máy chủ trò chuyện được phép gửi, cách nhau bằng dấu phẩy: chat.example.vn, http://10.0.0.5:8065; bỏ trống: không gửi", text: &s.HookHosts},
		{flag: "office", env: "SOVIEC_OFFICE", does: "đường dẫn chương trình soffice của LibreOffice để chuyển Word sang PDF; bỏ trống: tự tìm; - : không dùng", text: &s.Office},
		{flag: "signature-hosts", env: "SOVIEC_SIGNATURE_HOSTS", does: "máy chủ được hỏi về chứng thư số và thu hồi (OCSP, CRL), cách nhau bằng dấu phẩy: .example.vn, 10.0.0.5:8080; bỏ trống: không hỏi", text: &s.SignatureHosts},
		{flag: "key-files", env: "SOVIEC_KEY_FILES", does: "cho ký bằng tệp khóa PKCS#12 đưa vào mỗi lần ký", yes: &s.KeyFiles},
		{flag: "key-socket", env: "SOVIEC_KEY_SOCKET", does: "socket của soviec-token giữ thiết bị HSM ở phòng máy, ví dụ /run/soviec/token.sock; bỏ trống: không có thiết bị", text: &s.KeySocket},
		{flag: "csc-url", env: "SOVIEC_CSC_URL", does: "địa chỉ dịch vụ ký số từ xa theo CSC, kể cả phiên bản: https://…/csc/v2; bỏ trống: không dùng", text: &s.CSCAddress},
		{flag: "csc-client", env: "SOVIEC_CSC_CLIENT", does: "mã của cơ quan ở dịch vụ ký số từ xa (client_id)", text: &s.CSCClient},
		{flag: "csc-secret", env: "SOVIEC_CSC_SECRET", does: "mật khẩu của cơ quan ở dịch vụ ký số từ xa (client_secret); nên đặt bằng biến môi trường", text: &s.CSCSecret, secret: true},
		{flag: "smartca-url", env: "SOVIEC_SMARTCA_URL", does: "địa chỉ VNPT SmartCA, ví dụ https://gwsca.vnpt.vn; bỏ trống: không dùng", text: &s.SmartCAAddress},
		{flag: "smartca-id", env: "SOVIEC_SMARTCA_ID", does: "mã của cơ quan ở VNPT SmartCA (sp_id)", text: &s.SmartCAID},
		{flag: "smartca-password", env: "SOVIEC_SMARTCA_PASSWORD", does: "mật khẩu của cơ quan ở VNPT SmartCA (sp_password); nên đặt bằng biến môi trường", text: &s.SmartCAPassword, secret: true},
		{flag: "log-json", env: "SOVIEC_LOG_JSON", does: "nhật ký vận hành dạng JSON", yes: &s.LogJSON},
	}
}

// defaults are right for an agency alone on one machine.
func defaults() Settings {
	return Settings{Listen: "127.0.0.1:8080", Data: "soviec-data", KeyFiles: true}
}

// errUsage says that the words were off and have been explained.
var errUsage = errors.New("usage")

// parse reads environment, then flags. extra adds a command's own flags; what is
// left over is returned.
func (s *Settings) parse(name, usage string, args []string, errOut io.Writer, extra func(*flag.FlagSet)) ([]string, error) {
	fs := flag.NewFlagSet("soviec "+name, flag.ContinueOnError)
	fs.SetOutput(errOut)
	for _, o := range s.options() {
		value, set := os.LookupEnv(o.env)
		if o.yes != nil {
			if set {
				*o.yes = value != "" && value != "0" && !strings.EqualFold(value, "false")
			}
			fs.BoolVar(o.yes, o.flag, *o.yes, o.does+" ("+o.env+")")
			continue
		}
		if set {
			*o.text = value
		}
		fs.StringVar(o.text, o.flag, *o.text, o.does+" ("+o.env+")")
	}
	if extra != nil {
		extra(fs)
	}
	fs.Usage = func() {
		fmt.Fprintln(errOut, usage+"\n\nThiết lập:")
		fs.PrintDefaults()
	}
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		return nil, errUsage
	}
	return fs.Args(), s.settle()
}

// settle fills what follows from the folder of data and refuses what contradicts.
func (s *Settings) settle() error {
	if s.Data == "" {
		return errors.New("thư mục dữ liệu (--data) không được bỏ trống")
	}
	data, err := filepath.Abs(s.Data)
	if err != nil {
		return err
	}
	s.Data = data
	if s.Database == "" {
		s.Database = "sqlite:" + filepath.Join(data, "soviec.db")
	}
	if s.Files == "" {
		s.Files = "folder:" + filepath.Join(data, "tep")
	}
	if s.Key == "" {
		s.Key = filepath.Join(data, "so.khoa")
	}
	if (s.Cert == "") != (s.CertKey == "") {
		return errors.New("--cert và --cert-key phải đi cùng nhau")
	}
	return s.settleReach()
}

// exit turns the outcome of parsing into the command's exit code.
func exit(err error, errOut io.Writer) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		return 2
	}
	fmt.Fprintln(errOut, "soviec:", err)
	return 1
}

func runSettings(_ context.Context, args []string, out, errOut io.Writer) int {
	s := defaults()
	if _, err := s.parse("settings", "In các thiết lập đang dùng, từ tham số và biến môi trường.", args, errOut, nil); err != nil {
		return exit(err, errOut)
	}
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, o := range s.options() {
		value := ""
		if o.text != nil {
			value = hideSecret(*o.text)
			if o.secret && value != "" {
				value = "•••"
			}
		} else if *o.yes {
			value = "1"
		}
		fmt.Fprintf(w, "--%s\t%s\t%s\t%s\n", o.flag, o.env, value, o.does)
	}
	return exit(w.Flush(), errOut)
}

// hideSecret keeps the password of an address out of what is printed.
func hideSecret(s string) string {
	at := strings.LastIndexByte(s, '@')
	scheme := strings.Index(s, "://")
	if at < 0 || scheme < 0 || at < scheme {
		return s
	}
	user, _, ok := strings.Cut(s[scheme+3:at], ":")
	if !ok {
		return s
	}
	return s[:scheme+3] + user + ":•••" + s[at:]
}
