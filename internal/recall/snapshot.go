package recall

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// ErrSnapshot is what [Load] returns for a snapshot that cannot be used: of
// another origin, of another version, cut short or damaged. The caller then
// builds the index anew.
var ErrSnapshot = errors.New("snapshot of the index cannot be used")

// magic begins every snapshot, version says how the rest is laid out.
const (
	magic   = "debrief recall\n"
	version = 3
)

// edition changes whenever the same text would be indexed differently, so that
// a newer program does not go on with an older one's words.
func edition() []byte {
	sum := sha256.Sum256([]byte(ideaList + functionWords + irregularForms))
	return sum[:8]
}

// Frozen is an index as it stood at one moment. It costs little to make and
// may be written while the index goes on.
type Frozen struct {
	words  []word   // by number
	labels []string // by number
	docs   []entry
}

// Freeze returns the index as it stands now.
func (x *Index) Freeze() Frozen {
	x.mu.RLock()
	defer x.mu.RUnlock()
	f := Frozen{words: x.dict.known, labels: x.labels.names, docs: make([]entry, 0, len(x.slots))}
	for _, d := range x.docs {
		if d.row != nil {
			f.docs = append(f.docs, d)
		}
	}
	return f
}

// Write writes the snapshot. The origin says what it was made of and how far
// that had come; [Load] hands it out again. Only words that a document still
// has are in it: what was removed is gone.
func (f Frozen) Write(w io.Writer, origin string) error {
	var out encoder
	out.Write([]byte(magic))
	out.number(version)
	out.Write(edition())
	out.text(origin)
	slices.SortFunc(f.docs, func(a, b entry) int { return cmp.Compare(a.ID, b.ID) })
	f.number(&out)
	out.number(uint64(len(f.docs)))
	for _, d := range f.docs {
		for _, n := range d.labels {
			d.Tags = append(d.Tags, f.labels[n])
		}
		out.entry(d)
	}
	sum := sha256.Sum256(out.Bytes())
	out.Write(sum[:])
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write snapshot: %w", err)
	}
	return nil
}

// number writes the words that are in use and gives the encoder their numbers,
// in the order of the documents: nothing tells which came first.
func (f Frozen) number(out *encoder) {
	out.numbers = make([]uint32, len(f.words))
	var used []string
	for _, d := range f.docs {
		for _, n := range d.row {
			if n != titleEnd && out.numbers[n] == 0 {
				used = append(used, f.words[n].text)
				out.numbers[n] = uint32(len(used))
			}
		}
	}
	out.number(uint64(len(used)))
	for _, word := range used {
		out.text(word)
	}
}

type encoder struct {
	bytes.Buffer
	numbers []uint32 // of words in the snapshot, by their numbers in the index
}

func (e *encoder) number(n uint64) { e.Write(binary.AppendUvarint(e.AvailableBuffer(), n)) }
func (e *encoder) signed(n int64)  { e.Write(binary.AppendVarint(e.AvailableBuffer(), n)) }

func (e *encoder) text(s string) {
	e.number(uint64(len(s)))
	e.WriteString(s)
}

func (e *encoder) texts(list []string) {
	e.number(uint64(len(list)))
	for _, s := range list {
		e.text(s)
	}
}

func (e *encoder) entry(d entry) {
	for _, s := range []string{d.ID, string(d.Kind), d.Team, d.Of} {
		e.text(s)
	}
	e.texts(d.Names)
	e.texts(d.Tags)
	e.signed(d.At)
	e.number(uint64(len(d.row)))
	for _, n := range d.row {
		e.number(uint64(e.numbers[n]))
	}
}

// Load reads a snapshot and returns the index and the origin it was written
// with, which the caller compares with what it knows. Whatever is wrong with it
// is an [ErrSnapshot]; an index is returned whole or not at all.
func Load(r io.Reader) (*Index, string, error) {
	all, err := io.ReadAll(r)
	if err != nil {
		return nil, "", fmt.Errorf("read snapshot: %w", err)
	}
	n := len(all) - sha256.Size
	if n < 0 || sha256.Sum256(all[:n]) != [sha256.Size]byte(all[n:]) {
		return nil, "", fmt.Errorf("%w: damaged or cut short", ErrSnapshot)
	}
	in := decoder{rest: all[:n]}
	if string(in.take(len(magic))) != magic || in.number() != version || !bytes.Equal(in.take(8), edition()) {
		return nil, "", fmt.Errorf("%w: another version", ErrSnapshot)
	}
	origin := in.text()
	x := New()
	in.fill(x)
	if in.bad || len(in.rest) > 0 {
		return nil, "", fmt.Errorf("%w: does not add up", ErrSnapshot)
	}
	return x, origin, nil
}

// decoder reads what encoder wrote. It goes bad instead of running over.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) take(n int) []byte {
	if n < 0 || n > len(d.rest) {
		d.bad, d.rest = true, nil
		return nil
	}
	out := d.rest[:n]
	d.rest = d.rest[n:]
	return out
}

func (d *decoder) number() uint64 {
	v, n := binary.Uvarint(d.rest)
	d.skip(n)
	return v
}

func (d *decoder) signed() int64 {
	v, n := binary.Varint(d.rest)
	d.skip(n)
	return v
}

func (d *decoder) skip(n int) {
	if n <= 0 {
		d.bad, d.rest = true, nil
		return
	}
	d.rest = d.rest[n:]
}

func (d *decoder) text() string { return string(d.take(int(d.number()))) }

// fill puts the snapshot's documents into an empty index.
func (d *decoder) fill(x *Index) {
	for n := d.number(); n > 0 && !d.bad; n-- {
		x.dict.learn(d.text())
	}
	var all []entry
	for n := d.number(); n > 0 && !d.bad; n-- {
		e := d.entry(len(x.dict.known))
		e.labels, e.Tags = x.labels.list(e.Tags), nil
		all = append(all, e)
	}
	if !d.bad {
		x.fill(all)
	}
}

func (d *decoder) texts() []string {
	var list []string
	for n := d.count(); n > 0; n-- {
		list = append(list, d.text())
	}
	return list
}

func (d *decoder) entry(words int) entry {
	e := entry{Doc: Doc{ID: d.text(), Kind: Kind(d.text()), Team: d.text(), Of: d.text(), Names: d.texts(), Tags: d.texts(), At: d.signed()}}
	e.row = make([]uint32, d.count())
	for i := range e.row {
		w := d.number()
		if w >= uint64(words) {
			d.bad = true
		}
		e.row[i] = uint32(w)
	}
	if !slices.Contains(e.row, titleEnd) {
		d.bad = true
	}
	return e
}

// count reads how many things follow, each of which takes a byte at least.
func (d *decoder) count() uint64 {
	n := d.number()
	if n > uint64(len(d.rest)) {
		d.bad = true
		return 0
	}
	return n
}
