// SPDX-License-Identifier: Apache-2.0

package web

import (
	"net/http"

	"soviec/door/web/view"
)

// routes is every address of the office on one page.
func (d *Door) routes(mux *http.ServeMux) {
	mux.Handle("GET /tai-san/", d.Views.Assets())

	// Sign-in and the person's own account.
	mux.HandleFunc("GET /dang-nhap", d.open(d.signInPage))
	mux.HandleFunc("POST /dang-nhap", d.open(d.signIn))
	mux.HandleFunc("GET /dang-nhap/ma-xac-thuc", d.open(d.secondStepPage))
	mux.HandleFunc("POST /dang-nhap/ma-xac-thuc", d.open(d.secondStep))
	mux.HandleFunc("GET /doi-mat-khau", d.open(d.passwordPage))
	mux.HandleFunc("POST /doi-mat-khau", d.open(d.changePassword))
	mux.HandleFunc("POST /dang-xuat", d.open(d.signOut))
	mux.HandleFunc("GET /tai-khoan/phien", d.in(sessions))
	mux.HandleFunc("POST /tai-khoan/phien/ket-thuc", d.in(endSession))
	mux.HandleFunc("POST /tai-khoan/phien/ket-thuc-khac", d.in(endOtherSessions))
	mux.HandleFunc("GET /tai-khoan/xac-thuc", d.in(factorPage))
	mux.HandleFunc("POST /tai-khoan/xac-thuc", d.in(factorOn))
	mux.HandleFunc("POST /tai-khoan/xac-thuc/tat", d.in(factorOff))
	mux.HandleFunc("POST /lam-thay", d.in(takeBehalf))

	// The first set-up, while there is no agency.
	mux.HandleFunc("GET /cai-dat/{token}", d.setup(setupWelcome))
	mux.HandleFunc("GET /cai-dat/{token}/co-quan", d.setup(setupAgencyPage))
	mux.HandleFunc("POST /cai-dat/{token}/co-quan", d.setup(setupAgency))
	mux.HandleFunc("GET /cai-dat/{token}/don-vi", d.setup(setupUnitsPage))
	mux.HandleFunc("POST /cai-dat/{token}/don-vi", d.setup(setupUnits))
	mux.HandleFunc("GET /cai-dat/{token}/can-bo", d.setup(setupPeoplePage))
	mux.HandleFunc("POST /cai-dat/{token}/can-bo", d.setup(setupPeople))
	mux.HandleFunc("GET /cai-dat/{token}/nhiem-vu", d.setup(setupDutiesPage))
	mux.HandleFunc("POST /cai-dat/{token}/nhiem-vu", d.setup(setupDuties))
	mux.HandleFunc("GET /cai-dat/{token}/excel", d.setup(setupExcelPage))
	mux.HandleFunc("POST /cai-dat/{token}/excel", d.setup(setupExcel))
	mux.HandleFunc("GET /cai-dat/{token}/mau.xlsx", d.setup(setupTemplate))

	// Work.
	mux.HandleFunc("GET /{$}", d.in(home))
	mux.HandleFunc("GET /viec-qua-han", d.in(overdue))
	mux.HandleFunc("GET /viec-qua-han/in.pdf", d.in(overduePDF))
	mux.HandleFunc("GET /viec-qua-han/viec-qua-han.xlsx", d.in(overdueXLSX))
	mux.HandleFunc("POST /don-doc", d.in(urge))
	mux.HandleFunc("GET /viec", d.in(works))
	mux.HandleFunc("GET /viec/viec.xlsx", d.in(worksXLSX))
	mux.HandleFunc("GET /viec/{id}", d.in(taskPage))
	mux.HandleFunc("POST /viec/{id}/{act}", d.in(taskAct))
	mux.HandleFunc("POST /viec/{id}/{request}/{decision}", d.in(taskDecision))
	mux.HandleFunc("GET /viec/{id}/tep/{file}", d.in(taskFile))
	mux.HandleFunc("GET /cong-viec/bang", d.in(workBoard))
	mux.HandleFunc("GET /cong-viec/lich", d.in(workCalendar))
	mux.HandleFunc("GET /cong-viec/tien-do", d.in(gantt))
	mux.HandleFunc("POST /cong-viec/nhieu", d.in(together))

	// Documents that arrive.
	mux.HandleFunc("GET /van-ban-den", d.in(incomingList))
	mux.HandleFunc("GET /van-ban-den/cho", d.in(queue))
	mux.HandleFunc("GET /van-ban-den/moi", d.in(registerPage))
	mux.HandleFunc("POST /van-ban-den", d.in(register))
	mux.HandleFunc("GET /van-ban-den/de-xuat", d.in(registerProposal))
	mux.HandleFunc("GET /van-ban-den/mat", d.in(secretPage))
	mux.HandleFunc("GET /van-ban-den/tiep-nhan", d.in(intakePage))
	mux.HandleFunc("POST /van-ban-den/tiep-nhan", d.in(intake))
	mux.HandleFunc("GET /van-ban-den/bi/{id}", d.in(envelopePage))
	mux.HandleFunc("POST /van-ban-den/bi/{id}/{act}", d.in(envelopeAct))
	mux.HandleFunc("GET /van-ban-den/in", d.in(printPage))
	mux.HandleFunc("GET /van-ban-den/so", d.in(printRegister))
	mux.HandleFunc("GET /van-ban-den/khoa-so", d.in(lockPage))
	mux.HandleFunc("POST /van-ban-den/khoa-so", d.in(lockRegister))
	mux.HandleFunc("GET /van-ban-den/{year}/{number}", d.in(documentPage))
	mux.HandleFunc("GET /van-ban-den/{year}/{number}/sua", d.in(correctPage))
	mux.HandleFunc("GET /van-ban-den/{year}/{number}/tep/{file}", d.in(documentFile))
	mux.HandleFunc("GET /van-ban-den/{year}/{number}/dau-den", d.in(stampPage))
	mux.HandleFunc("GET /van-ban-den/{year}/{number}/dau-den.pdf", d.in(stampPDF))
	mux.HandleFunc("GET /van-ban-den/{year}/{number}/phieu-giai-quyet.pdf", d.in(slipPDF))
	mux.HandleFunc("POST /van-ban-den/{year}/{number}/{act}", d.in(documentAct))
	mux.HandleFunc("POST /van-ban-den/{year}/{number}/{request}/{decision}", d.in(documentDecision))

	// Finding and being told.
	mux.HandleFunc("GET /tim", d.in(search))
	mux.HandleFunc("GET /thong-bao", d.in(notices))
	mux.HandleFunc("POST /thong-bao/da-doc", d.in(readNotices))
	mux.HandleFunc("GET /thong-bao/luong", d.in(liveNotices))
	mux.HandleFunc("GET /so-nhat-ky/{seq}", d.in(proof))
	mux.HandleFunc("GET /phim-tat", d.in(func(v *visit) error { return v.show(view.Keys{Frame: v.frame(view.PlaceNone, "Phím tắt")}) }))
	mux.HandleFunc("GET /tro-giup", d.in(help))
	mux.HandleFunc("GET /tro-giup/{role}", d.in(help))

	// Absence.
	mux.HandleFunc("GET /vang-mat", d.in(absences))
	mux.HandleFunc("POST /vang-mat", d.in(declareAbsence))
	mux.HandleFunc("POST /vang-mat/{id}/ket-thuc", d.in(endAbsence))

	// Administration.
	mux.HandleFunc("GET /quan-tri", d.in(adminHome))
	mux.HandleFunc("POST /quan-tri/viec-nen/{id}/chay-lai", d.in(retryJob))
	mux.HandleFunc("GET /quan-tri/co-quan", d.in(settingsPage))
	mux.HandleFunc("POST /quan-tri/co-quan", d.in(saveSettings))
	mux.HandleFunc("POST /quan-tri/co-quan/linh-vuc", d.in(saveArea))
	mux.HandleFunc("POST /quan-tri/co-quan/so", d.in(openBook))
	mux.HandleFunc("POST /quan-tri/co-quan/so-bat-dau", d.in(beginBook))
	mux.HandleFunc("GET /quan-tri/don-vi", d.in(organisation))
	mux.HandleFunc("GET /quan-tri/don-vi/{id}", d.in(unitPage))
	mux.HandleFunc("POST /quan-tri/don-vi/{id}", d.in(saveUnit))
	mux.HandleFunc("GET /quan-tri/can-bo/{id}", d.in(personPage))
	mux.HandleFunc("POST /quan-tri/can-bo/{id}", d.in(savePerson))
	mux.HandleFunc("POST /quan-tri/can-bo/{id}/{act}", d.in(personAct))
	mux.HandleFunc("GET /quan-tri/lich", d.in(calendar))
	mux.HandleFunc("POST /quan-tri/lich", d.in(addDay))
	mux.HandleFunc("POST /quan-tri/lich/bo", d.in(removeDay))
	mux.HandleFunc("POST /quan-tri/lich/gio", d.in(setHours))
	mux.HandleFunc("POST /quan-tri/lich/xac-nhan", d.in(confirmDay))
	mux.HandleFunc("GET /quan-tri/quy-tac", d.in(rules))
	mux.HandleFunc("GET /quan-tri/quy-tac/{id}", d.in(rulePage))
	mux.HandleFunc("POST /quan-tri/quy-tac/{id}", d.in(saveRule))
	mux.HandleFunc("POST /quan-tri/quy-tac/{id}/{act}", d.in(ruleAct))
	mux.HandleFunc("GET /quan-tri/nhap-so", d.in(takeOverPage))
	mux.HandleFunc("POST /quan-tri/nhap-so", d.in(takeOver))
	mux.HandleFunc("GET /quan-tri/nhap-so/mau.xlsx", d.in(takeOverTemplate))
	mux.HandleFunc("GET /quan-tri/nhap-so/{key}", d.in(takeOverStep))
	mux.HandleFunc("POST /quan-tri/nhap-so/{key}", d.in(takeOverMap))
	mux.HandleFunc("POST /quan-tri/nhap-so/{key}/chay", d.in(takeOverRun))

	mux.HandleFunc("/", d.in(func(*visit) error { return errNoPage }))
}
