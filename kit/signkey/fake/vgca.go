// SPDX-License-Identifier: Apache-2.0

package fake

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"golang.org/x/net/websocket"

	"soviec/kit/pades"
)

// VGCA is the signing service that the Government Cipher Committee gives out for a clerk's PC
// (VGCA Sign Service): a web page asks it through a WebSocket of the same machine, one
// connection for one call, the path being the operation. It fetches the file, shows it to
// the person, signs, and sends the file where it was told.
type VGCA struct {
	Person, Agency *Identity // who signs approvals and comments; and issues, copies, arrivals
	Clock          func() time.Time
	Picture        []byte        // PNG of the handwritten signature; nil: not shown
	Seal           []byte        // PNG of the seal
	Place          pades.Rect    // of pictures on the last page, in millimetres; the zero one: a usual place
	Think          time.Duration // how long the person looks at the document
	Client         *http.Client  // nil: an ordinary one
	mood
}

// fileLimit bounds what is fetched.
const fileLimit = 128 << 20

// call is the message of a page.
type call struct {
	FileName          string
	FileUploadHandler string
	SessionID         string `json:"SessionId"`
	JWTToken          string
	DocNumber         string
	IssuedDate        string
	MetaData          []struct{ Key, Value string }
}

// told is the answer to a page. Status 0 is done.
type told struct {
	Status         int
	Message        string
	FileName       string `json:",omitempty"`
	FileServer     string `json:",omitempty"`
	DocumentNumber string `json:",omitempty"`
	DocumentDate   string `json:",omitempty"`
	Version        string `json:",omitempty"`
	Cert           string `json:",omitempty"`
	Subject        string `json:",omitempty"`
	Issuer         string `json:",omitempty"`
	SerialNumber   string `json:",omitempty"`
	ValidTo        string `json:",omitempty"`
}

// ServeHTTP answers one call of a page of this machine.
func (v *VGCA) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") { // whoever opens the address to trust its certificate
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		io.WriteString(w, "Dịch vụ ký số dùng thử đang chạy trên máy này.\n")
		return
	}
	s := websocket.Server{
		Handshake: func(_ *websocket.Config, r *http.Request) error {
			if o := r.Header.Get("Origin"); o != "" && !loopbackURL(o) {
				return fmt.Errorf("the page %s is not of this machine", o)
			}
			return nil
		},
		Handler: func(c *websocket.Conn) {
			c.MaxPayloadBytes = 64 << 10
			var raw string
			if err := websocket.Message.Receive(c, &raw); err != nil {
				return
			}
			out, err := v.do(r.Context(), path.Base(r.URL.Path), raw)
			if err != nil {
				out = told{Status: 1, Message: err.Error()}
			}
			websocket.JSON.Send(c, out)
		},
	}
	s.ServeHTTP(w, r)
}

// errCancelled is what the service says when its window is closed.
var errCancelled = errors.New("Quá trình ký số bị hủy bỏ")

func (v *VGCA) do(ctx context.Context, operation, raw string) (told, error) {
	switch operation {
	case "GetVersion":
		return told{Version: "0.0 (dùng thử)"}, nil
	case "Config":
		return told{}, nil
	case "GetCertInfo":
		c := v.Person.Cert
		return told{Cert: base64.StdEncoding.EncodeToString(c.Raw), Subject: c.Subject.String(), Issuer: c.Issuer.String(), SerialNumber: v.Person.serial(), ValidTo: c.NotAfter.Format(time.RFC3339)}, nil
	}
	var in call
	if err := json.Unmarshal([]byte(raw), &in); err != nil {
		return told{}, errors.New("Dữ liệu gửi đến dịch vụ ký số không đúng dạng JSON")
	}
	for _, a := range []string{in.FileName, in.FileUploadHandler} {
		if !loopbackURL(a) {
			return told{}, fmt.Errorf("Dịch vụ dùng thử chỉ đọc và gửi tệp trên máy này, không phải %q", a)
		}
	}
	id, r, err := v.request(operation, in)
	if err != nil {
		return told{}, err
	}
	file, err := v.fetch(ctx, in)
	if err != nil {
		return told{}, err
	}
	if v.is(Silent) {
		<-ctx.Done()
	}
	select {
	case <-time.After(v.Think):
	case <-ctx.Done():
		return told{}, errCancelled
	}
	if v.is(Refuse) {
		return told{}, errCancelled
	}
	signed, err := v.sign(ctx, file, id, r)
	if err != nil {
		return told{}, fmt.Errorf("Không ký được: %w", err)
	}
	return v.upload(ctx, in, signed)
}

