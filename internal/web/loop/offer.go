package loop

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// OfferTitle is what another team offers.
func (p homePage) OfferTitle(o app.Offered) string { return p.Say("offer.title.mine", "team", o.Team) }

// OfferLine says what it is, and how far it has come where it was learned.
func (p homePage) OfferLine(o app.Offered) string {
	line := p.OfferKind(o) + " · " + p.Day(o.At)
	if holds := p.OfferHolds(o); holds != "" {
		line += " · " + holds
	}
	return line
}

// Offered says to which teams what came of it was offered, and what each said.
func (p recordPage) Offered() *frame.Offers {
	if p.Guest {
		return nil
	}
	o := p.Offers(p.R.Offers, "", false)
	for i, one := range p.R.Offers {
		o.Lines[i].Text = p.Say("offer.record", "words", practice.Title(p.PlainText(one.Words)), "stands", o.Lines[i].Text)
	}
	return o
}
