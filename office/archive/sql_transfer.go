// SPDX-License-Identifier: Apache-2.0

package archive

import (
	"soviec/kit/journal"
	"soviec/kit/store"
)

func nextNumber(a *journal.Act, kind string, year int) (int, error) {
	return store.One(a, store.Value[int], `INSERT INTO archive_counter (agency, kind, year, last) VALUES ($1, $2, $3, 1)
		ON CONFLICT (agency, kind, year) DO UPDATE SET last = archive_counter.last + 1 RETURNING last`, a.By.Agency, kind, year)
}

const transferColumns = "id, number, year, unit, giver, offered_at, boxes, metres, condition, receiver, received_at"

func scanTransfer(s store.Scanner) (t Transfer, err error) {
	var offered, received store.Time
	err = s.Scan(&t.ID, &t.Number, &t.Year, &t.Unit, &t.Giver, &offered, &t.Boxes, &t.Metres, &t.Condition, &t.Receiver, &received)
	t.OfferedAt, t.ReceivedAt = offered.Time, received.Time
	return t, err
}

func insertTransfer(a *journal.Act, t Transfer) error {
	_, err := a.Exec(`INSERT INTO archive_transfer (id, agency, number, year, unit, giver, offered_at, boxes, metres, condition, receiver, received_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, '')`, t.ID, a.By.Agency, t.Number, t.Year, t.Unit, t.Giver, store.Instant(t.OfferedAt), t.Boxes, t.Metres, t.Condition)
	return err
}

func readTransfer(r store.Reader, agency, id int64, lock string) (Transfer, error) {
	return store.One(r, scanTransfer, "SELECT "+transferColumns+" FROM archive_transfer WHERE id = $1 AND agency = $2"+lock, id, agency)
}

func openTransfers(r store.Reader, agency int64) ([]Transfer, error) {
	return store.All(r, scanTransfer, "SELECT "+transferColumns+" FROM archive_transfer WHERE agency = $1 AND received_at = '' ORDER BY offered_at, id LIMIT 200", agency)
}

func transfersBefore(r store.Reader, agency, before int64, limit int) ([]Transfer, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	return store.All(r, scanTransfer, "SELECT "+transferColumns+" FROM archive_transfer WHERE agency = $1 AND id < $2 ORDER BY id DESC LIMIT $3", agency, before, limit)
}

func receiveTransfer(a *journal.Act, id int64) error {
	_, err := a.Exec("UPDATE archive_transfer SET receiver = $1, received_at = $2 WHERE id = $3", a.By.Person, store.Instant(a.At), id)
	return err
}

func insertTransferLine(a *journal.Act, transfer, dossier int64, files int) error {
	_, err := a.Exec("INSERT INTO archive_transfer_line (transfer, dossier, agency, files, decision, reason) VALUES ($1, $2, $3, $4, '', '')", transfer, dossier, a.By.Agency, files)
	return err
}

func judgeLine(a *journal.Act, transfer, dossier int64, decision, reason string) error {
	_, err := a.Exec("UPDATE archive_transfer_line SET decision = $1, reason = $2 WHERE transfer = $3 AND dossier = $4", decision, reason, transfer, dossier)
	return err
}

// dossierTail scans a dossier followed by columns of a line.
type dossierTail struct {
	store.Scanner
	more []any
}

func (t dossierTail) Scan(to ...any) error { return t.Scanner.Scan(append(to, t.more...)...) }

func transferLines(r store.Reader, agency, transfer int64) ([]TransferLine, error) {
	return store.All(r, func(s store.Scanner) (l TransferLine, err error) {
		l.Dossier, err = scanDossier(dossierTail{s, []any{&l.Files, &l.Decision, &l.Reason}})
		return l, err
	}, "SELECT "+dossierColumns+`, files, decision, reason FROM archive_transfer_line l JOIN archive_dossier d ON d.id = l.dossier
		WHERE l.transfer = $1 AND l.agency = $2 ORDER BY d.year, d.notation, d.id`, transfer, agency)
}

func insertKeep(a *journal.Act, k Keep) error {
	_, err := a.Exec(`INSERT INTO archive_keep (id, agency, dossier, until_on, reason, asked_by, asked_at, state, answer, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', '', 0, '')`, k.ID, a.By.Agency, k.Dossier, k.Until.String(), k.Reason, k.AskedBy, store.Instant(a.At))
	return err
}

func openKeep(r store.Reader, dossier int64) (Keep, error) {
	return store.One(r, func(s store.Scanner) (k Keep, err error) {
		return k, s.Scan(&k.ID, &k.Dossier, &k.Until, &k.Reason, &k.AskedBy, &k.State, &k.Answer)
	}, "SELECT id, dossier, until_on, reason, asked_by, state, answer FROM archive_keep WHERE dossier = $1 AND state = 'open'", dossier)
}

