// SPDX-License-Identifier: Apache-2.0

package deliver

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// A Subscription is where a browser may be woken, as it says itself.
type Subscription struct {
	Endpoint string
	Key      []byte // p256dh: the browser's public key, uncompressed
	Auth     []byte // 16 bytes that only the browser and we know
}

// b64 is how keys are written in web push.
var b64 = base64.RawURLEncoding

// NewSubscription reads a browser's words.
func NewSubscription(endpoint, p256dh, auth string) (Subscription, error) {
	s := Subscription{Endpoint: endpoint}
	var err, err2 error
	s.Key, err = b64.DecodeString(p256dh)
	s.Auth, err2 = b64.DecodeString(auth)
	if err = errors.Join(err, err2); err != nil {
		return s, err
	}
	if _, err := ecdh.P256().NewPublicKey(s.Key); err != nil {
		return s, err
	}
	if len(s.Auth) != 16 {
		return s, errors.New("deliver: the secret of a subscription is 16 bytes")
	}
	return s, nil
}

// A PushKey says to push services who we are (VAPID).
type PushKey struct {
	private *ecdsa.PrivateKey
	public  string
}

// NewPushKey makes the key that follows from a secret: always the same one, so that
// several programs with one secret are one sender.
func NewPushKey(secret []byte) (*PushKey, error) {
	for n := range 16 { // a number outside the curve's order is met once in 2^32
		raw, err := hkdf.Key(sha256.New, secret, nil, "soviec web push "+strconv.Itoa(n), 32)
		if err != nil {
			return nil, err
		}
		private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
		if err != nil {
			continue
		}
		public, err := private.PublicKey.Bytes()
		if err != nil {
			return nil, err
		}
		return &PushKey{private, b64.EncodeToString(public)}, nil
	}
	return nil, errors.New("deliver: no key follows from the secret")
}

// Public is the key that a browser is told when it subscribes.
func (k *PushKey) Public() string { return k.public }

// token says for twelve hours that a request to the origin is ours (RFC 8292).
func (k *PushKey) token(origin, subject string, at time.Time) (string, error) {
	claims, err := json.Marshal(struct {
		Aud string `json:"aud"`
		Exp int64  `json:"exp"`
		Sub string `json:"sub"`
	}{origin, at.Add(12 * time.Hour).Unix(), subject})
	if err != nil {
		return "", err
	}
	text := b64.EncodeToString([]byte(`{"typ":"JWT","alg":"ES256"}`)) + "." + b64.EncodeToString(claims)
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, k.private, sum[:])
	if err != nil {
		return "", err
	}
	var sig [64]byte
	r.FillBytes(sig[:32])
	s.FillBytes(sig[32:])
	return text + "." + b64.EncodeToString(sig[:]), nil
}

// A Push wakes browsers through the push services within its guard.
type Push struct {
	Key     *PushKey
	subject string // whom a push service may write to: "mailto:…" or "https://…"
	guard   Guard
	client  *http.Client
}

// NewPush makes a sender. subject is whom a push service may write to when something is
// wrong: "mailto:…" or "https://…".
func NewPush(key *PushKey, subject string, g Guard) *Push { return &Push{key, subject, g, g.Client()} }

// Guard says which push services may be reached.
func (p *Push) Guard() Guard { return p.guard }

// A Call is one waking. The push service keeps at most one of a topic: a later one
// takes the place of one that was not delivered yet.
type Call struct {
	Topic   string // at most 32 letters of base64url
	Payload []byte
	Live    time.Duration // how long the service keeps it for a browser that sleeps
	Urgent  bool
	At      time.Time
}

// paddedTo hides by its length what a payload says.
const paddedTo = 256

// Send wakes a browser.
func (p *Push) Send(ctx context.Context, s Subscription, c Call) error {
	if err := p.guard.still(s.Endpoint); err != nil {
		return err
	}
	own, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	var salt [16]byte
	_, _ = rand.Read(salt[:])
	body, err := seal(s, c.Payload, salt, own, paddedTo)
	if err != nil {
		return &Refusal{Kind: Gone, Reason: "Khóa của thiết bị không dùng được.", Err: err}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.Endpoint, bytes.NewReader(body))
	if err != nil {
		return &Refusal{Kind: Gone, Reason: "Địa chỉ của thiết bị không đúng dạng.", Err: err}
	}
	token, err := p.Key.token((&url.URL{Scheme: r.URL.Scheme, Host: r.URL.Host}).String(), p.subject, c.At)
	if err != nil {
		return err
	}
	urgency := "normal"
	if c.Urgent {
		urgency = "high"
	}
	for k, v := range map[string]string{"Authorization": "vapid t=" + token + ", k=" + p.Key.public, "Content-Encoding": "aes128gcm",
		"Content-Type": "application/octet-stream", "TTL": strconv.Itoa(int(c.Live / time.Second)), "Urgency": urgency, "Topic": c.Topic} {
		if v != "" {
			r.Header.Set(k, v)
		}
	}
	return post(p.client, r)
}

// seal encrypts a payload so that only the browser can read it (RFC 8291), as one record
// of RFC 8188, filled up with nothing to the length to.
func seal(s Subscription, payload []byte, salt [16]byte, own *ecdh.PrivateKey, to int) ([]byte, error) {
	theirs, err := ecdh.P256().NewPublicKey(s.Key)
	if err != nil {
		return nil, err
	}
	shared, err := own.ECDH(theirs)
	if err != nil {
		return nil, err
	}
	ours := own.PublicKey().Bytes()
	key, nonce, err := keys(shared, s.Auth, s.Key, ours, salt[:])
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain := append(bytes.Clone(payload), 2) // 2 ends the last record
	if len(plain) < to {
		plain = append(plain, make([]byte, to-len(plain))...)
	}
	const record = 4096
	if len(plain)+aead.Overhead() > record {
		return nil, fmt.Errorf("deliver: a payload of %d bytes is too long", len(payload))
	}
	head := make([]byte, 0, 16+4+1+len(ours)+len(plain)+aead.Overhead())
	head = append(head, salt[:]...)
	head = binary.BigEndian.AppendUint32(head, record)
	head = append(head, byte(len(ours)))
	head = append(head, ours...)
	return aead.Seal(head, nonce, plain, nil), nil
}

// keys derives the key and the nonce of the one record.
func keys(shared, auth, theirs, ours, salt []byte) (key, nonce []byte, err error) {
	info := "WebPush: info\x00" + string(theirs) + string(ours)
	ikm, err := hkdf.Key(sha256.New, shared, auth, info, 32)
	if err != nil {
		return nil, nil, err
	}
	if key, err = hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16); err != nil {
		return nil, nil, err
	}
	nonce, err = hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	return key, nonce, err
}
