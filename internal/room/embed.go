package room

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// Embedding is the screen on which a sorted gap changes something: the
// procedures people use, what is kept elsewhere, the limits and questions that
// are known.
type Embedding struct {
	Room
	Gaps        []practice.Gap // those taken into question four, in order
	Gap         practice.Gap   // the one this screen is about
	Procedures  []Page
	Meant       practice.StepID // the step that was meant to catch it, if somebody said so
	Like        recall.Hit      // else the step most like an avoidable gap; without an id where none is
	Safeguards  []practice.Safeguard
	Constraints []practice.Constraint
	Questions   []practice.Finding // findings whose next question nobody answered yet
	NextCycle   time.Time
	Done        Done
	Speaks      practice.Speaks // what the room's failure says for changing a core step
	zone        *time.Location
}

// Page is a procedure with its steps.
type Page struct {
	Procedure practice.Procedure
	Steps     []practice.ProcedureStep
	Markdown  string   // the page as it stands
	Owner     string   // who looks after it; empty where nobody does
	SignBy    string   // who signs it off; empty where nobody has to
	Named     bool     // only some people change it: what the room writes is proposed to them
	Who       []string // them
}

// Done is what a gap's route led to, for everyone to see before the room goes
// on.
type Done struct {
	Page       Page
	Step       practice.ProcedureStep
	Was        string // the step's wording before
	Safeguard  practice.Safeguard
	Constraint practice.Constraint
	Finding    practice.Finding
	Receiver   practice.Receiver // whom it is handed to
	Name       string            // and what they are called
	Trial      practice.Trial    // where the change comes back
	Asked      []string          // the groups that are asked about it, by name
	Effect     practice.Effect   // what it is to move
	Proposed   practice.Proposed // what waits for those who change the procedure, or was declined
}

// Embedding returns the screen for one gap; for the first that is not routed
// where id is empty.
func (rooms *Rooms) Embedding(ctx context.Context, seat practice.Seat, id practice.GapID) (Embedding, error) {
	e, err := rooms.embedding(ctx, seat, id)
	if err == nil && e.Gap.Verdict == practice.Avoidable && !e.Gap.Routed() && e.Meant == "" {
		e.Like, err = rooms.stepLike(ctx, e)
	}
	return e, err
}

// stepLike finds the step of the team's procedures that shares most with a gap.
// One word in common is no reason to think of a step.
func (rooms *Rooms) stepLike(ctx context.Context, e Embedding) (recall.Hit, error) {
	if rooms.similar == nil {
		return recall.Hit{}, nil
	}
	shown := func(d *recall.Doc) bool {
		return slices.ContainsFunc(e.Procedures, func(p Page) bool { return string(p.Procedure.ID) == d.Of })
	}
	hits, err := rooms.similar(ctx, recall.Query{Title: e.Gap.Actual, Text: e.Gap.Where + "\n" + e.Gap.Intended, Limit: 1,
		Filter: recall.Filter{Kinds: []recall.Kind{recall.Step}, Allow: shown}})
	if err != nil || len(hits) == 0 || len(hits[0].Why) < 2 {
		return recall.Hit{}, err
	}
	return hits[0], nil
}

func (rooms *Rooms) embedding(ctx context.Context, seat practice.Seat, id practice.GapID) (Embedding, error) {
	return look(ctx, rooms, seat, func(v *visit) (Embedding, error) {
		var e Embedding
		var err error
		if e.Room, err = v.room(); err != nil {
			return e, err
		}
		if err := v.review.MayEmbed(); err != nil {
			return e, err
		}
		if err := e.choose(v, id); err != nil {
			return e, err
		}
		e.NextCycle, e.Meant = e.Team.NextCycle(v.tx.Now()), e.Failure.Step
		if e.Done, err = doneBy(v.tx, e.Gap); err != nil {
			return e, err
		}
		if e.Done.Trial, err = v.tx.Trial(e.Gap.ID); err != nil {
			return e, err
		}
		if e.Done.Asked, err = v.tx.AskedAbout(e.Gap.ID); err != nil {
			return e, err
		}
		if e.Speaks, e.zone, err = v.speaks(); err != nil {
			return e, err
		}
		if err := e.manual(v.tx); err != nil || !e.ByLink {
			return e, errors.Join(err, e.known(v.tx))
		}
		e.ownAlone()
		return e, nil
	})
}

