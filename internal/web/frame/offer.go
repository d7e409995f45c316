package frame

import (
	"slices"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// Offers is part/offers: to which teams something was offered and what they said, and
// where it is offered to more.
type Offers struct {
	Title, More string
	Lines       []Link
	New         string // empty for who cannot
}

// Offers says it of one thing.
func (f *Frame) Offers(all []app.Offered, about string, may bool) *Offers {
	if len(all) == 0 && !may {
		return nil
	}
	o := &Offers{Title: f.Say("offer.here"), More: f.Say("offer.new")}
	if theirs := func(o app.Offered) bool { return o.Own }; !may && !slices.ContainsFunc(all, theirs) {
		o.Title = f.Say("offer.title.was", "team", all[0].Team)
	}
	for _, one := range all {
		o.Lines = append(o.Lines, Link{Text: f.OfferStands(one), To: practice.OfferPath(one.ID)})
	}
	if may {
		o.New = practice.OffersPath + "/new?about=" + about
	}
	return o
}

// OfferStands says in one line where an offer stands, for both teams.
// words:use offer.stands.*
func (f *Frame) OfferStands(o app.Offered) string {
	day := o.EndAt
	if day.IsZero() {
		day = o.At
	}
	how := string(o.State)
	switch {
	case o.Core:
		how = "core"
	case o.Harmed:
		how = "harmed"
	case o.State == practice.OfferAsks && len(o.Asks) == 0: // what is wrong is taken up
		how = "proposed"
	}
	return f.Say("offer.stands."+how, "team", o.Team, "other", o.Other, "day", f.Day(day), "said", o.Said, "why", o.Reason, "groups", f.List(o.Asks))
}

// OfferKind says what is offered. words:use offer.kind.*
func (f *Frame) OfferKind(o app.Offered) string {
	kind := "step"
	switch {
	case o.Constraint.ID != "":
		kind = "constraint"
	case o.Finding.ID != "":
		kind = "finding"
	case !o.OfStep():
		kind = "other"
	}
	return f.Say("offer.kind." + kind)
}

// OfferNow says how a step reads now that was reworded since the failure of which its days
// are told; nothing where it was not.
func (f *Frame) OfferNow(o app.Offered) string {
	if o.Now == "" {
		return ""
	}
	return f.Say("offer.now", "team", o.Team, "day", f.Day(o.NowAt), "words", f.PlainText(o.Now))
}

// OfferHolds says how far what is offered has come where it was learned: in use or not,
// and how long the same was not reported again.
func (f *Frame) OfferHolds(o app.Offered) string {
	switch {
	case o.Gone:
		return f.Say("offer.gone", "team", o.Team)
	case !o.OfStep() || o.Scar.ID == "":
		return ""
	case o.Scar.UsedAt.IsZero():
		return f.Say("offer.unused", "team", o.Team, "day", f.Date(o.Scar.At))
	case o.Scar.Back():
		return f.Say("offer.back", "team", o.Team, "used", f.Date(o.Scar.UsedAt), "day", f.Date(o.Scar.CameBack))
	}
	return f.Say("offer.used", "team", o.Team, "day", f.Date(o.Scar.UsedAt), "days", f.Days(o.Scar.UsedAt, f.Now))
}
