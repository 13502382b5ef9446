// SPDX-License-Identifier: Apache-2.0

package main

import "soviec/kit/signkey"

// places are where keys are, as it is set, in the order in which they are offered.
func (s *Settings) places() []signkey.Place {
	var all []signkey.Place
	if s.KeyFiles {
		all = append(all, signkey.Place{Code: "file", Device: "file", Label: "Tệp khóa PKCS#12 (.p12, .pfx)", File: true, Secret: "Mật khẩu của tệp khóa", Driver: signkey.NewPKCS12()})
	}
	if s.KeySocket != "" {
		all = append(all, signkey.Place{Code: "hsm", Device: "hsm", Label: "Thiết bị HSM tại phòng máy", Secret: "Mã PIN", Driver: signkey.NewSocket(s.KeySocket)})
	}
	return all
}
