// SPDX-License-Identifier: Apache-2.0

package journal

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"soviec/kit/store"
)

// leaf is the hash of the record that the entry is: each field on a line of its
// own under a name of the format, so that no two entries share a record.
func (e Entry) leaf(agency int64) []byte {
	b := make([]byte, 0, 256+len(e.raw))
	b = append(b, "soviec.entry/1\n"...)
	num := func(n int64) { b = append(strconv.AppendInt(b, n, 10), '\n') }
	str := func(s string) { b = append(strconv.AppendQuote(b, s), '\n') }
	num(agency)
	num(e.Seq)
	str(store.Instant(e.At))
	str(e.Day.String())
	str(e.Kind)
	str(e.Subject)
	num(e.Unit)
	num(e.Post)
	num(e.Person)
	num(e.Behalf)
	str(e.DueOn.String())
	num(e.Amount)
	str(e.raw)
	h := tlog.RecordHash(b)
	return h[:]
}

// stored is how many levels lie between two kept rows of nodes.
const stored = 8

// head is the right edge of a tree: enough to append to it and to know its root.
type head struct {
	size     int64
	frontier []tlog.Hash // roots of the complete subtrees, largest first
}

type node struct {
	level int
	n     int64
	hash  tlog.Hash
}

// add appends a leaf and returns the nodes that it completed and that are kept.
func (h *head) add(leaf []byte) []node {
	var hash tlog.Hash
	copy(hash[:], leaf)
	var kept []node
	level := 0
	for n := h.size; n&1 == 1; n >>= 1 {
		last := len(h.frontier) - 1
		hash = tlog.NodeHash(h.frontier[last], hash)
		h.frontier = h.frontier[:last]
		level++
		if level%stored == 0 {
			kept = append(kept, node{level, n >> 1, hash})
		}
	}
	h.frontier = append(h.frontier, hash)
	h.size++
	return kept
}

func (h *head) root() tlog.Hash {
	if len(h.frontier) == 0 {
		root, _ := tlog.TreeHash(0, nil)
		return root
	}
	root := h.frontier[len(h.frontier)-1]
	for i := len(h.frontier) - 2; i >= 0; i-- {
		root = tlog.NodeHash(h.frontier[i], root)
	}
	return root
}

func (h *head) pack() []byte {
	out := make([]byte, 0, len(h.frontier)*tlog.HashSize)
	for _, f := range h.frontier {
		out = append(out, f[:]...)
	}
	return out
}

func unpack(size int64, packed []byte) (head, error) {
	h := head{size: size}
	if len(packed)%tlog.HashSize != 0 {
		return h, fmt.Errorf("the head of the book is broken (%d bytes)", len(packed))
	}
	for len(packed) > 0 {
		var f tlog.Hash
		copy(f[:], packed)
		h.frontier = append(h.frontier, f)
		packed = packed[tlog.HashSize:]
	}
	return h, nil
}

// origin is the first line of an agency's checkpoints.
func origin(agency int64) string { return "soviec/" + strconv.FormatInt(agency, 10) }

// checkpointText is the body that is signed: origin, size, root.
func checkpointText(agency int64, h head) string {
	root := h.root()
	return fmt.Sprintf("%s\n%d\n%s\n", origin(agency), h.size, base64.StdEncoding.EncodeToString(root[:]))
}

// A Checkpoint is the signed word of the program on how the book stood.
type Checkpoint struct {
	Agency int64
	Size   int64
	Root   tlog.Hash
	Text   string // with its signature, as it leaves the house
}

// ParseCheckpoint opens a signed checkpoint and checks its signature.
func ParseCheckpoint(text string, keys note.Verifiers) (Checkpoint, error) {
	c := Checkpoint{Text: text}
	n, err := note.Open([]byte(text), keys)
	if err != nil {
		return c, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 4 {
		return c, fmt.Errorf("journal: a checkpoint has three lines")
	}
	agency, ok := strings.CutPrefix(lines[0], "soviec/")
	if !ok {
		return c, fmt.Errorf("journal: the checkpoint is of another book: %q", lines[0])
	}
	if c.Agency, err = strconv.ParseInt(agency, 10, 64); err != nil {
		return c, err
	}
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return c, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return c, fmt.Errorf("journal: the checkpoint has no root")
	}
	copy(c.Root[:], root)
	return c, nil
}

// headIn is the head that the next entry of the act's agency is appended to: as the acts
// that commit together with it have left it, or as it stands in the database.
func headIn(a *Act) (head, error) {
	if h, ok := a.Shared(origin(a.By.Agency)).(head); ok {
		h.frontier = slices.Clone(h.frontier) // appending writes into it, and this act may still fail
		return h, nil
	}
	return readHead(a, a.By.Agency, a.Lock())
}

// settle writes the head that the acts of one commit have left, with its signature.
func (b *Book) settle(tx *store.Tx, agency int64) error {
	h, ok := tx.Shared(origin(agency)).(head)
	if !ok { // whoever asked for it has failed
		return nil
	}
	text := ""
	if b.Signer != nil {
		signed, err := note.Sign(&note.Note{Text: checkpointText(agency, h)}, b.Signer)
		if err != nil {
			return err
		}
		text = string(signed)
	}
	return writeHead(tx, agency, h, text)
}

// A Proof shows that an entry stands in the book as a checkpoint saw it.
type Proof struct {
	Entry      Entry
	Leaf       tlog.Hash
	Path       []tlog.Hash
	Checkpoint string
	Size       int64
	Root       tlog.Hash
}

// Prove makes the proof of inclusion of one entry under the agency's present head.
func Prove(r store.Reader, agency, seq int64) (Proof, error) {
	var p Proof
	h, err := readHead(r, agency, "")
	if err != nil {
		return p, err
	}
	if p.Entry, err = entryAt(r, agency, seq); err != nil {
		return p, err
	}
	copy(p.Leaf[:], p.Entry.leaf(agency))
	p.Size, p.Root = h.size, h.root()
	if p.Path, err = tlog.ProveRecord(h.size, seq-1, nodeReader{r, agency}); err != nil {
		return p, err
	}
	if p.Checkpoint, err = checkpointOf(r, agency); err != nil {
		return p, err
	}
	return p, tlog.CheckRecord(p.Path, p.Size, p.Root, seq-1, p.Leaf)
}

// nodeReader answers tlog's questions for inner nodes from the leaves and the kept levels.
type nodeReader struct {
	r      store.Reader
	agency int64
}

// ReadHashes implements tlog.HashReader.
func (nr nodeReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		level, n := tlog.SplitStoredHashIndex(x)
		var err error
		if out[i], err = nr.at(level, n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (nr nodeReader) at(level int, n int64) (tlog.Hash, error) {
	below := level - level%stored // the kept level under this node
	width := int64(1) << (level - below)
	hashes, err := nodes(nr.r, nr.agency, below, n*width, width)
	if err != nil {
		return tlog.Hash{}, err
	}
	if int64(len(hashes)) != width {
		return tlog.Hash{}, fmt.Errorf("journal: node %d/%d lacks its leaves", level, n)
	}
	for len(hashes) > 1 {
		for i := 0; i < len(hashes)/2; i++ {
			hashes[i] = tlog.NodeHash(hashes[2*i], hashes[2*i+1])
		}
		hashes = hashes[:len(hashes)/2]
	}
	return hashes[0], nil
}
