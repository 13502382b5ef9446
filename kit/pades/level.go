// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"context"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"io"
	"maps"
	"time"

	"soviec/kit/cms"
	"soviec/kit/fault"
	"soviec/kit/pdf"
)

// A Baseline is a level of PAdES (EN 319 142-1): how long a signature can be proven.
type Baseline string

// The levels: the signature; with a proven time; with all certificates and revocation
// data in the file; with a time stamp over those, renewed before it ends.
const (
	BaselineB   Baseline = "B-B"
	BaselineT   Baseline = "B-T"
	BaselineLT  Baseline = "B-LT"
	BaselineLTA Baseline = "B-LTA"
)

// TSA stamps by an authority at an address, through a fetcher that may reach it. policy is
// the one that its time stamps must be made under; nil takes the authority's own.
func TSA(f *cms.Fetcher, address string, policy asn1.ObjectIdentifier) Stamper {
	return func(ctx context.Context, hash crypto.Hash, digest []byte) ([]byte, error) {
		q, err := cms.NewQuery(hash, digest)
		if err != nil {
			return nil, err
		}
		q.Policy = policy
		_, token, err := f.Stamp(ctx, address, q)
		return token, err
	}
}

// MeasureStamp asks an authority for one time stamp over nothing and tells how much room
// its time stamps need.
func MeasureStamp(ctx context.Context, stamp Stamper) (int, error) {
	none := sha256.Sum256(nil)
	token, err := stamp(ctx, crypto.SHA256, none[:])
	return len(token) + 256, err
}

// StampDocument gives the revision that carries a document time stamp over the whole file.
func StampDocument(ctx context.Context, src io.ReaderAt, size int64, stamp Stamper) (tail []byte, err error) {
	room := UsualStamp
	for range 3 {
		d, err := openDraft(ctx, src, size)
		if err != nil {
			return nil, err
		}
		sig := d.Add(pdf.Dict{"Type": pdf.Name("DocTimeStamp"), "Filter": pdf.Name("Adobe.PPKLite"), "SubFilter": pdf.Name("ETSI.RFC3161"),
			"ByteRange": d.byteRange, "Contents": d.contents})
		if err := d.newField(d.freeName("DauThoiGian"), sig, 0, Rect{}, nil); err != nil {
			return nil, err
		}
		st := &State{Size: size, Hash: crypto.SHA256}
		if err := st.layOut(ctx, d, room); err != nil {
			return nil, err
		}
		token, err := stamp(ctx, st.Hash, st.Digest)
		if err != nil {
			return nil, err
		}
		tail, err = st.fill(token)
		var small *ErrRoom
		if !errors.As(err, &small) {
			return tail, err
		}
		room = small.Need + 512
	}
	return nil, errors.New("pades: the time stamping authority answers longer each time")
}

// Material is what the DSS of a file holds for judging its signatures later.
type Material struct {
	Certs []*x509.Certificate
	OCSPs [][]byte
	CRLs  [][]byte
}

// AddEvidence gives the revision that adds material to the DSS; what is there already is
// not written again, and nothing is ever taken out. No revision is needed when all is there.
func AddEvidence(ctx context.Context, src io.ReaderAt, size int64, m Material) (tail []byte, err error) {
	d, err := openDraft(ctx, src, size)
	if err != nil {
		return nil, err
	}
	dss := maps.Clone(d.dict(d.root["DSS"]))
	if dss == nil {
		dss = pdf.Dict{"Type": pdf.Name("DSS")}
	}
	var certs [][]byte
	for _, c := range m.Certs {
		certs = append(certs, c.Raw)
	}
	grown := false
	for _, part := range []struct {
		key pdf.Name
		add [][]byte
	}{{"Certs", certs}, {"OCSPs", m.OCSPs}, {"CRLs", m.CRLs}} {
		old := d.list(dss[part.key])
		has := map[[32]byte]bool{}
		for _, raw := range d.streams(old) {
			has[sha256.Sum256(raw)] = true
		}
		list := append(pdf.Array{}, old...)
		for _, raw := range part.add {
			if sum := sha256.Sum256(raw); !has[sum] {
				has[sum] = true
				list = append(list, d.Add(pdf.NewStream(pdf.Dict{"Filter": pdf.Name("FlateDecode")}, deflate(raw))))
			}
		}
		if len(list) == len(old) {
			continue
		}
		grown = true
		if ref, ok := dss[part.key].(pdf.Ref); ok {
			d.Set(ref, list)
		} else {
			dss[part.key] = list
		}
	}
	if !grown {
		return nil, nil
	}
	if ref, ok := d.root["DSS"].(pdf.Ref); ok {
		d.Set(ref, dss)
	} else {
		d.root["DSS"] = d.Add(dss)
		d.Set(d.rootRef, d.root)
	}
	tail, _, err = d.Bytes()
	return tail, err
}