// choose finds the gaps and the one the screen is about.
func (e *Embedding) choose(v *visit, id practice.GapID) error {
	gaps, err := v.tx.Gaps(v.review.ID)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		if !g.Taken {
			continue
		}
		e.Gaps = append(e.Gaps, g)
		first := id == "" && (e.Gap.ID == "" || e.Gap.Routed() && !g.Routed())
		if g.ID == id || first {
			e.Gap = g
		}
	}
	if id != "" && e.Gap.ID != id {
		return practice.ErrNotFound
	}
	return nil
}

// manual reads the team's procedures, that with the meant step first.
func (e *Embedding) manual(tx *store.Tx) error {
	procedures, err := tx.Procedures()
	if err != nil {
		return err
	}
	apart, err := tx.Withheld("")
	if err != nil {
		return err
	}
	for _, p := range procedures {
		if p.Team != e.Team.ID {
			continue
		}
		steps, err := tx.Steps(p.ID, false)
		if err != nil {
			return err
		}
		hush(steps, apart)
		page := Page{Procedure: p, Steps: steps}
		revision, err1 := tx.Revision(p.ID, p.Revision)
		page.Markdown = revision.Markdown
		var err2, err3 error
		page.Owner, err2 = nameOf(tx, p.Owner)
		page.SignBy, err3 = nameOf(tx, p.SignOff.By)
		if err := errors.Join(err1, err2, err3, page.who(tx)); err != nil {
			return err
		}
		for _, s := range steps {
			if s.ID == e.Meant {
				e.Procedures = append([]Page{page}, e.Procedures...)
				page.Procedure.ID = ""
			}
		}
		if page.Procedure.ID != "" {
			e.Procedures = append(e.Procedures, page)
		}
	}
	return nil
}

// ownAlone takes out of the procedures, for whoever came by a link, who looks after
// them and which other failures their steps come from.
func (e *Embedding) ownAlone() {
	e.Done.Page.Who = nil
	for n, p := range e.Procedures {
		e.Procedures[n].Owner, e.Procedures[n].SignBy, e.Procedures[n].Who = "", "", nil
		for i, s := range p.Steps {
			p.Steps[i].Scars = slices.DeleteFunc(s.Scars, func(s practice.Scar) bool { return s.Failure != e.Failure.ID })
			for n, w := range s.Waits {
				if w.Failure != e.Failure.ID {
					s.Waits[n] = w.Hushed()
				}
			}
			if s.Trial.Failure != e.Failure.ID {
				p.Steps[i].Trial = s.Trial.Hushed()
			}
		}
	}
}

// nameOf is what a person is called; nobody has no name.
func nameOf(tx *store.Tx, id practice.MemberID) (string, error) {
	if id == "" {
		return "", nil
	}
	m, err := tx.Member(id)
	return m.Name, err
}

// known reads what a gap may already be covered by, or go on from.
func (e *Embedding) known(tx *store.Tx) error {
	var err1, err2 error
	e.Safeguards, err1 = tx.Safeguards()
	e.Constraints, err2 = tx.Constraints()
	findings, err3 := tx.Findings()
	answered := map[practice.FindingID]bool{}
	for _, f := range findings {
		answered[f.After] = true
	}
	for _, f := range findings {
		if f.Next != "" && !answered[f.ID] {
			e.Questions = append(e.Questions, f)
		}
	}
	return errors.Join(err1, err2, err3)
}

