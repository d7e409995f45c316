// Package words is everything the interface says: the catalogue of sentences
// and the packs, which put a team's own nouns into them.
//
// A sentence has a key, "report.heading", and lives in a file per page or
// noun, en/report.txt. Load reads and compiles all of them once; a [Speaker]
// then says them for one reader, in the reader's language, the team's pack and
// the reader's time zone:
//
//	s := catalogue.Speaker("en", "tech", zone)
//	s.Say("echo.found", "n", 2)
//
// What goes wrong while speaking is visible rather than fatal: a missing key or
// argument comes out between ⟦ and ⟧. The tests of this package read the
// templates and the Go code and fail on a key that is not there; where a key is
// put together, a comment "words:use kind.*" beside it says which are used.
package words

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"

	"golang.org/x/text/language"
)

//go:embed en/*.txt
var sentenceFiles embed.FS

//go:embed pack/*.txt
var packFiles embed.FS

// Catalogue holds every sentence in every language, and the packs. It never
// changes after Load and may be used from many goroutines.
type Catalogue struct {
	Packs  []*Pack // in the order they are offered, the plain default first
	spoken map[string]*spoken
}

// spoken is one language.
type spoken struct {
	tag       language.Tag
	sentences map[string]sentence
	below     map[string][]string // keys by everything before their last dot, in file order
	terms     terms
}

// Load reads the embedded catalogue and packs, and packs from more folders, in
// which every file *.txt is a pack. It reports every problem it finds, each
// with its file and line.
func Load(more ...fs.FS) (*Catalogue, error) {
	packs, err := LoadPacks(more...)
	if err != nil {
		return nil, err
	}
	c := &Catalogue{Packs: packs, spoken: map[string]*spoken{}}
	folders, err := fs.ReadDir(sentenceFiles, ".")
	if err != nil {
		return nil, err
	}
	for _, f := range folders {
		if c.spoken[f.Name()], err = loadLanguage(sentenceFiles, f.Name(), packs[0]); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// loadLanguage reads one folder of sentence files.
func loadLanguage(files fs.FS, folder string, plain *Pack) (*spoken, error) {
	tag, err := language.Parse(folder)
	if err != nil {
		return nil, fmt.Errorf("%s: not a language: %w", folder, err)
	}
	l := &spoken{tag: tag, sentences: map[string]sentence{}, below: map[string][]string{}}
	names, err := fs.Glob(files, path.Join(folder, "*.txt"))
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var problems []error
	first := map[string]entry{}
	for _, name := range names {
		entries, err := parseFile(files, name)
		problems = append(problems, err)
		for _, e := range entries {
			if before, ok := first[e.key]; ok {
				problems = append(problems, fmt.Errorf("%s: %s is already in %s", e.at, e.key, before.at))
				continue
			}
			first[e.key] = e
			s, err := compile(e.value, plain)
			if err != nil {
				problems = append(problems, fmt.Errorf("%s: %s: %w", e.at, e.key, err))
				continue
			}
			l.sentences[e.key] = s
			if dot := strings.LastIndexByte(e.key, '.'); dot > 0 {
				l.below[e.key[:dot]] = append(l.below[e.key[:dot]], e.key)
			}
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	l.terms, err = l.readTerms()
	return l, err
}

// Pack returns the pack with the id, or the plain default where there is none.
func (c *Catalogue) Pack(id string) *Pack {
	for _, p := range c.Packs {
		if p.ID == id {
			return p
		}
	}
	return c.Packs[0]
}

// Speaker returns the voice for one reader. An unknown language speaks English,
// an unknown pack the plain default, a nil zone UTC.
func (c *Catalogue) Speaker(lang, pack string, zone *time.Location) *Speaker {
	l, ok := c.spoken[lang]
	if !ok {
		lang, l = "en", c.spoken["en"]
	}
	if zone == nil {
		zone = time.UTC
	}
	return &Speaker{Language: lang, Pack: c.Pack(pack), Zone: zone, spoken: l}
}

// EveryYear is the Year of a [Speaker] for what is read at any time.
const EveryYear = -1

// Speaker says sentences for one reader. It may be used from many goroutines.
type Speaker struct {
	Language string // "en", for the lang attribute
	Pack     *Pack  // whose nouns the sentences use
	Zone     *time.Location
	Year     int // whose days are said without it; 0 where all are, [EveryYear] where none is
	spoken   *spoken
}

// Own speaks with a team's own words: see [Pack.Own].
func (s *Speaker) Own(words map[string]string) *Speaker {
	if len(words) == 0 {
		return s
	}
	own := *s
	own.Pack = s.Pack.Own(words)
	return &own
}

// Say returns the sentence with the key. args are names and values in turn:
// Say("room.gap.count", "n", 3). Values may be strings, whole numbers, times
// (spoken in the reader's zone), durations and lists of strings.
func (s *Speaker) Say(key string, args ...any) string {
	text, ok := s.spoken.sentences[key]
	if !ok {
		return missing(key)
	}
	return s.say(text, args)
}

// Has reports whether the catalogue has a sentence with the key.
func (s *Speaker) Has(key string) bool {
	_, ok := s.spoken.sentences[key]
	return ok
}

// Spans returns the sentence cut where it is marked, so that a page can put a
// link or stress around a part of it: "Sent. [edit: Edit it] or leave it."
func (s *Speaker) Spans(key string, args ...any) []Span {
	text, ok := s.spoken.sentences[key]
	if !ok {
		return []Span{{Text: missing(key)}}
	}
	return s.spans(text, args)
}

// Span is a run of a sentence. Mark is empty outside marked parts.
type Span struct{ Mark, Text string }

// Line is one of several sentences under a common key.
type Line struct {
	Name string // the last part of its key
	Text string
}

// Lines returns the sentences one level below the key, in the order they were
// written: Lines("script.bank") says script.bank.noticed, script.bank.next, …
func (s *Speaker) Lines(key string, args ...any) []Line {
	var lines []Line
	for _, k := range s.spoken.below[key] {
		lines = append(lines, Line{Name: k[len(key)+1:], Text: s.say(s.spoken.sentences[k], args)})
	}
	return lines
}

// missing marks what should have been there, for people and for tests to see.
func missing(name string) string { return "⟦" + name + "⟧" }
