// SPDX-License-Identifier: Apache-2.0

package series

import (
	"strings"
	"time"

	"soviec/kit/civil"
	"soviec/kit/fault"
	"soviec/kit/journal"
	"soviec/kit/store"
)

const seriesColumns = "id, direction, scope, year, edition, start, last, last_day, closed, note, scan"

func scanSeries(s store.Scanner) (Series, error) {
	var x Series
	err := s.Scan(&x.ID, &x.Direction, &x.Scope, &x.Year, &x.Edition, &x.Start, &x.Last, &x.LastDay, &x.Closed, &x.Note, &x.Scan)
	return x, err
}

// lockSeries opens a series if it is not there and holds its row's lock, so that those
// who take numbers queue; what it returns is as the one before left it.
func lockSeries(a *journal.Act, d Direction, scope string, year, edition int) (Series, error) {
	return store.One(a, scanSeries, `INSERT INTO series_series (id, agency, direction, scope, year, edition, start, last, last_day, closed, note, scan)
		VALUES ($1, $2, $3, $4, $5, $6, 1, 0, '', FALSE, '', '')
		ON CONFLICT (agency, direction, scope, year, edition) DO UPDATE SET last = series_series.last
		RETURNING `+seriesColumns, a.NewID(), a.By.Agency, string(d), scope, year, edition)
}

func lockByID(a *journal.Act, id int64) (Series, error) {
	x, err := store.One(a, scanSeries, "UPDATE series_series SET last = last WHERE id = $1 AND agency = $2 RETURNING "+seriesColumns, id, a.By.Agency)
	if err == store.ErrNone {
		return x, fault.NotFound("Không có dãy số này.")
	}
	return x, err
}

func seriesIn(r store.Reader, agency int64, year int) ([]Series, error) {
	return store.All(r, scanSeries, "SELECT "+seriesColumns+" FROM series_series WHERE agency = $1 AND year = $2 ORDER BY direction DESC, scope, edition", agency, year)
}

// Years are the years in which numbers were taken, the latest first.
func Years(r store.Reader, agency int64) ([]int, error) {
	return store.All(r, store.Value[int], "SELECT DISTINCT year FROM series_series WHERE agency = $1 ORDER BY year DESC", agency)
}

// advance puts a series forward; neither its number nor its day ever go back.
func advance(a *journal.Act, id, number int64, day civil.Date) error {
	_, err := a.Exec(`UPDATE series_series SET last = CASE WHEN last > $1 THEN last ELSE $1 END,
		last_day = CASE WHEN last_day > $2 THEN last_day ELSE $2 END WHERE id = $3`, number, day.String(), id)
	return err
}

func setStart(a *journal.Act, id, start int64, lastDay civil.Date, note, scan string) error {
	_, err := a.Exec("UPDATE series_series SET start = $1, last = $2, last_day = $3, note = $4, scan = $5 WHERE id = $6", start, start-1, lastDay.String(), note, scan, id)
	return err
}

func setClosed(a *journal.Act, id int64) error {
	_, err := a.Exec("UPDATE series_series SET closed = TRUE WHERE id = $1", id)
	return err
}

const slotColumns = "id, series, year, number, suffix, state, day, label, subject, inserted, went_out, reserved_by, reserved_until, reason, at"

func scanSlot(s store.Scanner) (Slot, error) {
	var x Slot
	var until, at store.Time
	err := s.Scan(&x.ID, &x.Series, &x.Year, &x.Number, &x.Suffix, &x.State, &x.Day, &x.Label, &x.Subject, &x.Inserted, &x.WentOut, &x.By, &until, &x.Reason, &at)
	x.Until, x.At = until.Time, at.Time
	return x, err
}

func insertSlot(a *journal.Act, s Slot, key string) error {
	_, err := a.Exec(`INSERT INTO series_slot (id, agency, series, year, number, suffix, state, day, label, subject, key, inserted, went_out, reserved_by, reserved_until, reason, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, FALSE, $13, $14, $15, $16)`,
		s.ID, a.By.Agency, s.Series, s.Year, s.Number, s.Suffix, string(s.State), s.Day.String(), s.Label, s.Subject, key, s.Inserted, s.By, store.Instant(s.Until), s.Reason, store.Instant(s.At))
	return taken(s, err)
}

// useSlot gives a slot that was kept or voided to what bears it now.
func useSlot(a *journal.Act, s Slot, key string) error {
	_, err := a.Exec("UPDATE series_slot SET state = 'used', day = $1, label = $2, subject = $3, key = $4, at = $5 WHERE id = $6",
		s.Day.String(), s.Label, s.Subject, key, store.Instant(s.At), s.ID)
	return taken(s, err)
}