func decideKeep(a *journal.Act, id int64, state, answer string) error {
	_, err := a.Exec("UPDATE archive_keep SET state = $1, answer = $2, decided_by = $3, decided_at = $4 WHERE id = $5", state, answer, a.By.Person, store.Instant(a.At), id)
	return err
}

const destructionColumns = "id, number, year, reason, made_by, made_at, state, decision, decided_by, decided_at"

func scanDestruction(s store.Scanner) (x Destruction, err error) {
	var made, decided store.Time
	err = s.Scan(&x.ID, &x.Number, &x.Year, &x.Reason, &x.MadeBy, &made, &x.State, &x.Decision, &x.DecidedBy, &decided)
	x.MadeAt, x.DecidedAt = made.Time, decided.Time
	return x, err
}

func insertDestruction(a *journal.Act, x Destruction) error {
	_, err := a.Exec(`INSERT INTO archive_destruction (id, agency, number, year, reason, made_by, made_at, state, decision, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'review', '', 0, '')`, x.ID, a.By.Agency, x.Number, x.Year, x.Reason, x.MadeBy, store.Instant(x.MadeAt))
	return err
}

func insertMembers(a *journal.Act, x Destruction) error {
	for _, m := range x.Members {
		if _, err := a.Exec("INSERT INTO archive_member (destruction, person, agency, role) VALUES ($1, $2, $3, $4)", x.ID, m.Person, a.By.Agency, m.Role); err != nil {
			return err
		}
	}
	return nil
}

func insertDestructionLine(a *journal.Act, destruction, dossier int64) error {
	_, err := a.Exec("INSERT INTO archive_destruction_line (destruction, dossier, agency, outcome) VALUES ($1, $2, $3, '')", destruction, dossier, a.By.Agency)
	return err
}

func insertVote(a *journal.Act, destruction, dossier int64, destroy bool, reason string) error {
	_, err := a.Exec(`INSERT INTO archive_vote (id, agency, destruction, dossier, person, destroy, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (destruction, dossier, person) DO UPDATE SET destroy = excluded.destroy, reason = excluded.reason, at = excluded.at`,
		a.NewID(), a.By.Agency, destruction, dossier, a.By.Person, destroy, reason, store.Instant(a.At))
	return err
}

func readDestruction(r store.Reader, agency, id int64, lock string) (Destruction, error) {
	return store.One(r, scanDestruction, "SELECT "+destructionColumns+" FROM archive_destruction WHERE id = $1 AND agency = $2"+lock, id, agency)
}

func destructions(r store.Reader, agency int64, limit int) ([]Destruction, error) {
	return store.All(r, scanDestruction, "SELECT "+destructionColumns+" FROM archive_destruction WHERE agency = $1 ORDER BY id DESC LIMIT $2", agency, limit)
}

func fillDestruction(r store.Reader, agency int64, x *Destruction) (err error) {
	x.Members, err = store.All(r, func(s store.Scanner) (m Member, err error) { return m, s.Scan(&m.Person, &m.Role) },
		"SELECT person, role FROM archive_member WHERE destruction = $1 ORDER BY CASE role WHEN 'chair' THEN 0 WHEN 'member' THEN 1 ELSE 2 END, person", x.ID)
	if err != nil {
		return err
	}
	votes, err := store.All(r, func(s store.Scanner) (v Vote, err error) {
		return v, s.Scan(&v.Dossier, &v.Person, &v.Destroy, &v.Reason, &v.At)
	}, "SELECT dossier, person, destroy, reason, at FROM archive_vote WHERE destruction = $1 ORDER BY at, id", x.ID)
	if err != nil {
		return err
	}
	x.Lines, err = store.All(r, func(s store.Scanner) (l DestructionLine, err error) {
		l.Dossier, err = scanDossier(dossierTail{s, []any{&l.Outcome}})
		for _, v := range votes {
			if v.Dossier == l.Dossier.ID {
				l.Votes = append(l.Votes, v)
			}
		}
		return l, err
	}, "SELECT "+dossierColumns+`, outcome FROM archive_destruction_line l JOIN archive_dossier d ON d.id = l.dossier
		WHERE l.destruction = $1 AND l.agency = $2 ORDER BY d.year, d.notation, d.id`, x.ID, agency)
	return err
}

func decideDestruction(a *journal.Act, id int64, state, decision string) error {
	_, err := a.Exec("UPDATE archive_destruction SET state = $1, decision = $2, decided_by = $3, decided_at = $4 WHERE id = $5",
		state, decision, a.By.Person, store.Instant(a.At), id)
	return err
}

func setOutcome(a *journal.Act, destruction, dossier int64, outcome string) error {
	_, err := a.Exec("UPDATE archive_destruction_line SET outcome = $1 WHERE destruction = $2 AND dossier = $3", outcome, destruction, dossier)
	return err
}
