// SPDX-License-Identifier: Apache-2.0

package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// A Config says where an S3 bucket is and with what key it is entered.
type Config struct {
	Endpoint string // host or host:port
	Bucket   string
	Prefix   string // before every key; "" or ending in "/"
	Key      string // access key
	Secret   string // secret key; never written anywhere
	Region   string // "us-east-1" when empty
	Plain    bool   // speak without TLS; for a server on the same machine
	Spool    string // folder for files being received; the system's when empty
}

// String writes the address without the secret.
func (c Config) String() string {
	s := "s3://" + c.Endpoint + "/" + c.Bucket + "/" + c.Prefix
	if c.Plain {
		s += "?tls=0"
	}
	return s
}

// GoString keeps the secret out of %#v too.
func (c Config) GoString() string { return c.String() }

// ParseURL reads "s3://key:secret@host:port/bucket/prefix?tls=0&region=…&spool=…".
// TLS is used unless tls=0. No error holds any part of the address, because
// the address holds the secret.
func ParseURL(s string) (Config, error) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "s3" {
		return Config{}, errors.New("open blobs: the s3 address cannot be read")
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return Config{}, errors.New("open blobs: the part of the s3 address after ? cannot be read")
	}
	for name := range q {
		if name != "tls" && name != "region" && name != "spool" {
			return Config{}, fmt.Errorf("open blobs: the s3 address has an unknown setting %q", name)
		}
	}
	c := Config{Endpoint: u.Host, Region: q.Get("region"), Spool: q.Get("spool")}
	switch q.Get("tls") {
	case "", "1":
	case "0":
		c.Plain = true
	default:
		return Config{}, errors.New("open blobs: tls in the s3 address must be 0 or 1")
	}
	c.Key = u.User.Username()
	c.Secret, _ = u.User.Password()
	c.Bucket, c.Prefix, _ = strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	if c.Prefix = strings.Trim(c.Prefix, "/"); c.Prefix != "" {
		c.Prefix += "/"
	}
	switch {
	case c.Endpoint == "":
		err = errors.New("open blobs: the s3 address has no host")
	case c.Bucket == "":
		err = errors.New("open blobs: the s3 address has no bucket")
	case c.Key == "" || c.Secret == "":
		err = errors.New("open blobs: the s3 address has no access key or no secret key")
	}
	return c, err
}

// An S3 keeps each blob as an object <prefix><key> in a bucket.
type S3 struct {
	c      Config
	client *minio.Client
}

// maxObject is what S3 takes in one request. One request is atomic, several
// (multipart) are not guarded by If-None-Match on every server.
const maxObject = 5 << 30

// OpenS3 prepares the store; it does not speak to the server yet.
func OpenS3(c Config) (*S3, error) {
	if c.Region == "" {
		c.Region = "us-east-1"
	}
	if c.Prefix != "" && !strings.HasSuffix(c.Prefix, "/") {
		c.Prefix += "/"
	}
	client, err := minio.New(c.Endpoint, &minio.Options{
		Creds:        credentials.NewStaticV4(c.Key, c.Secret, ""),
		Secure:       !c.Plain,
		Region:       c.Region,
		BucketLookup: minio.BucketLookupPath,
	})
	if err != nil {
		return nil, fmt.Errorf("open blobs: %w", cleanURLError(err))
	}
	if c.Spool != "" {
		if err := os.MkdirAll(c.Spool, 0o750); err != nil {
			return nil, fmt.Errorf("open blobs: %w", err)
		}
	} else {
		c.Spool = os.TempDir()
	}
	return &S3{c: c, client: client}, nil
}

// Put implements Store. The stream goes to a temporary file first, since the
// name of the object is its hash.
func (s *S3) Put(ctx context.Context, r io.Reader, limit int64) (Key, int64, error) {
	f, k, n, err := spool(ctx, s.c.Spool, r, limit)
	if err != nil {
		return "", 0, err
	}
	defer discard(f)
	if n > maxObject {
		return "", 0, fmt.Errorf("put blob %s: %d bytes are more than one object holds", k, n)
	}
	// Asking first saves the upload, and protects on servers that do not know
	// If-None-Match.
	there, err := s.same(ctx, k, n)
	if err != nil || there {
		return k, n, err
	}
	// The key is the SHA-256 that the protocol signs, so the server refuses
	// bytes that changed on the way; signing in pieces would only hide that.
	opts := minio.PutObjectOptions{ContentType: "application/octet-stream", DisableContentSha256: true}
	opts.SetMatchETagExcept("*")
	core := minio.Core{Client: s.client}
	_, err = core.PutObject(ctx, s.c.Bucket, s.object(k), io.NewSectionReader(f, 0, n), n, "", string(k), opts)
	switch status(err) {
	case http.StatusPreconditionFailed, http.StatusConflict:
		// Somebody else put the same bytes meanwhile.
		there, err := s.same(ctx, k, n)
		if err == nil && !there {
			err = fmt.Errorf("put blob %s: the server says it is there, and it is not", k)
		}
		if err != nil {
			return "", 0, err
		}
	default:
		if err != nil {
			return "", 0, fmt.Errorf("put blob %s: %w", k, cleanURLError(err))
		}
	}
	return k, n, nil
}

