// SPDX-License-Identifier: Apache-2.0

package signkey_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/signkey"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func trial(t *testing.T) (*cmstest.World, *cmstest.Identity, []byte) {
	t.Helper()
	w, err := cmstest.New(func() time.Time { return noon }, "")
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.Issue("Nông Thị Lan", cmstest.Request{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := signkey.WritePKCS12(id.Key, id.Cert, id.Chain, "mật khẩu")
	if err != nil {
		t.Fatal(err)
	}
	return w, id, raw
}

func TestFilesAreOpenedForOneUse(t *testing.T) {
	w, _, raw := trial(t)
	d, ctx := signkey.NewPKCS12(), context.Background()
	for _, c := range []struct {
		who  signkey.Who
		why  error
		text string
	}{
		{signkey.Who{}, signkey.ErrFile, "Chưa chọn tệp khóa (.p12, .pfx)."},
		{signkey.Who{File: raw}, signkey.ErrSecret, "Mật khẩu của tệp khóa không đúng."},
		{signkey.Who{File: raw, Secret: "sai"}, signkey.ErrSecret, "Mật khẩu của tệp khóa không đúng."},
		{signkey.Who{File: raw[:len(raw)/2], Secret: "mật khẩu"}, signkey.ErrFile, "Tệp khóa không đúng dạng PKCS#12 (.p12, .pfx)."},
		{signkey.Who{File: make([]byte, 1<<20), Secret: "mật khẩu"}, signkey.ErrFile, "Tệp khóa không đúng dạng PKCS#12 (.p12, .pfx)."},
	} {
		if _, err := d.Keys(ctx, c.who); !errors.Is(err, c.why) || fault.Text(err) != c.text {
			t.Errorf("%q %v", fault.Text(err), err)
		}
	}
	keys, err := d.Keys(ctx, signkey.Who{File: raw, Secret: "mật khẩu"})
	if err != nil || len(keys) != 1 || keys[0].Label != "Nông Thị Lan" || len(keys[0].Chain) != 2 {
		t.Fatal(keys, err)
	}
	other, err := w.Issue("Hà Văn Bảo", cmstest.Request{})
	if err != nil {
		t.Fatal(err)
	}
	job := signkey.Job{Who: signkey.Who{File: raw, Secret: "mật khẩu"}, Key: signkey.Key{Cert: other.Cert}, Asks: []signkey.Ask{{Digest: make([]byte, 32)}}, At: noon}
	if _, err := d.Begin(ctx, job); !errors.Is(err, signkey.ErrNoKey) {
		t.Error(err)
	}
	job.Key = keys[0]
	if a, err := d.Begin(ctx, job); err != nil || a.Done == nil {
		t.Error(err)
	}
	job.At = noon.AddDate(3, 0, 0)
	if _, err := d.Begin(ctx, job); !errors.Is(err, signkey.ErrEnded) || fault.Text(err) != "Chứng thư số của khóa này đã hết hạn ngày 24/11/2028." {
		t.Error(err)
	}
}

// A file that wants two thousand million rounds is refused before anything is ground.
func TestAFileCannotHoldUpTheMachine(t *testing.T) {
	_, _, raw := trial(t)
	rounds := []byte{2, 2, 0x08, 0x00} // 2048, as it is written today
	if bytes.Count(raw, rounds) == 0 {
		t.Fatal("the file is written otherwise now")
	}
	bad := bytes.ReplaceAll(raw, rounds, []byte{2, 2, 0x7f, 0xff})
	if _, _, _, err := signkey.OpenPKCS12(bad, "mật khẩu"); !errors.Is(err, signkey.ErrSecret) {
		t.Error("few rounds are tried:", err)
	}
	huge := []byte{0x30, 12, 4, 4, 1, 2, 3, 4, 2, 4, 0x7f, 0xff, 0xff, 0xff}
	if _, _, _, err := signkey.OpenPKCS12(huge, ""); !errors.Is(err, signkey.ErrFile) || !bytes.Contains([]byte(err.Error()), []byte("too many rounds")) {
		t.Error(err)
	}
}

func TestSecretsDoNotShow(t *testing.T) {
	who := signkey.Who{Account: "an", Secret: "mật khẩu"}
	raw, err := json.Marshal(signkey.Job{Who: who})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{fmt.Sprint(who), fmt.Sprintf("%+v", who), fmt.Sprintf("%#v", who), fmt.Sprintf("%q", who), string(raw)} {
		if bytes.Contains([]byte(s), []byte("mật")) {
			t.Error(s)
		}
	}
}
