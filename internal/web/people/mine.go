package people

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) mineRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /you/mine", Handler: s.Member(s.showMine)},
		{Pattern: "POST /you/mine", Handler: s.Member(s.takeMine)},
		{Pattern: "POST /you/erase", Handler: s.Member(s.eraseMe)},
	}
}

// minePage is where one takes along what is one's own, or goes for good.
type minePage struct {
	*frame.Frame
	Form *frame.Form
}

func (s *Pages) showMine(w http.ResponseWriter, _ *http.Request, f *frame.Frame, _ practice.Actor) error {
	return s.mineForm(w, f, nil)
}

func (s *Pages) mineForm(w http.ResponseWriter, f *frame.Frame, form *frame.Form) error {
	f.Title = f.Say("mine.title")
	return s.Show(w, form.Status(), "mine", minePage{Frame: f, Form: form})
}

// Sure asks whether it is meant.
func (p minePage) Sure() frame.Choices {
	c := p.Choices(p.Form, "sure", "mine.erase.sure", frame.Option{Value: "yes", Text: p.Say("mine.erase.sure.yes")})
	c.Many = true
	return c
}

// Letter reports whether a steward may erase somebody who asks by letter: they
// have left, or never had an account.
func (p memberPage) Letter() bool { return !p.Person.Erased && (!p.Person.Active || p.Person.Guest) }

// Sure asks whether it is meant.
func (p memberPage) Sure() frame.Choices {
	c := p.Choices(p.Form, "sure", "mine.erase.sure", frame.Option{Value: "yes", Text: p.Say("people.erase", "name", p.Person.Name)})
	c.Many = true
	return c
}

// eraseMember erases somebody who asks by letter.
func (s *Pages) eraseMember(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"why": practice.MaxLine, "sure": 3})
	if err != nil {
		return err
	}
	id := practice.MemberID(r.PathValue("member"))
	if form.Typed("sure") != "yes" {
		form.Mark(practice.Refuse(practice.Invalid, "required").At("sure"))
	}
	if !form.Marked() {
		err = s.App.EraseMember(r.Context(), actor, id, practice.Erasure{Called: f.Say("mine.someone"), Why: form.Typed("why")})
	}
	if form.Mark(err) || form.Marked() {
		return s.memberForm(w, r, f, actor, form)
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, "/team/kept#letters")
	return nil
}

// takeMine answers with a file of everything that is kept under the reader's
// name: for programs and for people.
func (s *Pages) takeMine(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	mine, err := s.App.Mine(r.Context(), actor)
	if err != nil {
		return err
	}
	asJSON, err := json.MarshalIndent(mine, "", "  ")
	if err != nil {
		return err
	}
	var file bytes.Buffer
	packed := zip.NewWriter(&file)
	for _, part := range []struct {
		name string
		text []byte
	}{{"mine.json", asJSON}, {"mine.md", []byte(mineInWords(f, mine))}} {
		in, err := packed.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := in.Write(part.text); err != nil {
			return err
		}
	}
	if err := packed.Close(); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="mine.zip"`)
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(file.Bytes())
	return err
}

// ownText is everything that is kept under somebody's name, as Markdown.
type ownText struct {
	*frame.Frame
	out strings.Builder
}

func mineInWords(f *frame.Frame, m practice.Mine) string {
	w := &ownText{Frame: f}
	fmt.Fprintf(&w.out, "# %s\n\n%s\n\n", m.Name, f.Say("mine.file.lede"))
	part(w, "mine.file.teams", m.Teams, asItIs)
	part(w, "mine.file.leads", m.Leads, asItIs)
	if m.Contact.Mail != "" {
		part(w, "mine.file.mail", []string{m.Contact.Mail}, asItIs)
	}
	part(w, "you.devices", m.Devices, func(d practice.Device) string {
		return f.Say("mine.file.device", "label", d.Label, "since", d.LetInAt, "until", d.EndsAt)
	})
	part(w, "you.tokens", m.Tokens, func(t practice.Token) string { return t.Name })
	part(w, "mine.file.reports", m.Reports, w.report)
	part(w, "mine.file.facts", m.Facts, func(t practice.Fact) string {
		return strings.TrimSpace(t.Text + " " + t.Link + " " + t.Pasted)
	})
	part(w, "mine.file.rooms", m.Rooms, func(r practice.MyRoom) string {
		if r.Talk {
			return f.Say("mine.file.room.talk", "number", r.Number, "title", r.Title)
		}
		return f.Say("mine.file.room", "number", r.Number, "title", r.Title)
	})
	part(w, "mine.file.guided", m.Guided, func(g practice.MyGuide) string {
		return strings.TrimSpace(f.Say("mine.file.guide", "number", g.Number, "title", g.Title, "note", g.Note))
	})
	part(w, "mine.file.promises", m.Promises, func(c practice.Carry) string {
		return f.Say("mine.file.promise", "act", c.Act, "due", c.DueAt)
	})
	part(w, "mine.file.procedures", m.Procedures, asItIs)
	part(w, "mine.file.groups", m.Groups, asItIs)
	part(w, "mine.file.spoken", m.Spoken, func(s practice.MySpoken) string {
		return strings.TrimSpace(f.Say("mine.file.said", "procedure", s.Procedure, "at", s.At, "what", f.Say("mine.file.said."+string(s.Kind))) + "\n\n" + s.Text) // words:use mine.file.said.*
	})
	part(w, "mine.file.proposed", m.Proposed, func(s practice.MySpoken) string {
		return strings.TrimSpace(f.Say("mine.file.said", "procedure", s.Procedure, "at", s.At, "what", f.Say("mine.file.said.proposed")) + "\n\n" + s.Text)
	})
	part(w, "mine.file.notices", m.Notices, f.SayNotice)
	return w.out.String()
}

func asItIs(s string) string { return s }

// part writes a heading and what stands under it, or nothing.
func part[T any](w *ownText, heading string, all []T, say func(T) string) {
	for i, one := range all {
		if i == 0 {
			fmt.Fprintf(&w.out, "## %s\n\n", w.Say(heading)) // words:use mine.file.*
		}
		fmt.Fprintf(&w.out, "%s\n\n", say(one))
	}
}

// report is one report, with what it said before.
func (w *ownText) report(r practice.MyReport) string {
	text := fmt.Sprintf("### F-%d, %s\n\n%s", r.Number, r.Title, r.Text)
	for _, was := range r.Before {
		text += "\n\n" + w.Say("mine.file.before", "at", was.Until) + "\n\n" + was.Text
	}
	return text
}

func (s *Pages) eraseMe(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"sure": 3})
	if err != nil {
		return err
	}
	if form.Typed("sure") != "yes" {
		form.Mark(practice.Refuse(practice.Invalid, "required").At("sure"))
		return s.mineForm(w, f, form)
	}
	if err := s.App.EraseMe(r.Context(), actor, f.Say("mine.someone")); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache", "cookies", "storage"`)
	frame.Redirect(w, r, "/in")
	return nil
}
