package app

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// learner reads nouns as the index wants them. A noun that shall not be found,
// or not any more, has neither title nor text.
type learner struct {
	tx   *store.Tx
	zone *time.Location // in which a year begins
}

func newLearner(tx *store.Tx) (learner, error) {
	o, err := tx.Organisation()
	if isNotFound(err) { // before set-up
		return learner{tx, time.UTC}, nil
	}
	return learner{tx, o.Location()}, err
}

// docs reads one noun, which is no failure, and its parts; none for an id of a
// noun that is not looked for.
func (l learner) docs(id string) ([]recall.Doc, error) {
	prefix, _, _ := strings.Cut(id, "_")
	switch prefix {
	case "prc":
		return l.procedure(practice.ProcedureID(id))
	case "sfg":
		return one(l.safeguard(practice.SafeguardID(id)))
	case "con":
		return one(l.constraint(practice.ConstraintID(id)))
	case "asm":
		return one(l.assumption(practice.AssumptionID(id)))
	case "fnd":
		return one(l.finding(practice.FindingID(id)))
	case "cry":
		c, err := l.tx.Carry(practice.CarryID(id))
		if err != nil {
			return nil, err
		}
		return one(l.carry(c))
	case "pln":
		return one(l.plan(practice.PlanID(id)))
	case "rev":
		return l.review(practice.ReviewID(id))
	}
	return nil, nil
}

func one(d recall.Doc, err error) ([]recall.Doc, error) { return []recall.Doc{d}, err }

// What a search can be narrowed to besides kinds. A tag is one of these and a
// value.
const (
	tagTeam    = "team:"
	tagFrom    = "from:" // brought in from elsewhere
	tagYear    = "year:"
	tagStage   = "stage:"
	tagVerdict = "verdict:"
)

// tags are the year of a moment, unless nobody knows it, and more.
func (l learner) tags(at time.Time, more ...string) []string {
	if at.IsZero() {
		return more
	}
	return append(more, tagYear+strconv.Itoa(at.In(l.zone).Year()))
}

// micro is a moment as the index wants it: 0 if nobody knows.
func micro(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMicro()
}

func (l learner) failure(f practice.Failure) recall.Doc {
	d := recall.Doc{ID: string(f.ID), Kind: recall.Failure, Title: f.Title, Text: f.Text, Team: string(f.Team),
		Names: []string{"F-" + strconv.Itoa(f.Number)}, At: micro(f.RecognisedAt)}
	if f.Drill {
		return recall.Doc{ID: d.ID, Kind: d.Kind}
	}
	if f.Source == practice.SourceImported {
		d.Names = append(d.Names, f.Provenance.Number)
		d.Tags = l.tags(f.RecognisedAt, tagFrom+"elsewhere")
	} else {
		d.Tags = l.tags(f.RecognisedAt, tagStage+string(f.Stage), tagTeam+string(f.Team))
	}
	return d
}

func (l learner) procedure(id practice.ProcedureID) ([]recall.Doc, error) {
	p, err := l.tx.Procedure(id)
	if err != nil {
		return nil, err
	}
	steps, err := l.tx.Steps(p.ID, true)
	if err != nil {
		return nil, err
	}
	var tags []string
	if p.Team != "" {
		tags = []string{tagTeam + string(p.Team)}
	}
	whole := recall.Doc{ID: string(id), Kind: recall.Procedure, Tags: tags}
	if p.RetireAt.IsZero() {
		whole.Title = p.Title
	}
	docs := []recall.Doc{whole}
	for _, s := range steps {
		d := recall.Doc{ID: string(s.ID), Kind: recall.Step, Of: string(id), Tags: tags}
		if s.Retired == 0 && p.RetireAt.IsZero() {
			d.Title, d.Text = s.Heading, s.Text
		}
		docs = append(docs, d)
	}
	return docs, nil
}

func (l learner) safeguard(id practice.SafeguardID) (recall.Doc, error) {
	s, err := l.tx.Safeguard(id)
	return recall.Doc{ID: string(id), Kind: recall.Safeguard, Text: s.Text, At: micro(s.At),
		Tags: l.tags(s.At, tagTeam+string(s.Team))}, err
}

func (l learner) constraint(id practice.ConstraintID) (recall.Doc, error) {
	c, err := l.tx.Constraint(id)
	d := recall.Doc{ID: string(id), Kind: recall.Constraint, At: micro(c.NamedAt), Names: []string{"C-" + strconv.Itoa(c.Number)},
		Tags: l.tags(c.NamedAt, tagTeam+string(c.Team), tagVerdict+string(practice.Inherent))}
	if c.Withdrawn.IsZero() {
		d.Title, d.Text = c.Text, c.Assume
	}
	return d, err
}

// assumption is one in every state: whoever relies on what no longer holds is to find it.
func (l learner) assumption(id practice.AssumptionID) (recall.Doc, error) {
	a, err := l.tx.Assumption(id)
	d := recall.Doc{ID: string(id), Kind: recall.Assumption, At: micro(a.Day), Names: []string{"A-" + strconv.Itoa(a.Number)},
		Title: a.Text, Text: a.Last().How, Tags: l.tags(a.Day, tagTeam+string(a.Team))}
	return d, err
}

