// SPDX-License-Identifier: Apache-2.0

package task

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
	"soviec/office/org"
)

// An ObstacleRow is what hinders the holder of a share (vướng mắc). It takes no time off.
type ObstacleRow struct {
	ID         int64
	Share      int64
	Cause      string
	WaitingFor string
	Text       string
	By         int64
	Proxy      int64
	At         time.Time
	ClearedBy  int64
	ClearedAt  time.Time // zero = hinders still
}

// Obstacle tells what hinders a share (báo vướng mắc): the cause, who is waited for, and
// what would help. The head of the unit and the giver hear of it at once.
func Obstacle(a *journal.Act, share int64, cause, waitingFor, text string) (id int64, err error) {
	d, s, err := openShare(a, share)
	if err != nil {
		return 0, err
	}
	if err := d.mayDo(s, org.DoWork); err != nil {
		return 0, err
	}
	if s.State != StateGiven && s.State != StateStarted {
		return 0, notNow(s)
	}
	if err := fault.Join(d.causeOf(cause, false), words("waiting_for", "Đang chờ ai", waitingFor, 300, false),
		words("text", "Nội dung vướng mắc", text, 1000, true)); err != nil {
		return 0, err
	}
	if id, err = d.obstruct(s, cause, waitingFor, text); err != nil {
		return 0, err
	}
	if err := d.save(s); err != nil {
		return 0, err
	}
	if err := d.note(Obstructed, s, Data{Kind: cause}, ""); err != nil {
		return 0, err
	}
	said := fmt.Sprintf("%s báo vướng mắc “%s”: %s", upper(d.dir.Person(s.Holder).Polite()), d.w.Title, text)
	for _, person := range distinctIDs(d.asker(s), d.w.Giver) {
		if err := d.tell(person, Obstructed, said); err != nil {
			return 0, err
		}
	}
	return id, nil
}

func (d *deed) obstruct(s *Share, cause, waitingFor, text string) (int64, error) {
	o := ObstacleRow{ID: d.a.NewID(), Share: s.ID, Cause: cause, WaitingFor: strings.TrimSpace(waitingFor), Text: strings.TrimSpace(text),
		By: me(d.a), Proxy: proxy(d.a), At: d.a.At}
	s.Stuck = cause
	d.rows = append(d.rows, RowTrace{o.ID, "open"})
	return o.ID, fault.Internal(insertObstacle(d.a, o))
}

// Clear tells that nothing hinders a share any more (hết vướng mắc).
func Clear(a *journal.Act, share int64) error {
	d, s, err := openShare(a, share)
	if err != nil {
		return err
	}
	if err := d.mayDo(s, org.DoWork); err != nil {
		return err
	}
	if s.Stuck == "" {
		return fault.Conflict("", "Phần việc này không có vướng mắc nào đang mở.")
	}
	if err := d.clear(s); err != nil {
		return err
	}
	if err := d.save(s); err != nil {
		return err
	}
	if err := d.note(ObstacleCleared, s, Data{}, ""); err != nil {
		return err
	}
	return d.tell(d.asker(s), ObstacleCleared, fmt.Sprintf("“%s” đã hết vướng mắc.", d.w.Title))
}

// clear ends the open obstacles of a share.
func (d *deed) clear(s *Share) error {
	if s.Stuck == "" {
		return nil
	}
	ids, err := openObstacles(d.a, s.ID)
	if err != nil {
		return fault.Internal(err)
	}
	for _, id := range ids {
		d.rows = append(d.rows, RowTrace{id, "cleared"})
	}
	s.Stuck = ""
	return fault.Internal(clearObstacles(d.a, s.ID, me(d.a)))
}

// Obstacles are all that was told to hinder the shares of a work, oldest first.
func Obstacles(r store.Reader, agency, work int64) ([]ObstacleRow, error) {
	all, err := obstaclesOfWork(r, agency, work)
	return all, fault.Internal(err)
}

// Pauses are all times in which the shares of a work stood still, oldest first.
func Pauses(r store.Reader, agency, work int64) ([]PauseRow, error) {
	all, err := pausesOfWork(r, agency, work)
	return all, fault.Internal(err)
}

// PausesOf are the pauses of each of the shares that take time off, oldest first.
func PausesOf(r store.Reader, agency int64, shares []int64) (map[int64][]PauseRow, error) {
	out := map[int64][]PauseRow{}
	for part := range slices.Chunk(shares, mostInList) {
		all, err := pausesOfShares(r, agency, part)
		if err != nil {
			return nil, fault.Internal(err)
		}
		for _, p := range all {
			out[p.Share] = append(out[p.Share], p)
		}
	}
	return out, nil
}

// PausesToDecide are the pauses that wait for somebody to confirm them, oldest first.
func PausesToDecide(r store.Reader, agency, decider int64) ([]PauseRow, error) {
	all, err := pausesToDecide(r, agency, decider)
	return all, fault.Internal(err)
}
