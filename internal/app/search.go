package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// SearchFor is a search as a person types and narrows it.
type SearchFor struct {
	Text string   // words, "words in quotation marks" and names such as F-12
	Kind string   // of [SearchKinds]; empty for all
	Tags []string // as [Results] offer them; all of them count
	Page int      // the first is 1; 0 means that, too
}

// Results are one page of what a search found.
type Results struct {
	Found []Found
	Total int
	Kinds []Facet // how many of each kind there are, Kind left aside
	Tags  []Facet // what narrows it further, and what narrows it now
}

// Facet is a part of what was found. The value of a tag is its group, a colon
// and what it is within the group.
type Facet struct {
	Value string
	Name  string // of a team; empty where the words are the reader's
	N     int
}

// Found is one thing that answers a search.
type Found struct {
	Kind       string
	Title      recall.Excerpt
	Quote      recall.Excerpt   // the piece of the rest that has most of the words; may be empty
	To         string           // its address
	Why        []string         // the words it has
	Weak       bool             // it has none of them, but says the same in others
	Failure    practice.Failure // of a gap or a record only its number
	Procedure  practice.Procedure
	Step       practice.ProcedureStep
	Constraint practice.Constraint
	Finding    practice.Finding
	Assumption practice.Assumption
	Gap        practice.Gap
	Carry      practice.Carry
	Plan       practice.Plan
}

// SearchKinds are the kinds a search can be narrowed to.
func SearchKinds() []string {
	var all []string
	for _, k := range []recall.Kind{recall.Failure, recall.Step, recall.Procedure, recall.Safeguard, recall.Constraint,
		recall.Finding, recall.Assumption, recall.Plan, recall.Review, recall.Gap, recall.Carry} {
		all = append(all, string(k))
	}
	return all
}

// How many things stand on a page, and how many pages there are at most:
// whoever needs more than that needs other words.
const (
	PageOfFound  = 20
	PagesOfFound = 50
)

// quoteWidth is how long a quoted piece is, in bytes.
const quoteWidth = 180

// Search finds what the actor may see, by its words and its name.
func (a *App) Search(ctx context.Context, actor practice.Actor, s SearchFor) (Results, error) {
	index, err := a.recall(ctx)
	if err != nil {
		return Results{}, err
	}
	return read(ctx, a, func(tx *store.Tx) (Results, error) {
		reader, err := newReader(tx, actor)
		if err != nil {
			return Results{}, err
		}
		page := min(max(s.Page, 1), PagesOfFound)
		q := recall.Search{Text: s.Text, Limit: PageOfFound, Offset: (page - 1) * PageOfFound, Now: tx.Now().UnixMicro(),
			Filter: recall.Filter{Tags: s.Tags, Allow: reader.mayFind}}
		if s.Kind != "" {
			q.Kinds = []recall.Kind{recall.Kind(s.Kind)}
		}
		found := index.Search(q)
		r := Results{Total: found.Total, Kinds: kindsOf(found, s.Kind)}
		for _, h := range found.Hits {
			f, err := quoted(tx, reader, h, s.Text)
			if isNotFound(err) {
				continue
			}
			if err != nil {
				return r, err
			}
			r.Found = append(r.Found, f)
		}
		r.Tags, err = tagsOf(tx, found, s.Tags)
		return r, err
	})
}

// mayFind is the right to find a document: a report or a promise is one of the
// reader's teams', what a room agreed on is found by who reads the whole record,
// the rest is the whole organisation's.
func (r reader) mayFind(d *recall.Doc) bool {
	switch d.Kind {
	case recall.Review:
		return r.records[practice.ReviewID(d.ID)] == practice.ReadsWhole
	case recall.Gap:
		return r.records[practice.ReviewID(d.Of)] == practice.ReadsWhole
	}
	return d.Team == "" || (r.Operator || r.In(practice.TeamID(d.Team))) && !r.withheld[d.ID]
}

// kindsOf are the kinds there are, unless there is only one.
func kindsOf(found recall.Found, asked string) []Facet {
	var kinds []Facet
	for _, k := range SearchKinds() {
		if n := found.Kinds[recall.Kind(k)]; n > 0 || k == asked {
			kinds = append(kinds, Facet{Value: k, N: n})
		}
	}
	if len(kinds) == 1 && asked == "" {
		return nil
	}
	return kinds
}

// tagsOf are the tags that not everything found has, and those that were asked
// for: teams first, then years, the latest first.
func tagsOf(tx *store.Tx, found recall.Found, asked []string) ([]Facet, error) {
	teams, err := tx.Teams()
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, t := range teams {
		names[tagTeam+string(t.ID)] = t.Name
	}
	var tags []Facet
	for _, tag := range slices.Sorted(maps.Keys(found.Tags)) {
		if n := found.Tags[tag]; n < found.Total || slices.Contains(asked, tag) {
			tags = append(tags, Facet{Value: tag, Name: names[tag], N: n})
		}
	}
	groups := []string{tagTeam, tagFrom, tagYear, tagStage, tagVerdict}
	group := func(f Facet) int {
		return slices.IndexFunc(groups, func(g string) bool { return strings.HasPrefix(f.Value, g) })
	}
	slices.SortStableFunc(tags, func(a, b Facet) int {
		if strings.HasPrefix(a.Value, tagYear) && strings.HasPrefix(b.Value, tagYear) {
			return cmp.Compare(b.Value, a.Value)
		}
		return cmp.Or(cmp.Compare(group(a), group(b)), cmp.Compare(a.Name, b.Name))
	})
	return tags, nil
}

