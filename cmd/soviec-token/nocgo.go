// SPDX-License-Identifier: Apache-2.0

//go:build !cgo

package main

import (
	"errors"
	"time"

	"soviec/kit/signkey"
)

// open: modules are C libraries; a program built without cgo cannot load one.
func open(string, string, time.Duration) (signkey.Driver, func(), error) {
	return nil, nil, errors.New("bản này được dựng không có cgo nên không nạp được thư viện PKCS#11; cần dựng lại với trình biên dịch C")
}
