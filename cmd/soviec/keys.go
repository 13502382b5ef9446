// SPDX-License-Identifier: Apache-2.0

package main

import "soviec/kit/signkey"

// places are where keys are, as it is set, in the order in which they are offered.
func (s *Settings) places() ([]signkey.Place, error) {
	var all []signkey.Place
	if s.KeyFiles {
		all = append(all, signkey.Place{Code: "file", Device: "file", Label: "Tệp khóa PKCS#12 (.p12, .pfx)", File: true, Secret: "Mật khẩu của tệp khóa", Driver: signkey.NewPKCS12()})
	}
	if s.KeySocket != "" {
		all = append(all, signkey.Place{Code: "hsm", Device: "hsm", Label: "Thiết bị HSM tại phòng máy", Secret: "Mã PIN", Driver: signkey.NewSocket(s.KeySocket)})
	}
	if s.CSCAddress != "" {
		d, err := signkey.NewCSC(signkey.CSC{Address: s.CSCAddress, Client: s.CSCClient, Secret: s.CSCSecret})
		if err != nil {
			return nil, err
		}
		all = append(all, signkey.Place{Code: "csc", Device: "remote", Label: "Ký số từ xa", Account: "Tài khoản ký số từ xa", Secret: "Mã PIN (nếu dịch vụ yêu cầu)", Driver: d})
	}
	if s.SmartCAAddress != "" {
		d, err := signkey.NewSmartCA(signkey.SmartCA{Address: s.SmartCAAddress, ID: s.SmartCAID, Password: s.SmartCAPassword})
		if err != nil {
			return nil, err
		}
		all = append(all, signkey.Place{Code: "smartca", Device: "remote", Label: "VNPT SmartCA", Account: "Số căn cước của người ký", Driver: d})
	}
	return all, nil
}
