package measure_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// now is a Monday in the second quarter.
var now = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return now.AddDate(0, 0, -days) }

// team is a trail of five people without anything in it. Its cycle is a week.
func team() *practice.Trail {
	return &practice.Trail{At: now, People: 5, Team: practice.Team{CycleDays: 7, CycleStartAt: ago(703)}}
}

// builder puts reports and the like into a trail.
type builder struct{ *practice.Trail }

// fails adds a report and returns its id.
func (b builder) fails(days int, change ...func(*practice.TrailFailure)) practice.FailureID {
	n := len(b.Failures) + 1
	f := practice.TrailFailure{ID: practice.FailureID(fmt.Sprint("flr_", n)), Number: n, Title: fmt.Sprint("Failure ", n), Stage: practice.StageAfter,
		Source: practice.SourceReport, At: ago(days), RecognisedAt: ago(days)}
	for _, c := range change {
		c(&f)
	}
	b.Failures = append(b.Failures, f)
	return f.ID
}

// reviewed adds a closed review of a failure with avoidable gaps that led somewhere.
func (b builder) reviewed(f practice.FailureID, days int, routes ...practice.RouteKind) practice.ReviewID {
	at := ago(days)
	r := practice.TrailReview{ID: practice.ReviewID(fmt.Sprint("rev_", len(b.Reviews)+1)), Failure: f, StartedAt: at, WrittenAt: at, MetAt: at,
		ClosedAt: at.Add(time.Hour)}
	b.Reviews = append(b.Reviews, r)
	for _, route := range routes {
		b.Gaps = append(b.Gaps, practice.TrailGap{Review: r.ID, Verdict: practice.Avoidable, Route: route})
	}
	return r.ID
}

func stage(s practice.Stage) func(*practice.TrailFailure) {
	return func(f *practice.TrailFailure) { f.Stage = s }
}

func significant(f *practice.TrailFailure) { f.Triage = practice.TriageSignificant }

func joined(to practice.FailureID) func(*practice.TrailFailure) {
	return func(f *practice.TrailFailure) { f.JoinedTo = to }
}

// reads returns one measure of a trail.
func reads(t *testing.T, b builder, name measure.Name) measure.Reading {
	t.Helper()
	all := measure.Readings(*b.Trail)
	i := slices.IndexFunc(all, func(r measure.Reading) bool { return r.Name == name })
	if i < 0 {
		t.Fatalf("no %s", name)
	}
	return all[i]
}

func wants(t *testing.T, what string, r measure.Reading, share measure.Share, sign measure.Sign) {
	t.Helper()
	if r.Share != share || r.Sign != sign {
		t.Errorf("%s: %v, %s; want %v, %s", what, r.Share, r.Sign, share, sign)
	}
}

func TestReadings_nothingUnderFivePeople(t *testing.T) {
	b := builder{team()}
	b.fails(1)
	var names []measure.Name
	for _, r := range measure.Readings(*b.Trail) {
		names = append(names, r.Name)
	}
	if !slices.Equal(names, measure.Names()) {
		t.Errorf("five people have %v", names)
	}
	b.People = 4
	if all := measure.Readings(*b.Trail); all != nil {
		t.Errorf("four people have %v", all)
	}
}

// No field of what is measured, nor of what is said of it, can hold a person.
func TestTrail_hasNobodyInIt(t *testing.T) {
	people := []reflect.Type{reflect.TypeFor[practice.MemberID](), reflect.TypeFor[practice.Actor](), reflect.TypeFor[practice.Seat](), reflect.TypeFor[practice.Member]()}
	var found []string
	var look func(path string, of reflect.Type, seen []reflect.Type)
	look = func(path string, of reflect.Type, seen []reflect.Type) {
		switch {
		case slices.Contains(people, of):
			found = append(found, path)
		case slices.Contains(seen, of):
		case of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer:
			look(path, of.Elem(), seen)
		case of.Kind() == reflect.Struct && of.PkgPath() != "time":
			for i := range of.NumField() {
				look(path+"."+of.Field(i).Name, of.Field(i).Type, append(seen, of))
			}
		}
	}
	look("carry", reflect.TypeFor[practice.Carry](), nil)
	if len(found) == 0 {
		t.Fatal("a promise has a person, and none is found in it")
	}
	found = nil
	look("trail", reflect.TypeFor[practice.Trail](), nil)
	look("reading", reflect.TypeFor[measure.Reading](), nil)
	if len(found) > 0 {
		t.Errorf("people in %v", found)
	}
}

