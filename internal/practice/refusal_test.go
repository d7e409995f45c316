package practice

import (
	"strings"
	"testing"
	"time"
)

// as is a value that was changed in one place.
func as[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// long is a text of so many characters, each of two bytes.
func long(n int) string { return strings.Repeat("é", n) }

// refused is what an act says to something that misses one thing, or has one too
// much; what is right in all, and as long as it may be, passes.
type refused struct {
	err  error
	want string
}

func check(t *testing.T, all []refused) {
	t.Helper()
	for i, c := range all {
		if code(c.err) != c.want {
			t.Errorf("%d: %q, want %q", i, code(c.err), c.want)
		}
	}
}

func TestOrganisation_Check(t *testing.T) {
	fine := Organisation{Name: long(MaxName), Guardian: long(MaxLine), Zone: "Europe/Berlin", RetentionDays: 1, DayEndsAt: 24 * 60, AppearsAt: 24}
	check(t, []refused{
		{fine.Check(), ""},
		{as(fine, func(o *Organisation) { o.RetentionDays = 3650 }).Check(), ""},
		{as(fine, func(o *Organisation) { o.Name = " " }).Check(), "required"},
		{as(fine, func(o *Organisation) { o.Name += "é" }).Check(), "too.long"},
		{as(fine, func(o *Organisation) { o.Guardian += "é" }).Check(), "too.long"},
		{as(fine, func(o *Organisation) { o.RetentionDays = 0 }).Check(), "retention.range"},
		{as(fine, func(o *Organisation) { o.RetentionDays = 3651 }).Check(), "retention.range"},
		{as(fine, func(o *Organisation) { o.AppearsAt = -1 }).Check(), "required"},
		{as(fine, func(o *Organisation) { o.AppearsAt = 25 }).Check(), "required"},
		{as(fine, func(o *Organisation) { o.DayStartsAt = -1 }).Check(), "hours.range"},
		{as(fine, func(o *Organisation) { o.DayEndsAt++ }).Check(), "hours.range"},
		{as(fine, func(o *Organisation) { o.DayStartsAt, o.DayEndsAt = 600, 600 }).Check(), "hours.range"},
		{as(fine, func(o *Organisation) { o.Zone = "" }).Check(), "zone.unknown"},
		{as(fine, func(o *Organisation) { o.Zone = "Local" }).Check(), "zone.unknown"},
		{as(fine, func(o *Organisation) { o.Zone = "Europe/Atlantis" }).Check(), "zone.unknown"},
	})
}

func TestTeam_Check(t *testing.T) {
	harm, near := Trigger{Kind: TriggerHarm, Text: "hurt"}, Trigger{Kind: TriggerNearMiss, Text: "nearly"}
	fine := Team{Name: long(MaxName), Emergency: long(MaxLine), CycleDays: 1, Triggers: []Trigger{harm, near}}
	check(t, []refused{
		{fine.Check(), ""},
		{as(fine, func(x *Team) { x.CycleDays = 366 }).Check(), ""},
		{as(fine, func(x *Team) { x.Name = " " }).Check(), "required"},
		{as(fine, func(x *Team) { x.Name += "é" }).Check(), "too.long"},
		{as(fine, func(x *Team) { x.Emergency += "é" }).Check(), "too.long"},
		{as(fine, func(x *Team) { x.CycleDays = 0 }).Check(), "cycle.range"},
		{as(fine, func(x *Team) { x.CycleDays = 367 }).Check(), "cycle.range"},
		{as(fine, func(x *Team) { x.Groups = []Group{{Name: long(MaxName + 1)}} }).Check(), "too.long"},
		{as(fine, func(x *Team) { x.Triggers = nil }).Check(), "triggers.both"},
		{as(fine, func(x *Team) { x.Triggers = []Trigger{harm} }).Check(), "triggers.both"},
		{as(fine, func(x *Team) { x.Triggers = []Trigger{near} }).Check(), "triggers.both"},
		{as(fine, func(x *Team) { x.Triggers = []Trigger{near, harm, {Kind: TriggerHarm, Text: " "}} }).Check(), "required"},
	})
}

// A second team begins after three closed reviews and one change in use, or says why.
func TestCheckSecondTeam(t *testing.T) {
	check(t, []refused{
		{CheckSecondTeam(0, 0, 0, ""), ""},
		{CheckSecondTeam(1, 3, 1, ""), ""},
		{CheckSecondTeam(1, 2, 1, ""), "team.early"},
		{CheckSecondTeam(1, 3, 0, " "), "team.early"},
		{CheckSecondTeam(1, 2, 0, long(MaxLine)), ""},
		{CheckSecondTeam(1, 3, 1, long(MaxLine+1)), "too.long"},
	})
}

func TestConstraint_Check(t *testing.T) {
	fine := Constraint{Text: long(MaxAnswer), Assume: long(MaxAnswer), Places: []string{"the plan"}, Kind: ByLaw, Link: "https://x.example"}
	check(t, []refused{
		{fine.Check(), ""},
		{as(fine, func(c *Constraint) { c.Kind, c.Link = "", "" }).Check(), ""},
		{as(fine, func(c *Constraint) { c.Text = " " }).Check(), "constraint.text"},
		{as(fine, func(c *Constraint) { c.Assume = " " }).Check(), "constraint.assume"},
		{as(fine, func(c *Constraint) { c.Places = nil }).Check(), "constraint.place"},
		{as(fine, func(c *Constraint) { c.Places = []string{" "} }).Check(), "constraint.place"},
		{as(fine, func(c *Constraint) { c.Kind = "weather" }).Check(), "required"},
		{as(fine, func(c *Constraint) { c.Link = "javascript:x" }).Check(), "link.bad"},
		{as(fine, func(c *Constraint) { c.Text += "é" }).Check(), "too.long"},
		{as(fine, func(c *Constraint) { c.Assume += "é" }).Check(), "too.long"},
	})
	gone, err := fine.Withdraw(" the law changed ", noon)
	again, err2 := gone.Withdraw("twice", noon)
	_, err3 := fine.Withdraw(" ", noon)
	_, err4 := fine.Withdraw(long(MaxAnswer+1), noon)
	check(t, []refused{{err, ""}, {err2, "constraint.gone"}, {err3, "constraint.why"}, {err4, "too.long"}})
	if !gone.Withdrawn.Equal(noon) || gone.Why != "the law changed" || again.Why != gone.Why {
		t.Errorf("withdrawn is %+v", gone)
	}
}

func TestFinding_Check(t *testing.T) {
	fine := Finding{Tried: long(MaxAnswer), Known: []string{"it holds"}, Next: "for how long?", Because: []string{"E-1"},
		Asked: "https://x.example", AskedAt: noon}
	check(t, []refused{
		{fine.Check(noon), ""},
		{as(fine, func(f *Finding) { f.Next, f.Because = "", nil }).Check(noon), ""},
		{as(fine, func(f *Finding) { f.Tried = " " }).Check(noon), "finding.tried"},
		{as(fine, func(f *Finding) { f.Known = nil }).Check(noon), "finding.known"},
		{as(fine, func(f *Finding) { f.Known = []string{" "} }).Check(noon), "finding.known"},
		{as(fine, func(f *Finding) { f.Because = nil }).Check(noon), "finding.because"},
		{as(fine, func(f *Finding) { f.Because = []string{" "} }).Check(noon), "finding.because"},
		{as(fine, func(f *Finding) { f.Asked = "the board" }).Check(noon), "link.bad"},
		{as(fine, func(f *Finding) { f.AskedAt = time.Time{} }).Check(noon), "finding.askedat"},
		{as(fine, func(f *Finding) { f.AskedAt = noon.Add(1) }).Check(noon), "date.future"},
		{as(fine, func(f *Finding) { f.Tried += "é" }).Check(noon), "too.long"},
		{as(fine, func(f *Finding) { f.Known = []string{long(MaxAnswer + 1)} }).Check(noon), "too.long"},
	})
	after := Finding{After: "fnd_1"}
	if fine.NamedAfter() || after.NamedAfter() || !(Finding{}).NamedAfter() {
		t.Error("a question is named afterwards where it was neither asked before nor follows from another")
	}
}

// A gap leads where its kind calls for, and says why where nothing changed yet.
func TestGap_Embed(t *testing.T) {
	cycle := noon.AddDate(0, 0, 14)
	on := func(v Verdict, r Route) error {
		g, err := Gap{Verdict: v, Version: 3}.Embed(r, cycle)
		if (err == nil) != (g.Version == 4 && g.Route == r) {
			t.Errorf("%s by %+v: %+v, %v", v, r, g, err)
		}
		return err
	}
	check(t, []refused{
		{on("", Route{Kind: RouteStep}), "route.unsorted"},
		{on(Avoidable, Route{Kind: RouteStep}), ""},
		{on(Avoidable, Route{Kind: RouteSafeguard}), ""},
		{on(Avoidable, Route{Kind: RouteConstraint}), "route.avoidable"},
		{on(Avoidable, Route{Kind: RouteFinding}), "route.avoidable"},
		{on(Inherent, Route{Kind: RouteConstraint}), ""},
		{on(Inherent, Route{Kind: RouteStep}), "route.inherent"},
		{on(Inherent, Route{Kind: RouteNothing, Why: "so"}), "route.inherent"},
		{on(Inherent, Route{Kind: RoutePromised, Why: "so", By: noon}), "route.boundary"},
		{on(Inherent, Route{Kind: RouteReferral, Why: "so"}), "route.boundary"},
		{on(Avoidable, Route{Kind: RouteReferral, Why: "so"}), ""},
		{on(Avoidable, Route{Kind: RouteReferral}), "route.why"},
		{on(Experiment, Route{Kind: RouteReferral, Why: "so"}), "route.experiment"},
		{on(Experiment, Route{Kind: RouteFinding}), ""},
		{on(Experiment, Route{Kind: RoutePromised, Why: "so", By: noon}), "route.experiment"},
		{on(KeptOpen, Route{Kind: RouteStep}), "route.open"},
		{on(Avoidable, Route{Kind: RouteCovered}), "route.covered"},
		{on(Avoidable, Route{Kind: RouteCovered, To: "stp_1"}), ""},
		{on(Avoidable, Route{Kind: RouteNothing, Why: " "}), "route.why"},
		{on(Avoidable, Route{Kind: RouteNothing, Why: long(MaxAnswer)}), ""},
		{on(Avoidable, Route{Kind: RouteNothing, Why: long(MaxAnswer + 1)}), "too.long"},
		{on(Avoidable, Route{Kind: RoutePromised, By: noon}), "route.why"},
		{on(Avoidable, Route{Kind: RoutePromised, Why: "soon"}), "promise.late"},
		{on(Avoidable, Route{Kind: RoutePromised, Why: "soon", By: cycle.Add(1)}), "promise.late"},
		{on(Avoidable, Route{Kind: RoutePromised, Why: "soon", By: cycle}), ""},
	})
}

// Who is asked for a yes: the one who was named, until they answered, and the one to
// whom it is handed.
func TestCarry_Asks(t *testing.T) {
	named := Carry{Carrier: "ana", State: CarryOffered, NamedAt: noon}
	for i, c := range []struct {
		carry Carry
		who   MemberID
		want  bool
	}{
		{named, "ana", true},
		{named, "bo", false},
		{as(named, func(c *Carry) { c.NamedAt = time.Time{} }), "ana", false},
		{as(named, func(c *Carry) { c.State = CarryAccepted }), "ana", false},
		{as(named, func(c *Carry) { c.SettleAt = noon }), "ana", false},
		{as(named, func(c *Carry) { c.State, c.Offered = CarryAccepted, "bo" }), "bo", true},
		{as(named, func(c *Carry) { c.Offered, c.SettleAt = "bo", noon }), "bo", false},
	} {
		if got := c.carry.Asks(c.who); got != c.want {
			t.Errorf("%d: %v", i, got)
		}
	}
}

func TestLengths(t *testing.T) {
	carry := NewCarry{Act: long(MaxLine), Moment: long(MaxLine), DueAt: noon}
	fact := Fact{Text: long(MaxLine), Pasted: long(MaxPasted), Link: "https://x.example"}
	guard := Safeguard{Link: "https://x.example", Text: long(MaxLine)}
	step := StepChange{Act: ActSplit, Text: long(MaxStep), Rest: long(MaxStep)}
	text := AgreedText{Text: long(MaxGap), Differ: long(MaxAnswer)}
	parts := Parts{Intended: long(MaxAnswer), Actual: long(MaxAnswer), Where: long(MaxAnswer)}
	token := NewToken{Name: long(MaxName), Scopes: []Scope{ScopeWrite}, Days: MostTokenDays}
	next := noon.AddDate(0, 0, 14)
	check(t, []refused{
		{carry.Check(next, noon), ""},
		{as(carry, func(c *NewCarry) { c.Act += "é" }).Check(next, noon), "too.long"},
		{as(carry, func(c *NewCarry) { c.Moment += "é" }).Check(next, noon), "too.long"},
		{fact.Check(noon), ""},
		{as(fact, func(f *Fact) { f.Text = " " }).Check(noon), "fact.empty"},
		{as(fact, func(f *Fact) { f.Text += "é" }).Check(noon), "too.long"},
		{as(fact, func(f *Fact) { f.Pasted += "é" }).Check(noon), "too.long"},
		{as(fact, func(f *Fact) { f.Link = "the wiki" }).Check(noon), "link.bad"},
		{guard.Check(), ""},
		{as(guard, func(s *Safeguard) { s.Link = "" }).Check(), "link.bad"},
		{as(guard, func(s *Safeguard) { s.Text = " " }).Check(), "safeguard.text"},
		{as(guard, func(s *Safeguard) { s.Text += "é" }).Check(), "too.long"},
		{step.Check("old"), ""},
		{as(step, func(c *StepChange) { c.Text += "é" }).Check("old"), "too.long"},
		{as(step, func(c *StepChange) { c.Rest += "é" }).Check("old"), "too.long"},
		{as(step, func(c *StepChange) { c.Text = " " }).Check("old"), "step.empty"},
		{text.Check(), ""},
		{as(text, func(a *AgreedText) { a.Text = " " }).Check(), "text.empty"},
		{as(text, func(a *AgreedText) { a.Text += "é" }).Check(), "too.long"},
		{as(text, func(a *AgreedText) { a.Differ += "é" }).Check(), "too.long"},
		{parts.Check(), ""},
		{as(parts, func(p *Parts) { p.Where += "é" }).Check(), "too.long"},
		{token.Check(), ""},
		{as(token, func(n *NewToken) { n.Days++ }).Check(), "token.days"},
		{as(token, func(n *NewToken) { n.Name += "é" }).Check(), "too.long"},
		{as(token, func(n *NewToken) { n.Scopes = nil }).Check(), "token.scopes"},
	})
}

// A tablet is named and ended by whoever made it one, and by stewards, in person; and
// somebody sits down at one in a room that is about to begin and no secret.
func TestTablet_rights(t *testing.T) {
	tablet := Tablet{By: "ana"}
	for i, c := range []struct {
		who  Actor
		want bool
	}{
		{Actor{Member: "ana"}, true}, {Actor{Member: "bo"}, false}, {Actor{Member: "bo", Steward: true}, true},
		{Actor{Member: "ana", Scopes: []Scope{ScopeWrite}}, false}, {Actor{}, false},
	} {
		if got := c.who.MayEndTablet(tablet); got != c.want {
			t.Errorf("%d: %v", i, got)
		}
	}
	if (Actor{}).MayEndTablet(Tablet{}) {
		t.Error("nobody ends the tablet of somebody who was erased")
	}
	soon := Review{Phase: PhaseArrive, Form: FormLive, MeetAt: noon.Add(ReadyAhead)}
	for i, c := range []struct {
		review Review
		only   []MemberID
		want   bool
	}{
		{soon, nil, true},
		{soon, []MemberID{"ana"}, false},
		{as(soon, func(r *Review) { r.Phase = PhaseClosed }), nil, false},
		{as(soon, func(r *Review) { r.Phase = PhaseOff }), nil, false},
		{as(soon, func(r *Review) { r.Form = FormDays }), nil, false},
		{as(soon, func(r *Review) { r.MeetAt = r.MeetAt.Add(1) }), nil, false},
	} {
		if got := c.review.RoomNow(Failure{Only: c.only}, noon); got != c.want {
			t.Errorf("room %d: %v", i, got)
		}
	}
}

// What nobody came to is read whole by nobody else, and a report stays as it was
// once its review has begun.
func TestReview_smallRules(t *testing.T) {
	for _, c := range []struct {
		ticked, came int
		want         bool
	}{{0, 0, false}, {2, 3, false}, {3, 3, true}} {
		if got := (Review{}).LetLeadersRead(c.ticked, Progress{Came: c.came}).Whole; got != c.want {
			t.Errorf("%d of %d ticked: %v", c.ticked, c.came, got)
		}
	}
	for _, c := range []struct {
		reviews []Review
		want    bool
	}{
		{nil, false}, {[]Review{{Phase: PhaseArrive}}, false}, {[]Review{{Phase: PhaseArrive}, {StartedAt: noon}}, true}, {[]Review{{Phase: PhaseClosed}}, true},
	} {
		if got := Begun(c.reviews); got != c.want {
			t.Errorf("%+v: %v", c.reviews, got)
		}
	}
	check(t, []refused{
		{Review{Phase: PhaseSort}.MayEmbed(), "question.order"}, {Review{Phase: PhaseChange}.MayEmbed(), ""},
		{Review{Phase: PhaseCarry}.MayEmbed(), ""}, {Review{Phase: PhaseClosed}.MayEmbed(), "review.closed"},
	})
	if f := (Failure{Reporter: "ana", Convener: "bo"}); !f.InHandOf("ana") || !f.InHandOf("bo") || f.InHandOf("cy") || f.InHandOf("") {
		t.Error("a failure is in the hands of whoever reported it and whoever convenes it")
	}
	if f := (Failure{Reporter: "ana"}); !f.InHandOf("cy") || f.InHandOf("") {
		t.Error("what nobody convenes is in everybody's hands, and in nobody's")
	}
}

// A change of a step says what it changes, and changes something.
func TestStepChange_Check(t *testing.T) {
	edit := StepChange{Act: ActEdit, Step: "stp_1", Text: "Count twice."}
	for _, act := range []StepAct{ActEdit, ActAdd, ActSplit, ActMerge} {
		check(t, []refused{{as(edit, func(c *StepChange) { c.Act, c.Text, c.To, c.Rest = act, " ", "stp_2", "Then sign." }).Check("Count."), "step.empty"}})
	}
	check(t, []refused{
		{edit.Check("Count."), ""},
		{edit.Check(" Count \n twice. "), "step.same"},
		{as(edit, func(c *StepChange) { c.Act = "burn" }).Check("Count."), "required"},
		{as(edit, func(c *StepChange) { c.Act = ActRemove; c.Text = "" }).Check("Count."), ""},
		{as(edit, func(c *StepChange) { c.Act = ActSplit }).Check("Count."), "step.empty"},
		{as(edit, func(c *StepChange) { c.Act, c.Rest = ActSplit, "Then sign." }).Check("Count."), ""},
		{as(edit, func(c *StepChange) { c.Act = ActMerge }).Check("Count."), "required"},
		{as(edit, func(c *StepChange) { c.Act, c.To = ActMerge, "stp_1" }).Check("Count."), "step.same"},
		{as(edit, func(c *StepChange) { c.Act, c.To = ActMerge, "stp_2" }).Check("Count."), ""},
		{as(edit, func(c *StepChange) { c.Act, c.To, c.Text = ActMove, "stp_1", "" }).Check("Count."), "step.same"},
		{as(edit, func(c *StepChange) { c.Act, c.To, c.Text = ActMove, "stp_2", "" }).Check("Count."), ""},
	})
}

// Three people know each other by their words, and four do not.
func TestFew(t *testing.T) {
	for people, want := range map[int]bool{1: true, 2: true, 3: true, 4: false, 12: false} {
		if Few(people) != want {
			t.Errorf("%d are few: %v", people, !want)
		}
	}
}
