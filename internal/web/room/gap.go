package room

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// gapRoutes composes the gaps of question three.
func (s *Pages) gapRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "POST /seat/{review}/gaps", Handler: s.seat(s.addGap)},
		{Pattern: "POST /seat/{review}/gaps/{gap}/change", Handler: s.seat(s.changeGap)},
		{Pattern: "POST /seat/{review}/no-gap", Handler: s.seat(s.noGap)},
		{Pattern: "POST /seat/{review}/conflicts", Handler: s.seat(s.putAside)},
		{Pattern: "POST /seat/{review}/conflicts/{id}/back", Handler: s.seat(s.takeConflictBack)},
	}
}

// partFields are the three parts of a gap.
var partFields = frame.Fields{"text": practice.MaxAnswer, "actual": practice.MaxAnswer, "where": practice.MaxAnswer}

func partsOf(m *frame.Form) practice.Parts {
	return practice.Parts{Intended: m.Typed("text"), Actual: m.Typed("actual"), Where: m.Typed("where")}
}

// addGap composes a gap, from an answer by one tap or in words of its own.
func (s *Pages) addGap(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, partFields.With(frame.Fields{"from": 40}))
	if err != nil {
		return err
	}
	if !form.Marked() {
		err = s.once(seat, form.Key, func() error {
			_, err := s.Rooms.AddGap(r.Context(), seat, partsOf(form), practice.AnswerID(form.Typed("from")))
			return err
		})
	}
	return s.gapDone(asked{w, r, f, seat}, "gap", form, err)
}

// changeGap does one of the things that can be done with a gap: other words,
// into question four or out of it, sentences to keep, taken back.
func (s *Pages) changeGap(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, partFields.With(frame.Fields{"do": 10, "version": 10, "quote": practice.MaxAnswer, "why": practice.MaxLine}))
	if err != nil {
		return err
	}
	at := room.GapAt{ID: practice.GapID(r.PathValue("gap"))}
	if at.Version, err = strconv.Atoi(form.Typed("version")); err != nil {
		return frame.ErrForm
	}
	if !form.Marked() {
		switch do := form.Typed("do"); do {
		case "take", "leave":
			_, err = s.Rooms.TakeGap(r.Context(), seat, at, room.Taking{Take: do == "take", Why: form.Typed("why")})
		case "keep":
			_, err = s.Rooms.KeepQuotes(r.Context(), seat, at, form.All("quote"))
		case "remove":
			err = s.Rooms.RemoveGap(r.Context(), seat, at)
		case "write":
			var now practice.Gap
			now, err = s.Rooms.RewriteGap(r.Context(), seat, at, partsOf(form))
			if errors.Is(err, practice.ErrChanged) {
				return s.bothGaps(asked{w, r, f, seat}, now, partsOf(form))
			}
		default:
			return frame.ErrForm
		}
	}
	return s.gapDone(asked{w, r, f, seat}, string(at.ID), form, err)
}

// noGap goes on without a gap, with the reason, or takes that back.
func (s *Pages) noGap(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"version": 10, "why": practice.MaxLine})
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(form.Typed("version"))
	if err != nil {
		return frame.ErrForm
	}
	var now practice.Review
	if !form.Marked() {
		now, err = s.Rooms.NoGap(r.Context(), seat, version, form.Typed("why"))
	}
	if err != nil || form.Marked() {
		return s.gapDone(asked{w, r, f, seat}, "nothing", form, err)
	}
	return s.onward(asked{w, r, f, seat}, form, phaseAddress(now))
}

// TakenUp reports whether an answer is a gap already.
func (p questionPage) TakenUp(id practice.AnswerID) bool {
	return slices.ContainsFunc(p.Q.Gaps, func(g practice.Gap) bool { return g.From == id })
}

// gapDone shows question three again, with what could not be kept.
func (s *Pages) gapDone(a asked, sent string, form *frame.Form, err error) error {
	if form.Mark(err) || form.Marked() {
		p, err := s.question(a.r, a.f, a.seat, practice.PhaseGap)
		if err != nil {
			return err
		}
		return s.again(a.w, p, sent, form)
	}
	if err != nil {
		return err
	}
	return s.onward(a, form, practice.SeatPath(a.seat.Review)+"/3#gaps")
}

