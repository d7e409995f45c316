package frame

import (
	"debrief/internal/app"
	"debrief/internal/practice"
)

// Card is part/card: one thing that is so for a whole team, and the ways on.
type Card struct {
	*Frame
	ID, Title string
	Lines     []string
	Ways      []Way
	Quote     bool // the pattern's sentence is folded below
}

// Rhythm is what a team is told of its own practice, with the ways on: that it pauses,
// that a pause is proposed, that most reviews changed nothing, or that it begins anew.
func (f *Frame) Rhythm(r app.Rhythm) (cards []Card) {
	to := practice.PausePath + "/" + string(r.Team.ID)
	switch p := r.Pause; {
	case p.Runs():
		since := f.Say("pause.since", "day", p.BeganAt, "by", f.Proposer(p, r.Names), "with", r.Names[p.Agreed], "why", p.Why)
		if p.By == p.Agreed {
			since = f.Say("pause.since.alone", "day", p.BeganAt, "by", r.Names[p.By], "why", p.Why)
		}
		c := Card{Frame: f, ID: "pausing", Title: f.Say("pause.runs", "team", r.Team.Name), Lines: []string{since, f.Say("pause.open")}}
		if p.Asks(f.Now) {
			c.Lines = append(c.Lines, f.Say("pause.asks", "day", p.LookAt))
		}
		if p.Guardian && p.By != "" {
			c.Lines = append(c.Lines, f.Say("pause.guardian.too"))
		}
		return append(cards, f.led(c, Way{Text: f.Say("pause.look"), To: to}))
	case p.Waits():
		c := Card{Frame: f, ID: "proposed", Title: f.Say("pause.proposes", "name", r.Names[p.By], "team", r.Team.Name), Lines: []string{p.Why, f.Say("pause.another")}}
		if p.By == "" {
			c.Title, c.Lines[1] = f.Say("pause.guardian.proposes", "team", r.Team.Name), f.Say("pause.guardian.answer")
		} else if p.Guardian {
			c.Lines = append(c.Lines, f.Say("pause.guardian.too"))
		}
		cards = append(cards, f.led(c, Way{Text: f.Say("pause.answer"), To: to}))
	}
	if r.Alarm.Stands() {
		cards = append(cards, f.alarm(r, to))
	}
	if r.Start.Guides() {
		cards = append(cards, f.led(Card{Frame: f, ID: "anew", Title: f.Say("start.title"), Lines: []string{f.Say("start.why", "team", r.Team.Name, "day", r.Start.From)}},
			Way{Text: f.Say("start.begin"), To: practice.StartPath(r.Team.ID)}))
	} else if r.Again.ID != "" {
		cards = append(cards, f.Again(r))
	}
	return cards
}

// Again says that the same keeps coming back, and leads to where one begins anew.
func (f *Frame) Again(r app.Rhythm) Card {
	to := practice.StartPath(r.Team.ID)
	return f.led(Card{Frame: f, ID: "again", Title: f.Say("start.again"), Lines: []string{f.Say("start.again.why", "team", r.Team.Name, "n", r.Again.Number, "title", r.Again.Title)}},
		Way{Text: f.Say("start.title"), To: to}, Way{Text: f.Say("start.again.not"), To: to + "/" + string(r.Again.ID), Post: true, Key: f.Once()})
}

// Proposer is who proposed a pause: the guardian, who has no name there, or one of the
// team.
func (f *Frame) Proposer(p practice.Pause, names map[practice.MemberID]string) string {
	if p.By == "" {
		return f.Say("pause.guardian")
	}
	return names[p.By]
}

// alarm says what was counted, asks what is in the way, and what came of that.
func (f *Frame) alarm(r app.Rhythm, to string) Card {
	c := Card{Frame: f, ID: "alarm", Title: f.Say("vitality.alarm", "k", r.Share.K, "n", r.Share.N), Quote: true}
	if f.Place.Team.ID != r.Team.ID {
		c.Lines = append(c.Lines, r.Team.Name)
	}
	c.Lines = append(c.Lines, f.Say("alarm.count"), f.Found(r.Alarm))
	ways := []Way{{Text: f.Say("alarm.look"), To: to}}
	if r.Alarm.Asks(f.Now) {
		ways = append([]Way{{Text: f.Say("alarm.say"), To: practice.CausePath(r.Alarm.ID)}}, ways...)
	}
	return f.led(c, ways...)
}

// Found says what people said is in the way, or until when they are asked. words:use alarm.found.*
func (f *Frame) Found(a practice.Alarm) string {
	switch {
	case a.Asks(f.Now):
		return f.Say("alarm.until", "at", a.Until, "n", practice.FewCauses)
	case a.Found == "":
		return f.Say("alarm.counting")
	}
	return f.Say("alarm.found."+string(a.Found), "n", practice.FewCauses)
}

func (f *Frame) led(c Card, ways ...Way) Card {
	c.Ways = ways
	return c
}
