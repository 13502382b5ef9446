// SPDX-License-Identifier: Apache-2.0

package signdesk_test

import (
	"bytes"
	"context"
	"crypto"
	"testing"
	"time"

	"soviec/kit/blob"
	"soviec/kit/cms/cmstest"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/pades"
	"soviec/kit/signkey"
	"soviec/office/draft"
	"soviec/office/notice"
	"soviec/office/signature"
	"soviec/office/signing"
)

const cryptoSHA256 = crypto.SHA256

// A leader signs one letter, then many of which some cannot be signed: the others are.
func TestSigningWithAKeyInAFile(t *testing.T) {
	t.Parallel()
	each(t, func(o *office) {
		with := signkey.Who{File: o.p12, Secret: secret}
		o.do("thang", func(a *journal.Act) error { return signing.SetPicture(a, picture(o), 0) })
		one := o.toSign("Rà soát chính sách")
		_, err := o.desk.Sign(ctx, o.who["thang"], order("file", signkey.Who{File: o.p12, Secret: "sai"}, one))
		o.refused(err, fault.KindInvalid, "không đúng")
		b := o.sign(order("file", with, one))
		o.is(b, "done")
		p := o.paper(one.ID)
		if p.State != draft.StateSigned || p.Signed != "digital" || p.SignedSHA != b.Sessions[0].After {
			o.Fatalf("%+v", p)
		}
		was, is := o.bytes(one.SHA), o.bytes(p.SignedSHA)
		if !bytes.HasPrefix(is, was) {
			o.Error("bytes of the draft were moved")
		}
		r := pades.Verify(ctx, bytes.NewReader(is), int64(len(is)), pades.Options{At: o.clock.Now()})
		if r.Signatures != 1 || !r.Intact || !bytes.Contains(is, []byte("/SMask")) {
			o.Errorf("%+v", r)
		}
		if s := b.Sessions[0]; len(s.Prepared)+len(s.Value) > 0 || s.EndedAt.IsZero() {
			o.Error("what could become a signature is still kept")
		}

		two, three, four := o.toSign("Hai"), o.toSign("Ba"), o.toSign("Bốn")
		o.do("thang", func(a *journal.Act) error { return draft.Return(a, three.ID, three.SHA, "Sửa lại", nil) })
		x := order("file", with, two, three, four, one)
		x.Papers[2].SHA = two.SHA
		b = o.sign(x)
		o.is(b, "done", "refused: đang soạn", "refused: đã thay đổi", "refused: ")
		if o.paper(two.ID).State != draft.StateSigned || o.paper(four.ID).State != draft.StateToSign {
			o.Error("one failing stopped another")
		}
		o.check()
	})
}

// What may not sign is refused before anything is opened, with the reason.
func TestKeysThatMayNotSign(t *testing.T) {
	t.Parallel()
	each(t, func(o *office) {
		p := o.toSign("Rà soát chính sách")
		day := 24 * time.Hour
		now := o.clock.Now()
		try := func(id *cmstest.Identity, says string) {
			o.Helper()
			file, err := signkey.WritePKCS12(id.Key, id.Cert, id.Chain, secret)
			if err != nil {
				o.Fatal(err)
			}
			_, err = o.desk.Sign(ctx, o.who["thang"], order("file", signkey.Who{File: file, Secret: secret}, p))
			o.refused(err, fault.KindConflict, says)
		}
		ec := cmstest.Request{Kind: cmstest.P256}
		try(o.issue("Người lạ", ec), "chưa có trong sổ quản lý khóa")
		hoa := o.issue("Nông Thị Hoa", ec)
		o.enter("hoa", "file", hoa)
		try(hoa, "không phải của anh/chị")
		seal := o.issue("Ban Dân tộc", ec)
		o.enter("", "file", seal)
		try(seal, "là của cơ quan")
		late := o.issue("Đàm Quốc Thắng 2", cmstest.Request{Kind: cmstest.P256, From: now.Add(-day), Until: now.Add(day)})
		o.enter("thang", "file", late)
		soon := o.issue("Đàm Quốc Thắng 3", cmstest.Request{Kind: cmstest.P256, From: now.Add(10 * day), Until: now.Add(100 * day)})
		o.enter("thang", "file", soon)
		try(soon, "chưa có hiệu lực")
		gone := o.issue("Đàm Quốc Thắng 4", ec)
		k := o.enter("thang", "token", gone)
		o.do("minh", func(a *journal.Act) error { return signature.EndKey(a, k.ID, "Mất thiết bị lưu khóa") })
		try(gone, "đã thôi sử dụng từ ngày 24/11/2026 (Mất thiết bị lưu khóa)")
		o.clock.Add(2 * day)
		try(late, "đã hết hạn ngày 25/11/2026")
		// somebody else may not sign, and nobody for him
		_, err := o.desk.Sign(ctx, o.who["hai"], order("file", signkey.Who{File: o.p12, Secret: secret}, p))
		o.refused(err, fault.KindConflict, "không phải của anh/chị")
		hoaFile, _ := signkey.WritePKCS12(hoa.Key, hoa.Cert, hoa.Chain, secret)
		id, err := o.desk.Sign(ctx, o.who["hoa"], order("file", signkey.Who{File: hoaFile, Secret: secret}, p))
		if err != nil {
			o.Fatal(err)
		}
		o.is(o.batch(id), "refused: ")
		stand := o.who["thang"]
		stand.For = o.who["hoa"].Person
		_, err = o.desk.Sign(ctx, stand, order("file", signkey.Who{File: o.p12, Secret: secret}, p))
		if err == nil {
			o.Error("signed while standing in")
		}
		if o.paper(p.ID).State != draft.StateToSign {
			o.Error("signed by whoever may not")
		}
		o.check()
	})
}

