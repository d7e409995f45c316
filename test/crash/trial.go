package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"debrief/internal/debrieftest"
)

// A trial starts a service, lets writers write, kills it, starts it again and
// asks for what was promised.
type trial struct {
	options debrieftest.Options
	writers int
	seed    uint64
	admit   func(*debrieftest.Site) (faces, error) // sets the service up
	every   int                                    // say how it goes after so many cycles; 0 for never
	say     func(string)

	mu       sync.Mutex
	promised []note // acknowledged, in the order of acknowledgement
	open     []note // sent, and killed before an answer came
	checked  int    // how many of the promised are checked
	sent     int
}

// A face is a way to write and to ask, at whatever address the service has now.
type face interface {
	report(ctx context.Context, base string, n note) (number string, err error)
	failure(ctx context.Context, base, number string) (text string, err error)
	search(ctx context.Context, base, word string) (numbers []string, err error)
}

// faces are those that the writers take in turn, and the one that is asked
// whether there was something like it.
type faces struct {
	all   []face
	alike func(ctx context.Context, base, text string) (number string, err error)
}

// A note is one report by a writer.
type note struct {
	face   int    // which of the faces it goes through, each time it is sent
	key    string // sent again with the same key, it must not become two
	text   string
	word   string // stands in no other note
	number string // what the service called it
}

// run goes through the cycles and fails with the first broken promise.
func (t *trial) run(cycles int) error {
	began := time.Now()
	random := rand.New(rand.NewPCG(t.seed, 0))
	site, err := debrieftest.Open(t.options)
	if err != nil {
		return err
	}
	defer func() { site.Kill() }()
	through, err := t.admit(site)
	if err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	for cycle := 1; cycle <= cycles; cycle++ {
		// Mostly in the midst of writing, now and then before the first word.
		t.writeUntilKilled(site, through, random.IntN(40), time.Duration(random.IntN(10))*time.Millisecond)
		if err := site.Restart(); err != nil {
			return fmt.Errorf("cycle %d of seed %d: %w", cycle, t.seed, err)
		}
		if err := t.keptItsWord(site, through); err != nil {
			return fmt.Errorf("cycle %d of seed %d: %w", cycle, t.seed, err)
		}
		if t.every > 0 && cycle%t.every == 0 {
			t.say(t.line(cycle, time.Since(began)))
		}
	}
	for face := range through.all {
		if !slices.ContainsFunc(t.promised, func(n note) bool { return n.face == face }) {
			return fmt.Errorf("%T acknowledged nothing, so nothing is proved", through.all[face])
		}
	}
	// Once more all of them, through the face that has no limit to how often.
	t.checked = 0
	for i := range t.promised {
		t.promised[i].face = 0
	}
	if err := t.keptItsWord(site, through); err != nil {
		return fmt.Errorf("at the end, seed %d: %w", t.seed, err)
	}
	t.say(t.line(cycles, time.Since(began)))
	return nil
}

func (t *trial) line(cycles int, took time.Duration) string {
	return fmt.Sprintf("%d kills, %d acknowledged, 0 lost, 0 doubled, %d writers, seed %d, %s",
		cycles, len(t.promised), t.writers, t.seed, took.Round(time.Second))
}

// writeUntilKilled lets the writers write and kills the service among them, a
// moment after it has acknowledged so many more.
func (t *trial) writeUntilKilled(site *debrieftest.Site, through faces, more int, moment time.Duration) {
	ctx, stop := context.WithCancel(context.Background())
	enough, ended := make(chan struct{}, t.writers), make(chan struct{})
	until := len(t.promised) + more
	var all sync.WaitGroup
	for w := range t.writers {
		all.Go(func() {
			t.write(ctx, w%len(through.all), through, site.URL, func() {
				if len(t.promised) == until {
					enough <- struct{}{}
				}
			})
		})
	}
	go func() { all.Wait(); close(ended) }()
	if more > 0 {
		select {
		case <-enough:
		case <-ended: // it died by itself; the next start says why
		}
	}
	<-time.After(moment)
	site.Kill()
	stop()
	<-ended
}

// write sends one note after the other, first of all those that got no answer,
// and tells of each that was acknowledged.
func (t *trial) write(ctx context.Context, face int, through faces, base string, tell func()) {
	for ctx.Err() == nil {
		n := t.next(face)
		number, err := through.all[face].report(ctx, base, n)
		t.mu.Lock()
		if err != nil {
			t.open = append(t.open, n)
			t.mu.Unlock()
			return
		}
		n.number = number
		t.promised = append(t.promised, n)
		tell()
		t.mu.Unlock()
	}
}

func (t *trial) next(face int) note {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, n := range t.open {
		if n.face == face {
			t.open = slices.Delete(t.open, i, i+1)
			return n
		}
	}
	t.sent++
	// A word of letters alone: no stemmer and no number rule touches it.
	word := "zq" + strings.Map(func(d rune) rune { return d - '0' + 'b' }, fmt.Sprintf("%06d", t.sent)) + "x"
	return note{
		face: face,
		key:  fmt.Sprintf("crash-%d-%d", t.seed, t.sent),
		word: word,
		text: "The crate " + word + " was loaded on the wrong van.",
	}
}

// keptItsWord asks for every promise since the last time it was asked.
func (t *trial) keptItsWord(site *debrieftest.Site, through faces) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	for _, n := range t.promised[t.checked:] {
		text, err := through.all[n.face].failure(ctx, site.URL, n.number)
		if err != nil {
			return fmt.Errorf("lost: %s was acknowledged as %s: %w", n.key, n.number, err)
		}
		if !strings.Contains(text, n.word) {
			return fmt.Errorf("changed: %s holds %q, sent was %q", n.number, text, n.text)
		}
		if err := isFound(ctx, through.all[n.face], site.URL, n); err != nil {
			return err
		}
	}
	t.checked = len(t.promised)
	if t.checked == 0 {
		return nil
	}
	return isLikeItself(ctx, through, site.URL, t.promised[t.checked-1])
}

// isFound asks for a note by its word. A service that has just started may need
// a moment to read its index in.
func isFound(ctx context.Context, through face, base string, n note) error {
	late := time.After(debrieftest.Patience)
	for {
		found, err := through.search(ctx, base, n.word)
		if err != nil {
			return err
		}
		if len(found) == 1 && found[0] == n.number {
			return nil
		}
		wrong := fmt.Errorf("search for %s finds %v, want %s alone", n.word, found, n.number)
		if len(found) > 0 {
			return wrong
		}
		select {
		case <-late:
			return wrong
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// isLikeItself asks what is most like the note, which is that note.
func isLikeItself(ctx context.Context, through faces, base string, n note) error {
	number, err := through.alike(ctx, base, n.text)
	if err == nil && number != n.number {
		err = fmt.Errorf("most like %s is %q, want %s", n.word, number, n.number)
	}
	return err
}
