// SPDX-License-Identifier: Apache-2.0

package signkey_test

import (
	"testing"

	"soviec/kit/cms/cmstest"
	"soviec/kit/signkey"
	"soviec/kit/signkey/signkeytest"
)

func TestFilesConform(t *testing.T) {
	w, keys := signkeytest.NewWorld(t)
	files := map[cmstest.Kind][]byte{}
	for kind, id := range keys {
		raw, err := signkey.WritePKCS12(id.Key, id.Cert, id.Chain, "mật khẩu")
		if err != nil {
			t.Fatal(err)
		}
		files[kind] = raw
	}
	signkeytest.Run(t, &signkeytest.Bench{Driver: signkey.NewPKCS12(), World: w, Keys: keys, Secret: true,
		Who: func(k cmstest.Kind) signkey.Who { return signkey.Who{File: files[k], Secret: "mật khẩu"} }})
}