func TestEarly(t *testing.T) {
	b := builder{team()}
	for day := range 8 {
		b.fails(10+day, stage(practice.StageEarly))
	}
	wants(t, "eight of eight", reads(t, b, measure.Early), measure.Share{8, 8}, measure.Healthy)
	b.fails(20, stage(practice.StageEarly), func(f *practice.TrailFailure) { f.Source = practice.SourceMonitor })
	r := reads(t, b, measure.Early)
	wants(t, "and one of a monitor", r, measure.Share{8, 9}, measure.Healthy)
	first := b.fails(30, stage(practice.StageEarly))
	b.fails(5, stage(practice.StageAfter), joined(first))
	wants(t, "two reports of one event, the first early", reads(t, b, measure.Early), measure.Share{9, 10}, measure.Healthy)
	b.fails(120)
	r = reads(t, b, measure.Early)
	if wants(t, "one before the window", r, measure.Share{9, 10}, measure.Healthy); r.Before.N != 1 || r.Apart[1].N != 0 {
		t.Errorf("before %v, apart %v", r.Before, r.Apart)
	}
	last := r.Slices[3]
	if !last.From.Equal(time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)) || !last.Open || last.Few || last.Share.N != 10 || !r.Slices[2].Few {
		t.Errorf("the quarters are %+v", r.Slices)
	}
}

// Rings of joined reports end, and a tie to what is not measured ties nothing.
func TestWalk_oddTrails(t *testing.T) {
	b := builder{team()}
	b.fails(3, joined("flr_2"))
	b.fails(2, joined("flr_1"))
	b.fails(2, joined("flr_gone"))
	b.Ties = append(b.Ties, practice.Tie{A: "flr_1", B: "flr_gone"}, practice.Tie{A: "flr_1", B: "flr_1"})
	b.Reviews = append(b.Reviews, practice.TrailReview{ID: "rev_x", Failure: "flr_gone", ClosedAt: ago(1)})
	b.Gaps = append(b.Gaps, practice.TrailGap{Review: "rev_y"})
	if n := reads(t, b, measure.Early).Share.N; n == 0 {
		t.Error("nothing happened")
	}
}

func TestInTime(t *testing.T) {
	b := builder{team()}
	for day := range 5 {
		b.reviewed(b.fails(40+day, significant), 39+day)
	}
	wants(t, "five", reads(t, b, measure.InTime), measure.Share{5, 5}, measure.Few)
	b.fails(2, significant)
	wants(t, "and one that has a day left", reads(t, b, measure.InTime), measure.Share{5, 5}, measure.Few)
	b.fails(4, significant)
	r := reads(t, b, measure.InTime)
	wants(t, "and one that has not", r, measure.Share{5, 6}, measure.Unclear)
	if r.Middle.Median != 24*time.Hour {
		t.Errorf("the middle is %+v", r.Middle)
	}
	b.fails(4, significant, stage(practice.StageEarly))
	b.fails(4)
	late := b.reviewed(b.fails(30, significant), 20)
	b.Reviews[len(b.Reviews)-1].WrittenAt = ago(29)
	r = reads(t, b, measure.InTime)
	if wants(t, "one met late and written in time", r, measure.Share{6, 7}, measure.Unclear); !r.Cases[5].Written || late == "" {
		t.Errorf("the cases are %+v", r.Cases)
	}
	wants(t, "about which nobody wrote", reads(t, b, measure.Unmet), measure.Share{1, 7}, measure.Unclear)
	hurt := func(f *practice.TrailFailure) { f.Severe = true }
	b.fails(10, significant, hurt)
	b.reviewed(b.fails(9, significant, hurt), 2)
	first := b.fails(8, significant)
	b.fails(8, hurt, joined(first))
	r = reads(t, b, measure.InTime)
	if wants(t, "three where support comes first", r, measure.Share{6, 7}, measure.Unclear); r.Apart[2] != (measure.Apart{What: "support", N: 3}) {
		t.Errorf("apart are %v", r.Apart)
	}
	wants(t, "of which nobody is late", reads(t, b, measure.Unmet), measure.Share{1, 7}, measure.Unclear)
	for i := range b.Failures {
		b.Failures[i].Severe = false
	}
	wants(t, "and late once nobody was hurt", reads(t, b, measure.InTime), measure.Share{6, 10}, measure.Unclear)
}

