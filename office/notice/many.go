// SPDX-License-Identifier: Apache-2.0

package notice

import (
	"slices"

	"soviec/kit/fault"
	"soviec/kit/journal"
)

// manyAtOnce is how many notices one statement writes.
const manyAtOnce = 64

// TellMany is Tell for many items in one act: the morning's reminders. The channels of
// everybody are read once.
func TellMany(a *journal.Act, items []Item) error {
	all, urgent := make([]Notice, 0, len(items)), map[int64]bool{}
	for _, it := range items {
		if it.Person == 0 || it.Person == a.By.Person && !it.Self {
			continue
		}
		n := Notice{ID: a.NewID(), Person: it.Person, Matter: it.Matter, Kind: it.Kind, Day: a.Day(), Text: cut(it.Text), Link: it.Link, At: a.At}
		all = append(all, n)
		urgent[n.ID] = it.Urgent
	}
	channels, err := journal.Keep(a, everybody{}, func() (map[int64][]Channel, error) { return channelsByPerson(a, a.By.Agency) })
	if err != nil {
		return fault.Internal(err)
	}
	for part := range slices.Chunk(all, manyAtOnce) {
		ids, err := insertNotices(a, a.By.Agency, part)
		if err != nil {
			return fault.Internal(err)
		}
		for _, n := range part {
			if !ids[n.ID] {
				continue
			}
			if _, err := journal.Keep(a, channelsKey{n.Person}, func() ([]Channel, error) { return channels[n.Person], nil }); err != nil {
				return fault.Internal(err)
			}
			if err := enqueue(a, n, urgent[n.ID]); err != nil {
				return fault.Internal(err)
			}
			wake(a, n.Person)
		}
	}
	return nil
}

type everybody struct{}

type woken struct{ person int64 }

// wake wakes a person's open pages once after the act, however much it tells him.
func wake(a *journal.Act, person int64) {
	_, _ = journal.Keep(a, woken{person}, func() (bool, error) {
		agency := a.By.Agency
		a.After(func() { Live.Publish(agency, person) })
		return true, nil
	})
}
