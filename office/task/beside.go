// SPDX-License-Identifier: Apache-2.0

package task

import (
	"time"

	"soviec/office/org"
)

// aside is what was worked out of a picture: right for one state of the people and the
// calendar, between two instants.
type aside struct {
	of          *org.Directory
	from, until time.Time
	value       any
}

// Beside keeps beside a picture what is worked out of it under a name, until the people or
// the calendar change or the next share falls due: whoever looks next finds it ready. It is
// shared, so nobody may change it.
func Beside[T any](p *Picture, name string, d *org.Directory, now time.Time, work func() T) T {
	if k, ok := p.beside.Load(name); ok {
		if k := k.(*aside); k.of == d && !now.Before(k.from) && now.Before(k.until) {
			return k.value.(T)
		}
	}
	v := work()
	p.beside.Store(name, &aside{d, now, p.Until(now), v})
	return v
}