// doneBy reads what a route led to.
func doneBy(tx *store.Tx, g practice.Gap) (d Done, err error) {
	if d.Effect, err = tx.Effect(g.ID); err != nil {
		return d, err
	}
	switch r := g.Route; r.Kind {
	case practice.RouteReferral:
		err = d.handed(tx, g.ID)
	case practice.RouteStep, practice.RouteWaiting:
		err = d.step(tx, practice.StepID(r.To))
	case practice.RouteProposed, practice.RouteDeclined:
		err = d.proposed(tx, practice.ProposedID(r.To))
	case practice.RouteSafeguard:
		d.Safeguard, err = tx.Safeguard(practice.SafeguardID(r.To))
	case practice.RouteConstraint:
		d.Constraint, err = tx.Constraint(practice.ConstraintID(r.To))
	case practice.RouteFinding:
		d.Finding, err = tx.Finding(practice.FindingID(r.To))
	}
	return d, err
}

func (d *Done) step(tx *store.Tx, id practice.StepID) error {
	var err error
	if d.Step, err = tx.Step(id); err != nil {
		return err
	}
	if d.Page.Procedure, err = tx.Procedure(d.Step.Procedure); err != nil {
		return err
	}
	revision, err := tx.Revision(d.Step.Procedure, d.Page.Procedure.Revision)
	if err != nil {
		return err
	}
	d.Page.Markdown = revision.Markdown
	words, err := tx.WordingsOf(d.Step.Procedure)
	for _, w := range words {
		if w.Step == id && w.Revision < d.Step.Since {
			d.Was = w.Text
		}
	}
	return err
}

// embed gives a gap its route, after make made what the route leads to.
func (rooms *Rooms) embed(ctx context.Context, seat practice.Seat, at GapAt, make func(v *visit, g practice.Gap) (practice.Route, error)) (practice.Gap, error) {
	return rooms.changeGap(ctx, seat, at, func(v *visit, g practice.Gap, _ int) (practice.Gap, error) {
		if err := v.review.MayEmbed(); err != nil {
			return g, err
		}
		if !g.Taken || !g.Sorted() {
			return g, practice.Refuse(practice.Conflict, "route.unsorted")
		}
		if err := v.takeBack(g); err != nil { // whoever saw what stands there puts theirs in its place
			return g, err
		}
		team, err := v.team()
		if err != nil {
			return g, err
		}
		route, err := make(v, g)
		if err != nil {
			return g, err
		}
		if !route.Changes() {
			if err := v.tx.RemoveEffect(g.ID); err != nil {
				return g, err
			}
		}
		return g.Embed(route, team.NextCycle(v.tx.Now()))
	})
}

// team is the team whose failure the room is about.
func (v *visit) team() (practice.Team, error) {
	f, err := v.tx.Failure(v.review.Failure)
	if err != nil {
		return practice.Team{}, err
	}
	return v.tx.Team(f.Team)
}

// scar leaves the failure's mark on every step a change touched.
func (v *visit) scar(g practice.Gap, c practice.StepChange, done store.Revised) (practice.Route, error) {
	to := c.Step
	for i, s := range done.Touched {
		if i == 0 {
			to = s.ID
		}
		if err := v.tx.AddScar(practice.Scar{ID: practice.ScarID(v.tx.NewID("scr")), Step: s.ID, Failure: v.review.Failure,
			Gap: g.ID, Revision: done.Revision.Number, At: v.tx.Now()}); err != nil {
			return practice.Route{}, err
		}
	}
	return practice.Route{Kind: practice.RouteStep, To: string(to), Strength: cmp.Or(c.Strength, practice.Reminds)}, v.tx.Emit(practice.Event{Kind: "procedure.changed",
		About: string(done.Procedure.ID), In: string(done.Procedure.Team), Data: practice.Args{"reason": practice.ReasonLearning, "act": c.Act}})
}

