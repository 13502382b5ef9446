// SPDX-License-Identifier: Apache-2.0

package handover

// The kinds of acts of this room. An entry is about a receipt ("handover/12"); the amount
// of a hand-over is how many things went over.
const (
	Made         = "handover.made"
	Acknowledged = "handover.acknowledged"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Made:         "bàn giao công việc",
	Acknowledged: "ký nhận bàn giao",
}
