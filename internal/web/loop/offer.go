package loop

import "debrief/internal/app"

// OfferTitle is what another team offers, or asks whether a step that came of it holds.
func (p homePage) OfferTitle(o app.Offered) string {
	if o.Waits() {
		return p.Say("offer.title.mine", "team", o.Team)
	}
	return p.Say("offer.asks")
}

// OfferLine says what it is, and how far it has come where it was learned.
func (p homePage) OfferLine(o app.Offered) string {
	if !o.Waits() {
		return p.Say("offer.landed", "procedure", o.Of.Title, "n", o.Line.Number)
	}
	line := p.OfferKind(o) + " · " + p.Day(o.At)
	if holds := p.OfferHolds(o); holds != "" {
		line += " · " + holds
	}
	return line
}
