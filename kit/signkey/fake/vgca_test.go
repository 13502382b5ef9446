// SPDX-License-Identifier: Apache-2.0

package fake_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"time"

	"golang.org/x/net/websocket"

	"soviec/kit/cms/cmstest"
	"soviec/kit/pades"
	"soviec/kit/pades/padestest"
	"soviec/kit/signkey/fake"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.FixedZone("+07", 7*3600))

func identity(t *testing.T, w *cmstest.World, name string) *fake.Identity {
	t.Helper()
	id, err := w.Issue(name, cmstest.Request{})
	if err != nil {
		t.Fatal(err)
	}
	return &fake.Identity{Key: id.Key, Cert: id.Cert, Chain: id.Chain}
}

type answered struct {
	Status                                int
	Message, FileServer, Version, Subject string
}

func TestTheServiceOfAClerksPC(t *testing.T) {
	w, err := cmstest.New(func() time.Time { return noon }, "")
	if err != nil {
		t.Fatal(err)
	}
	v := &fake.VGCA{Person: identity(t, w, "Đinh Văn Thắng"), Agency: identity(t, w, "Ban Dân tộc tỉnh Cao Bằng"), Clock: func() time.Time { return noon }}
	// the office: hands out a file at one address, takes the signed one at another
	var out, back []byte
	var refuse string
	office := http.NewServeMux()
	office.HandleFunc("GET /ra/van-ban.pdf", func(w http.ResponseWriter, r *http.Request) { w.Write(out) })
	office.HandleFunc("POST /vao", func(w http.ResponseWriter, r *http.Request) {
		f, head, err := r.FormFile("uploadfile")
		if err != nil || head.Filename != "van-ban.signed.pdf" {
			t.Errorf("%v %v", head, err)
			return
		}
		back, _ = io.ReadAll(f)
		json.NewEncoder(w).Encode(map[string]any{"Status": refuse == "", "Message": refuse, "FileServer": "/van-ban-di/7"})
	})
	there := httptest.NewServer(office)
	defer there.Close()
	pc := httptest.NewTLSServer(v)
	defer pc.Close()
	call := func(operation, origin string, message any) (a answered, err error) {
		t.Helper()
		config, err := websocket.NewConfig("wss"+strings.TrimPrefix(pc.URL, "https")+"/"+operation, origin)
		if err != nil {
			t.Fatal(err)
		}
		config.TlsConfig = pc.Client().Transport.(*http.Transport).TLSClientConfig
		c, err := config.DialContext(context.Background())
		if err != nil {
			return a, err
		}
		defer c.Close()
		if err := websocket.JSON.Send(c, message); err != nil {
			return a, err
		}
		return a, websocket.JSON.Receive(c, &a)
	}
	sign := map[string]any{"FileName": there.URL + "/ra/van-ban.pdf", "FileUploadHandler": there.URL + "/vao", "SessionId": "", "DocNumber": "15/QĐ-BDT", "IssuedDate": "24/11/2026"}
	if a, err := call("GetVersion", there.URL, ""); err != nil || a.Status != 0 || a.Version == "" {
		t.Error(a, err)
	}
	if a, err := call("GetCertInfo", there.URL, ""); err != nil || !strings.Contains(a.Subject, "Đinh Văn Thắng") {
		t.Error(a, err)
	}
	out = padestest.Paper("Van ban")
	tail, err := pades.AddFields(t.Context(), bytes.NewReader(out), int64(len(out)), pades.TextField{Name: "so", Page: 1, Place: pades.Rect{X: 20, Y: 20, W: 20, H: 6}})
	if err != nil {
		t.Fatal(err)
	}
	out = append(out, tail...)
	signatures := 0
	for _, operation := range []string{"SignApproved", "Comment", "SignIssued", "SignAppendix", "SignCopy", "SignIncome"} {
		a, err := call(operation, there.URL, sign)
		if err != nil || a.Status != 0 || a.FileServer != "/van-ban-di/7" {
			t.Fatalf("%s: %+v %v", operation, a, err)
		}
		if !bytes.HasPrefix(back, out) {
			t.Fatalf("%s: what was handed out does not come back", operation)
		}
		signatures++
		r := pades.Verify(t.Context(), bytes.NewReader(back), int64(len(back)), pades.Options{At: noon})
		if r.Signatures != signatures || !r.Intact || r.Modification == pades.Illegal {
			t.Errorf("%s: %d signatures, intact %v, %s", operation, r.Signatures, r.Intact, r.Modification)
		}
		who := "Ban Dân tộc tỉnh Cao Bằng"
		if operation == "SignApproved" || operation == "Comment" {
			who = "Đinh Văn Thắng"
		}
		if got := r.Verdicts[signatures-1].Signer.Subject.CommonName; got != who {
			t.Errorf("%s signs as %s", operation, got)
		}
		out = back
	}
	bad := func(what, want string, change map[string]any) {
		t.Helper()
		m := map[string]any{}
		for k, x := range sign {
			m[k] = x
		}
		for k, x := range change {
			m[k] = x
		}
		if a, err := call("SignApproved", there.URL, m); err != nil || a.Status == 0 || !strings.Contains(a.Message, want) {
			t.Errorf("%s: %+v %v", what, a, err)
		}
	}
	bad("another machine's file", "trên máy này", map[string]any{"FileName": "http://192.0.2.1/a.pdf"})
	bad("another machine's handler", "trên máy này", map[string]any{"FileUploadHandler": "https://example.vn/vao"})
	bad("a file that is not there", "Không tải được tệp", map[string]any{"FileName": there.URL + "/ra/khac.pdf"})
	refuse = "Văn bản đã thay đổi."
	bad("the office refuses", "Văn bản đã thay đổi.", nil)
	refuse = ""
	v.Make(fake.Refuse)
	bad("the person closes the window", "hủy bỏ", nil)
	v.Make(fake.Rewrite)
	back = nil
	if a, err := call("SignIssued", there.URL, sign); err == nil && a.Status == 0 && bytes.HasPrefix(back, out) {
		t.Error("the file was to be rewritten")
	}
	v.Make(fake.Twice)
	if a, err := call("SignIssued", there.URL, sign); err != nil || a.Status != 0 {
		t.Error(a, err)
	} else if r := pades.Verify(t.Context(), bytes.NewReader(back), int64(len(back)), pades.Options{At: noon}); r.Signatures != signatures+2 {
		t.Errorf("%d signatures", r.Signatures)
	}
	v.Make("")
	if _, err := call("GetVersion", "https://example.vn", ""); !errors.As(err, new(*websocket.DialError)) {
		t.Error("a page of another machine is answered:", err)
	}
	if r, err := pc.Client().Get(pc.URL); err != nil || r.StatusCode != http.StatusOK {
		t.Error("the address does not open in a browser:", err)
	} else {
		r.Body.Close()
	}
	if a, err := call("SignTea", there.URL, sign); err != nil || a.Status == 0 {
		t.Error(a, err)
	}
}
