// SPDX-License-Identifier: Apache-2.0

package pdf

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
)

// A lock is the standard security handler, opened with the empty user password.
type lock struct {
	key           []byte
	strings, data method
	plainMeta     bool // the metadata stream is not encrypted
	ref           Ref  // the encryption dictionary itself is never encrypted
}

type method int

const (
	noCrypt method = iota
	rc4Crypt
	aes128
	aes256
)

// A streamKey decrypts one stream.
type streamKey struct {
	m   method
	key []byte
}

func (k *streamKey) open(b []byte) ([]byte, error) { return k.m.open(k.key, b) }

func lockErr(format string, a ...any) error {
	return fmt.Errorf("%w: %s", ErrPassword, fmt.Sprintf(format, a...))
}

var padding = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// unlock reads /Encrypt of the last trailer. When it cannot be undone, lerr says why, and
// strings and streams stay as they are stored.
func (f *File) unlock() {
	v := f.Last()
	e, ok := v.Trailer["Encrypt"]
	if !ok || e == nil {
		return
	}
	d := v.Dict(e)
	if d == nil {
		f.lerr = lockErr("no encryption dictionary")
		return
	}
	l, err := f.newLock(v, d)
	if err != nil {
		f.lerr = err
		return
	}
	l.ref, _ = e.(Ref)
	f.lock = l
	f.objs, f.pack, f.kept, f.packed = map[int64]cached{}, map[int64]*pack{}, 0, 0
}

func (f *File) newLock(v *View, d Dict) (*lock, error) {
	if v.Name(d["Filter"]) != "Standard" {
		return nil, lockErr("handler %q", v.Name(d["Filter"]))
	}
	version, _ := v.Int(d["V"])
	rev, _ := v.Int(d["R"])
	bits, ok := v.Int(d["Length"])
	if !ok {
		bits = 40
	}
	l := &lock{plainMeta: d["EncryptMetadata"] == false}
	switch version {
	case 1:
		bits, l.strings, l.data = 40, rc4Crypt, rc4Crypt
	case 2, 3:
		l.strings, l.data = rc4Crypt, rc4Crypt
	case 4, 5:
		if version == 4 {
			bits = 128
		}
		cf := v.Dict(d["CF"])
		var err error
		if l.strings, err = cryptMethod(v, cf, v.Name(d["StrF"])); err != nil {
			return nil, err
		}
		if l.data, err = cryptMethod(v, cf, v.Name(d["StmF"])); err != nil {
			return nil, err
		}
	default:
		return nil, lockErr("version %d", version)
	}
	text := func(key Name) []byte {
		o, _ := v.Resolve(d[key])
		s, _ := o.(String)
		return []byte(s)
	}
	if version == 5 {
		key, err := keyR6(text("U"), text("UE"), rev)
		l.key = key
		return l, err
	}
	if bits < 40 || bits > 128 || bits%8 != 0 {
		return nil, lockErr("a key of %d bits", bits)
	}
	perms, _ := v.Int(d["P"])
	var id []byte
	if ids := v.Array(v.Trailer["ID"]); len(ids) > 0 {
		s, _ := ids[0].(String)
		id = []byte(s)
	}
	l.key = keyR4(text("O"), uint32(perms), id, int(rev), int(bits/8), l.plainMeta)
	if !checkR4(l.key, text("U"), id, int(rev)) {
		return nil, lockErr("it needs a password")
	}
	return l, nil
}

func cryptMethod(v *View, cf Dict, name Name) (method, error) {
	if name == "" || name == "Identity" {
		return noCrypt, nil
	}
	switch m := v.Name(v.Dict(cf[name])["CFM"]); m {
	case "None":
		return noCrypt, nil
	case "V2":
		return rc4Crypt, nil
	case "AESV2":
		return aes128, nil
	case "AESV3":
		return aes256, nil
	default:
		return noCrypt, lockErr("method %q", m)
	}
}

// keyR4 is algorithm 2 of ISO 32000 with the empty password.
func keyR4(o []byte, perms uint32, id []byte, rev, n int, plainMeta bool) []byte {
	h := md5.New()
	h.Write(padding)
	h.Write(o[:min(32, len(o))])
	h.Write(binary.LittleEndian.AppendUint32(nil, perms))
	h.Write(id)
	if rev >= 4 && plainMeta {
		h.Write([]byte{255, 255, 255, 255})
	}
	key := h.Sum(nil)
	if rev >= 3 {
		for range 50 {
			sum := md5.Sum(key[:n])
			key = sum[:]
		}
	}
	return key[:n]
}