// The alarm speaks and is silent where the practice says so.
func TestHollow_speaksByItsRule(t *testing.T) {
	for _, c := range []struct {
		hollow, of int
		want       measure.Sign
	}{
		{3, 3, measure.Few}, {3, 4, measure.Decaying}, {4, 5, measure.Decaying}, {5, 6, measure.Decaying}, {4, 6, measure.Unclear},
		{6, 10, measure.Unclear}, {7, 10, measure.Decaying}, {0, 5, measure.Healthy}, {1, 10, measure.Healthy}, {0, 4, measure.Unclear},
		{7, 14, measure.Decaying}, // the four before the last ten all changed something
	} {
		b := builder{team()}
		for i := range c.of {
			route := practice.RouteStep
			if i >= c.of-c.hollow {
				route = practice.RouteNothing
			}
			b.reviewed(b.fails(90-2*i), 89-2*i, route)
		}
		if r := reads(t, b, measure.Hollow); r.Sign != c.want || len(r.Cases) != c.of {
			t.Errorf("%d of %d: %s of %v with %.3f", c.hollow, c.of, r.Sign, r.Share, r.Sure)
		}
	}
}

func TestHollow_whatCounts(t *testing.T) {
	b := builder{team()}
	hollow := func() measure.Share { return reads(t, b, measure.Hollow).Share }
	b.reviewed(b.fails(200), 190, practice.RouteNothing)
	b.reviewed(b.fails(2), 1, practice.RouteNothing)
	b.reviewed(b.fails(20), 19)
	if s := hollow(); s.N != 0 {
		t.Errorf("too old, in a cycle that runs, and without an avoidable gap: %v", s)
	}
	b.reviewed(b.fails(20), 19, practice.RouteNothing, practice.RouteCovered)
	if s := hollow(); s != (measure.Share{0, 1}) {
		t.Errorf("one of its gaps is covered: %v", s)
	}
	promised := b.reviewed(b.fails(20), 19, practice.RoutePromised)
	if s := hollow(); s != (measure.Share{1, 2}) {
		t.Errorf("only promised: %v", s)
	}
	b.Carries = append(b.Carries, practice.TrailCarry{Review: promised, State: practice.CarryDone, DueAt: ago(16), SettleAt: ago(17)})
	if s := hollow(); s != (measure.Share{0, 2}) {
		t.Errorf("promised and kept: %v", s)
	}
	b.Carries[0].SettleAt = ago(5)
	if s := hollow(); s != (measure.Share{1, 2}) {
		t.Errorf("promised and kept too late: %v", s)
	}
	wants(t, "the gaps", reads(t, b, measure.Change), measure.Share{1, 4}, measure.Few)
}