func (l learner) finding(id practice.FindingID) (recall.Doc, error) {
	f, err := l.tx.Finding(id)
	return recall.Doc{ID: string(id), Kind: recall.Finding, Title: f.Tried, Text: learnt(f), At: micro(f.At),
		Names: []string{"E-" + strconv.Itoa(f.Number)},
		Tags:  l.tags(f.At, tagTeam+string(f.Team), tagVerdict+string(practice.Experiment))}, err
}

// learnt is what a finding says below its title.
func learnt(f practice.Finding) string {
	return strings.Join(append(append([]string{f.Expected, f.Got}, f.Known...), f.Next), "\n")
}

// plan is what a team intends, and what it knew later; a draft is its team's, too.
// Why it may fail was written alone and is not looked for.
func (l learner) plan(id practice.PlanID) (recall.Doc, error) {
	p, err := l.tx.Plan(id)
	return recall.Doc{ID: string(id), Kind: recall.Plan, Title: p.Intent.Title, Text: meantBy(p), Team: string(p.Team), At: micro(p.BegunAt),
		Tags: l.tags(p.BegunAt, tagTeam+string(p.Team))}, err
}

// meantBy is what a plan says below its title.
func meantBy(p practice.Plan) string {
	i := p.Intent
	all := []string{i.Aim, i.Hard, i.Notice}
	for _, s := range i.Signals {
		all = append(all, s.What, s.From, s.Where, s.Who)
	}
	all = append(all, i.Ask, i.Stop)
	for _, a := range p.Added {
		all = append(all, a.Text)
	}
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "\n")
}

// carry is a promise of a closed review; before that it is the room's alone.
func (l learner) carry(c practice.Carry) (recall.Doc, error) {
	r, err := l.tx.Review(c.Review)
	d := recall.Doc{ID: string(c.ID), Kind: recall.Carry, Team: string(c.Team), At: micro(c.NamedAt),
		Tags: l.tags(c.NamedAt, tagTeam+string(c.Team))}
	if err != nil || r.Phase != practice.PhaseClosed {
		return d, err
	}
	f, err := l.tx.Failure(r.Failure)
	if !f.Drill {
		d.Title, d.Text = c.Act, c.Moment
	}
	return d, err
}

// review is the record of a closed review, its gaps and its promise; those of
// an open one are the room's alone, and those of practising nobody's.
func (l learner) review(id practice.ReviewID) ([]recall.Doc, error) {
	r, err := l.tx.Review(id)
	if err != nil || r.Phase != practice.PhaseClosed {
		return nil, err
	}
	f, err := l.tx.Failure(r.Failure)
	if err != nil {
		return nil, err
	}
	texts, err := l.tx.AgreedTexts(r.ID)
	if err != nil {
		return nil, err
	}
	gaps, err := l.tx.Gaps(r.ID)
	if err != nil {
		return nil, err
	}
	if f.Drill {
		texts, gaps, r.NothingWhy = nil, emptied(gaps), ""
	}
	docs := []recall.Doc{{ID: string(id), Kind: recall.Review, Text: strings.TrimSpace(agreed(texts) + "\n" + r.NothingWhy), At: micro(r.ClosedAt), Tags: l.tags(r.ClosedAt, tagTeam+string(f.Team))}}
	for _, g := range gaps {
		d := recall.Doc{ID: string(g.ID), Kind: recall.Gap, Of: string(id), Title: g.Name(), Text: parted(g), At: micro(r.ClosedAt),
			Tags: l.tags(r.ClosedAt, tagTeam+string(f.Team))}
		if g.Verdict != "" {
			d.Tags = append(d.Tags, tagVerdict+string(g.Verdict))
		}
		docs = append(docs, d)
	}
	c, err := l.tx.CarryOf(r.ID)
	if isNotFound(err) {
		return docs, nil
	}
	if err != nil {
		return docs, err
	}
	d, err := l.carry(c)
	return append(docs, d), err
}

// emptied are gaps that say nothing.
func emptied(gaps []practice.Gap) []practice.Gap {
	for i := range gaps {
		gaps[i] = practice.Gap{ID: gaps[i].ID}
	}
	return gaps
}

// agreed is what a room wrote down together, question by question.
func agreed(texts []practice.AgreedText) string {
	var all []string
	for _, t := range texts {
		all = append(all, t.Text)
	}
	return strings.Join(all, "\n")
}

// parted is what a gap says below its title.
func parted(g practice.Gap) string {
	return strings.TrimSpace(strings.Join(append([]string{g.Actual, g.Intended}, g.Quotes...), " · "))
}

// plain is the text of a step in one line.
func plain(s practice.ProcedureStep) string {
	return strings.Join(strings.Fields(prose.Plain(s.Text)), " ")
}
