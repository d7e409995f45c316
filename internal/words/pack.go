package words

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"sort"
	"strconv"
	"strings"
)

// Pack is how one kind of organisation speaks, and what it is offered at
// set-up. What a pack file does not set it takes from the plain default, so a
// new pack may be a few lines long.
type Pack struct {
	ID    string // the file's name: "tech"
	Name  string // "Tech"
	Line  string // "for products"
	About string // who it suits, in one sentence

	Anchor      string   // when a review is held at the latest
	InviteHints []string // whom to think of when inviting
	CarrierRole string   // who often carries a learning, and what they do with it
	Updates     string   // what an avoidable gap changes
	Places      []string // where a known limit is put, because plans are made there
	Placed      string   // the place the pattern would choose first, one of Places

	Questions [4]string // one story told through the four questions
	Kinds     [3]string // one gap each: avoidable, inherent, experiment

	Harms      []string // suggested triggers: somebody was harmed
	NearMisses []string // suggested triggers: it only just went well
	Groups     []string // groups whom a change may touch

	FirstProcedure string // a name to begin with
	FirstStep      string // and its first line
	RetentionDays  int    // how long raw answers are kept
	CycleDays      int    // how long a round of work is

	order    int
	concepts map[string]forms
	said     []string // the concepts in the order of their file
}

// forms are the ways a concept is said.
type forms struct{ one, plural, a, the string }

// word says a concept; form is "", "plural", "a" or "the".
func (p *Pack) word(concept, form string, upper bool) string {
	f := p.concepts[concept]
	text := f.one
	switch form {
	case "plural":
		text = f.plural
	case "a":
		text = f.a
	case "the":
		text = f.the
	}
	if upper {
		return Capital(text)
	}
	return text
}

// Concepts returns what the pack calls each concept of the practice.
func (p *Pack) Concepts() map[string]string {
	said := make(map[string]string, len(p.concepts))
	for concept, f := range p.concepts {
		said[concept] = f.one
	}
	return said
}

// Own returns the pack with a team's own words over it, by concept: "incident",
// or "incident | incidents". What is empty, or no word of the pack, stays as the
// pack has it.
func (p *Pack) Own(words map[string]string) *Pack {
	if len(words) == 0 {
		return p
	}
	own := *p
	own.concepts = maps.Clone(p.concepts)
	for concept, word := range words {
		if _, known := p.concepts[concept]; !known || strings.TrimSpace(word) == "" {
			continue
		}
		one, many, counts := strings.Cut(word, "|")
		f := forms{one: strings.TrimSpace(one), plural: strings.TrimSpace(many)}
		if f.a, f.the = f.one, f.one; counts {
			f.a, f.the = article(f.one)+" "+f.one, "the "+f.one
		}
		if f.plural == "" {
			f.plural = f.one
		}
		own.concepts[concept] = f
	}
	return &own
}

// article is what stands before a word that a team chose itself. The words of a
// pack say theirs.
func article(word string) string {
	if strings.ContainsRune("aeiouAEIOU", []rune(word)[0]) {
		return "an"
	}
	return "a"
}

// Concept is a word of a pack that a team can replace by its own.
type Concept struct {
	Name      string // "review"
	One, Many string // as the pack says it; Many is empty where it has one form
}

// Replaceable returns the words of the pack that a team can replace, in the order
// of the plain default.
func (p *Pack) Replaceable() []Concept {
	var out []Concept
	for _, name := range p.said {
		c := Concept{Name: name, One: p.concepts[name].one}
		if f := p.concepts[name]; f.plural != f.one || f.a != f.one {
			c.Many = f.plural
		}
		out = append(out, c)
	}
	return out
}

