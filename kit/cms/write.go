// SPDX-License-Identifier: Apache-2.0

package cms

import (
	"encoding/asn1"
	"math/big"
)

// tlv writes one element with its content in parts.
func tlv(tag byte, parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	out := appendHeader(make([]byte, 0, n+6), []byte{tag}, n)
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func sequence(parts ...[]byte) []byte { return tlv(0x30, parts...) }

func objectID(oid asn1.ObjectIdentifier) []byte {
	body := make([]byte, 0, 16)
	for i := 1; i < len(oid); i++ {
		n := oid[i]
		if i == 1 {
			n += 40 * oid[0]
		}
		digits := 1
		for m := n; m >= 0x80; m >>= 7 {
			digits++
		}
		for d := digits - 1; d >= 0; d-- {
			c := byte(n>>(7*d)) & 0x7f
			if d > 0 {
				c |= 0x80
			}
			body = append(body, c)
		}
	}
	return tlv(0x06, body)
}

func integer(n *big.Int) []byte {
	if n.Sign() < 0 { // only serial numbers of issuers who do not keep the rules
		out, _ := asn1.Marshal(n)
		return out
	}
	body := n.Bytes()
	if len(body) == 0 || body[0]&0x80 != 0 {
		return tlv(0x02, []byte{0}, body)
	}
	return tlv(0x02, body)
}
