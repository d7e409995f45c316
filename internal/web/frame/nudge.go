package frame

import (
	"net/http"
	"sync"
	"time"

	"debrief/internal/language"
	"debrief/internal/practice"
)

// remarksCookie remembers on a device that nobody wants remarks on words there. It
// says nothing else, and opens nothing.
const remarksCookie = "remarks"

// NudgeField is the field of a form that says what is done with a remark on its
// words: "use" its turn, "keep" them, "never" remark again on this device, or
// nothing but that it was "seen".
const NudgeField = "remark"

// Nudge is part/nudge: one remark on words that somebody writes alone, for them and
// nobody else. It stands in one page, and nowhere is it kept that it did.
type Nudge struct {
	*Frame
	Remark string
	Turn   string // the same in the words of the writer, or nothing
	Line   string // of the list, that made it; "" where several words did
	List   string // where the team's own list is changed; "" where nobody is known who may
	Used   bool   // the turn is in its place now
	Sent   bool   // the words are kept already, and can be changed: nobody reads them yet
}

// Nudge says a remark. words:use nudge.*
func (f *Frame) Nudge(n language.Nudge, text string) *Nudge {
	kind := string(n.Kind)
	if n.Legal {
		kind = "legal"
	}
	return &Nudge{Frame: f, Remark: f.Say("nudge."+kind, "words", text[n.Start:n.End]), Turn: n.Turn, Line: n.Phrase}
}

// NudgeIn says a remark to somebody of a team, who can change its list.
func (f *Frame) NudgeIn(team practice.Team, n language.Nudge, text string) *Nudge {
	nudge := f.Nudge(n, text)
	nudge.List = "/team/remarks/" + string(team.ID)
	return nudge
}

// mostReaders is how many lists of teams are kept ready to read by.
const mostReaders = 256

// readers are the lists of teams, ready to read by.
type readers struct {
	mu  sync.Mutex
	all map[string]*language.Reader // by the list
}

// ReaderOf reads by the server's list and then by a team's own. Where that cannot be
// read any more, because the server's has changed, it reads by the server's alone.
func (s *Kit) ReaderOf(t practice.Team) *language.Reader {
	if t.Phrases == "" {
		return s.Phrases
	}
	s.readers.mu.Lock()
	defer s.readers.mu.Unlock()
	if r := s.readers.all[t.Phrases]; r != nil {
		return r
	}
	own, err := s.Phrases.With(t.Phrases)
	if err != nil {
		own = s.Phrases
	}
	if len(s.readers.all) >= mostReaders || s.readers.all == nil {
		s.readers.all = map[string]*language.Reader{}
	}
	s.readers.all[t.Phrases] = own
	return own
}

// Remarks reports whether remarks on words are wanted on the device that asks.
func Remarks(r *http.Request) bool {
	_, err := r.Cookie(remarksCookie)
	return err != nil
}

// NoRemarks has a device make no more remarks on words.
func (s *Kit) NoRemarks(w http.ResponseWriter, r *http.Request) {
	s.KeepCookie(w, r, http.Cookie{Name: remarksCookie, Value: "off", Path: "/"}, 5*365*24*time.Hour)
}

// Nudged looks at a field of a form before it is sent on, and returns what the
// writer is shown first; nothing where there is nothing to say, or it was said. With
// "use" the field has the turn in it.
func (s *Kit) Nudged(w http.ResponseWriter, r *http.Request, form *Form, field string, team practice.Team) *Nudge {
	text := form.Typed(field)
	n, found := s.ReaderOf(team).One(text)
	switch form.Typed(NudgeField) {
	case "":
		if found && Remarks(r) {
			return form.frame.NudgeIn(team, n, text)
		}
	case "use":
		if found && n.Turn != "" {
			form.Put(field, n.Instead(text))
			return &Nudge{Frame: form.frame, Used: true}
		}
	case "never":
		s.NoRemarks(w, r)
	}
	return nil
}
