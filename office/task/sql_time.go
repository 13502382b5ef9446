// SPDX-License-Identifier: Apache-2.0

package task

import (
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
)

// heldSince is since when the one who has the share has it.
func heldSince(r store.Reader, share int64) (time.Time, error) {
	at, err := store.One(r, store.Value[store.Time], "SELECT from_at FROM task_holding WHERE share = $1 AND to_at = ''", share)
	if err == store.ErrNone {
		err = nil
	}
	return at.Time, err
}

func sawHolding(a *journal.Act, share, person int64) error {
	_, err := a.Exec("UPDATE task_holding SET seen_at = $1 WHERE share = $2 AND to_at = '' AND person = $3 AND seen_at = ''", store.Instant(a.At), share, person)
	return err
}

func duesOfShare(r store.Reader, share int64) ([]DueRow, error) {
	return store.All(r, scanDue, dueQuery+"WHERE d.share = $1 ORDER BY d.id", share)
}

// countGranted counts the extensions that were granted.
func countGranted(r store.Reader, share int64, level Level) (int, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM task_request WHERE share = $1 AND kind = 'extend' AND state = 'granted' AND level = $2", share, string(level))
	return int(n), err
}

const pauseColumns = `id, share, cause, waiting_for, from_at, to_at, proof, proof_text, state, counted, asked_by, proxy, asked_at, decider, decided_by,
	decided_at, answer, ended_by, ended_at, end_proof`

func scanPause(s store.Scanner) (PauseRow, error) {
	var p PauseRow
	err := s.Scan(&p.ID, &p.Share, &p.Cause, &p.WaitingFor, (*moment)(&p.From), (*moment)(&p.To), &p.Proof, &p.ProofText, &p.State, &p.Counted,
		&p.AskedBy, &p.Proxy, (*moment)(&p.AskedAt), &p.Decider, &p.DecidedBy, (*moment)(&p.DecidedAt), &p.Answer, &p.EndedBy, (*moment)(&p.EndedAt), &p.EndProof)
	return p, err
}

func pausesOf(r store.Reader, share int64) ([]PauseRow, error) {
	return store.All(r, scanPause, "SELECT "+pauseColumns+" FROM task_pause WHERE share = $1 ORDER BY from_at, id", share)
}

func pausesOfWork(r store.Reader, agency, work int64) ([]PauseRow, error) {
	return store.All(r, scanPause, "SELECT "+pauseColumns+` FROM task_pause
		WHERE agency = $1 AND share IN (SELECT id FROM task_share WHERE work = $2) ORDER BY from_at, id`, agency, work)
}

func pausesOfShares(r store.Reader, agency int64, shares []int64) ([]PauseRow, error) {
	in, args := inList(2, shares)
	return store.All(r, scanPause, "SELECT "+pauseColumns+" FROM task_pause WHERE +agency = $1 AND state IN ('running', 'ended') AND share "+in+
		" ORDER BY share, from_at, id", append([]any{agency}, args...)...)
}

// openPauses are the pauses of all open shares that take time off.
func openPauses(r store.Reader, agency int64) ([]PauseRow, error) {
	return store.All(r, scanPause, "SELECT "+pauseColumns+` FROM task_pause WHERE state IN ('running', 'ended') AND share IN (SELECT id FROM task_share s
		WHERE s.agency = $1 AND `+isOpen+") ORDER BY share, from_at, id", agency)
}

// takingPauses are those of the shares of one work.
func takingPauses(r store.Reader, work int64) ([]PauseRow, error) {
	return store.All(r, scanPause, "SELECT "+pauseColumns+` FROM task_pause WHERE state IN ('running', 'ended')
		AND share IN (SELECT id FROM task_share WHERE work = $1) ORDER BY share, from_at, id`, work)
}

func pausesToDecide(r store.Reader, agency, decider int64) ([]PauseRow, error) {
	return store.All(r, scanPause, "SELECT "+pauseColumns+" FROM task_pause WHERE agency = $1 AND decider = $2 AND state = 'asked' ORDER BY id", agency, decider)
}

func shareOfPause(r store.Reader, agency, pause int64) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT share FROM task_pause WHERE agency = $1 AND id = $2", agency, pause)
}

