// SPDX-License-Identifier: Apache-2.0

package journal

import (
	"bytes"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"soviec/kit/store"
)

// page is how many entries are read at a time.
const page = 2000

// Verify reads an agency's whole book and says in Vietnamese sentences what is
// wrong and where: entries against their hashes, hashes against the tree, the tree
// against its head and against every checkpoint that left the house. keys may be
// nil to leave signatures unchecked. extra are checkpoints kept elsewhere. It
// returns the number of entries read.
func Verify(r store.Reader, agency int64, keys note.Verifiers, extra []string, report func(string)) (int64, error) {
	stood, err := readHead(r, agency, "")
	if err != nil {
		return 0, err
	}
	roots, err := promised(r, agency, stood, keys, extra, report)
	if err != nil {
		return 0, err
	}
	var grown head
	for {
		entries, err := Since(r, agency, grown.size, page)
		if err != nil {
			return grown.size, err
		}
		if len(entries) == 0 {
			break
		}
		if err := checkPage(r, agency, entries, &grown, roots, report); err != nil {
			return grown.size, err
		}
	}
	switch {
	case grown.size != stood.size:
		report(fmt.Sprintf("Sổ ghi %d mục nhưng đầu sổ nói có %d mục.", grown.size, stood.size))
	case grown.root() != stood.root():
		report(fmt.Sprintf("Đầu sổ không khớp với %d mục đã ghi: sổ đã bị sửa hoặc đầu sổ đã bị thay.", grown.size))
	}
	for size, root := range roots {
		if size > grown.size {
			report(fmt.Sprintf("Mốc niêm phong đã đưa ra ngoài tính đến mục %d nhưng sổ chỉ còn %d mục (gốc %s): các mục cuối đã bị xóa.", size, grown.size, root))
		}
	}
	return grown.size, nil
}

// promised collects the roots that the book must reproduce, by size.
func promised(r store.Reader, agency int64, stood head, keys note.Verifiers, extra []string, report func(string)) (map[int64]tlog.Hash, error) {
	texts, err := given(r, agency)
	if err != nil {
		return nil, err
	}
	current, err := checkpointOf(r, agency)
	if err != nil {
		return nil, err
	}
	if current != "" {
		texts = append(texts, current)
	}
	roots := map[int64]tlog.Hash{}
	for _, text := range append(texts, extra...) {
		if keys == nil {
			break
		}
		c, err := ParseCheckpoint(text, keys)
		if err != nil {
			report(fmt.Sprintf("Một mốc niêm phong không đọc được hoặc chữ ký không đúng: %v", err))
			continue
		}
		if c.Agency != agency {
			continue
		}
		if was, ok := roots[c.Size]; ok && was != c.Root {
			report(fmt.Sprintf("Có hai mốc niêm phong khác nhau cho cùng %d mục.", c.Size))
		}
		roots[c.Size] = c.Root
	}
	if keys != nil && current == "" && stood.size > 0 {
		report("Đầu sổ chưa được ký.")
	}
	return roots, nil
}

func checkPage(r store.Reader, agency int64, entries []Entry, grown *head, roots map[int64]tlog.Hash, report func(string)) error {
	for _, e := range entries {
		if e.Seq != grown.size+1 {
			report(fmt.Sprintf("Thiếu mục %d trong sổ (sau mục %d là mục %d).", grown.size+1, grown.size, e.Seq))
			for grown.size < e.Seq-1 { // keep the place, so that later entries are judged by their own numbers
				grown.add(make([]byte, tlog.HashSize))
			}
		}
		if leaf := e.leaf(agency); !bytes.Equal(leaf, e.hash) {
			report(fmt.Sprintf("Mục %d (%s, %s) đã bị sửa: nội dung không khớp dấu vân tay đã ghi.", e.Seq, e.Kind, e.Subject))
		}
		for _, n := range grown.add(e.hash) {
			kept, err := nodes(r, agency, n.level, n.n, 1)
			if err != nil {
				return err
			}
			if len(kept) != 1 || kept[0] != n.hash {
				report(fmt.Sprintf("Nút %d/%d của cây trên các mục không khớp: các mục %d–%d đã bị thay.", n.level, n.n, n.n<<n.level+1, (n.n+1)<<n.level))
			}
		}
		if root, ok := roots[grown.size]; ok && root != grown.root() {
			report(fmt.Sprintf("Sổ không khớp với mốc niêm phong tính đến mục %d: một mục từ 1 đến %d đã bị thay.", grown.size, grown.size))
		}
	}
	return nil
}
