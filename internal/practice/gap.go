package practice

import (
	"cmp"
	"strings"
	"time"
	"unicode/utf8"
)

// Gap is one difference between intended and actual, with the place where they
// parted, and what became of it.
type Gap struct {
	ID       GapID
	Review   ReviewID
	Place    int      // its order in the room
	From     AnswerID // which it was taken up from, until the review closes; empty for one in words of its own
	Intended string
	Actual   string
	Where    string
	Quotes   []string // up to two sentences the room chose to keep
	Taken    bool     // taken into the fourth question; the others are kept unsorted
	Beyond   string   // why it was taken although three were
	Open     bool     // the judgements of its round are revealed
	Round    int      // 1, and 2 after the room asked to hear it again, or split it
	Verdict  Verdict  // empty until the room settled it
	Differ   string   // seen differently, in words
	Needs    string   // for an inherent one: what would have to be different
	Could    Could    // and who could change that
	OpenTill time.Time
	Route    Route // how it was embedded; zero until then
	Version  int
}

// Short is what the short form of a record says of a gap: which it is, and what
// it changed.
func (g Gap) Short() Gap {
	return Gap{ID: g.ID, Review: g.Review, Place: g.Place, Route: Route{Kind: g.Route.Kind, To: g.Route.To}}
}

// Name is what a gap is called: the place where the two parted. What was meant and
// how it went may be the same in several gaps of a review.
func (g Gap) Name() string { return cmp.Or(g.Where, g.Actual) }

// Parts are what every gap is made of.
type Parts struct {
	Intended string
	Actual   string
	Where    string // the step, place or moment where the two parted
}

// Parts returns what the gap is made of.
func (g Gap) Parts() Parts { return Parts{Intended: g.Intended, Actual: g.Actual, Where: g.Where} }

// Check refuses a gap without what was intended, what happened, or where the
// two parted: the place is what a procedure can be changed at.
func (p Parts) Check() error {
	switch {
	case strings.TrimSpace(p.Intended) == "":
		return Refuse(Invalid, "gap.intended").At("text")
	case strings.TrimSpace(p.Actual) == "":
		return Refuse(Invalid, "gap.actual").At("actual")
	case strings.TrimSpace(p.Where) == "":
		return Refuse(Invalid, "gap.where").At("where")
	}
	for _, f := range [][2]string{{"text", p.Intended}, {"actual", p.Actual}, {"where", p.Where}} {
		if utf8.RuneCountInString(f[1]) > MaxAnswer {
			return Refuse(Invalid, "too.long").At(f[0]).With("max", MaxAnswer)
		}
	}
	return nil
}

// Rewrite gives the gap other words. Once it has been judged it can only be
// split, so that nobody has judged something else than what stands there.
func (g Gap) Rewrite(p Parts) (Gap, error) {
	if g.Open || g.Verdict != "" {
		return g, Refuse(Conflict, "gap.judged")
	}
	g.Intended, g.Actual, g.Where = strings.TrimSpace(p.Intended), strings.TrimSpace(p.Actual), strings.TrimSpace(p.Where)
	g.Version++
	return g, p.Check()
}

