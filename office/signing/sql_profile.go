// SPDX-License-Identifier: Apache-2.0

package signing

import (
	"time"

	"soviec/kit/journal"
	"soviec/kit/store"
)

func putProfile(a *journal.Act, p Profile) error {
	_, err := a.Exec(`INSERT INTO signing_profile (person, agency, picture, picture_sum, picture_wide, key_file, key_sum, key_name, fingerprint, remote, set_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (person) DO UPDATE SET picture = $3, picture_sum = $4, picture_wide = $5, key_file = $6, key_sum = $7, key_name = $8, fingerprint = $9, remote = $10, set_at = $11`,
		p.Person, a.By.Agency, some(p.Picture), p.PictureSum, tenths(p.Wide), some(p.KeyFile), p.KeySum, p.KeyName, p.Fingerprint, p.Remote, store.Instant(p.SetAt))
	return err
}

const profileQuery = "SELECT person, picture, picture_sum, picture_wide, key_file, key_sum, key_name, fingerprint, remote, set_at FROM signing_profile "

func scanProfile(s store.Scanner) (Profile, error) {
	var p Profile
	var wide int64
	var at store.Time
	err := s.Scan(&p.Person, &p.Picture, &p.PictureSum, &wide, &p.KeyFile, &p.KeySum, &p.KeyName, &p.Fingerprint, &p.Remote, &at)
	p.Wide, p.SetAt = float64(wide)/10, at.Time
	return p, err
}

func profileByPerson(r store.Reader, agency, person int64) (Profile, error) {
	return store.One(r, scanProfile, profileQuery+"WHERE person = $1 AND +agency = $2", person, agency)
}

func profiles(r store.Reader, agency int64) ([]Profile, error) {
	return store.All(r, scanProfile, profileQuery+"WHERE agency = $1 ORDER BY person", agency)
}

func insertPass(a *journal.Act, p pass) error {
	_, err := a.Exec("INSERT INTO signing_pass (hash, agency, session, way, until_at, used_at) VALUES ($1, $2, $3, $4, $5, '')", p.hash, a.By.Agency, p.session, p.way, store.Instant(p.until))
	return err
}

// usePass marks a one-time address as used; of two at once one finds it used.
func usePass(a *journal.Act, hash string) (int64, error) {
	return a.Exec("UPDATE signing_pass SET used_at = $1 WHERE hash = $2 AND used_at = '' AND until_at >= $1", store.Instant(a.At), hash)
}

func passByHash(r store.Reader, hash string) (pass, error) {
	return store.One(r, func(s store.Scanner) (pass, error) {
		p := pass{hash: hash}
		var until, used store.Time
		err := s.Scan(&p.agency, &p.session, &p.way, &until, &used)
		p.until, p.used = until.Time, used.Time
		return p, err
	}, "SELECT agency, session, way, until_at, used_at FROM signing_pass WHERE hash = $1", hash)
}

// dropPasses takes away the addresses of a session when it ends, and those that are over.
func dropPasses(a *journal.Act, session int64, before time.Time) error {
	_, err := a.Exec("DELETE FROM signing_pass WHERE session = $1 OR agency = $2 AND until_at < $3", session, a.By.Agency, store.Instant(before))
	return err
}