// LoadPacks reads the packs that come with Debrief and those in more folders,
// where every file *.txt is a pack named after the file. The plain default
// comes first, then the packs in their own order, then the rest by name.
func LoadPacks(more ...fs.FS) ([]*Pack, error) {
	ours, err := fs.Sub(packFiles, "pack")
	if err != nil {
		return nil, err
	}
	plain, err := readPack(ours, "default.txt", &Pack{})
	if err != nil {
		return nil, err
	}
	packs := []*Pack{plain}
	var problems []error
	for _, folder := range append([]fs.FS{ours}, more...) {
		names, err := fs.Glob(folder, "*.txt")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if name == "default.txt" {
				continue
			}
			p, err := readPack(folder, name, plain)
			problems = append(problems, err)
			for _, other := range packs {
				if p != nil && p.ID == other.ID {
					problems = append(problems, fmt.Errorf("%s: there is a pack of that name already", name))
				}
			}
			packs = append(packs, p)
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	sort.SliceStable(packs, func(i, j int) bool {
		if packs[i].order != packs[j].order {
			return packs[i].order < packs[j].order
		}
		return packs[i].ID < packs[j].ID
	})
	return packs, nil
}

// readPack reads one pack file over a copy of the plain default.
func readPack(folder fs.FS, name string, plain *Pack) (*Pack, error) {
	entries, err := parseFile(folder, name)
	if err != nil {
		return nil, err
	}
	p := *plain
	p.ID = strings.TrimSuffix(path.Base(name), ".txt")
	p.order = 1000
	p.concepts = map[string]forms{}
	maps.Copy(p.concepts, plain.concepts)
	var problems []error
	for _, e := range entries {
		if err := p.set(e.key, e.value, plain); err != nil {
			problems = append(problems, fmt.Errorf("%s: %s: %w", e.at, e.key, err))
		}
	}
	if p.Name == plain.Name && plain.ID != "" {
		problems = append(problems, fmt.Errorf("%s: a pack needs a name of its own", name))
	}
	return &p, errors.Join(problems...)
}

// set takes over one line of a pack file.
func (p *Pack) set(key, value string, plain *Pack) error {
	texts := map[string]*string{
		"name": &p.Name, "line": &p.Line, "about": &p.About,
		"anchor": &p.Anchor, "carrier": &p.CarrierRole, "updates": &p.Updates, "placed": &p.Placed,
		"question.1": &p.Questions[0], "question.2": &p.Questions[1],
		"question.3": &p.Questions[2], "question.4": &p.Questions[3],
		"avoidable": &p.Kinds[0], "inherent": &p.Kinds[1], "experiment": &p.Kinds[2],
		"first.procedure": &p.FirstProcedure, "first.step": &p.FirstStep,
	}
	lists := map[string]*[]string{
		"invite": &p.InviteHints, "places": &p.Places, "harms": &p.Harms,
		"near-misses": &p.NearMisses, "groups": &p.Groups,
	}
	numbers := map[string]*int{"order": &p.order, "retention.days": &p.RetentionDays, "cycle.days": &p.CycleDays}
	if t, ok := texts[key]; ok {
		*t = value
		return nil
	}
	if l, ok := lists[key]; ok {
		*l = cutList(value)
		return nil
	}
	if n, ok := numbers[key]; ok {
		var err error
		*n, err = strconv.Atoi(value)
		return err
	}
	concept, ok := strings.CutPrefix(key, "word.")
	if !ok {
		return errors.New("a pack has no such line")
	}
	if _, known := plain.concepts[concept]; !known && plain.ID != "" {
		return errors.New("the plain default has no such word")
	}
	return p.setWord(concept, cutList(value))
}

// setWord takes "failure | failures | a failure | the failure"; a word that
// has one form has it everywhere.
func (p *Pack) setWord(concept string, said []string) error {
	f := forms{one: said[0], plural: said[0], a: said[0], the: said[0]}
	switch len(said) {
	case 1:
	case 2:
		f.plural = said[1]
	case 4:
		f.plural, f.a, f.the = said[1], said[2], said[3]
	default:
		return errors.New("want one form, one and plural, or one, plural, with a, with the")
	}
	if _, there := p.concepts[concept]; !there {
		p.said = append(p.said, concept)
	}
	p.concepts[concept] = f
	return nil
}

func cutList(value string) []string {
	parts := strings.Split(value, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
