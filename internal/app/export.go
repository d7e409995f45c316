package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
)

// Exported is one noun on its way out: the file it goes into, and either a
// value that becomes one line of JSON or a page of Markdown.
type Exported struct {
	File string
	Line map[string]any
	Page string
}

// Export hands out everything the organisation may see, one noun after the
// other: never raw answers, seats or who they were, nothing that is restricted to
// named people, and no practising. Only the operator, who
// holds the database anyway, asks for it.
func (a *App) Export(ctx context.Context, actor practice.Actor, take func(Exported) error) error {
	if !actor.Operator {
		return practice.ErrForbidden
	}
	return a.store.View(ctx, func(tx *store.Tx) error {
		for _, part := range []func(*store.Tx, func(Exported) error) error{
			exportFailures, exportProcedures, exportConstraints, exportAssumptions, exportFindings, exportPlans, exportCycles, exportGroups, exportConsents, exportProposals, exportOffers,
		} {
			if err := part(tx, take); err != nil {
				return err
			}
		}
		return nil
	})
}

// day writes a moment for other programs; what never was is empty.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func exportFailures(tx *store.Tx, take func(Exported) error) error {
	all, err := tx.Failures(store.FailureFilter{})
	if err != nil {
		return err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Drill {
			continue
		}
		f, id := all[i], string(all[i].ID)
		if f.Provenance.Ref != "" {
			id = f.Provenance.Ref
		}
		hot, err := exportHot(tx, f)
		if err != nil {
			return err
		}
		err = take(Exported{File: "failures.jsonl", Line: map[string]any{
			"id": id, "ref": string(f.ID), "number": f.Number, "title": f.Title, "text": f.Text, "team": f.Team, "stage": f.Stage,
			"recognised_at": day(f.RecognisedAt), "standing": f.Standing, "triage": f.Triage, "kind": f.Source,
			"org": f.Provenance.Org, "url": f.Provenance.URL, "source": f.Provenance.Source,
			"licence": f.Provenance.Licence, "attribution": f.Provenance.Attribution, "hot": hot, "plan": f.Plan,
		}})
		if err != nil {
			return err
		}
		if err := exportReviews(tx, f, take); err != nil {
			return err
		}
	}
	return nil
}

// exportHot is the five minutes a failure began with, or nothing.
func exportHot(tx *store.Tx, f practice.Failure) (map[string]any, error) {
	h, err := tx.Hot(f.ID)
	if isNotFound(err) {
		return nil, nil
	}
	return map[string]any{"meant": h.Meant, "parted": h.Parted, "kind": h.Kind, "change": h.Change, "carrier": h.Carrier, "day": day(h.Day)}, err
}

// exportReviews writes the closed reviews of a failure, with their gaps and
// their one promise, in the form that everybody they concern reads. What is said
// in an open room stays there.
func exportReviews(tx *store.Tx, f practice.Failure, take func(Exported) error) error {
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		if r.Phase != practice.PhaseClosed {
			continue
		}
		record := Record{Failure: f, Review: r, Whole: practice.Reader{Team: true}.Reads(r.Whole) == practice.ReadsWhole}
		var err1, err2 error
		if record.Whole {
			record.Texts, err1 = tx.AgreedTexts(r.ID)
		}
		if !record.Whole {
			record.Review = r.Outside()
		}
		record.Carried, err2 = carriedFrom(tx, r)
		guide, err3 := tx.LedBy(r.ID)
		record.Guide = guide
		if err := errors.Join(record.learned(tx), err1, err2, err3); err != nil {
			return err
		}
		if err := exportRecord(record, take); err != nil {
			return err
		}
	}
	return nil
}

