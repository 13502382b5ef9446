// SPDX-License-Identifier: Apache-2.0

package view

// Findings is what the check of form says of a draft or a file (kiểm tra thể thức): part
// "findings". Each leads to the field or block it is about.
type Findings struct {
	Checked  bool   // the check was made; false shows nothing
	Trouble  string // why it could not be made
	Blocking []Finding
	Warnings []Finding
}

// Finding is one of them.
type Finding struct {
	Text  string // what is wrong and what the rule is
	Rule  string // "khoản 4 mục II phần I Phụ lục I Nghị định số 30/2020/NĐ-CP"
	Where string // "đoạn 3", "trang 2": where there is no link
	Words string // that were judged
	Href  string // "#soan-subject"; empty = nothing to lead to
}
