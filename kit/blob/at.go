// SPDX-License-Identifier: Apache-2.0

package blob

import (
	"io"
	"sync"
)

// At lets an opened blob be read at any place, as readers of PDF do.
func At(r io.ReadSeeker) io.ReaderAt {
	if at, ok := r.(io.ReaderAt); ok {
		return at
	}
	return &seeking{r: r}
}

type seeking struct {
	mu sync.Mutex
	r  io.ReadSeeker
}

func (s *seeking) ReadAt(p []byte, at int64) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.r.Seek(at, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(s.r, p)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return n, err
}
