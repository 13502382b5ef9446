// SPDX-License-Identifier: Apache-2.0

package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/kit/cms"
	"soviec/kit/pades"
	"soviec/office/signature"
)

// What a verdict says about a whole file, for whoever has to decide.
var outcomeSentences = map[signature.Outcome]string{
	signature.NotSigned: "Tệp không mang chữ ký số nào.",
	signature.Valid:     "Nội dung đúng như khi ký, người ký được xác định qua tổ chức chứng thực tin cậy.",
	signature.Invalid:   "Không được coi tệp này là văn bản đã ký: nội dung hoặc chữ ký không còn đúng như khi ký.",
	signature.Altered:   "Tệp đã bị thay đổi sau khi ký, ngoài phạm vi người ký cho phép.",
	signature.UnknownCA: "Nội dung đúng như khi ký, nhưng nơi cấp chứng thư chưa có trong kho tin cậy nên chưa biết chắc ai ký.",
	signature.Expired:   "Nội dung đúng như khi ký, nhưng chứng thư của người ký đã hết hạn vào lúc ký.",
	signature.Undecided: "Chưa đủ căn cứ để kết luận; có thể kiểm tra lại sau.",
}

var (
	summaryTones      = map[pades.Summary]view.Tone{pades.Valid: view.ToneDone, pades.Invalid: view.ToneError, pades.Undecided: view.ToneWarn}
	integrityWords    = map[pades.Integrity]string{pades.Intact: "nguyên vẹn", pades.Broken: "không nguyên vẹn", pades.NotVerifiable: "không kiểm tra được"}
	coverageWords     = map[pades.Coverage]string{pades.WholeFile: "toàn bộ tệp", pades.WholeRevision: "trọn một phiên bản của tệp", pades.Partial: "chỉ một phần tệp", pades.Unclear: "không xác định được"}
	changesWords      = map[pades.Modification]string{pades.None: "không có", pades.Allowed: "có, trong phạm vi cho phép", pades.Illegal: "có, ngoài phạm vi cho phép"}
	trustWords        = map[cms.Trust]string{cms.Trusted: "tin cậy", cms.Untrusted: "không tin cậy", cms.Unknown: "chưa xác định", cms.Revoked: "chứng thư đã bị thu hồi", cms.Expired: "chứng thư hết hạn khi ký"}
	timingWords       = map[pades.Timing]string{pades.Proven: "có dấu thời gian", pades.Claimed: "do người ký ghi", pades.NoTiming: "không có"}
	revocationWords   = map[cms.Status]string{cms.StatusGood: "chưa bị thu hồi", cms.StatusRevoked: "đã bị thu hồi", cms.StatusUnknown: "chưa có dữ liệu thu hồi"}
	revocationSources = map[string]string{"ocsp": "OCSP", "crl": "danh sách thu hồi", "none-needed": "không cần kiểm tra"}
	levelWords        = map[string]string{"legacy": "kiểu cũ (PKCS#7)", "not-PAdES": "không theo PAdES"}
)

// recordView is a verdict as people read it. version gives the address of the version that a
// signature covers; nil leaves it out.
func recordView(r signature.Record, version func(i int) string) view.SignatureRecord {
	o := r.Outcome()
	p := view.SignatureRecord{Mark: mark(o, ""), Sentence: outcomeSentences[o]}
	for _, x := range r.Reasons {
		p.Reasons = append(p.Reasons, x.Text)
	}
	count := strconv.Itoa(r.Signatures)
	if r.Stamps > 0 {
		count += fmt.Sprintf(", và %d dấu thời gian của tài liệu", r.Stamps)
	}
	p.Facts = append(p.Facts, view.Fact{Label: "Số chữ ký", Value: count})
	if r.Encrypted {
		p.Facts = append(p.Facts, view.Fact{Label: "Mã hóa", Value: "tệp được mã hóa"})
	}
	if !r.Online && o != signature.NotSigned {
		p.Facts = append(p.Facts, view.Fact{Label: "Căn cứ", Value: "chỉ theo dữ liệu trong tệp và kho tin cậy, không hỏi máy chủ thu hồi"})
	}
	for i, s := range r.Signers {
		p.Signers = append(p.Signers, signerView(i, s, version))
	}
	return p
}