// The next cycle is the one that followed, however long it was, and not the one that
// follows now.
func TestHollow_goesByTheCyclesThereWere(t *testing.T) {
	b := builder{team()}
	b.Team = practice.Team{CycleDays: 7, CycleEndAt: now.AddDate(0, 0, 5)}
	b.Cycles = []practice.Cycle{{Number: 1, StartAt: ago(62), EndAt: ago(42)}, {Number: 2, StartAt: ago(42), EndAt: ago(2)}, {Number: 3, StartAt: ago(2), EndAt: now.AddDate(0, 0, 5)}}
	for _, days := range []int{100, 60, 1} { // before all of them, in the first, and in the one that runs
		b.reviewed(b.fails(days+1), days, practice.RouteNothing)
	}
	wants(t, "two of which the next has begun", reads(t, b, measure.Hollow), measure.Share{2, 2}, measure.Few)
	kept := b.reviewed(b.fails(41), 40, practice.RoutePromised)
	b.Carries = []practice.TrailCarry{{Review: kept, State: practice.CarryDone, DueAt: ago(4), SettleAt: ago(3)}}
	wants(t, "kept in the last days of a long one", reads(t, b, measure.Hollow), measure.Share{2, 3}, measure.Few)
	b.Carries[0].SettleAt = ago(1)
	wants(t, "and after it", reads(t, b, measure.Hollow), measure.Share{3, 3}, measure.Few)
	kept = b.reviewed(b.fails(101), 100, practice.RoutePromised)
	b.Carries = []practice.TrailCarry{{Review: kept, State: practice.CarryDone, DueAt: ago(99), SettleAt: ago(90)}}
	wants(t, "kept, but not by the cycle that is counted back to", reads(t, b, measure.Change), measure.Share{0, 4}, measure.Few)
}

// Closing taps are shown by quarters that are over, with enough answers, and nothing
// of a room can be told from what is shown before and after it.
func TestBlame_showsOnlyWholeQuarters(t *testing.T) {
	b := builder{team()}
	tap := func(at time.Time, yes, no int) {
		b.Taps = append(b.Taps, practice.TrailTaps{ClosedAt: at, Blame: practice.Tapped{Yes: yes, No: no}})
	}
	march := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	for range 6 {
		tap(march, 1, 3)
	}
	if r := reads(t, b, measure.Blame); r.Share.N != 0 || r.Sign != measure.Few {
		t.Errorf("24 answers of perhaps four people: %v", r.Share)
	}
	tap(march, 1, 4)
	r := reads(t, b, measure.Blame)
	wants(t, "and a room of five", r, measure.Share{7, 29}, measure.Unclear)
	tap(ago(3), 5, 0)
	tap(time.Date(2025, 11, 3, 9, 0, 0, 0, time.UTC), 0, 19)
	later := reads(t, b, measure.Blame)
	if !reflect.DeepEqual(later.Share, r.Share) || !reflect.DeepEqual(later.Slices, r.Slices) {
		t.Errorf("a room of this quarter, and one of another with too few, changed %+v into %+v", r.Slices, later.Slices)
	}
	b.At = time.Date(2026, 4, 2, 12, 0, 0, 0, time.UTC)
	if r := reads(t, b, measure.Blame); r.Share.N != 0 {
		t.Error("a quarter is shown while its last taps may come in")
	}
	b.At = time.Date(2026, 4, 3, 12, 0, 0, 0, time.UTC)
	if r := reads(t, b, measure.Blame); r.Share.N != 29 {
		t.Errorf("a quarter that is over shows %v", r.Share)
	}
}

