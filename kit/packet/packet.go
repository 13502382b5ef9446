// SPDX-License-Identifier: Apache-2.0

// Package packet packs files into a ZIP that a passphrase alone opens, as the common archivers read it (AE-2, AES-256).
//
// May enter: the passphrase, the packing, the opening.
// May not: who gets the packet, where it is kept; the passphrase is nowhere else than in the answer.
package packet

import (
	"archive/zip"
	"bytes"
	"crypto/aes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1" // the format asks for it
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"math/big"
	"strings"
	"time"
)

// The layout of an encrypted member (WinZip's AE-2): salt, two bytes that check the
// passphrase, the encrypted bytes, ten bytes that prove them.
const (
	method   = 99
	extraTag = 0x9901
	saltLen  = 16
	keyLen   = 32
	checkLen = 2
	proofLen = 10
	rounds   = 1000
)

// Passphrase makes a new one of 24 digits in groups of four: it is told by telephone.
func Passphrase() string {
	groups := make([]string, 6)
	for i := range groups {
		n, err := rand.Int(rand.Reader, big.NewInt(10_000))
		if err != nil {
			panic(err) // the machine has no source of randomness
		}
		groups[i] = fmt.Sprintf("%04d", n)
	}
	return strings.Join(groups, " ")
}

// A File is what is packed. Its name can be read without the passphrase.
type File struct {
	Name string
	Data []byte
}

// Pack writes the files so that only the passphrase opens them. Spaces in it do not count.
func Pack(w io.Writer, passphrase string, at time.Time, files []File) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		salt := make([]byte, saltLen)
		if _, err := rand.Read(salt); err != nil {
			return err
		}
		s, err := open(passphrase, salt)
		if err != nil {
			return err
		}
		body := bytes.Clone(f.Data)
		s.turn(body)
		sealed := append(append(append(salt, s.check...), body...), s.proof(body)...)
		h := &zip.FileHeader{Name: f.Name, Method: method, Flags: 1, Modified: at, UncompressedSize64: uint64(len(f.Data)), CompressedSize64: uint64(len(sealed))}
		h.Extra = extra()
		member, err := z.CreateRaw(h)
		if err != nil {
			return err
		}
		if _, err := member.Write(sealed); err != nil {
			return err
		}
	}
	return z.Close()
}

// extra says: AE-2, AES-256, the bytes within are stored as they are.
func extra() []byte {
	b := binary.LittleEndian.AppendUint16(nil, extraTag)
	b = binary.LittleEndian.AppendUint16(b, 7)
	b = binary.LittleEndian.AppendUint16(b, 2)
	b = append(b, 'A', 'E', 3)
	return binary.LittleEndian.AppendUint16(b, 0)
}

// ErrPassphrase is that the passphrase does not open the packet, or that it was changed.
var ErrPassphrase = errors.New("packet: the passphrase does not open it, or it was changed")

// Open reads a packet back, for checking it. A member larger than most bytes is refused.
func Open(data []byte, passphrase string, most int64) ([]File, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var out []File
	for _, f := range z.File {
		if f.Method != method || f.CompressedSize64 > uint64(most) || f.CompressedSize64 < saltLen+checkLen+proofLen {
			return nil, fmt.Errorf("packet: member %q is not of this kind", f.Name)
		}
		r, err := f.OpenRaw()
		if err != nil {
			return nil, err
		}
		all, err := io.ReadAll(io.LimitReader(r, most))
		if err != nil {
			return nil, err
		}
		s, err := open(passphrase, all[:saltLen])
		if err != nil {
			return nil, err
		}
		check, body, proof := all[saltLen:saltLen+checkLen], all[saltLen+checkLen:len(all)-proofLen], all[len(all)-proofLen:]
		if !hmac.Equal(check, s.check) || !hmac.Equal(proof, s.proof(body)) {
			return nil, ErrPassphrase
		}
		s.turn(body)
		out = append(out, File{f.Name, body})
	}
	return out, nil
}

type opened struct {
	key, proofKey, check []byte
}

func open(passphrase string, salt []byte) (opened, error) {
	words := strings.Join(strings.Fields(passphrase), "")
	all, err := pbkdf2.Key(func() hash.Hash { return sha1.New() }, words, salt, rounds, 2*keyLen+checkLen)
	if err != nil {
		return opened{}, err
	}
	return opened{all[:keyLen], all[keyLen : 2*keyLen], all[2*keyLen:]}, nil
}

func (s opened) proof(body []byte) []byte {
	m := hmac.New(sha1.New, s.proofKey)
	m.Write(body)
	return m.Sum(nil)[:proofLen]
}

// turn encrypts, or decrypts, in counter mode; the format counts from one with the lowest
// byte first.
func (s opened) turn(b []byte) {
	block, err := aes.NewCipher(s.key)
	if err != nil {
		panic(err) // the key has the length of the cipher
	}
	var counter, pad [aes.BlockSize]byte
	for n := uint64(1); len(b) > 0; n++ {
		binary.LittleEndian.PutUint64(counter[:], n)
		block.Encrypt(pad[:], counter[:])
		k := min(len(b), aes.BlockSize)
		for i := range k {
			b[i] ^= pad[i]
		}
		b = b[k:]
	}
}