func exportRecord(record Record, take func(Exported) error) error {
	f, r := record.Failure, record.Review
	agreed, recalled := map[string]string{}, false
	for _, t := range record.Texts {
		agreed[string(t.Phase)] = t.Text
		recalled = recalled || t.Recalled
	}
	led := "script" // how it was led is compared, and never who led it
	if record.Guide.Name != "" {
		led = "outside"
	}
	err := take(Exported{File: "reviews.jsonl", Line: map[string]any{"id": string(r.ID), "failure": string(f.ID), "form": r.Form, "led": led,
		"started_at": day(r.StartedAt), "closed_at": day(r.ClosedAt), "whole": record.Whole, "agreed": agreed, "intended_from_memory": recalled, "nothing_because": r.NothingWhy}})
	if err != nil {
		return err
	}
	for _, l := range record.Gaps {
		g := l.Gap
		err := take(Exported{File: "gaps.jsonl", Line: map[string]any{"id": string(g.ID), "review": string(r.ID), "intended": g.Intended,
			"actual": g.Actual, "where": g.Where, "quotes": g.Quotes, "verdict": g.Verdict, "seen_differently": g.Differ,
			"route": g.Route.Kind, "to": g.Route.To, "why": g.Route.Why, "does": g.Route.Strength, "watched": exportEffect(l.Effect), "handed_to": exportReferral(l)}})
		if err != nil {
			return err
		}
	}
	if c := record.Carried; c != nil {
		err := take(Exported{File: "carries.jsonl", Line: map[string]any{"id": string(c.Carry.ID), "review": string(r.ID), "carrier": c.Carrier.Name,
			"moment": c.Carry.Moment, "act": c.Carry.Act, "due_at": day(c.Carry.DueAt), "state": c.Carry.State, "settled_at": day(c.Carry.SettleAt), "proof": c.Carry.Proof, "why": c.Carry.Why}})
		if err != nil {
			return err
		}
	}
	return take(Exported{File: "records/F-" + strconv.Itoa(f.Number) + ".md", Page: record.text()})
}

// text is a record in the words people wrote, without any of the app's: it has
// to be readable where the app is not.
func (r Record) text() string {
	var d prose.Document
	d.Heading(1, r.Failure.Title)
	for _, t := range r.Texts {
		heading := string(t.Phase)
		if t.Recalled {
			heading += " (from memory, after the outcome)"
		}
		d.Heading(2, heading)
		d.Paragraph(t.Text)
	}
	if why := r.Review.NothingWhy; why != "" {
		d.Heading(2, string(practice.RouteNothing))
		d.Paragraph(why)
	}
	for _, l := range r.Gaps {
		g := l.Gap
		d.Heading(2, cmp.Or(g.Name(), string(g.Route.Kind)))
		for _, line := range []string{g.Intended, g.Actual, strings.TrimSpace(string(g.Verdict) + " " + g.Differ)} {
			if line != "" {
				d.Item(0, line)
			}
		}
		for _, q := range g.Quotes {
			d.Quote(q)
		}
		for _, line := range append([]string{prose.Plain(l.Step.Text), l.Safeguard.Text, l.Constraint.Text}, l.Finding.Known...) {
			if line != "" {
				d.Paragraph(line)
			}
		}
	}
	if c := r.Carried; c != nil {
		d.Heading(2, c.Carrier.Name)
		d.Paragraph(c.Carry.Act)
	}
	return d.String()
}

