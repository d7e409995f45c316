package loop

import (
	"debrief/internal/app"
	"debrief/internal/practice"
)

// TrialTitle is what a change that comes back asks for. words:use trial.present trial.clarify trial.integrate
func (p homePage) TrialTitle(t app.Tried) string {
	switch t.Ask {
	case practice.TrialPresents, practice.TrialClarifies, practice.TrialIntegrates:
		return p.Say("trial." + string(t.Ask))
	case practice.TrialOver:
		if t.Waits() {
			return p.Say("trial.tag.over")
		}
	}
	return p.Say("trial.title")
}

// TrialTo is where it is decided.
func (p homePage) TrialTo(t app.Tried) string {
	if t.Waits() && t.Ask != practice.TrialLooks {
		return practice.ConsentPath(t.Gap)
	}
	return practice.ProcedurePath(t.Of.Slug) + "/step/" + string(t.Step) + "#trial"
}

// TrialLine says where a change stands that comes back.
func (p homePage) TrialLine(t app.Tried) string {
	where := p.Say("trial.where", "procedure", t.Of.Title, "n", t.At.Number, "day", p.Day(t.Trial.At))
	switch {
	case t.Overdue(p.Now) && t.Waits() && !t.DueAt.IsZero():
		return where + " · " + p.Say("trial.until.over", "day", p.Day(t.DueAt))
	case t.Overdue(p.Now):
		return where + " · " + p.Say("trial.until.over", "day", p.Day(t.Until))
	case t.Until.IsZero():
		return where
	}
	return where + " · " + p.Say("trial.until", "day", p.Day(t.Until))
}

// RoundTitle is what a round asks of the reader.
func (p homePage) RoundTitle(r app.ConsentRound) string {
	if r.Trial.Overdue(p.Now) {
		return p.Say("trial.tag.over")
	}
	return p.Say("consent.title")
}

// RoundLine says for which group the reader is asked, until when, and who is to answer.
func (p homePage) RoundLine(r app.ConsentRound) string {
	where := p.Say("consent.where", "procedure", r.Of.Title, "n", r.Line.Number)
	if len(r.Mine) == 0 {
		return where
	}
	g, _ := r.Group(r.Mine[0])
	party := r.Party(g.Party)
	if !p.Now.Before(g.Until) {
		return where + " · " + p.Say("consent.silent", "group", party.Name, "day", p.Day(g.Until))
	}
	if name := r.Names[party.Voice().Member]; name != "" {
		return where + " · " + party.Name + ": " + p.Say("consent.says.asked", "name", name, "day", p.Day(g.Until))
	}
	return where + " · " + party.Name + ": " + p.Say("consent.says.voiceless")
}
