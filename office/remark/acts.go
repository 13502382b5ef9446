// SPDX-License-Identifier: Apache-2.0

package remark

// The kinds of acts of this room. An entry is about a remark ("remark/12") and counts the
// people mentioned.
const (
	Said      = "remark.said"
	Concluded = "remark.concluded"
	Withdrawn = "remark.withdrawn"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Said:      "trao đổi",
	Concluded: "ghi là kết luận",
	Withdrawn: "rút lại ý kiến",
}
