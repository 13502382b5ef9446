// SPDX-License-Identifier: Apache-2.0

//go:build !cgo

package main

import (
	"errors"
	"time"

	"soviec/kit/signkey"
)

// device stands for what such a program cannot have.
type device struct{ signkey.Driver }

func (*device) put(string, string, string) (int, error) { return 0, errors.ErrUnsupported }

// open: modules are C libraries; a program built without cgo cannot load one.
func open(string, string, time.Duration) (*device, func(), error) {
	return nil, nil, errors.New("bản này được dựng không có cgo nên không nạp được thư viện PKCS#11; cần dựng lại với trình biên dịch C")
}