// request is the signature that an operation makes.
func (v *VGCA) request(operation string, in call) (*Identity, pades.Request, error) {
	now := v.Clock()
	r := pades.Request{At: now, Fill: map[string]string{}}
	corner := func(look *pades.Look) (err error) {
		r.Page, r.Look = 1, look
		r.Place, err = pades.CornerPlace(210, look)
		return err
	}
	meta := map[string]string{}
	for _, m := range in.MetaData {
		meta[m.Key] = m.Value
	}
	id, picture := v.Agency, v.Seal
	var err error
	switch operation {
	case "SignApproved", "SignFiles":
		id, picture = v.Person, v.Picture
		r.Reason = "Phê duyệt"
	case "Comment":
		id, picture = v.Person, nil
		r.Reason = "Ý kiến chỉ đạo"
		if text := meta["Comment"]; text != "" {
			err = corner(&pades.Look{Lines: []string{text}})
		}
	case "SignIssued":
		r.Reason = "Phát hành"
		r.Fill = fields(in, meta)
	case "SignCopy":
		picture = nil
		kind := meta["Copy"]
		if kind == "" {
			kind = "SAO Y"
		}
		err = corner(pades.CopyLook(kind, id.Cert.Subject.CommonName, now, pades.TimeISO))
	case "SignAppendix":
		picture = nil
		err = corner(pades.AppendixLook(in.DocNumber, now, pades.TimeISO))
	case "SignIncome":
		picture = nil
		err = corner(&pades.Look{Lines: []string{"Đến số: " + in.DocNumber, "Ngày: " + now.Format("02/01/2006")}})
	default:
		return nil, r, fmt.Errorf("Dịch vụ không có chức năng %q", operation)
	}
	if id == nil {
		return nil, r, errors.New("Không tìm thấy chứng thư số trên thiết bị")
	}
	r.Cert, r.Chain = id.Cert, id.Chain
	if picture != nil {
		r.Page, r.Look, r.Place = -1, &pades.Look{Picture: picture}, v.Place
		if r.Place == (pades.Rect{}) {
			r.Place = pades.Rect{X: 120, Y: 225, W: 45, H: 20}
		}
	}
	return id, r, err
}

// fields are what the clerk fills with the agency's signature where the document has
// fields for it: number and date.
func fields(in call, meta map[string]string) map[string]string {
	out := map[string]string{}
	if number, _, _ := strings.Cut(in.DocNumber, "/"); number != "" {
		out["so"] = number
	}
	for _, form := range []string{"02/01/2006", "2006-01-02", time.RFC3339} {
		if on, err := time.Parse(form, in.IssuedDate); err == nil {
			out["ngay"] = fmt.Sprintf("%02d tháng %02d năm %d", on.Day(), on.Month(), on.Year())
			break
		}
	}
	for _, k := range []string{"so", "ngay"} {
		if meta[k] != "" {
			out[k] = meta[k]
		}
	}
	return out
}

func (v *VGCA) sign(ctx context.Context, file []byte, id *Identity, r pades.Request) ([]byte, error) {
	append1 := func(in []byte, r pades.Request) ([]byte, error) {
		tail, err := pades.Sign(ctx, bytes.NewReader(in), int64(len(in)), r, id.Key, nil)
		if err != nil && len(r.Fill) > 0 { // a document without such fields is signed as it is
			r.Fill = nil
			tail, err = pades.Sign(ctx, bytes.NewReader(in), int64(len(in)), r, id.Key, nil)
		}
		return append(bytes.Clone(in), tail...), err
	}
	if v.is(Rewrite) {
		file = append(bytes.Clone(file), "\n"...) // the least that a tool which saves anew does
		file[len(file)/2] ^= 0x20
	}
	out, err := append1(file, r)
	if err == nil && v.is(Twice) {
		r.Fill, r.Field = nil, ""
		out, err = append1(out, r)
	}
	return out, err
}

func (v *VGCA) client() *http.Client {
	if v.Client != nil {
		return v.Client
	}
	return http.DefaultClient
}

// ask sends a request as the service does: with what the page gave for its session.
func (v *VGCA) ask(r *http.Request, in call) (*http.Response, error) {
	if in.SessionID != "" {
		r.AddCookie(&http.Cookie{Name: "ASP.NET_SessionId", Value: url.QueryEscape(in.SessionID)})
	}
	if in.JWTToken != "" {
		r.Header.Set("Authorization", "Bearer "+in.JWTToken)
	}
	return v.client().Do(r)
}

func (v *VGCA) fetch(ctx context.Context, in call) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, in.FileName, nil)
	if err != nil {
		return nil, err
	}
	w, err := v.ask(r, in)
	if err != nil {
		return nil, fmt.Errorf("Không tải được tệp: %w", err)
	}
	defer w.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(w.Body, fileLimit))
	if err != nil || w.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("Không tải được tệp: %s %v", w.Status, err)
	}
	return raw, nil
}

// upload posts the file as a form; what the server answers is what the page is told.
func (v *VGCA) upload(ctx context.Context, in call, signed []byte) (told, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	name := "van-ban.signed.pdf"
	if u, err := url.Parse(in.FileName); err == nil && strings.HasSuffix(u.Path, ".pdf") {
		name = strings.TrimSuffix(path.Base(u.Path), ".pdf") + ".signed.pdf"
	}
	part, err := form.CreateFormFile("uploadfile", name)
	if err == nil {
		_, err = part.Write(signed)
	}
	for _, m := range in.MetaData {
		err = errors.Join(err, form.WriteField(m.Key, m.Value))
	}
	if err = errors.Join(err, form.Close()); err != nil {
		return told{}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, in.FileUploadHandler, &body)
	if err != nil {
		return told{}, err
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	w, err := v.ask(r, in)
	if err != nil {
		return told{}, fmt.Errorf("Không gửi được tệp đã ký: %w", err)
	}
	defer w.Body.Close()
	// Status is true or false here, as the handlers of such pages answer
	var said struct {
		Status                        bool
		Message, FileName, FileServer string
	}
	raw, err := io.ReadAll(io.LimitReader(w.Body, 64<<10))
	if err == nil {
		err = json.Unmarshal(raw, &said)
	}
	switch {
	case err != nil:
		return told{}, fmt.Errorf("Máy chủ nhận tệp trả lời không đúng quy cách (%s)", w.Status)
	case !said.Status:
		return told{}, fmt.Errorf("Máy chủ không nhận tệp: %s", said.Message)
	}
	return told{FileName: said.FileName, FileServer: said.FileServer, DocumentNumber: in.DocNumber, DocumentDate: in.IssuedDate}, nil
}