func signerView(i int, s signature.Signer, version func(i int) string) view.SignatureOf {
	name := s.Subject
	if name == "" {
		name = "chưa rõ người ký"
	}
	kind := "Chữ ký"
	if s.Stamp {
		kind = "Dấu thời gian"
	}
	out := view.SignatureOf{Title: fmt.Sprintf("%s %d: %s", kind, i+1, name), Mark: view.SignatureMark{Word: s.Summary.Words(), Tone: summaryTones[s.Summary]}}
	for _, x := range s.Reasons {
		out.Reasons = append(out.Reasons, x.Text)
	}
	fact := func(list *[]view.Fact, label, value string, tone view.Tone) {
		if value != "" {
			*list = append(*list, view.Fact{Label: label, Value: value, Tone: tone})
		}
	}
	bad := func(is bool) view.Tone {
		if is {
			return view.ToneError
		}
		return view.ToneQuiet
	}
	level := s.Level
	if w := levelWords[level]; w != "" {
		level = w
	}
	fact(&out.Axes, "Nội dung đã ký", integrityWords[s.Integrity], bad(s.Integrity != pades.Intact))
	fact(&out.Axes, "Phạm vi ký", coverageWords[s.Coverage], bad(s.Coverage == pades.Partial || s.Coverage == pades.Unclear))
	fact(&out.Axes, "Thay đổi sau khi ký", changesWords[s.Changes], bad(s.Changes == pades.Illegal))
	fact(&out.Axes, "Người ký", trustWords[s.Trust], bad(s.Trust == cms.Revoked))
	fact(&out.Axes, "Thời điểm ký", timingWords[s.Timing], "")
	fact(&out.Axes, "Mức chữ ký", level, "")

	fact(&out.Facts, "Cơ quan, tổ chức", s.Organization, "")
	if !s.Proven.IsZero() {
		fact(&out.Facts, "Ký lúc (dấu thời gian)", instantWords(s.Proven), "")
	}
	if !s.Claimed.IsZero() {
		fact(&out.Facts, "Ký lúc (người ký ghi)", instantWords(s.Claimed), "")
	}
	fact(&out.Facts, "Lý do ký", s.Reason, "")
	fact(&out.Facts, "Nơi ký", s.Location, "")
	if s.Subject != "" {
		fact(&out.Facts, "Nơi cấp chứng thư", s.Issuer, "")
		fact(&out.Facts, "Số chứng thư", s.Serial, "")
		fact(&out.Facts, "Chứng thư có hiệu lực", dayOf(s.From)+" – "+dayOf(s.Until), "")
	}
	fact(&out.Facts, "Ô chữ ký", s.Field, "")
	if i := strings.LastIndexByte(s.Anchor, ' '); i > 0 {
		fact(&out.Evidence, "Chứng thư tin cậy đã dùng", s.Anchor[:i]+" (SHA-256 "+s.Anchor[i+1:]+")", "")
	}
	for _, f := range s.Revocation {
		words := revocationWords[f.Status]
		if w := revocationSources[f.Source]; w != "" {
			words += ", theo " + w
		}
		if !f.Issued.IsZero() {
			words += " ngày " + dayOf(f.Issued)
		}
		if !f.Revoked.IsZero() {
			words += ", thu hồi " + instantWords(f.Revoked)
		}
		fact(&out.Evidence, "Thu hồi: "+f.Subject, words, bad(f.Status == cms.StatusRevoked))
	}
	if version != nil && s.End > 0 {
		out.Version = &view.Link{Label: "Tải phiên bản mà chữ ký này bảo vệ", Href: version(i)}
	}
	return out
}

// instantWords writes an instant to the second, in the time of the agency.
func instantWords(t time.Time) string {
	return t.In(civil.Zone).Format("15:04:05") + " ngày " + civil.Of(t).VN()
}