// taken is the sentence for a number and notation that stand in the year already.
func taken(s Slot, err error) error {
	if store.IsUnique(err) && s.Label != "" {
		return fault.Conflict("", "Số, ký hiệu "+s.Label+" đã có trong năm.")
	}
	return err
}

func voidSlot(a *journal.Act, s Slot) error {
	_, err := a.Exec("UPDATE series_slot SET state = 'void', reason = $1 WHERE id = $2", s.Reason, s.ID)
	return err
}

func markOut(a *journal.Act, id int64) error {
	_, err := a.Exec("UPDATE series_slot SET went_out = TRUE WHERE id = $1", id)
	return err
}

func slotByID(r store.Reader, agency, id int64) (Slot, error) {
	s, err := store.One(r, scanSlot, "SELECT "+slotColumns+" FROM series_slot WHERE id = $1 AND agency = $2", id, agency)
	if err == store.ErrNone {
		return s, fault.NotFound("Không có số này trong sổ.")
	}
	return s, err
}

func slotByKey(r store.Reader, agency int64, key string) (Slot, error) {
	return store.One(r, scanSlot, "SELECT "+slotColumns+" FROM series_slot WHERE agency = $1 AND key = $2", agency, key)
}

// lastSlot is the number given last in a series.
func lastSlot(r store.Reader, series, number int64) (Slot, error) {
	return store.One(r, scanSlot, "SELECT "+slotColumns+" FROM series_slot WHERE series = $1 AND number = $2 AND suffix = ''", series, number)
}

// BaseOf finds a number of a series without suffix, for inserting after it.
func BaseOf(r store.Reader, series, number int64) (Slot, error) { return lastSlot(r, series, number) }

// neighbours are the days between which that of a slot must lie: of the one before it
// in order of number and suffix, and of the one after it, or today.
func neighbours(r store.Reader, s Slot, today civil.Date) (low, high civil.Date, err error) {
	err = r.QueryRow(`SELECT COALESCE(MAX(day), '') FROM series_slot WHERE series = $1 AND (number < $2 OR number = $2 AND suffix < $3)`,
		s.Series, s.Number, s.Suffix).Scan(&low)
	if err != nil {
		return low, high, err
	}
	err = r.QueryRow(`SELECT COALESCE(MIN(day), '') FROM series_slot WHERE series = $1 AND (number > $2 OR number = $2 AND suffix > $3)`,
		s.Series, s.Number, s.Suffix).Scan(&high)
	first, last := civil.New(s.Year, time.January, 1), civil.New(s.Year, time.December, 31)
	if low.IsZero() {
		low = first
	}
	if high.IsZero() {
		high = min(today, last)
	}
	return low, high, err
}

func expiring(r store.Reader, agency int64, now time.Time) ([]Slot, error) {
	return store.All(r, scanSlot, "SELECT "+slotColumns+" FROM series_slot WHERE agency = $1 AND state = 'reserved' AND reserved_until < $2 ORDER BY series, number, suffix",
		agency, store.Instant(now))
}

func keptSlots(r store.Reader, agency int64) ([]Slot, error) {
	return store.All(r, scanSlot, "SELECT "+slotColumns+" FROM series_slot WHERE agency = $1 AND state = 'reserved' ORDER BY series, number, suffix", agency)
}

// eachSlot hands out the slots of a year in order of series, number and suffix.
func eachSlot(r store.Reader, agency int64, year int, f func(Slot)) error {
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		x, err := scanSlot(s)
		if err == nil {
			f(x)
		}
		return struct{}{}, err
	}, "SELECT "+slotColumns+" FROM series_slot WHERE agency = $1 AND year = $2 ORDER BY series, number, suffix", agency, year)
	return err
}

// begunIn reports whether a number was taken in a year.
func begunIn(r store.Reader, agency int64, year int) (bool, error) {
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM series_series WHERE agency = $1 AND year = $2 AND direction = 'out' AND last > 0", agency, year)
	return n > 0, err
}

func scanRule(s store.Scanner) (Rule, error) {
	var x Rule
	var apart string
	var at store.Time
	err := s.Scan(&x.Year, &x.Mode, &apart, &x.SetBy, &at)
	x.Apart, x.SetAt = strings.Fields(apart), at.Time
	return x, err
}

func ruleOf(r store.Reader, agency int64, year int) (Rule, error) {
	return store.One(r, scanRule, "SELECT year, mode, apart, set_by, set_at FROM series_mode WHERE agency = $1 AND year <= $2 ORDER BY year DESC LIMIT 1", agency, year)
}

func putRule(a *journal.Act, year int, mode Mode, apart []string) error {
	_, err := a.Exec(`INSERT INTO series_mode (agency, year, mode, apart, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (agency, year) DO UPDATE SET mode = excluded.mode, apart = excluded.apart, set_by = excluded.set_by, set_at = excluded.set_at`,
		a.By.Agency, year, string(mode), strings.Join(apart, " "), a.By.Person, store.Instant(a.At))
	return err
}