// quoted reads the thing a hit stands for and marks what was looked for.
func quoted(tx *store.Tx, r reader, h recall.Hit, search string) (Found, error) {
	f, text, err := found(tx, r, h)
	if err != nil {
		return f, err
	}
	f.Title = recall.Quote(f.Title.Text, search, len(f.Title.Text))
	if rest := practice.Beyond(f.Title.Text, text); rest != "" {
		f.Quote = recall.Quote(rest, search, quoteWidth)
	}
	return f, nil
}

// found reads the thing a hit stands for, with the reader's rights once more,
// and its text without marks.
func found(tx *store.Tx, r reader, h recall.Hit) (f Found, text string, err error) {
	f = Found{Kind: string(h.Kind), Why: h.Why, Weak: h.Weak}
	switch h.Kind {
	case recall.Failure:
		f.Failure, err = readable(tx, r.Actor, practice.FailureID(h.ID))
		f.Title.Text, f.To, text = f.Failure.Title, practice.FailurePath(f.Failure.Number), prose.Plain(f.Failure.Text)
	case recall.Procedure:
		f.Procedure, err = tx.Procedure(practice.ProcedureID(h.ID))
		f.Title.Text, f.To = f.Procedure.Title, practice.ProcedurePath(f.Procedure.Slug)
	case recall.Step:
		text, err = f.step(tx, r, practice.StepID(h.ID))
	case recall.Safeguard:
		var s practice.Safeguard
		s, err = tx.Safeguard(practice.SafeguardID(h.ID))
		f.Title.Text, f.To = s.Text, "/p#"+h.ID
	case recall.Constraint:
		f.Constraint, err = tx.Constraint(practice.ConstraintID(h.ID))
		f.Title.Text, f.To, text = f.Constraint.Text, practice.ConstraintPath(f.Constraint.Number), f.Constraint.Assume
	case recall.Finding:
		f.Finding, err = tx.Finding(practice.FindingID(h.ID))
		f.Title.Text, f.To, text = f.Finding.Tried, practice.FindingPath(f.Finding.Number), learnt(f.Finding)
	case recall.Assumption:
		f.Assumption, err = tx.Assumption(practice.AssumptionID(h.ID))
		f.Title.Text, f.To, text = f.Assumption.Text, practice.AssumptionPath(f.Assumption.Number), f.Assumption.Last().How
	case recall.Plan:
		text, err = f.plan(tx, r, practice.PlanID(h.ID))
	case recall.Review:
		text, err = f.record(tx, practice.ReviewID(h.ID))
	case recall.Gap:
		text, err = f.gap(tx, practice.GapID(h.ID))
	case recall.Carry:
		f.Carry, err = carryFor(tx, r.Actor, practice.CarryID(h.ID))
		f.Title.Text, f.To, text = f.Carry.Act, practice.CarryPath(practice.CarryID(h.ID)), f.Carry.Moment
	default:
		err = practice.ErrNotFound
	}
	return f, text, err
}

func (f *Found) plan(tx *store.Tx, r reader, id practice.PlanID) (text string, err error) {
	p, err := tx.Plan(id)
	if err == nil && !r.Operator && !r.In(p.Team) {
		err = practice.ErrNotFound
	}
	p.Reasons = nil
	f.Plan, f.Title.Text, f.To = p, p.Intent.Title, practice.PlanPath(p.Number)
	return meantBy(p), err
}

func (f *Found) step(tx *store.Tx, r reader, id practice.StepID) (text string, err error) {
	if f.Step, err = tx.Step(id); err != nil {
		return "", err
	}
	r.step(&f.Step)
	f.Procedure, err = tx.Procedure(f.Step.Procedure)
	text = plain(f.Step)
	f.Title.Text, f.To = practice.Title(text), practice.ProcedurePath(f.Procedure.Slug)+"#"+string(id)
	return text, err
}

// record is what a room wrote down together; its title is the first of that.
func (f *Found) record(tx *store.Tx, id practice.ReviewID) (text string, err error) {
	r, err := tx.Review(id)
	if err != nil {
		return "", err
	}
	texts, err := tx.AgreedTexts(id)
	if err != nil {
		return "", err
	}
	failure, err := tx.Failure(r.Failure)
	f.Failure.Number = failure.Number // the record is the organisation's, the report is not
	text = agreed(texts)
	f.Title.Text, f.To = practice.Title(text), practice.FailurePath(failure.Number)+"/record"
	return text, err
}

// gap stands in the record of the closed review that named it.
func (f *Found) gap(tx *store.Tx, id practice.GapID) (text string, err error) {
	if f.Gap, err = tx.Gap(id); err != nil {
		return "", err
	}
	failure, err := failureOfGap(tx, id)
	f.Failure.Number = failure.Number
	f.Title.Text, f.To = f.Gap.Name(), practice.FailurePath(failure.Number)+"/record#"+string(id)
	return parted(f.Gap), err
}
