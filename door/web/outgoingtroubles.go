// SPDX-License-Identifier: Apache-2.0

package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"soviec/door/web/view"
	"soviec/kit/civil"
	"soviec/office/draft"
	"soviec/office/org"
	"soviec/office/outgoing"
)

const troublesMost = 300

// outgoingTroubles are the deliveries of a year that did not arrive and why, and those that
// were not sent by the day after issue; the urgent first.
func outgoingTroubles(v *visit) error {
	if !v.may(org.SendOut, org.Target{}) {
		return errNotClerk
	}
	year := v.bookYear(v.URL.Query())
	all, err := outgoing.Troubles(v.read(), v.agency(), year, troublesMost)
	if err != nil {
		return err
	}
	years, err := outgoing.Years(v.read(), v.agency())
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b outgoing.Trouble) int {
		return cmp.Or(cmp.Compare(b.Document.Urgency, a.Document.Urgency), a.Document.IssuedAt.Compare(b.Document.IssuedAt))
	})
	p := view.Troubles{Frame: v.frame(view.PlaceOutgoing, "Chưa đến nơi nhận"), Back: &view.Crumb{Label: "Văn bản đi", Href: "/van-ban-di"},
		Filters: []view.Filter{{Before: "Năm", Name: "year", Label: "Năm", Select: yearChoice(years, year)}}}
	failed, waiting, late := 0, 0, 0
	for _, t := range all {
		d, x := t.Document, t.Delivery
		r := view.TroubleRow{Href: d.Address(), Label: d.Label, Subject: d.Subject, Name: x.Name, Channel: nameOf(x.Channel, draft.Channels), Status: outgoing.DeliveryLabel(x.State), At: sinceWords(x.At, v.today),
			Reason: x.Reason, Urgency: view.Urgency(d.Urgency)}
		if x.State == outgoing.Queued {
			waiting++
			r.At = "phát hành " + sinceWords(d.IssuedAt, v.today)
			if limit := v.dir.Calendar.AddWorkingDays(civil.Of(d.IssuedAt), 1); v.today.After(limit) {
				r.Late, r.Status = true, "Quá hạn gửi từ "+limit.VN()
				late++
			}
		} else {
			failed++
			r.Late, r.Again, r.Key, r.Address = true, d.Address()+"/nhan/"+strconv.Itoa(x.Ordinal), newFormKey(), x.Address
		}
		p.Rows = append(p.Rows, r)
	}
	p.Sentence = view.Sentence{Before: fmt.Sprintf("%d nơi không gửi được hoặc từ chối, %d nơi chưa gửi", failed, waiting), After: "."}
	if late > 0 {
		p.Sentence.Before += "; "
		p.Sentence.Late = fmt.Sprintf("%d nơi quá hạn gửi", late)
	}
	return v.show(p)
}
