// SPDX-License-Identifier: Apache-2.0

package web

import (
	"testing"

	"soviec/kit/store/storetest"
)

func TestTheListOfCausesIsTheAgencys(t *testing.T) {
	o := openOfficeOn(t, storetest.Open(t))
	son, hai := o.as("son"), o.as("hai")
	hai.get("/quan-tri/nguyen-nhan").is(403)
	hai.post("/quan-tri/nguyen-nhan", "new", "on", "code", "kiem_nghiem", "name", "Chờ kết quả kiểm nghiệm").is(403)
	o.as("thang").get("/quan-tri/nguyen-nhan").is(200).says("main", "Nguyên nhân khác").lacks("main form")
	son.get("/quan-tri").says("main", "Nguyên nhân chờ, vướng mắc")
	son.post("/quan-tri/nguyen-nhan", "new", "on", "code", "Kiểm", "name", "").is(422).says(".errors", "chữ thường không dấu").says(".errors", "Tên nguyên nhân")
	son.post("/quan-tri/nguyen-nhan", "new", "on", "code", "agency", "name", "Trùng").is(422).says(".errors", "đã có")
	son.post("/quan-tri/nguyen-nhan", "new", "on", "code", "kiem_nghiem", "name", "Chờ kết quả kiểm nghiệm", "pauses", "on").goes()
	son.get("/quan-tri/nguyen-nhan").says(".causes", "Chờ kết quả kiểm nghiệm")
	son.post("/quan-tri/nguyen-nhan", "code", "other", "name", "Nguyên nhân khác", "gone", "on").is(422).says(".errors", "phải luôn chọn được")
	son.post("/quan-tri/nguyen-nhan", "code", "kiem_nghiem", "name", "Chờ kiểm nghiệm", "gone", "on").goes()
	son.get("/quan-tri/nguyen-nhan").says(".causes", "thôi dùng").silent(".causes .c-what", "Chờ kết quả kiểm nghiệm")
}