// A key on a phone answers later: the asking survives the program, a no ends it, and so
// does time; a signature is whole or is not.
func TestSigningWithAKeyElsewhere(t *testing.T) {
	t.Parallel()
	each(t, func(o *office) {
		p := o.toSign("Rà soát chính sách")
		b := o.sign(order("phone", signkey.Who{}, p))
		o.is(b, "waiting")
		o.start() // killed and started again
		o.desk.Round(ctx)
		o.is(o.batch(b.ID), "waiting")
		o.phone.say("off")
		o.desk.Round(ctx)
		o.is(o.batch(b.ID), "waiting")
		o.phone.say("no")
		o.desk.Round(ctx)
		o.is(o.batch(b.ID), "refused: từ chối ký")
		if _, err := draft.OpenSigning(o.r(), o.agency, p.ID); err == nil {
			o.Error("the file is still handed out")
		}

		o.phone.say("")
		b = o.sign(order("phone", signkey.Who{}, p))
		o.clock.Add(quarter + time.Second)
		o.phone.say("yes")
		o.desk.Round(ctx)
		o.is(o.batch(b.ID), "expired: 15 phút")
		if n, _ := notice.Unread(o.r(), o.agency, o.who["thang"].Person); n == 0 {
			o.Error("nobody told him")
		}

		o.phone.say("")
		b = o.sign(order("phone", signkey.Who{}, p))
		again := o.sign(order("phone", signkey.Who{}, p))
		o.is(o.batch(b.ID), "expired: phiên ký khác")
		o.do("thang", func(a *journal.Act) error { return signing.Cancel(a, again.ID) })
		o.is(o.batch(again.ID), "refused: thôi ký")

		// the answer is kept, then the program is killed before the file is made
		b = o.sign(order("phone", signkey.Who{}, p))
		judge := o.desk.JudgeDraft
		o.desk.JudgeDraft = func(context.Context, blob.Key, blob.Key, int64) (draft.Evidence, error) {
			return draft.Evidence{}, errKilled
		}
		o.phone.say("yes")
		o.desk.Round(ctx)
		o.is(o.batch(b.ID), "answered")
		if o.paper(p.ID).State != draft.StateToSign {
			o.Error("half signed")
		}
		o.phone.say("no") // it tells its answer once
		o.start()
		o.desk.JudgeDraft = judge
		o.desk.Round(ctx)
		o.is(o.batch(b.ID), "done")
		if o.paper(p.ID).State != draft.StateSigned {
			o.Error("not signed")
		}
		o.check()
	})
}

// The document changes hands or words while the key is asked: nothing comes of the asking.
func TestADocumentThatMovesWhileTheKeyIsAsked(t *testing.T) {
	t.Parallel()
	each(t, func(o *office) {
		p := o.toSign("Rà soát chính sách")
		b := o.sign(order("phone", signkey.Who{}, p))
		o.do("thang", func(a *journal.Act) error { return draft.Return(a, p.ID, p.SHA, "Sửa lại", nil) })
		o.phone.say("yes")
		o.desk.Round(ctx)
		o.is(o.batch(b.ID), "refused: Hãy bấm ký lại")
		if o.paper(p.ID).State != draft.StateDrafting {
			o.Error("signed after it was returned")
		}
		o.phone.say("off")
		p = o.toSign("Việc khác")
		o.is(o.sign(order("phone", signkey.Who{}, p)), "refused: Không kết nối")
		o.check()
	})
}
