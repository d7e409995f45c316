package loop

import (
	"net/http"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// Noted says a notice.
func (p homePage) Noted(n practice.Notice) noted {
	said := noted{ID: n.ID, Text: p.Frame.SayNotice(n), To: n.Link, Put: p.Say("home.notices.put"), Ways: wayOf(p.Frame, n), Key: p.Once()}
	main := len(said.Ways) > 0 && p.Main() == string(n.ID)
	for i := range said.Ways {
		said.Ways[i].Go = main
	}
	return said
}

// wayOf is the button of a notice that asks for one thing: to invite whoever asks
// in, to lead a room from outside, or to choose a passphrase.
func wayOf(f *frame.Frame, n practice.Notice) []frame.Way {
	switch n.Code {
	case "notice.there":
		return []frame.Way{{Text: f.Say("room.there.invite", "name", n.Args["name"]), To: n.Link, Post: true, Key: f.Once()}}
	case "notice.guide":
		return []frame.Way{{Text: f.Say("home.carry.answer"), To: n.Link}}
	case "notice.guide-leads":
		return []frame.Way{{Text: f.Say("home.item.door"), To: n.Link}}
	case "notice.pulse":
		return []frame.Way{{Text: f.Say("home.pulse"), To: n.Link}}
	case "notice.passphrase":
		return []frame.Way{{Text: f.Say("home.passphrase"), To: n.Link}}
	}
	return nil
}

// putNotice puts a line away that somebody was told.
func (s *Pages) putNotice(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.App.SeeNotice(r.Context(), actor, practice.NoticeID(r.PathValue("id"))); err != nil {
		return err
	}
	frame.Redirect(w, r, "/")
	return nil
}

// putSince puts the question away whether anything bad has happened since a report.
func (s *Pages) putSince(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	f.Hush()
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 5})
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return practice.ErrNotFound
	}
	if err := s.App.PutSinceAway(r.Context(), actor, n, form.Typed("do") == "never"); err != nil {
		return err
	}
	frame.Redirect(w, r, "/")
	return nil
}
