package loop

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// answersPage is what people wrote alone, behind a door: it says before it opens who
// will read that somebody opened it.
type answersPage struct {
	inLoop
	O     app.Opened
	Guest bool   // the reader has no account
	Here  string // this page
	Until time.Time
}

// Record is the page this one belongs to.
func (p answersPage) Record() string { return strings.TrimSuffix(p.Here, "/answers") }

// Opening says that somebody opened the answers. words:use record.opened.*
func (p answersPage) Opening(o practice.Opening) string { return openingSaid(p.Frame, o) }

// Answers is the page of what was written alone.
func (p recordPage) Answers() string {
	return cmp.Or(p.back, practice.RecordPath(p.R.Failure.Number)) + "/answers"
}

// Opening says that somebody opened the answers. words:use record.opened.*
func (p recordPage) Opening(o practice.Opening) string { return openingSaid(p.Frame, o) }

func openingSaid(f *frame.Frame, o practice.Opening) string {
	if o.Token {
		return f.Say("record.opened.token", "name", o.Name, "day", o.Day)
	}
	return f.Say("record.opened.by", "name", o.Name, "day", o.Day)
}

func (s *Pages) showAnswers(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return err
	}
	o, err := s.App.Answers(r.Context(), actor, n)
	if err != nil {
		return err
	}
	return s.answers(w, r, actor, answersPage{inLoop: inLoop{f}, O: o})
}

func (s *Pages) openAnswers(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return err
	}
	return s.open(w, r, f, func() error {
		_, err := s.App.OpenAnswers(r.Context(), actor, n)
		return err
	})
}

// showGuestAnswers is the same for somebody without an account who was there.
func (s *Pages) showGuestAnswers(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	guest, err := s.Auth.ByPass(r.Context(), r.PathValue("pass"), practice.PassSeat)
	if err != nil {
		return err
	}
	o, err := s.App.Answers(r.Context(), guest, 0)
	if err != nil {
		return err
	}
	return s.answers(w, r, guest, answersPage{inLoop: inLoop{f}, O: o, Guest: true})
}

func (s *Pages) openGuestAnswers(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	guest, err := s.Auth.ByPass(r.Context(), r.PathValue("pass"), practice.PassSeat)
	if err != nil {
		return err
	}
	return s.open(w, r, f, func() error {
		_, err := s.App.OpenAnswers(r.Context(), guest, 0)
		return err
	})
}

// open keeps the opening, and leads to the page that then shows what was opened.
func (s *Pages) open(w http.ResponseWriter, r *http.Request, f *frame.Frame, do func() error) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	f.Lead("record", strings.TrimSuffix(r.URL.Path, "/answers"))
	if err := do(); err != nil {
		return err
	}
	frame.Redirect(w, r, r.URL.Path)
	return nil
}

func (s *Pages) answers(w http.ResponseWriter, r *http.Request, actor practice.Actor, page answersPage) error {
	house, err := s.App.Organisation(r.Context(), actor)
	if err != nil {
		return err
	}
	page.Here, page.Until = r.URL.Path, page.O.Review.ClosedAt.AddDate(0, 0, house.RetentionDays)
	page.Title = page.Say("answers.title")
	w.Header().Set("Cache-Control", "no-store") // raw answers stand on it
	return s.Show(w, http.StatusOK, "answers", page)
}
