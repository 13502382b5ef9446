// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"errors"
	"strings"

	"soviec/kit/pdf"
)

const (
	limitDepth   = 64
	limitObjects = 1 << 20
)

func isFormat(err error) bool {
	return errors.Is(err, pdf.ErrFormat) || errors.Is(err, pdf.ErrFilter) || errors.Is(err, pdf.ErrPassword)
}

// sentenceFor says in a clerk's words what changed where. where is the place as the rules
// name it, key what stands there.
func sentenceFor(where string, key pdf.Name) string {
	switch key {
	case "OpenAction", "AA", "JavaScript":
		return "Có hành động tự chạy được thêm vào hoặc bị sửa sau khi ký."
	case "Names", "AF", "EmbeddedFiles":
		return "Tệp đính kèm hoặc danh mục tên trong tài liệu bị thêm, sửa sau khi ký."
	}
	place, _, _ := strings.Cut(where, " ")
	switch place {
	case "page":
		switch {
		case strings.HasSuffix(where, "annotations"):
			return "Chú thích hoặc hình phủ trên trang bị thay đổi sau khi ký."
		case key == "Contents":
			return "Nội dung trang bị thay đổi sau khi ký."
		case key == "Resources" || key == "Font" || key == "XObject":
			return "Phông chữ hoặc hình ảnh của trang bị thay đổi sau khi ký."
		case key == "Kids" || key == "Count":
			return "Trang bị thêm, bớt hoặc đảo thứ tự sau khi ký."
		}
		return "Trang của tài liệu bị thay đổi sau khi ký."
	case "catalog":
		return "Thiết lập chung của tài liệu bị thay đổi sau khi ký."
	case "trailer":
		return "Phần cuối tệp bị thay đổi sai quy cách sau khi ký."
	case "form":
		return "Thiết lập của biểu mẫu bị thay đổi sau khi ký."
	case "field", "appearance":
		return "Ô biểu mẫu bị thay đổi quá phạm vi cho phép sau khi ký."
	case "signature":
		return "Thông tin của chữ ký (lý do, tên, thời điểm hoặc dữ liệu ký) bị sửa sau khi ký."
	case "new":
		return "Ô chữ ký mới dùng lại nội dung đã có của tài liệu."
	case "DSS", "VRI", "validation":
		return "Kho dữ liệu xác thực trong tệp bị thay đổi sai quy cách."
	case "metadata", "information", "extensions", "mark":
		return "Thông tin chung của tài liệu bị thay đổi sai quy cách sau khi ký."
	}
	return "Nội dung đã ký bị thay đổi ở lần ghi thêm sau."
}
