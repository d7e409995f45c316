package frame

import (
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
	return f.Say("offer.stands."+string(o.State), "team", o.Team, "other", o.Other, "day", f.Day(day), "said", o.Said, "why", o.Reason)
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