// FirstStep begins a procedure with one line, where the team has none for this yet. It
// is a change like any other: it comes back as a trial, and where it adds a check on
// people they are asked.
func (rooms *Rooms) FirstStep(ctx context.Context, seat practice.Seat, at GapAt, title string, c practice.StepChange) (practice.Gap, error) {
	return rooms.embed(ctx, seat, at, func(v *visit, g practice.Gap) (practice.Route, error) {
		done, err := v.begin(g, title, c)
		if err != nil {
			return practice.Route{}, err
		}
		c.Act, c.Procedure = practice.ActAdd, done.Procedure.ID
		asked, err1 := v.tx.Affected(c)
		route, err2 := v.scar(g, c, done)
		t, err3 := v.trial(g, route, done, "")
		if err := errors.Join(err1, err2, err3); err != nil {
			return route, err
		}
		return route, v.tx.Try(t, asked, done)
	})
}

// begin keeps a procedure with one line.
func (v *visit) begin(g practice.Gap, title string, c practice.StepChange) (store.Revised, error) {
	title, c.Act, c.Text = strings.TrimSpace(title), practice.ActAdd, strings.Join(strings.Fields(c.Text), " ")
	if title == "" {
		return store.Revised{}, practice.Refuse(practice.Invalid, "required").At("title")
	}
	if err := c.Check(""); err != nil {
		return store.Revised{}, err
	}
	team, err1 := v.team()
	page, err2 := prose.ParseProcedure([]byte("- [ ] " + c.Text + "\n"))
	if err := errors.Join(err1, err2); err != nil {
		return store.Revised{}, err
	}
	if len(page.Steps) == 0 {
		return store.Revised{}, practice.Refuse(practice.Invalid, "step.empty").At("text")
	}
	return v.tx.CreateProcedure(practice.Procedure{Team: team.ID, Title: title}, page, practice.Revision{Reason: practice.ReasonLearning, Gap: g.ID})
}

// Guard keeps a change that was made elsewhere, with its link and what is
// different now.
func (rooms *Rooms) Guard(ctx context.Context, seat practice.Seat, at GapAt, s practice.Safeguard) (practice.Gap, error) {
	return rooms.embed(ctx, seat, at, func(v *visit, g practice.Gap) (practice.Route, error) {
		s.Link, s.Text = practice.CompleteAddress(s.Link), strings.TrimSpace(s.Text)
		if err := s.Check(); err != nil {
			return practice.Route{}, err
		}
		team, err := v.team()
		if err != nil {
			return practice.Route{}, err
		}
		s.ID, s.Team, s.At = practice.SafeguardID(v.tx.NewID("sfg")), team.ID, v.tx.Now()
		return practice.Route{Kind: practice.RouteSafeguard, To: string(s.ID), Strength: s.Strength}, errors.Join(v.tx.AddSafeguard(s),
			v.tx.AddScar(practice.Scar{ID: practice.ScarID(v.tx.NewID("scr")), Safeguard: s.ID, Failure: v.review.Failure, Gap: g.ID, At: s.At}),
			v.tx.Emit(practice.Event{Kind: "safeguard.added", About: string(s.ID), In: string(team.ID)}))
	})
}

// Promise leaves an avoidable gap open until the next cycle, with one line why
// it cannot be changed here.
func (rooms *Rooms) Promise(ctx context.Context, seat practice.Seat, at GapAt, why string, by time.Time) (practice.Gap, error) {
	return rooms.plain(ctx, seat, at, practice.Route{Kind: practice.RoutePromised, Why: why, By: by})
}

// Cover says which step or safeguard already covers a gap.
func (rooms *Rooms) Cover(ctx context.Context, seat practice.Seat, at GapAt, to, why string) (practice.Gap, error) {
	return rooms.plain(ctx, seat, at, practice.Route{Kind: practice.RouteCovered, To: to, Why: why})
}