// streams reads the data of the streams of a list, leaving out what cannot be read.
func (d *draft) streams(list pdf.Array) [][]byte {
	var out [][]byte
	for _, o := range list {
		o, err := d.Resolve(o)
		if s, ok := o.(*pdf.Stream); ok && err == nil {
			if raw, err := s.Decode(); err == nil {
				out = append(out, raw)
			}
		}
	}
	return out
}

// Extension says to which level the signatures of a file are to be brought, and by whom.
type Extension struct {
	Level   Baseline
	Store   *cms.Store   // needed from B-LT on
	Fetcher *cms.Fetcher // nil: only what is in the file is used
	Stamp   Stamper      // needed where a time stamp is missing
	At      time.Time
}

// Extend gives the revisions that bring a file's signatures to a level. A signature that
// got no time stamp when it was made gets its proven time from a document time stamp, which
// changes no byte before it. On a file that is at B-LTA already it renews: evidence for the
// newest time stamp, and a time stamp over it.
func Extend(ctx context.Context, src io.ReaderAt, size int64, e Extension) (tail []byte, err error) {
	all := &joined{src: src, size: size}
	marks, _, err := readMarks(ctx, all)
	if err != nil {
		return nil, err
	}
	if len(marks) == 0 {
		return nil, fault.Invalid("", "Tệp chưa có chữ ký nào để bổ sung dấu thời gian và dữ liệu xác thực.")
	}
	if needsTime(marks) && e.Level != BaselineB {
		if err := all.stamp(ctx, e.Stamp); err != nil {
			return nil, err
		}
	}
	if e.Level == BaselineLT || e.Level == BaselineLTA {
		if err := all.evidence(ctx, e); err != nil {
			return nil, err
		}
	}
	if e.Level == BaselineLTA {
		if err := all.stamp(ctx, e.Stamp); err != nil {
			return nil, err
		}
	}
	return all.tail, nil
}

// joined is a file with revisions that are not written yet.
type joined struct {
	src  io.ReaderAt
	size int64
	tail []byte
}

func (j *joined) length() int64 { return j.size + int64(len(j.tail)) }

func (j *joined) ReadAt(p []byte, at int64) (n int, err error) {
	if at < j.size {
		n, err = j.src.ReadAt(p[:min(int64(len(p)), j.size-at)], at)
		if n < len(p) && at+int64(n) < j.size {
			return n, err
		}
	}
	if n < len(p) {
		more := 0
		if from := at + int64(n) - j.size; from < int64(len(j.tail)) {
			more = copy(p[n:], j.tail[from:])
		}
		if n += more; n < len(p) {
			return n, io.EOF
		}
	}
	return n, nil
}

func (j *joined) stamp(ctx context.Context, stamp Stamper) error {
	if stamp == nil {
		return fault.Invalid("", "Chưa cấu hình máy chủ cấp dấu thời gian.")
	}
	tail, err := StampDocument(ctx, j, j.length(), stamp)
	j.tail = append(j.tail, tail...)
	return err
}

// A mark is one signature or time stamp of a file.
type mark struct {
	signed *cms.Signed
	token  *cms.Token // of a document time stamp, or of the signature's own
	stamp  bool       // a document time stamp
	at     int64      // where its byte range ends: later ones cover it
}

