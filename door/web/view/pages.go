// SPDX-License-Identifier: Apache-2.0

package view

// Pages returns one zero value of every page: the list that New compares with the folder.
func Pages() []Page {
	return []Page{
		SignIn{}, ChangePassword{}, SecondFactor{}, SecondFactorSetup{}, Sessions{},
		SetupWelcome{}, SetupAgency{}, SetupUnits{}, SetupPeople{}, SetupDuties{}, SetupExcel{}, SetupDone{},
		Home{}, Queue{}, Overdue{}, Works{}, Urge{}, Board{}, Together{}, WorkCalendar{}, Gantt{}, Loads{}, Give{}, GiveMany{}, Proposals{}, Morning{}, SavedViews{}, Handovers{}, Handover{}, DossierHandovers{}, DossierHandover{}, Causes{},
		Dossiers{}, DossierFigures{}, DossierNew{}, Dossier{}, DossierList{}, ArchiveDesk{}, Transfer{}, Destruction{}, Retention{},
		IncomingList{}, Register{}, Intake{}, Envelope{}, Secret{}, PrintRegister{}, LockRegister{}, StampPrint{}, Document{}, Task{},
		Search{}, Notices{}, Proof{}, Reaching{}, Outbox{},
		Recurring{}, RecurringEdit{}, Templates{}, TemplatePage{}, TemplateEdit{},
		PaperTemplates{}, PaperTemplate{}, PaperTemplateEdit{}, Catalogue{}, CatalogueEdit{},
		Absences{}, Holidays{}, HolidayConsequence{},
		Organisation{}, UnitEdit{}, PersonEdit{}, AgencySettings{}, Rules{}, RuleEdit{}, AdminHome{},
		TakeOver{}, TakeOverMapping{}, TakeOverPreview{}, Progress{},
		SignatureRecord{}, SignatureCheck{}, TrustStore{}, SigningKeys{},
		OutgoingList{}, OutgoingQueue{}, Outgoing{}, Copies{}, CopyNew{}, Copy{}, OutgoingBooks{}, SeriesSettings{}, BookShelf{}, BookPage{}, RecipientGroups{}, RecipientGroup{}, Troubles{},
		Drafts{}, DraftNew{}, DraftEdit{}, Draft{}, DraftCompare{}, SigningRules{}, SigningDesk{}, SigningRun{}, SigningProfile{},
		Help{}, Error{}, Keys{},
	}
}