// Who came is told by whole quarters, from twelve invitations on and five of them together,
// and a room more changes nothing until its quarter is over.
func TestCame(t *testing.T) {
	b := builder{team()}
	room := func(month time.Month, came, not int) {
		b.Taps = append(b.Taps, practice.TrailTaps{ClosedAt: time.Date(2026, month, 20, 9, 0, 0, 0, time.UTC), Near: practice.Tapped{Yes: came, No: not}})
	}
	came := func() measure.Reading { return reads(t, b, measure.Came) }
	room(2, 1, 0)
	wants(t, "one of one", came(), measure.Share{}, measure.Few)
	for range 3 {
		room(2, 2, 2)
	}
	wants(t, "thirteen, of perhaps four people", came(), measure.Share{}, measure.Few)
	room(3, 3, 2)
	before := came()
	wants(t, "and five together", before, measure.Share{10, 18}, measure.Unclear)
	room(5, 0, 5)
	if after := came(); !reflect.DeepEqual(after, before) {
		t.Errorf("a room of a quarter that runs changed %+v into %+v", before, after)
	}
	room(6, 2, 10)
	b.At = now.AddDate(0, 1, 0)
	if r := came(); r.Share != (measure.Share{2, 17}) || r.Before != before.Share || r.Trend != measure.Falling || r.Sign != measure.Decaying {
		t.Errorf("once it is over: %+v", r)
	}
	b.Taps[len(b.Taps)-1].Near = practice.Tapped{Yes: 6, No: 1}
	if r := came(); r.Trend != measure.Level || r.Sign != measure.Unclear {
		t.Errorf("six of twelve: %+v", r)
	}
}

func TestCarried(t *testing.T) {
	b := builder{team()}
	for i := range 7 {
		b.Carries = append(b.Carries, practice.TrailCarry{State: practice.CarryDone, NamedAt: ago(40 - i), DueAt: ago(30 - i), SettleAt: ago(32 - i)})
	}
	wants(t, "kept", reads(t, b, measure.Carried), measure.Share{7, 7}, measure.Healthy)
	b.Carries = append(b.Carries, practice.TrailCarry{State: practice.CarryDropped, DueAt: ago(3)}, practice.TrailCarry{State: practice.CarryAccepted, NamedAt: ago(3), DueAt: now},
		practice.TrailCarry{State: practice.CarryOffered, NamedAt: ago(9), DueAt: ago(3)})
	r := reads(t, b, measure.Carried)
	if wants(t, "one open, one dropped, one not due", r, measure.Share{7, 8}, measure.Unclear); r.Apart[0].N != 1 || r.Middle.Median != 8*24*time.Hour {
		t.Errorf("%+v", r)
	}
}

func TestCited(t *testing.T) {
	b := builder{team()}
	for i := range 10 {
		b.Plans = append(b.Plans, practice.TrailPlan{Number: i + 1, FrozenAt: ago(300 - i)}, practice.TrailPlan{Number: i + 11, FrozenAt: ago(100 - i), Cites: i % 2, Elsewhere: i % 3 % 2 * (i % 2)})
	}
	r := reads(t, b, measure.Cited)
	if wants(t, "rising", r, measure.Share{5, 10}, measure.Healthy); r.Trend != measure.Rising || len(r.Cases) != 20 {
		t.Errorf("%+v", r)
	}
	wants(t, "from elsewhere", reads(t, b, measure.Shared), measure.Share{2, 5}, measure.Unclear)
}

func TestSingle_notNow_long_led(t *testing.T) {
	b := builder{team()}
	first, second := b.fails(60), b.fails(50)
	twin := b.fails(49, joined(first))
	b.Changes = []practice.TrailChange{{What: "stp_a", Failure: first, At: ago(59)}, {What: "stp_a", Failure: second, At: ago(40)},
		{What: "stp_b", Failure: first, At: ago(59)}, {What: "stp_b", Failure: twin, At: ago(48)}, {What: "stp_old", Failure: first, At: ago(400)}}
	wants(t, "two reports of one event are one", reads(t, b, measure.Single), measure.Share{1, 2}, measure.Unclear)
	for i, ready := range []practice.Readiness{practice.Go, practice.NotNow, "", practice.Go} {
		b.reviewed(first, 30-i, practice.RouteStep)
		b.Reviews[i].Ready, b.Reviews[i].Outside = ready, true
	}
	wants(t, "asked three times", reads(t, b, measure.NotNow), measure.Share{1, 3}, measure.Unclear)
	b.Reviews = append(b.Reviews, practice.TrailReview{Failure: second, StartedAt: ago(8)}, practice.TrailReview{Failure: second, StartedAt: ago(6)}, practice.TrailReview{Failure: second})
	wants(t, "open for more than a cycle", reads(t, b, measure.Long), measure.Share{1, 2}, measure.Few)
	for i := range 5 {
		b.reviewed(second, 25-i)
	}
	if r := reads(t, b, measure.Led); r.Sign != measure.Few || r.Differ != (measure.Interval{}) {
		t.Errorf("four are compared: %+v", r)
	}
	b.reviewed(second, 200, practice.RouteStep)
	b.Reviews[len(b.Reviews)-1].Outside = true
	if r := reads(t, b, measure.Led); r.Share.N != 4 || r.Sign != measure.Few {
		t.Errorf("one of more than half a year ago counts: %+v", r)
	}
	b.reviewed(second, 15, practice.RouteStep)
	b.Reviews[len(b.Reviews)-1].Outside = true
	r := reads(t, b, measure.Led)
	if wants(t, "five of each", r, measure.Share{5, 5}, measure.Unclear); r.Before != (measure.Share{0, 5}) || r.Differ.Low <= 0 {
		t.Errorf("%+v", r)
	}
}

