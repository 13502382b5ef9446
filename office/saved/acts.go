// SPDX-License-Identifier: Apache-2.0

package saved

// The kinds of acts of this room. An entry is about a view ("view/12").
const (
	Kept     = "saved.kept"
	Renamed  = "saved.renamed"
	Shared   = "saved.shared"
	Unshared = "saved.unshared"
	Pinned   = "saved.pinned"
	Unpinned = "saved.unpinned"
	Dropped  = "saved.dropped"
)

// Acts are the words of the screen for each kind.
var Acts = map[string]string{
	Kept:     "lưu bộ lọc",
	Renamed:  "đổi tên bộ lọc",
	Shared:   "dùng chung bộ lọc trong đơn vị",
	Unshared: "thôi dùng chung bộ lọc",
	Pinned:   "đặt bộ lọc mở đầu",
	Unpinned: "bỏ bộ lọc mở đầu",
	Dropped:  "xóa bộ lọc",
}
