// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"soviec/kit/blob"
	"soviec/kit/deliver"
	"soviec/kit/fault"
	"soviec/kit/job"
	"soviec/kit/journal"
	"soviec/office/outgoing"
)

// mailMost is how much one letter may carry; what is larger goes another way.
const mailMost = 20 << 20

// mailTries is after how many tries (some 35 minutes) a letter that does not get through is told to the clerk.
const mailTries = 8

// mailOut sends one document to one recipient by e-mail, and writes down how that went.
func (p *program) mailOut(ctx context.Context, it job.Item) error {
	var m outgoing.MailJob
	if err := json.Unmarshal(it.Payload, &m); err != nil {
		return err
	}
	r := p.db.Read(ctx)
	d, err := outgoing.Get(r, it.Agency, outgoing.Reach{All: true}, m.Document)
	if err != nil {
		return err
	}
	to, err := outgoing.RecipientsOf(r, d.ID)
	if err != nil {
		return err
	}
	for _, x := range to {
		if x.Ordinal != m.Ordinal || x.State != outgoing.Queued || d.Frozen {
			continue
		}
		state, reason := outgoing.Sent, ""
		if err := p.mailTo(ctx, it, d, x); err != nil {
			var refused *deliver.Refusal
			said := errors.As(err, &refused)
			switch {
			case said && refused.Kind != deliver.Later:
				reason = refused.Reason
			case !said && fault.KindOf(err) != fault.KindInternal:
				reason = fault.Text(err)
			case it.Tries < mailTries:
				return err // the server is away or asks for patience: again later
			case said:
				reason = refused.Reason + fmt.Sprintf(" Đã thử %d lần.", it.Tries)
			default:
				reason = "Máy chủ thư không nhận sau nhiều lần gửi."
			}
			state = outgoing.Failed
		}
		err := p.book.Do(ctx, system(it.Agency), func(a *journal.Act) error { return outgoing.Note(a, d.ID, x.Ordinal, state, reason) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *program) mailTo(ctx context.Context, it job.Item, d outgoing.Document, x outgoing.Delivery) error {
	if p.post.Mail == nil {
		return fault.Conflict("", "Bản cài đặt này chưa có máy chủ thư.")
	}
	files, err := outgoing.Files(p.db.Read(ctx), d)
	if err != nil {
		return err
	}
	dir, err := p.directory(ctx, it.Agency)
	if err != nil {
		return err
	}
	l := deliver.Letter{ID: "van-ban-" + it.Key + "@" + dir.Agency.Code, At: p.clock(), To: x.Address, Subject: d.Label + ": " + d.Subject,
		Text: "Kính gửi " + x.Name + ",\n\n" + dir.Agency.Name + " gửi văn bản số " + d.Label + " ngày " + d.Day.VN() + ": " + d.Subject + ".\n"}
	if x.Packed {
		return p.mailPacket(ctx, d, l)
	}
	left, main := int64(mailMost), false
	for _, f := range files {
		if f.Kind == "scan" || f.Kind == "main" && main {
			continue // of the main file only what stands
		}
		main = main || f.Kind == "main"
		data, err := p.enclosed(ctx, f.SHA, left)
		if err != nil {
			return err
		}
		left -= int64(len(data))
		l.Files = append(l.Files, deliver.Enclosure{Name: f.Name, MIME: f.MIME, Data: data})
	}
	return p.post.Mail.Send(ctx, l)
}

// enclosed reads what a letter carries, if it may be so large.
func (p *program) enclosed(ctx context.Context, sha string, most int64) ([]byte, error) {
	src, size, err := p.blobs.Get(ctx, blob.Key(sha))
	if err != nil {
		return nil, err
	}
	if size > most {
		return nil, errors.Join(src.Close(), fault.Conflict("", "Tệp lớn hơn mức gửi được qua thư điện tử (20 MB)."))
	}
	data, err := io.ReadAll(src)
	return data, errors.Join(err, src.Close())
}

// mailPacket sends the files in a packet that a passphrase opens. The letter itself says no
// more than the number.
func (p *program) mailPacket(ctx context.Context, d outgoing.Document, l deliver.Letter) error {
	k, err := outgoing.PacketOf(p.db.Read(ctx), d.ID)
	if err != nil {
		return fault.Conflict("", "Chưa lập gói có mật khẩu.")
	}
	data, err := p.enclosed(ctx, k.SHA, mailMost)
	if err != nil {
		return err
	}
	l.Subject = d.Label
	l.Text = "Văn bản số " + d.Label + " ngày " + d.Day.VN() + " nằm trong gói có mật khẩu kèm theo (ZIP, AES-256; mở bằng 7-Zip, WinRAR).\nMật khẩu do văn thư đọc qua điện thoại.\n"
	l.Files = []deliver.Enclosure{{Name: d.Slug + ".zip", MIME: "application/zip", Data: data}}
	return p.post.Mail.Send(ctx, l)
}