// What is read off a trail depends on what is in it and not on the order it comes in.
func TestTighter(t *testing.T) {
	b := builder{team()}
	f := b.fails(60)
	for i := range 9 {
		b.Steps = append(b.Steps, practice.TrailStep{Failure: f, At: ago(50 - i), Checks: i < 7})
	}
	b.Steps = append(b.Steps, practice.TrailStep{Failure: f, At: ago(400), Checks: true})
	wants(t, "nine in half a year", reads(t, b, measure.Tighter), measure.Share{7, 9}, measure.Few)
	b.Steps = append(b.Steps, practice.TrailStep{Failure: f, At: ago(5)})
	if r := reads(t, b, measure.Tighter); len(r.Cases) != 10 {
		t.Errorf("%+v", r.Cases)
	} else {
		wants(t, "seven of ten", r, measure.Share{7, 10}, measure.Decaying)
	}
	for i := range b.Steps {
		b.Steps[i].Checks = i == 0
	}
	wants(t, "one of ten is no good sign either", reads(t, b, measure.Tighter), measure.Share{1, 10}, measure.Unclear)
}

func TestMix(t *testing.T) {
	b := builder{team()}
	f := b.fails(60)
	b.reviewed(f, 20, practice.RouteStep, practice.RouteSafeguard, practice.RouteStep, practice.RouteCovered, practice.RoutePutBack)
	b.reviewed(f, 400, practice.RouteStep)
	b.Gaps[0].Strength, b.Gaps[1].Strength, b.Gaps[4].Strength = practice.Exhorts, practice.Removes, practice.Eases
	r := reads(t, b, measure.Mix)
	want := []measure.Apart{{What: "removes", N: 1}, {What: "eases"}, {What: "reminds"}, {What: "exhorts", N: 1}, {What: "unsaid", N: 1}}
	if !slices.Equal(r.Apart, want) || r.Share != (measure.Share{N: 3}) || r.Sign != measure.Unclear {
		t.Errorf("%+v", r)
	}
}

func TestReadings_dependOnNoOrder(t *testing.T) {
	b := builder{team()}
	var last practice.FailureID
	for i := range 30 {
		f := b.fails(300-9*i, significant)
		if i%3 == 0 && last != "" {
			b.Ties = append(b.Ties, practice.Tie{A: f, B: last})
		}
		b.reviewed(f, 299-9*i, []practice.RouteKind{practice.RouteStep, practice.RouteNothing, practice.RoutePromised}[i%3])
		last = f
	}
	want := measure.Readings(*b.Trail)
	slices.Reverse(b.Failures)
	slices.Reverse(b.Reviews)
	slices.Reverse(b.Ties)
	got := measure.Readings(*b.Trail)
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%s: %+v, and the other way round %+v", want[i].Name, want[i], got[i])
		}
	}
}
