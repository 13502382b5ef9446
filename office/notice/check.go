// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"fmt"

	"soviec/kit/store"
)

// Check reports notices that cannot be: read before they were told, or told on
// another day than they say. Notices are no acts, so no entry founds them.
func Check(r store.Reader, agency int64, report func(string)) error {
	return eachNotice(r, agency, func(id int64, day, at, read string) {
		if read != "" && read < at {
			report(fmt.Sprintf("Thông báo %d được ghi là đã đọc trước khi gửi.", id))
		}
		if day == "" || at == "" {
			report(fmt.Sprintf("Thông báo %d thiếu ngày hoặc thời điểm gửi.", id))
		}
	})
}
