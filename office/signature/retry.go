// SPDX-License-Identifier: Apache-2.0

package signature

import (
	"time"

	"soviec/kit/fault"
	"soviec/kit/store"
)

// The waits before a file without a conclusion is judged again; after the last of them it is
// left to whoever asks on its page.
var waits = []time.Duration{24 * time.Hour, 24 * time.Hour, 48 * time.Hour, 96 * time.Hour, 7 * 24 * time.Hour, 14 * 24 * time.Hour, 30 * 24 * time.Hour}

// RetryMost is how many files are judged again on one morning.
const RetryMost = 50

// A Retry is a file whose newest verdict came to no conclusion, and when it is judged again.
type Retry struct {
	SHA     string
	Outcome Outcome
	Since   time.Time // of the newest verdict
	Tries   int
	Next    time.Time // zero: next morning
}

// Waiting are the files that wait to be judged again, the first to come first.
func Waiting(r store.Reader, agency int64, limit int) ([]Retry, error) {
	all, err := retries(r, agency, store.Instant(farAway), limit)
	return all, fault.Internal(err)
}

// DueAgain are those whose time has come.
func DueAgain(r store.Reader, agency int64, now time.Time) ([]Retry, error) {
	all, err := retries(r, agency, store.Instant(now), RetryMost)
	return all, fault.Internal(err)
}

var farAway = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Later writes down that a file was judged again in vain. The schedule of a machine is no act:
// nothing that anybody sees of the file has changed.
func Later(w store.Writer, agency int64, was Retry, now time.Time) error {
	next := farAway.AddDate(0, 0, 1)
	if was.Tries < len(waits) {
		next = now.Add(waits[was.Tries])
	}
	return fault.Internal(putRetry(w, agency, was.SHA, was.Tries+1, store.Instant(next)))
}