// bothGaps shows a gap's words beside those somebody wrote over older ones, in
// one form to be joined by hand.
func (s *Pages) bothGaps(a asked, now practice.Gap, mine practice.Parts) error {
	p, err := s.question(a.r, a.f, a.seat, practice.PhaseGap)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(p.Q.Gaps, func(g practice.Gap) bool { return g.ID == now.ID })
	if i < 0 {
		return practice.ErrChanged // somebody took it back
	}
	join := func(theirs, mine string) string {
		if theirs == mine {
			return theirs
		}
		return theirs + "\n" + mine
	}
	g := &p.Q.Gaps[i]
	g.Intended, g.Actual, g.Where = join(now.Intended, mine.Intended), join(now.Actual, mine.Actual), join(now.Where, mine.Where)
	p.Met = now.ID
	return s.Show(a.w, http.StatusConflict, "question", p)
}

// Fourth asks for the reason to take this gap, too, where three are taken; nil where
// none is needed.
func (c gapCard) Fourth() *frame.Field {
	if c.G.Taken || c.Taken() < practice.MaxGaps {
		return nil
	}
	field := c.Field(c.Typed(), "why", "room.gap.beyond", "").Limited(practice.MaxLine).Little()
	field.ID = "why-" + string(c.G.ID)
	return &field
}

// Taken is how many gaps go into question four.
func (p questionPage) Taken() int {
	n := 0
	for _, g := range p.Q.Gaps {
		if g.Taken {
			n++
		}
	}
	return n
}

// gapCard is one gap in the composer.
type gapCard struct {
	questionPage
	G      practice.Gap
	Number int
}

// Cards are the gaps of question three.
func (p questionPage) Cards() []gapCard {
	var cards []gapCard
	for i, g := range p.Q.Gaps {
		cards = append(cards, gapCard{questionPage: p, G: g, Number: i + 1})
	}
	return cards
}

// Typed is what was sent about the gap and could not be kept.
func (c gapCard) Typed() *frame.Form { return c.FormOf(string(c.G.ID)) }

// Keeps reports whether a sentence is kept with the gap.
func (c gapCard) Keeps(quote string) bool { return slices.Contains(c.G.Quotes, quote) }

// Unfolded reports whether the gap's words are open to be changed: somebody
// sent words that could not be kept, or two people met in it.
func (c gapCard) Unfolded() bool {
	return c.Typed().Marked() && c.Typed().At("why") == "" || c.Met == c.G.ID
}

// threeParts are the fields of a gap, each of them needed. of tells them from
// those of other gaps on the page, and is empty where there is one; half is put
// behind the names of a second gap in one form.
func threeParts(f *frame.Frame, m *frame.Form, parts practice.Parts, of, half string) []frame.Field {
	var all []frame.Field
	for _, part := range []struct{ name, key, value string }{
		{"text", "question.3.write.intended", parts.Intended},
		{"actual", "question.3.write.actual", parts.Actual},
		{"where", "question.3.write.where", parts.Where},
	} {
		field := f.Field(m, part.name+half, part.key, part.value).Needed().Tall(2)
		if of != "" {
			field = field.Little()
			field.ID = part.name + half + "-" + of
		}
		all = append(all, field)
	}
	return all
}

// PartsOf are the fields of one gap.
func (p questionPage) PartsOf(m *frame.Form, parts practice.Parts, of string) []frame.Field {
	return threeParts(p.Frame, m, parts, of, "")
}

// Agreed is what a gap begins with: what the room agreed to questions one and
// two, but for a text that is longer than a part may be. Where they parted is to
// be written.
func (p questionPage) Agreed() practice.Parts {
	return practice.Parts{Intended: part(p.Q.Meant), Actual: part(p.Q.Went)}
}

// part is a text as a part of a gap begins with it.
func part(text string) string {
	if utf8.RuneCountInString(text) > practice.MaxAnswer {
		return ""
	}
	return text
}
