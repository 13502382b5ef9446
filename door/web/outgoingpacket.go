// SPDX-License-Identifier: Apache-2.0

package web

import (
	"bytes"
	"io"
	"strings"

	"soviec/door/web/view"
	"soviec/kit/blob"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/packet"
	"soviec/kit/store"
	"soviec/office/org"
	"soviec/office/outgoing"
)

// outPacket offers to make the packet, to the clerk, where a recipient gets one.
func (v *visit) outPacket(p *view.Outgoing, d outgoing.Document, to []outgoing.Delivery) error {
	if !v.may(org.SendOut, org.Target{}) || d.Frozen || d.State == outgoing.StateNumbered || d.State == outgoing.StateVoid || !outgoing.Packed(to) {
		return nil
	}
	_, err := outgoing.PacketOf(v.read(), d.ID)
	if err != nil && err != store.ErrNone {
		return err
	}
	f := &view.PacketForm{Made: err == nil}
	var names []string
	for _, x := range to {
		if x.Packed {
			names = append(names, x.Name)
		}
	}
	f.For = shortPlaces(strings.Join(names, "; "))
	p.Packet = f
	return nil
}

// packetMost is how much may be packed; the letter carries no more.
const packetMost = 20 << 20

// makePacket packs the files that leave, and shows the passphrase on the page that answers:
// it stands nowhere else, not in an address, not in a cookie, not in a log.
func makePacket(v *visit) error {
	d, err := v.outDocument()
	if err != nil {
		return err
	}
	if !v.may(org.SendOut, org.Target{}) {
		return fault.Forbidden("Anh/chị không có quyền thực hiện việc này.")
	}
	word := packet.Passphrase()
	made, err := v.pack(d, word)
	if err == nil {
		err = v.act(func(a *journal.Act) error { return outgoing.KeepPacket(a, d.ID, made) })
	}
	if err != nil && !wrong(err) {
		return err
	}
	p, perr := v.outgoingOf(d)
	if perr != nil {
		return perr
	}
	if err != nil {
		p.Frame.Flash = view.Flash{Tone: view.ToneError, Text: fault.Text(err)}
		return v.again(p, err)
	}
	p.Passphrase = word
	return v.show(p)
}

func (v *visit) pack(d outgoing.Document, word string) (outgoing.Packet, error) {
	files, err := outgoing.Files(v.read(), d)
	if err != nil {
		return outgoing.Packet{}, err
	}
	var in []packet.File
	left, main := int64(packetMost), false
	for _, f := range files {
		if f.Kind == "scan" || f.Kind == "main" && main {
			continue // of the main file only what stands
		}
		main = main || f.Kind == "main"
		src, size, err := v.d.Blobs.Get(v.Context(), blob.Key(f.SHA))
		if err != nil {
			return outgoing.Packet{}, err
		}
		if left -= size; left < 0 {
			_ = src.Close()
			return outgoing.Packet{}, fault.Conflict("", "Các tệp lớn hơn mức gửi được qua thư điện tử (20 MB).")
		}
		data, err := io.ReadAll(src)
		_ = src.Close()
		if err != nil {
			return outgoing.Packet{}, err
		}
		in = append(in, packet.File{Name: f.Name, Data: data})
	}
	if len(in) == 0 {
		return outgoing.Packet{}, fault.Conflict("", "Văn bản chưa có tệp để gửi.")
	}
	var b bytes.Buffer
	if err := packet.Pack(&b, word, v.now, in); err != nil {
		return outgoing.Packet{}, err
	}
	key, size, err := v.d.Blobs.Put(v.Context(), &b, fileMost)
	return outgoing.Packet{SHA: string(key), Size: size}, err
}