// readMarks reads the signatures of a file, without judging them, and its DSS.
func readMarks(ctx context.Context, all *joined) ([]mark, Material, error) {
	var m Material
	d, err := openDraft(ctx, all, all.length())
	if err != nil {
		return nil, m, err
	}
	dss := d.dict(d.root["DSS"])
	m.OCSPs, m.CRLs = d.streams(d.list(dss["OCSPs"])), d.streams(d.list(dss["CRLs"]))
	for _, raw := range d.streams(d.list(dss["Certs"])) {
		if c, err := cms.ParseCertificate(raw); err == nil {
			m.Certs = append(m.Certs, c)
		}
	}
	var marks []mark
	for _, v := range d.signed() {
		contents, _ := d.Resolve(v["Contents"])
		raw, _ := contents.(pdf.String)
		k := mark{}
		if n := d.numbers(v["ByteRange"]); len(n) == 4 {
			k.at = int64(n[2] + n[3])
		}
		if v["SubFilter"] == pdf.Name("ETSI.RFC3161") {
			if k.token, err = cms.ParseToken([]byte(raw)); err != nil {
				return nil, m, err
			}
			k.signed, k.stamp = k.token.Signed, true
		} else {
			s, _, err := cms.ParsePrefix([]byte(raw))
			if err != nil {
				return nil, m, err
			}
			k.signed = s
			if s.TimeStamp != nil {
				if k.token, err = cms.ParseToken(s.TimeStamp); err != nil {
					return nil, m, err
				}
			}
		}
		marks = append(marks, k)
	}
	return marks, m, nil
}

// needsTime tells whether some signature has no time stamp of its own, nor one over it.
func needsTime(marks []mark) bool {
	for _, k := range marks {
		if k.token == nil && stampedAfter(marks, k.at) == nil {
			return true
		}
	}
	return false
}

// stampedAfter is the first document time stamp that covers what ends at an offset.
func stampedAfter(marks []mark, at int64) *cms.Token {
	var first *mark
	for i, k := range marks {
		if k.stamp && k.at > at && (first == nil || k.at < first.at) {
			first = &marks[i]
		}
	}
	if first == nil {
		return nil
	}
	return first.token
}

// evidence gathers what judging every signature and time stamp needs, and adds it.
func (j *joined) evidence(ctx context.Context, e Extension) error {
	if e.Store == nil {
		return errors.New("pades: evidence needs a trust store")
	}
	marks, have, err := readMarks(ctx, j)
	if err != nil {
		return err
	}
	var add Material
	gather := func(s *cms.Signed, tsa bool, at time.Time) error {
		s.Supply(have.Certs...)
		if s.SignerCert == nil {
			return fault.Invalid("", "Một chữ ký trong tệp không kèm chứng thư số của người ký nên không bổ sung dữ liệu xác thực được.")
		}
		g := cms.Gathered{Certs: append(append([]*x509.Certificate{}, s.Certs...), have.Certs...),
			Evidence: cms.Evidence{OCSPs: append(append([][]byte{}, s.OCSPs...), have.OCSPs...), CRLs: append(append([][]byte{}, s.CRLs...), have.CRLs...)}}
		_, r := e.Store.Gather(ctx, e.Fetcher, tsa, s.SignerCert, g, at)
		if r.Trust != cms.Trusted {
			return r.Problem
		}
		add.Certs = append(add.Certs, r.Chain...)
		for _, fact := range r.Facts {
			switch fact.Source {
			case "ocsp":
				add.OCSPs = append(add.OCSPs, fact.Raw)
			case "crl":
				add.CRLs = append(add.CRLs, fact.Raw)
			}
		}
		return nil
	}
	for _, k := range marks {
		at := e.At
		if t := stampedAfter(marks, k.at); t != nil {
			at = t.Time
		}
		if k.token != nil && !k.stamp {
			if err := gather(k.token.Signed, true, at); err != nil {
				return err
			}
			at = k.token.Time
		}
		if err := gather(k.signed, k.stamp, at); err != nil {
			return err
		}
	}
	tail, err := AddEvidence(ctx, j, j.length(), add)
	j.tail = append(j.tail, tail...)
	return err
}

// RenewBefore tells when the certificate behind the newest document time stamp ends: a
// file kept at B-LTA must be extended again by then. ok is false without a time stamp.
func RenewBefore(ctx context.Context, src io.ReaderAt, size int64) (until time.Time, ok bool, err error) {
	marks, _, err := readMarks(ctx, &joined{src: src, size: size})
	if err != nil {
		return until, false, err
	}
	var last int64
	for _, k := range marks {
		if k.stamp && k.at > last && k.signed.SignerCert != nil {
			last, until, ok = k.at, k.signed.SignerCert.NotAfter, true
		}
	}
	return until, ok, nil
}
