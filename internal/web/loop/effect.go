package loop

import (
	"net/http"
	"slices"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// Breaks reports whether the reader can say that an assumption broke here.
func (p recordPage) Breaks() bool { return !p.Guest && !p.R.Failure.Drill }

// Rests names what rests on an assumption that no longer holds.
func (p homePage) Rests(u app.AssumedUse) string {
	title, _ := p.RestsAt(u)
	return title
}

// effectLine is what is watched of one change, with what the reader can say of it.
type effectLine struct {
	recordPage
	L  app.Learned
	ID string
}

// Effects are the changes of which something is watched, or could be by the reader.
func (p recordPage) Effects() []effectLine {
	var all []effectLine
	for _, l := range p.R.Gaps {
		if l.Effect.What != "" || l.Says && !p.Guest {
			all = append(all, effectLine{p, l, "effect-" + string(l.Gap.ID)})
		}
	}
	return all
}

// Named reports whether something is watched already: an offer to name it does not go
// on paper.
func (p recordPage) Named() bool {
	return slices.ContainsFunc(p.R.Gaps, func(l app.Learned) bool { return l.Effect.What != "" })
}

// May reports whether the reader names what is watched.
func (e effectLine) May() bool { return e.L.Says && !e.Guest && e.L.Effect.Said == "" }

// Asks reports whether the reader is asked whether it moved, or can tell now what they
// could not.
func (e effectLine) Asks() bool {
	is := e.L.Effect
	return e.L.Says && !e.Guest && (is.Due(e.Now) || is.Said == practice.MovedUnsure)
}

// What is watched.
func (e effectLine) What() frame.Field {
	return e.field("what", "effect.what", e.L.Effect.What).Limited(practice.MaxLine)
}

// AskDay is the day on which they are asked.
func (e effectLine) AskDay() frame.Field {
	at := e.L.Effect.AskAt
	if at.IsZero() {
		at = e.Now.AddDate(0, 3, 0)
	}
	return e.field("day", "effect.day", at.In(e.Place.Zone).Format(time.DateOnly)).Kind("date")
}

// Adds is what they add to their answer.
func (e effectLine) Adds() frame.Field {
	return e.field("text", "effect.say", "").Limited(practice.MaxLine)
}

// field is one of the form of this change, and of no other.
func (e effectLine) field(name, key, value string) frame.Field {
	form := e.Form
	if form != nil && form.Typed("gap") != string(e.L.Gap.ID) {
		form = nil
	}
	return e.Field(form, name, key, value).Of(e.ID)
}

// Moves are the answers. words:use effect.move.*
func (e effectLine) Moves() []frame.Way {
	var all []frame.Way
	for _, m := range practice.Moves() {
		all = append(all, frame.Way{Text: e.Say("effect.move." + string(m)), Value: string(m)})
	}
	return all
}

// sayEffect keeps what is watched of a change, or whether it moved.
func (s *Pages) sayEffect(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"gap": 64, "what": practice.MaxLine, "day": 16, "said": 8, "text": practice.MaxLine})
	if err != nil {
		return err
	}
	page, err := s.recordPage(r, f, actor)
	if err != nil {
		return err
	}
	gap := practice.GapID(form.Typed("gap"))
	if !slices.ContainsFunc(page.R.Gaps, func(l app.Learned) bool { return l.Gap.ID == gap }) {
		return frame.ErrForm
	}
	if !form.Marked() {
		if said := form.Typed("said"); said != "" {
			err = s.App.SayEffect(r.Context(), actor, gap, practice.Moved(said), form.Typed("text"))
		} else {
			var at time.Time
			if at, err = form.DayOrNone("day", f.Place.Zone); err == nil {
				err = s.App.WatchEffect(r.Context(), actor, gap, form.Typed("what"), at)
			}
		}
		if err == nil {
			frame.Redirect(w, r, practice.RecordPath(page.R.Failure.Number)+"#effect-"+string(gap))
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	page.Form = form
	return s.Show(w, form.Status(), "record", page)
}