// insertAbbr writes a change, and what was written before the first one.
func insertAbbr(a *journal.Act, unit int64, before, abbr string, from civil.Date, afresh bool, basis string) error {
	if _, err := a.Exec(`INSERT INTO series_abbr (agency, unit, valid_from, abbr, afresh, basis, set_by, set_at) VALUES ($1, $2, '', $3, FALSE, '', $4, $5)
		ON CONFLICT (agency, unit, valid_from) DO NOTHING`, a.By.Agency, unit, before, a.By.Person, store.Instant(a.At)); err != nil {
		return err
	}
	_, err := a.Exec("INSERT INTO series_abbr (agency, unit, valid_from, abbr, afresh, basis, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		a.By.Agency, unit, from.String(), abbr, afresh, basis, a.By.Person, store.Instant(a.At))
	return err
}

func abbrOn(r store.Reader, agency, unit int64, day civil.Date) (string, error) {
	return store.One(r, store.Value[string], "SELECT abbr FROM series_abbr WHERE agency = $1 AND unit = $2 AND valid_from <= $3 ORDER BY valid_from DESC LIMIT 1", agency, unit, day.String())
}

func abbrsOf(r store.Reader, agency int64) ([]Abbr, error) {
	return store.All(r, func(s store.Scanner) (Abbr, error) {
		var x Abbr
		err := s.Scan(&x.Unit, &x.From, &x.Text, &x.Afresh, &x.Basis)
		return x, err
	}, "SELECT unit, valid_from, abbr, afresh, basis FROM series_abbr WHERE agency = $1 AND valid_from <> '' ORDER BY valid_from, unit", agency)
}

// editionOn counts how often the agency began its numbers afresh in the year until a day.
func editionOn(r store.Reader, agency int64, day civil.Date) (int, error) {
	return store.One(r, store.Value[int], "SELECT COUNT(*) FROM series_abbr WHERE agency = $1 AND unit = 0 AND afresh AND valid_from >= $2 AND valid_from <= $3",
		agency, civil.New(day.Year(), time.January, 1).String(), day.String())
}

const bodyColumns = "id, name, abbr, valid_from, valid_to, basis"

func scanBody(s store.Scanner) (Council, error) {
	var b Council
	err := s.Scan(&b.ID, &b.Name, &b.Abbr, &b.From, &b.To, &b.Basis)
	return b, err
}

// BodyOf finds a council.
func BodyOf(r store.Reader, agency, id int64) (Council, error) {
	b, err := store.One(r, scanBody, "SELECT "+bodyColumns+" FROM series_body WHERE id = $1 AND agency = $2", id, agency)
	if err == store.ErrNone {
		return b, fault.NotFound("Không có hội đồng, ban này.")
	}
	return b, err
}

// Bodies are the councils that have series of their own, those that ended too.
func Bodies(r store.Reader, agency int64) ([]Council, error) {
	return store.All(r, scanBody, "SELECT "+bodyColumns+" FROM series_body WHERE agency = $1 ORDER BY valid_from, id", agency)
}

func insertBody(a *journal.Act, b Council) error {
	_, err := a.Exec("INSERT INTO series_body (id, agency, name, abbr, valid_from, valid_to, basis) VALUES ($1, $2, $3, $4, $5, '', $6)",
		b.ID, a.By.Agency, b.Name, b.Abbr, b.From.String(), b.Basis)
	return err
}

func setBodyEnd(a *journal.Act, id int64, day civil.Date) error {
	_, err := a.Exec("UPDATE series_body SET valid_to = $1 WHERE id = $2", day.String(), id)
	return err
}

// slotEntries are the entries of the book about numbers, in order.
func slotEntries(r store.Reader, agency int64, f func(kind, subject, raw string)) error {
	_, err := store.All(r, func(s store.Scanner) (struct{}, error) {
		var kind, subject, raw string
		err := s.Scan(&kind, &subject, &raw)
		if err == nil {
			f(kind, subject, raw)
		}
		return struct{}{}, err
	}, "SELECT kind, subject, data FROM journal_entry WHERE agency = $1 AND kind IN ('series.taken', 'series.reserved', 'series.inserted', 'series.voided', 'series.expired', 'series.taken_again') ORDER BY seq", agency)
	return err
}

func seriesByID(r store.Reader, agency, id int64) (Series, error) {
	x, err := store.One(r, scanSeries, "SELECT "+seriesColumns+" FROM series_series WHERE id = $1 AND agency = $2", id, agency)
	if err == store.ErrNone {
		return x, fault.NotFound("Không có dãy số này.")
	}
	return x, err
}