func exportProcedures(tx *store.Tx, take func(Exported) error) error {
	all, err := tx.Procedures()
	if err != nil {
		return err
	}
	not, err := withheld(tx, "")
	if err != nil {
		return err
	}
	for _, p := range all {
		rev, err := tx.Revision(p.ID, p.Revision)
		if err != nil {
			return err
		}
		steps, err := tx.Steps(p.ID, false)
		if err != nil {
			return err
		}
		days, err1 := tx.ListUses(p.ID)
		uses, err2 := tx.StepUses(p.ID)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		var last time.Time
		if len(days) > 0 {
			last = days[0]
		}
		var lines []map[string]any
		for _, s := range steps {
			var behind []string
			for _, scar := range s.Scars {
				if !not[string(scar.Failure)] {
					behind = append(behind, string(scar.Failure))
				}
			}
			use := useOf(uses, s.ID)
			lines = append(lines, map[string]any{"id": string(s.ID), "number": s.Number, "text": s.Text, "depth": s.Depth, "heading": s.Heading, "failures": behind,
				"core": s.Core(), "core_why": s.Mark().Why, "waits": exportWaits(s, not), "trial": exportTrial(s, not),
				"ticked_on": day(use.TickedOn), "not_needed_on": day(use.SparedOn), "kept_on": day(use.KeptOn), "kept_because": use.Why})
		}
		err = take(Exported{File: "procedures.jsonl", Line: map[string]any{"id": string(p.ID), "slug": p.Slug, "title": p.Title,
			"team": p.Team, "revision": p.Revision, "last_used_on": day(last), "steps": lines}})
		if err != nil {
			return err
		}
		if err := take(Exported{File: "procedures/" + p.Slug + ".md", Page: rev.Markdown}); err != nil {
			return err
		}
	}
	return nil
}

// exportWaits is what waits at a step, but for what is restricted.
func exportWaits(s practice.ProcedureStep, not map[string]bool) []map[string]any {
	waits := []map[string]any{}
	for _, w := range s.Confirmed() {
		if !not[string(w.Failure)] {
			waits = append(waits, map[string]any{"failure": string(w.Failure), "gap": string(w.Gap), "act": w.Change.Act, "text": w.Change.Text, "rest": w.Change.Rest})
		}
	}
	return waits
}

// exportTrial is the change of a step that rests on one failure, if there is one and it is
// not restricted.
func exportTrial(s practice.ProcedureStep, not map[string]bool) map[string]any {
	t := s.Trial
	if !t.Runs() || not[string(t.Failure)] {
		return nil
	}
	return map[string]any{"failure": string(t.Failure), "gap": string(t.Gap), "revision": t.Revision, "harm": t.Harm, "until": t.Until, "why": t.Why}
}

func exportConstraints(tx *store.Tx, take func(Exported) error) error {
	all, err := tx.Constraints()
	if err != nil {
		return err
	}
	not, err := withheld(tx, "")
	if err != nil {
		return err
	}
	for _, c := range all {
		c.Failures = slices.DeleteFunc(c.Failures, func(id practice.FailureID) bool { return not[string(id)] })
		err := take(Exported{File: "constraints.jsonl", Line: map[string]any{"id": string(c.ID), "number": c.Number, "text": c.Text,
			"assume": c.Assume, "kind": c.Kind, "places": c.Places, "link": c.Link, "named_at": day(c.NamedAt),
			"look_at": day(c.LookAt), "withdrawn_at": day(c.Withdrawn), "failures": c.Failures}})
		if err != nil {
			return err
		}
	}
	return nil
}

func exportFindings(tx *store.Tx, take func(Exported) error) error {
	all, err := tx.Findings()
	if err != nil {
		return err
	}
	not, err := withheld(tx, "")
	if err != nil {
		return err
	}
	for _, f := range all {
		if not[string(f.Failure)] {
			f.Failure = ""
		}
		err := take(Exported{File: "findings.jsonl", Line: map[string]any{"id": string(f.ID), "number": f.Number, "tried": f.Tried,
			"expected": f.Expected, "got": f.Got, "known": f.Known, "next": f.Next, "because": f.Because, "asked": f.Asked,
			"named_afterwards": f.NamedAfter(), "after": string(f.After), "failure": string(f.Failure), "at": day(f.At)}})
		if err != nil {
			return err
		}
	}
	return nil
}

