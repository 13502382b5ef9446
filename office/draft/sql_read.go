// SPDX-License-Identifier: Apache-2.0

package draft

import (
	"fmt"
	"strings"

	"soviec/kit/store"
)

func mayRead(r store.Reader, draft int64, who []string) (bool, error) {
	args := []any{draft}
	n, err := store.One(r, store.Value[int64], "SELECT COUNT(*) FROM draft_access WHERE draft = $1 AND who IN "+in(&args, who), args...)
	return n > 0, err
}

func versionOf(r store.Reader, draft int64, ordinal int) (Content, error) {
	return store.One(r, scanContent, "SELECT "+versionColumns+" FROM draft_version WHERE draft = $1 AND ordinal = $2", draft, ordinal)
}

// VersionOf is one version with its text; store.ErrNone when there is none.
func VersionOf(r store.Reader, draft int64, ordinal int) (Content, error) {
	return versionOf(r, draft, ordinal)
}

// Versions are all versions of a draft's main file, the latest first, without their texts.
func Versions(r store.Reader, draft int64) ([]Content, error) {
	return store.All(r, scanContent, `SELECT id, ordinal, way, name, sha, size, pages, source, source_name, '', '', note, added_by, added_at
		FROM draft_version WHERE draft = $1 ORDER BY ordinal DESC`, draft)
}

// CurrentOf are the versions that stand of some drafts, by their hash, in one query.
func CurrentOf(r store.Reader, papers ...Paper) (map[string]Content, error) {
	if len(papers) == 0 {
		return nil, nil
	}
	var args []any
	var which []string
	for _, p := range papers {
		args = append(args, p.ID, p.SHA)
		which = append(which, fmt.Sprintf("draft = $%d AND sha = $%d", len(args)-1, len(args)))
	}
	all, err := store.All(r, scanContent, "SELECT "+versionColumns+" FROM draft_version WHERE "+strings.Join(which, " OR "), args...)
	out := make(map[string]Content, len(all))
	for _, c := range all {
		out[c.SHA] = c
	}
	return out, err
}
