// SPDX-License-Identifier: Apache-2.0

package pades

import (
	"context"
	"io"

	"soviec/kit/pdf"
)

// Values reads the text fields of a form as they stand, by their whole names: a clerk's
// revision has filled so and ngay, or has not.
func Values(ctx context.Context, src io.ReaderAt, size int64) (map[string]string, error) {
	f, err := pdf.Open(ctx, src, size, pdf.DefaultLimits)
	if err != nil {
		return nil, unreadable(err)
	}
	form, err := listFields(f.Last())
	if err != nil {
		return nil, unreadable(err)
	}
	out := map[string]string{}
	for _, x := range form.fields {
		if x.kind != "Tx" || x.widget || x.name == "" || len(x.kids) > 0 && !x.kids[0].widget {
			continue
		}
		o, _ := f.Last().Resolve(x.dict["V"])
		s, _ := o.(pdf.String)
		out[x.name] = text(s)
	}
	return out, nil
}