// Take takes the gap into the fourth question, or puts it back with those that
// are kept unsorted. taken is how many are taken already; where three are, it takes a
// reason, which stays with the gap.
func (g Gap) Take(take bool, taken int, why string) (Gap, error) {
	switch why = strings.TrimSpace(why); {
	case take == g.Taken:
		return g, nil
	case take && taken < MaxGaps || !take:
		why = ""
	case why == "":
		return g, Refuse(Conflict, "gap.fourth").At("why").With("max", MaxGaps)
	case utf8.RuneCountInString(why) > MaxLine:
		return g, Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	g.Taken, g.Beyond = take, why
	g.Version++
	return g, nil
}

// MaxQuotes is how many sentences a room may keep word for word with a gap.
const MaxQuotes = 2

// Keep sets the sentences the room keeps word for word. said are the answers
// they must come from.
func (g Gap) Keep(quotes []string, said []Answer) (Gap, error) {
	if len(quotes) > MaxQuotes {
		return g, Refuse(Invalid, "quote.two").At("quote").With("max", MaxQuotes)
	}
	for _, q := range quotes {
		found := false
		for _, a := range said {
			for _, part := range []string{a.Text, a.Actual, a.Where} {
				found = found || q != "" && strings.Contains(part, q)
			}
		}
		if !found {
			return g, Refuse(Invalid, "quote.unsaid").At("quote")
		}
	}
	g.Quotes = quotes
	g.Version++
	return g, nil
}

// Verdict is the kind the room settled on.
type Verdict string

// The three kinds of the pattern (section 3), and two honest ways not to know.
const (
	Avoidable  Verdict = "avoidable"  // a broken process or assumption: change the model
	Inherent   Verdict = "inherent"   // a constraint, we cannot change this: change the strategy
	Experiment Verdict = "experiment" // worth its cost: change the next question
	KeptOpen   Verdict = "open"       // not yet sure, for a week at most
	Unknown    Verdict = "unknown"    // the room records that it does not know
)

// Kinds are the three kinds a judgement can name.
func Kinds() []Verdict { return []Verdict{Avoidable, Inherent, Experiment} }

// KeepOpen is how long a gap may be kept open.
const KeepOpen = 7 * 24 * time.Hour

// RouteKind is the way a sorted gap was embedded.
type RouteKind string

// The ways on. An avoidable gap changes a procedure or something elsewhere, or
// is promised, already covered, waits at a core step, is proposed to those who change
// the procedure, is handed to somebody who can change it, or needs no change for a
// stated reason; an
// inherent one becomes a constraint, an experiment a finding.
const (
	RouteStep       RouteKind = "step"
	RouteSafeguard  RouteKind = "safeguard"
	RoutePromised   RouteKind = "promised"
	RouteCovered    RouteKind = "covered"
	RouteNothing    RouteKind = "nothing"
	RouteConstraint RouteKind = "constraint"
	RouteFinding    RouteKind = "finding"
	RouteWaiting    RouteKind = "waiting"  // kept and counted at a core step
	RoutePutBack    RouteKind = "put-back" // a step was changed, and has its old wording again
	RouteReferral   RouteKind = "referral" // handed to somebody who can change it
	RouteProposed   RouteKind = "proposed" // to those who change the procedure
	RouteDeclined   RouteKind = "declined" // by one of them, with the reason
)

// Route is how a gap was embedded: the way, what it led to, and one line where
// the way needs one.
type Route struct {
	Kind RouteKind
	To   string // the id of the step, safeguard, constraint or finding
	Why  string // for promised, covered, nothing and a referral
	By   time.Time

	Strength Strength // what a change does
}

// routes are the ways that fit a verdict (the pattern, section 4, steps 4 to 6).
func (v Verdict) routes() []RouteKind {
	switch v {
	case Avoidable:
		return []RouteKind{RouteStep, RouteSafeguard, RoutePromised, RouteCovered, RouteNothing, RouteWaiting, RouteReferral, RouteProposed}
	case Inherent:
		return []RouteKind{RouteConstraint, RouteReferral}
	case Experiment:
		return []RouteKind{RouteFinding}
	}
	return nil
}

// Embed decides whether a gap may take a route.
func (g Gap) Embed(r Route, nextCycle time.Time) (Gap, error) {
	fits := false
	for _, k := range g.Verdict.routes() {
		fits = fits || k == r.Kind
	}
	switch {
	case g.Verdict == "":
		return g, Refuse(Conflict, "route.unsorted")
	case g.Verdict == Inherent && (r.Kind == RoutePromised || r.Kind == RouteReferral && g.Could != CouldOthers):
		return g, Refuse(Conflict, "route.boundary") // nobody is told to mend what nobody can change
	case !fits:
		return g, Refuse(Conflict, "route."+string(g.Verdict))
	case r.Kind == RouteCovered && r.To == "":
		return g, Refuse(Invalid, "route.covered").At("to")
	case (r.Kind == RouteNothing || r.Kind == RoutePromised || r.Kind == RouteReferral) && strings.TrimSpace(r.Why) == "":
		return g, Refuse(Invalid, "route.why").At("why")
	case r.Kind == RoutePromised && (r.By.IsZero() || r.By.After(nextCycle)):
		return g, Refuse(Invalid, "promise.late").At("by").With("cycle", nextCycle)
	case utf8.RuneCountInString(r.Why) > MaxAnswer:
		return g, Refuse(Invalid, "too.long").At("why").With("max", MaxAnswer)
	case r.Strength.Check() != nil:
		return g, r.Strength.Check()
	}
	g.Route = r
	g.Version++
	return g, nil
}

// Sorted reports whether the room settled the gap for good.
func (g Gap) Sorted() bool { return g.Verdict != "" && g.Verdict != KeptOpen }

// Routed reports whether a sorted gap led to what its kind calls for. A gap
// the room does not know the kind of leads nowhere, and says so.
func (g Gap) Routed() bool { return g.Route.Kind != "" || g.Verdict == Unknown }

// Changes reports whether the route changed something by now: a promise has
// not, a referral asks somebody else to, and a reason why nothing needs to change never
// does.
func (r Route) Changes() bool {
	switch r.Kind {
	case RouteStep, RouteSafeguard, RouteConstraint, RouteFinding:
		return true
	}
	return false
}