// checkR4 is algorithm 6: whether the key is the right one.
func checkR4(key, u, id []byte, rev int) bool {
	if rev < 3 {
		out := make([]byte, 32)
		c, _ := rc4.NewCipher(key)
		c.XORKeyStream(out, padding)
		return subtle.ConstantTimeCompare(out, u) == 1
	}
	h := md5.New()
	h.Write(padding)
	h.Write(id)
	out := h.Sum(nil)
	for i := range 20 {
		k := make([]byte, len(key))
		for j := range key {
			k[j] = key[j] ^ byte(i)
		}
		c, _ := rc4.NewCipher(k)
		c.XORKeyStream(out, out)
	}
	return len(u) >= 16 && subtle.ConstantTimeCompare(out, u[:16]) == 1
}

// keyR6 is algorithm 2.A with the empty user password.
func keyR6(u, ue []byte, rev int64) ([]byte, error) {
	if len(u) < 48 || len(ue) < 32 {
		return nil, lockErr("the encryption dictionary is too short")
	}
	hash := func(salt []byte) []byte {
		if rev >= 6 {
			return hashR6(salt)
		}
		sum := sha256.Sum256(salt)
		return sum[:]
	}
	if subtle.ConstantTimeCompare(hash(u[32:40]), u[:32]) != 1 {
		return nil, lockErr("it needs a password")
	}
	block, err := aes.NewCipher(hash(u[40:48]))
	if err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(key, ue[:32])
	return key, nil
}

// hashR6 is algorithm 2.B for the empty password.
func hashR6(salt []byte) []byte {
	sum := sha256.Sum256(salt)
	k := sum[:]
	for i := 0; ; i++ {
		k1 := make([]byte, 0, 64*64)
		for range 64 {
			k1 = append(k1, k...)
		}
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(k1, k1)
		mod := 0
		for _, b := range k1[:16] {
			mod += int(b)
		}
		switch mod % 3 {
		case 0:
			s := sha256.Sum256(k1)
			k = s[:]
		case 1:
			s := sha512.Sum384(k1)
			k = s[:]
		default:
			s := sha512.Sum512(k1)
			k = s[:]
		}
		if i >= 63 && int(k1[len(k1)-1]) <= i-31 {
			return k[:32]
		}
	}
}

// objectKey is algorithm 1: the key of one object.
func (l *lock) objectKey(ref Ref, m method) []byte {
	if m == aes256 {
		return l.key
	}
	h := md5.New()
	h.Write(l.key)
	h.Write([]byte{byte(ref.Num), byte(ref.Num >> 8), byte(ref.Num >> 16), byte(ref.Gen), byte(ref.Gen >> 8)})
	if m == aes128 {
		h.Write([]byte("sAlT"))
	}
	return h.Sum(nil)[:min(len(l.key)+5, 16)]
}

func (m method) open(key, b []byte) ([]byte, error) {
	switch m {
	case rc4Crypt:
		c, err := rc4.NewCipher(key)
		if err != nil {
			return nil, err
		}
		out := make([]byte, len(b))
		c.XORKeyStream(out, b)
		return out, nil
	case aes128, aes256:
		if len(b) == 0 {
			return b, nil
		}
		if len(b) < 16 || len(b)%16 != 0 {
			return nil, badf("encrypted data of %d bytes", len(b))
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		out := make([]byte, len(b)-16)
		if len(out) == 0 {
			return out, nil
		}
		cipher.NewCBCDecrypter(block, b[:16]).CryptBlocks(out, b[16:])
		pad := int(out[len(out)-1])
		if pad < 1 || pad > 16 || pad > len(out) {
			return nil, badf("padding of encrypted data")
		}
		return out[:len(out)-pad], nil
	}
	return b, nil
}

// open decrypts the strings of an object that stands by itself, and gives a stream its key.
func (l *lock) open(ref Ref, o Object) Object {
	if ref == l.ref && l.ref.Num != 0 {
		return o
	}
	if s, ok := o.(*Stream); ok {
		if s.Dict["Type"] == Name("XRef") {
			return o
		}
		s.Dict, _ = l.openStrings(ref, s.Dict).(Dict)
		m := l.data
		if s.Dict["Type"] == Name("Metadata") && l.plainMeta {
			m = noCrypt
		}
		if f, _ := s.Dict["Filter"].(Array); len(f) > 0 && f[0] == Name("Crypt") {
			m = noCrypt // only /Identity is in use
		}
		if m != noCrypt {
			s.key = &streamKey{m, l.objectKey(ref, m)}
		}
		return s
	}
	return l.openStrings(ref, o)
}

func (l *lock) openStrings(ref Ref, o Object) Object {
	switch x := o.(type) {
	case String:
		if l.strings == noCrypt {
			return x
		}
		if b, err := l.strings.open(l.objectKey(ref, l.strings), []byte(x)); err == nil {
			return String(b)
		}
		return x
	case Array:
		for i := range x {
			x[i] = l.openStrings(ref, x[i])
		}
	case Dict:
		_, signed := x["ByteRange"]
		for k, v := range x {
			if signed && k == "Contents" { // the signature is never encrypted
				continue
			}
			x[k] = l.openStrings(ref, v)
		}
	}
	return o
}