func insertPause(a *journal.Act, p PauseRow) error {
	_, err := a.Exec("INSERT INTO task_pause (agency, "+pauseColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, FALSE, $11, $12, $13, $14, $15, $16, '', 0, '', '')`,
		a.By.Agency, p.ID, p.Share, p.Cause, p.WaitingFor, store.Instant(p.From), store.Instant(p.To), p.Proof, p.ProofText, p.State,
		p.AskedBy, p.Proxy, store.Instant(p.AskedAt), p.Decider, p.DecidedBy, store.Instant(p.DecidedAt))
	return err
}

func updatePause(a *journal.Act, p PauseRow) error {
	_, err := a.Exec(`UPDATE task_pause SET to_at = $1, state = $2, decided_by = $3, decided_at = $4, answer = $5, ended_by = $6, ended_at = $7, end_proof = $8
		WHERE id = $9`, store.Instant(p.To), p.State, p.DecidedBy, store.Instant(p.DecidedAt), p.Answer, p.EndedBy, store.Instant(p.EndedAt), p.EndProof, p.ID)
	return err
}

// countPauses keeps that the pauses that have ended have moved the day.
func countPauses(a *journal.Act, share int64) error {
	_, err := a.Exec("UPDATE task_pause SET counted = TRUE WHERE share = $1 AND state = 'ended' AND counted = FALSE", share)
	return err
}

const obstacleColumns = "id, share, cause, waiting_for, text, told_by, proxy, told_at, cleared_by, cleared_at"

func scanObstacle(s store.Scanner) (ObstacleRow, error) {
	var o ObstacleRow
	err := s.Scan(&o.ID, &o.Share, &o.Cause, &o.WaitingFor, &o.Text, &o.By, &o.Proxy, (*moment)(&o.At), &o.ClearedBy, (*moment)(&o.ClearedAt))
	return o, err
}

func insertObstacle(a *journal.Act, o ObstacleRow) error {
	_, err := a.Exec("INSERT INTO task_obstacle (agency, "+obstacleColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '')",
		a.By.Agency, o.ID, o.Share, o.Cause, o.WaitingFor, o.Text, o.By, o.Proxy, store.Instant(o.At))
	return err
}

func openObstacles(r store.Reader, share int64) ([]int64, error) {
	return store.All(r, store.Value[int64], "SELECT id FROM task_obstacle WHERE share = $1 AND cleared_at = '' ORDER BY id", share)
}

func clearObstacles(a *journal.Act, share, by int64) error {
	_, err := a.Exec("UPDATE task_obstacle SET cleared_by = $1, cleared_at = $2 WHERE share = $3 AND cleared_at = ''", by, store.Instant(a.At), share)
	return err
}

func obstaclesOfWork(r store.Reader, agency, work int64) ([]ObstacleRow, error) {
	return store.All(r, scanObstacle, "SELECT "+obstacleColumns+` FROM task_obstacle
		WHERE agency = $1 AND share IN (SELECT id FROM task_share WHERE work = $2) ORDER BY id`, agency, work)
}

const submissionColumns = "id, share, round, kind, ref, handed_by, proxy, handed_at, outcome, unmet, decided_by, decided_at"

func scanSubmission(s store.Scanner) (Submission, error) {
	var x Submission
	err := s.Scan(&x.ID, &x.Share, &x.Round, &x.Kind, &x.Ref, &x.By, &x.Proxy, (*moment)(&x.At), &x.Outcome, &x.Unmet, &x.DecidedBy, (*moment)(&x.DecidedAt))
	return x, err
}

func lastRound(r store.Reader, share int64) (int, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COALESCE(MAX(round), 0) FROM task_submission WHERE share = $1", share)
	return int(n), err
}

func lastSubmission(r store.Reader, share int64, outcome string) (int64, error) {
	return store.One(r, store.Value[int64], "SELECT id FROM task_submission WHERE share = $1 AND outcome = $2 ORDER BY round DESC LIMIT 1", share, outcome)
}

func insertSubmission(a *journal.Act, x Submission) error {
	_, err := a.Exec("INSERT INTO task_submission (agency, "+submissionColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, FALSE, $11, $12)",
		a.By.Agency, x.ID, x.Share, x.Round, x.Kind, x.Ref, x.By, x.Proxy, store.Instant(x.At), x.Outcome, x.DecidedBy, store.Instant(x.DecidedAt))
	return err
}

func decideSubmission(a *journal.Act, id int64, outcome string, unmet bool, by int64) error {
	_, err := a.Exec("UPDATE task_submission SET outcome = $1, unmet = $2, decided_by = $3, decided_at = $4 WHERE id = $5",
		outcome, unmet, by, store.Instant(a.At), id)
	return err
}

func submissionsOfWork(r store.Reader, agency, work int64) ([]Submission, error) {
	return store.All(r, scanSubmission, "SELECT "+submissionColumns+` FROM task_submission
		WHERE agency = $1 AND share IN (SELECT id FROM task_share WHERE work = $2) ORDER BY share, round`, agency, work)
}

func lastUrging(r store.Reader, share int64) (Urging, error) {
	return store.One(r, scanUrging, `SELECT id, share, person, urger, proxy, kind, band, text, at, day FROM task_urging
		WHERE share = $1 AND band NOT IN ('head', 'giver', 'waiting') ORDER BY id DESC LIMIT 1`, share)
}

const answerColumns = "id, share, urging, kind, due_on, text, person, proxy, at"

func insertAnswer(a *journal.Act, x Answer) error {
	_, err := a.Exec("INSERT INTO task_answer (agency, "+answerColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		a.By.Agency, x.ID, x.Share, x.Urging, x.Kind, x.On.String(), x.Text, x.Person, x.Proxy, store.Instant(x.At))
	return err
}

func answersOfWork(r store.Reader, agency, work int64) ([]Answer, error) {
	return store.All(r, func(s store.Scanner) (Answer, error) {
		var x Answer
		err := s.Scan(&x.ID, &x.Share, &x.Urging, &x.Kind, &x.On, &x.Text, &x.Person, &x.Proxy, (*moment)(&x.At))
		return x, err
	}, "SELECT "+answerColumns+` FROM task_answer WHERE agency = $1 AND share IN (SELECT id FROM task_share WHERE work = $2) ORDER BY id`, agency, work)
}

func ownCauses(r store.Reader, agency int64) ([]Cause, error) {
	return store.All(r, func(s store.Scanner) (Cause, error) {
		var c Cause
		return c, s.Scan(&c.Code, &c.Name, &c.Pauses, &c.Gone)
	}, "SELECT code, name, pauses, gone FROM task_cause WHERE agency = $1 ORDER BY code", agency)
}

func putCause(a *journal.Act, c Cause) error {
	_, err := a.Exec(`INSERT INTO task_cause (agency, code, name, pauses, gone) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (agency, code) DO UPDATE SET name = $3, pauses = $4, gone = $5`, a.By.Agency, c.Code, c.Name, c.Pauses, c.Gone)
	return err
}