// LeaveAsItIs says why nothing needs to change: no remedy is a legitimate
// result.
func (rooms *Rooms) LeaveAsItIs(ctx context.Context, seat practice.Seat, at GapAt, why string) (practice.Gap, error) {
	return rooms.plain(ctx, seat, at, practice.Route{Kind: practice.RouteNothing, Why: why})
}

// plain takes a route that makes nothing new.
func (rooms *Rooms) plain(ctx context.Context, seat practice.Seat, at GapAt, r practice.Route) (practice.Gap, error) {
	return rooms.embed(ctx, seat, at, func(v *visit, _ practice.Gap) (practice.Route, error) {
		r.Why = strings.TrimSpace(r.Why)
		if r.Kind != practice.RouteCovered || r.To == "" {
			return r, nil
		}
		var err error
		if strings.HasPrefix(r.To, "sfg_") {
			_, err = v.tx.Safeguard(practice.SafeguardID(r.To))
		} else {
			_, err = v.tx.Step(practice.StepID(r.To))
		}
		return r, err
	})
}

// NameConstraint names an inherent gap as a boundary where plans are made (the
// pattern, section 4, step 5). With known set, the gap becomes evidence of a
// boundary that stands already.
func (rooms *Rooms) NameConstraint(ctx context.Context, seat practice.Seat, at GapAt, c practice.Constraint, known practice.ConstraintID) (practice.Gap, error) {
	return rooms.embed(ctx, seat, at, func(v *visit, g practice.Gap) (practice.Route, error) {
		if g.Verdict != practice.Inherent {
			return practice.Route{Kind: practice.RouteConstraint}, nil
		}
		if known != "" {
			if _, err := v.tx.Constraint(known); err != nil {
				return practice.Route{}, err
			}
			return practice.Route{Kind: practice.RouteConstraint, To: string(known)}, v.tx.AddEvidence(known, g.ID)
		}
		c.Link = practice.CompleteAddress(c.Link)
		if err := c.Check(); err != nil {
			return practice.Route{}, err
		}
		team, err := v.team()
		if err != nil {
			return practice.Route{}, err
		}
		c.ID, c.Team, c.NamedAt = practice.ConstraintID(v.tx.NewID("con")), team.ID, v.tx.Now()
		c.LookAt, c.Evidence = practice.LookAgain(c.NamedAt), []practice.GapID{g.ID}
		if c, err = v.tx.AddConstraint(c); err != nil {
			return practice.Route{}, err
		}
		return practice.Route{Kind: practice.RouteConstraint, To: string(c.ID)},
			v.tx.Emit(practice.Event{Kind: "constraint.named", About: string(c.ID), In: string(team.ID)})
	})
}

// KeepFinding writes down what an experiment taught and the next question (the
// pattern, section 4, step 6).
func (rooms *Rooms) KeepFinding(ctx context.Context, seat practice.Seat, at GapAt, f practice.Finding) (practice.Gap, error) {
	return rooms.embed(ctx, seat, at, func(v *visit, g practice.Gap) (practice.Route, error) {
		if g.Verdict != practice.Experiment {
			return practice.Route{Kind: practice.RouteFinding}, nil
		}
		f.Asked = practice.CompleteAddress(f.Asked)
		if err := f.Check(v.tx.Now()); err != nil {
			return practice.Route{}, err
		}
		if f.After != "" {
			if _, err := v.tx.Finding(f.After); err != nil {
				return practice.Route{}, err
			}
		}
		team, err := v.team()
		if err != nil {
			return practice.Route{}, err
		}
		f.ID, f.Team, f.Gap = practice.FindingID(v.tx.NewID("fnd")), team.ID, g.ID
		f.Failure, f.At = v.review.Failure, v.tx.Now()
		if f, err = v.tx.AddFinding(f); err != nil {
			return practice.Route{}, err
		}
		return practice.Route{Kind: practice.RouteFinding, To: string(f.ID)},
			v.tx.Emit(practice.Event{Kind: "finding.kept", About: string(f.ID), In: string(team.ID)})
	})
}