// same reports whether k is kept, and that with n bytes.
func (s *S3) same(ctx context.Context, k Key, n int64) (bool, error) {
	info, err := s.client.StatObject(ctx, s.c.Bucket, s.object(k), minio.StatObjectOptions{})
	if status(err) == http.StatusNotFound {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for blob %s: %w", k, cleanURLError(err))
	}
	if info.Size != n {
		return false, fmt.Errorf("put blob %s: %w", k, ErrDamaged)
	}
	return true, nil
}

// Get implements Store. Reading asks the server for a range only when somebody
// seeks.
func (s *S3) Get(ctx context.Context, k Key) (io.ReadSeekCloser, int64, error) {
	if !k.valid() {
		return nil, 0, missing()
	}
	o, err := s.client.GetObject(ctx, s.c.Bucket, s.object(k), minio.GetObjectOptions{})
	if err != nil {
		return nil, 0, fmt.Errorf("get blob %s: %w", k, cleanURLError(err))
	}
	info, err := o.Stat()
	if err != nil {
		o.Close()
		if status(err) == http.StatusNotFound {
			if err = s.bucketThere(ctx); err == nil {
				return nil, 0, missing()
			}
		}
		return nil, 0, fmt.Errorf("get blob %s: %w", k, cleanURLError(err))
	}
	return o, info.Size, nil
}

// Has implements Store.
func (s *S3) Has(ctx context.Context, k Key) (bool, error) {
	if !k.valid() {
		return false, nil
	}
	_, err := s.client.StatObject(ctx, s.c.Bucket, s.object(k), minio.StatObjectOptions{})
	if status(err) == http.StatusNotFound {
		if err = s.bucketThere(ctx); err == nil {
			return false, nil
		}
	}
	if err != nil {
		return false, fmt.Errorf("look for blob %s: %w", k, cleanURLError(err))
	}
	return true, nil
}

// Each implements Store.
func (s *S3) Each(ctx context.Context, f func(Key, int64) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends the listing when f stops early
	for o := range s.client.ListObjects(ctx, s.c.Bucket, minio.ListObjectsOptions{Prefix: s.c.Prefix, Recursive: true}) {
		if o.Err != nil {
			return fmt.Errorf("list blobs: %w", cleanURLError(o.Err))
		}
		k := Key(strings.TrimPrefix(o.Key, s.c.Prefix))
		if !k.valid() {
			continue
		}
		if err := f(k, o.Size); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Remove implements Store. S3 does not say whether there was anything, so we ask.
func (s *S3) Remove(ctx context.Context, k Key) error {
	there, err := s.Has(ctx, k)
	if err != nil {
		return err
	}
	if !there {
		return missing()
	}
	if err := s.client.RemoveObject(ctx, s.c.Bucket, s.object(k), minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("remove blob %s: %w", k, cleanURLError(err))
	}
	return nil
}

// Sweep removes the half-received files that a crash left on this machine more
// than an hour before now, and tells how many.
func (s *S3) Sweep(now time.Time) (int, error) { return sweep(s.c.Spool, now) }

func (s *S3) object(k Key) string { return s.c.Prefix + string(k) }

// status is the HTTP status the server answered with; 0 for another kind of error.
func status(err error) int {
	var e minio.ErrorResponse
	if errors.As(err, &e) {
		return e.StatusCode
	}
	return 0
}

// bucketThere tells a missing object from a missing bucket, which is a fault of
// the settings and must not look like "no such file". The server's answer about
// an object does not tell the two apart.
func (s *S3) bucketThere(ctx context.Context) error {
	there, err := s.client.BucketExists(ctx, s.c.Bucket)
	if err == nil && !there {
		err = fmt.Errorf("there is no bucket %q", s.c.Bucket)
	}
	return err
}
