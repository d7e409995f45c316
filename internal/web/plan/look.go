package plan

import (
	"context"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// mostLooks is how many looks at a signal stand open; the others are folded away.
const mostLooks = 2

// watchLine is when a signal is looked at next, and who looked.
type watchLine struct {
	planPage
	Signal int
	What   string
	W      app.Watched
	Line   string
}

// Looks says of a signal, counted from 1, how often it is looked at; nothing where nobody
// is asked to.
func (p planPage) Looks(signal int) *watchLine {
	for _, w := range p.Watch {
		if w.Signal != signal {
			continue
		}
		line := p.Say("look.every", "n", w.Of.Every)
		switch {
		case !p.P.Watched():
		case w.Due:
			line += " " + p.Say("look.due", "day", w.DueAt)
		default:
			line += " " + p.Say("look.next", "day", w.DueAt)
		}
		return &watchLine{p, signal, w.Of.What, w, line}
	}
	return nil
}

// Lately are the last looks, Before those before them.
func (l watchLine) Lately() []string { return l.said(l.W.Looks[:min(mostLooks, len(l.W.Looks))]) }

// Before are the other looks.
func (l watchLine) Before() []string { return l.said(l.W.Looks[min(mostLooks, len(l.W.Looks)):]) }

func (l watchLine) said(looks []app.Looked) []string {
	var all []string
	for _, one := range looks {
		key := "look.nothing"
		if one.Something {
			key = "look.something"
		}
		all = append(all, l.Say(key, "name", one.Name, "day", one.Day)) // words:use look.nothing look.something
	}
	return all
}

// Every says how often a signal of a draft is going to be looked at.
func (p planPage) Every(s practice.Signal) string { return every(p.Frame.Say, s) }

// Every says it on paper.
func (p paperPage) Every(s practice.Signal) string { return every(p.Frame.Say, s) }

func every(say func(string, ...any) string, s practice.Signal) string {
	if s.Every == 0 {
		return ""
	}
	return say("look.every", "n", s.Every)
}

// watch does what a form asks for about a signal, and returns where to go on: a look from
// the start page goes back there.
func (s *Pages) watch(ctx context.Context, actor practice.Actor, n int, form *frame.Form) (to string, err error) {
	signal := frame.Number(form.Typed("signal"))
	to = practice.PlanPath(n) + "#signals"
	switch form.Typed("do") {
	case "fire":
		_, err = s.App.Fire(ctx, actor, n, practice.Fired{Signal: signal})
	case "look":
		if form.Typed("from") == "home" {
			to = "/"
		}
		err = s.App.Look(ctx, actor, n, signal)
	default:
		err = s.App.WatchPlan(ctx, actor, n, form.Typed("do") == "watch")
	}
	return to, err
}
