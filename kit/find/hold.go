// SPDX-License-Identifier: Apache-2.0

package find

// hold narrows, in each segment, the documents that hold every three neighbours of a phrase to
// those that hold the whole of it.
//
// Two overlapping windows of a phrase, abc and bcd, prove abcd where their common middle, bc,
// stands only once in the document: both are then at the same place. Where the middle stands more
// than once, the index holds everything that stands around it: abcd itself is asked for. So from
// windows of three those of four are proved, from these those of five, up to the whole phrase. The
// longer a middle, the rarer it stands twice, and only where both halves of it do; mostly one look
// at the middles of two ends it.
func (s *search) hold(fc *facet, syllables []string, in []posting) error {
	n := len(syllables)
	// ok[i][j] are the documents of segment i that hold the window beginning at j; twice[i][j]
	// those in which its middle stands more than once.
	ok := make([][]posting, len(in))
	twice := make([][]posting, len(in))
	for i := range in {
		ok[i] = make([]posting, n-2)
		for j := range ok[i] {
			ok[i][j] = in[i]
		}
		twice[i] = ok[i] // of one syllable it is not known: all may
	}
	for length := 4; length <= n; length++ {
		windows := n - length + 1
		open := func(i, j int) bool { return !twice[i][j].empty() && !twice[i][j+1].empty() }
		var asked []int // windows in doubt somewhere
		var terms []string
		for j := range windows {
			for i := range in {
				if open(i, j) {
					asked = append(asked, j)
					terms = append(terms, gramOf(classTwice, syllables[j+1:j+length-1]), gramOf(classAround, syllables[j:j+length]))
					break
				}
			}
		}
		if len(asked) == 0 { // nothing longer stands twice either
			break
		}
		posts, err := s.postings(fc.segments, terms, func(i int) bool { return !in[i].empty() })
		if err != nil {
			return err
		}
		for i := range in {
			next, still := make([]posting, windows), make([]posting, windows)
			for j := range windows {
				next[j] = ok[i][j].and(ok[i][j+1])
			}
			for k, j := range asked {
				if open(i, j) {
					still[j] = in[i].and(posts[i][2*k])
					next[j] = next[j].minus(still[j]).or(in[i].and(posts[i][2*k+1]))
				}
			}
			ok[i], twice[i] = next, still
		}
	}
	for i := range in {
		in[i] = ok[i][0]
		for _, p := range ok[i][1:] {
			in[i] = in[i].and(p)
		}
	}
	return nil
}