// exportPlans writes what was frozen, with what was known later. Drafts are their
// team's, and so is why it may fail, which each wrote alone.
func exportPlans(tx *store.Tx, take func(Exported) error) error {
	all, err := tx.FrozenPlans()
	if err != nil {
		return err
	}
	not, err := withheld(tx, "")
	if err != nil {
		return err
	}
	for _, p := range all {
		known, err1 := exportKnown(tx, p.ID, not)
		fired, err2 := exportFired(tx, p.ID, not)
		looks, err3 := exportLooks(tx, p.ID)
		if err := errors.Join(err1, err2, err3); err != nil {
			return err
		}
		signals, added := []map[string]any{}, []map[string]any{}
		for _, s := range p.Intent.Signals {
			signals = append(signals, map[string]any{"what": s.What, "from": s.From, "where": s.Where, "who": s.Who, "every_days": s.Every})
		}
		for _, a := range p.Added {
			added = append(added, map[string]any{"text": a.Text, "at": day(a.At)})
		}
		i := p.Intent
		err = take(Exported{File: "plans.jsonl", Line: map[string]any{"id": string(p.ID), "number": p.Number, "team": p.Team, "title": i.Title,
			"aim": i.Aim, "hard": i.Hard, "notice": i.Notice, "signals": signals, "ask": i.Ask, "stop": i.Stop, "learns": i.Learns,
			"series": p.InSeries(), "begun_at": day(p.BegunAt), "frozen_at": day(p.FrozenAt), "fingerprint": p.Print, "added": added, "known": known, "fired": fired,
			"looks": looks}})
		if err != nil {
			return err
		}
	}
	return nil
}

// exportLooks is who looked at the signals of a plan, by the day.
func exportLooks(tx *store.Tx, p practice.PlanID) ([]map[string]any, error) {
	all, err := tx.Looks(p)
	looks := []map[string]any{}
	for _, l := range all {
		m, err := memberOrNobody(tx, l.Member)
		if err != nil {
			return nil, err
		}
		looks = append(looks, map[string]any{"signal": l.Signal, "by": m.Name, "day": day(l.Day), "something": l.Something})
	}
	return looks, err
}

// exportCycles writes the rounds of every team. What was promised for one says by
// when it was due.
func exportCycles(tx *store.Tx, take func(Exported) error) error {
	teams, err := tx.Teams()
	if err != nil {
		return err
	}
	not, err := withheld(tx, "")
	if err != nil {
		return err
	}
	for _, t := range teams {
		all, err := tx.Cycles(t.ID)
		if err != nil {
			return err
		}
		for _, c := range slices.Backward(all) {
			said, err := tx.CycleInherited(c.ID)
			if err != nil {
				return err
			}
			err = take(Exported{File: "cycles.jsonl", Line: map[string]any{"id": string(c.ID), "team": t.ID, "number": c.Number,
				"start_at": day(c.StartAt), "end_at": day(c.EndAt), "begun_at": day(c.BegunAt), "inherited": exportSaid(said, not)}})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// exportKnown is what a plan says to what was known, but for what is restricted.
func exportKnown(tx *store.Tx, p practice.PlanID, not map[string]bool) ([]map[string]any, error) {
	all, err := tx.Inherited(p)
	known := exportSaid(all, not)
	for n, i := range slices.DeleteFunc(all, func(i practice.Inherited) bool { return not[i.About] }) {
		known[n]["cites"] = i.Counts()
	}
	return known, err
}

// exportSaid is what was said to what was known, but for what is restricted.
func exportSaid(all []practice.Inherited, not map[string]bool) []map[string]any {
	said := []map[string]any{}
	for _, i := range all {
		if !not[i.About] {
			said = append(said, map[string]any{"about": i.About, "says": i.Says, "text": i.Text})
		}
	}
	return said
}

// exportFired is what came true of the conditions of a plan. What is restricted is
// counted, and its failure not named.
func exportFired(tx *store.Tx, p practice.PlanID, not map[string]bool) ([]map[string]any, error) {
	all, err := tx.Firings(p)
	fired := []map[string]any{}
	for _, f := range all {
		if not[string(f.Failure)] {
			f.Failure = ""
		}
		fired = append(fired, map[string]any{"signal": f.Signal, "stop": f.Signal == practice.StopSignal, "failure": f.Failure, "count": f.Count,
			"first_at": day(f.FirstAt), "last_at": day(f.LastAt)})
	}
	return fired, err
}
