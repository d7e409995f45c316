package app_test

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// library is an organisation that has lived for a while: two teams, reports,
// reviews from elsewhere, two procedures, one closed review with all it led to.
type library struct {
	*app.App
	store         *store.Store
	noor, tove    practice.Actor // of the Saturday crew and of the night shift
	review        practice.ReviewID
	learn         func()
	crew, clinics practice.TeamID
}

func newLibrary(t *testing.T, s *store.Store) *library {
	t.Helper()
	l := emptyLibrary(t, s)
	night := newTeam("Night shift")
	night.EarlyWhy = "They asked"
	team, err := l.AddTeam(t.Context(), l.noor, night)
	is(t, "second team", err, "")
	l.clinics = team.ID
	added, err := l.AddMembers(t.Context(), l.noor, team.ID, []string{"Tove"})
	is(t, "Tove", err, "")
	l.tove = practice.Actor{Member: added[0].Member.ID, Name: "Tove", Teams: []practice.TeamID{team.ID}}
	for _, text := range saturdayReports {
		l.report(t, l.noor, text)
	}
	for _, text := range nightReports {
		l.report(t, l.tove, text)
	}
	if _, err := l.ImportReviews(t.Context(), practice.Actor{Operator: true}, elsewhere()); err != nil {
		t.Fatal(err)
	}
	for _, page := range manuals {
		_, err := l.CreateProcedure(t.Context(), l.noor, app.NewProcedure{Team: l.crew, Markdown: page})
		is(t, "procedure", err, "")
	}
	if err := s.Update(t.Context(), l.closed); err != nil {
		t.Fatal(err)
	}
	l.learn()
	return l
}

// emptyLibrary is one without any report.
func emptyLibrary(t *testing.T, s *store.Store) *library {
	t.Helper()
	l := &library{App: app.New(app.Options{Store: s, Index: recall.New(), Log: slog.New(slog.DiscardHandler)}), store: s}
	l.learn = func() {
		_, err := l.Learn(t.Context(), storetest.Events(t, s, store.Position{}).Events)
		is(t, "learn", err, "")
	}
	var err error
	if l.noor, err = l.SetUp(t.Context(), newOrganisation()); err != nil {
		t.Fatal(err)
	}
	l.crew = l.noor.Teams[0]
	return l
}

func (l *library) report(t *testing.T, who practice.Actor, text string) practice.Failure {
	t.Helper()
	f, err := l.ReportFailure(t.Context(), who, practice.NewFailure{Team: who.Teams[0], Text: text, Stage: practice.StageAfter})
	is(t, "report", err, "")
	return f
}

// closed puts a closed review of the first report into the database, with its
// gap, its boundary, its finding, its promise and a change made elsewhere.
func (l *library) closed(tx *store.Tx) error {
	f, err := tx.FailureByNumber(1)
	if err != nil {
		return err
	}
	r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: l.noor.Member,
		MeetAt: tx.Now(), Phase: practice.PhaseClosed, ClosedAt: tx.Now()}
	l.review = r.ID
	gap := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: "Every crate is weighed on the big scale",
		Actual: "Eleven crates went out by eye, as the big scale was flat", Where: "At the ramp, before the second van", Taken: true, Verdict: practice.Avoidable}
	inherent := gap
	inherent.ID, inherent.Verdict = practice.GapID(tx.NewID("gap")), practice.Inherent
	inherent.Actual = "The growers bring no more than one pallet of plums before seven"
	for _, do := range []func() error{
		func() error { return tx.AddReview(r, []practice.MemberID{l.noor.Member}) },
		func() error { return tx.AddGap(gap) },
		func() error { return tx.AddGap(inherent) },
		func() error {
			c, err := tx.AddConstraint(practice.Constraint{ID: practice.ConstraintID(tx.NewID("con")), Team: l.crew, Kind: practice.ByPartner, NamedAt: tx.Now(),
				Text: "The growers have no second lorry", Assume: "Fruit arrives in one load, at seven at the earliest", Places: []string{"season plan"}})
			return errors.Join(err, tx.Emit(practice.Event{Kind: "constraint.named", About: string(c.ID)}))
		},
		func() error {
			n, err := tx.AddFinding(practice.Finding{ID: practice.FindingID(tx.NewID("fnd")), Team: l.crew, Tried: "Pre-packed boxes for the school round",
				Got: "Parents took 40 of 60", Known: []string{"Half portions sell out first"}, Next: "Would a deposit bring the boxes back?", At: tx.Now(), Gap: gap.ID, Failure: f.ID})
			return errors.Join(err, tx.Emit(practice.Event{Kind: "finding.kept", About: string(n.ID)}))
		},
		func() error {
			return tx.SaveText(practice.AgreedText{Review: r.ID, Phase: practice.PhaseHappened, Text: "At six the ramp was full and the second van left without a weigh slip.", Version: 1}, 0)
		},
		func() error {
			return tx.AddCarry(practice.Carry{ID: practice.CarryID(tx.NewID("cry")), Review: r.ID, Failure: f.ID, Team: l.crew, Carrier: l.noor.Member,
				Moment: "At the June stocktaking", Act: "Show the newcomers where the spare batteries for the scale are kept", DueAt: tx.Now(), NamedAt: tx.Now(), State: practice.CarryAccepted})
		},
		func() error {
			return tx.AddSafeguard(practice.Safeguard{ID: practice.SafeguardID(tx.NewID("sfg")), Team: l.crew, Link: "https://till.example/change/9",
				Text: "The till refuses an order with a telephone number of fewer than nine digits", At: tx.Now()})
		},
		func() error { return tx.Emit(practice.Event{Kind: "review.closed", About: string(r.ID)}) },
	} {
		if err == nil {
			err = do()
		}
	}
	return err
}

// search returns the titles of what an actor finds.
func (l *library) search(t *testing.T, who practice.Actor, s app.SearchFor) []string {
	t.Helper()
	r, err := l.Search(t.Context(), who, s)
	is(t, s.Text, err, "")
	var titles []string
	for _, f := range r.Found {
		titles = append(titles, f.Title.Text)
	}
	return titles
}

// Twenty things somebody knows are there, and the words they might type months
// later. Sixteen have to be among the first five.
func TestSearch_knownItems(t *testing.T) {
	items := []struct{ typed, title string }{
		{"cheese fridge thermometer", "The thermometer of the cheese fridge stood at eleven degrees"},
		{"double booked hall", "Two groups had booked the hall for the same evening"},
		{`"wrong pallet"`, "The forklift took the wrong pallet down"},
		{"F-3", "Till two gave change for a fifty that was a twenty"},
		{"somebody hurt their back lifting", "Jonas hurt his back"},
		{"expired certificate", "The card reader's certificate had run out"},
		{"allergen label missing nuts", "The nut bread lay in the shelf without its label"},
		{"vaccine fridge power", "The socket of the vaccine fridge had been switched off"},
		{"patient mix-up same surname", "Two people named Hansen were called with one name"},
		{"postmortem message queue full", "Messages piled up until the broker stopped"},
		{"database deleted wrong server", "An operator emptied the primary instead of the copy"},
		{"leap year bug", "Bookings on 29 February were refused"},
		{"DNS provider", "Nobody could resolve our name for two hours"},
		{"PM-88", "The night batch overwrote prices with zero"},
		{"runbook lock back door", "Lock the back door and pull twice"},
		{"how to jump start the van", "Starting the van with a flat battery"},
		{"known limitation growers lorry", "The growers have no second lorry"},
		{"lesson school boxes deposit", "Pre-packed boxes for the school round"},
		{"root cause crates not weighed", "Eleven crates went out by eye, as the big scale was flat"},
		{"newcomers spare batteries", "Show the newcomers where the spare batteries for the scale are kept"},
	}
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		both := l.noor
		both.Teams = []practice.TeamID{l.crew, l.clinics}
		found := 0
		for _, it := range items {
			titles := l.search(t, both, app.SearchFor{Text: it.typed})
			if slices.Contains(titles[:min(5, len(titles))], it.title) {
				found++
			} else {
				t.Logf("%q did not find %q but %q", it.typed, it.title, titles[:min(5, len(titles))])
			}
		}
		if found < 16 {
			t.Errorf("%d of %d among the first five, 16 at least", found, len(items))
		}
		if got := l.search(t, both, app.SearchFor{Text: "quaternion"}); len(got) != 0 {
			t.Errorf("a word nobody wrote found %q", got)
		}
	})
}

func TestSearch_page(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		r, err := l.Search(t.Context(), l.noor, app.SearchFor{Text: "scales ramp"})
		is(t, "search", err, "")
		if len(r.Found) == 0 || r.Found[0].Kind != "gap" {
			t.Fatalf("found %+v", r.Found)
		}
		gap := r.Found[0]
		marked := func(e recall.Excerpt) (all []string) {
			for _, m := range e.Marks {
				all = append(all, e.Text[m[0]:m[1]])
			}
			return all
		}
		if diff := cmp.Diff([]string{"ramp"}, marked(gap.Title)); diff != "" || !slices.Contains(marked(gap.Quote), "scale") {
			t.Errorf("marked in the title %q, below %q", marked(gap.Title), marked(gap.Quote))
		}
		if !strings.HasPrefix(gap.To, "/f/1/record#gap_") || gap.Failure.Number != 1 || gap.Failure.Text != "" {
			t.Errorf("a gap leads to %s and brings along %+v", gap.To, gap.Failure)
		}
		whole, err := l.Search(t.Context(), l.noor, app.SearchFor{Text: "van"})
		is(t, "search", err, "")
		for _, k := range whole.Kinds {
			part, err := l.Search(t.Context(), l.noor, app.SearchFor{Text: "van", Kind: k.Value})
			is(t, k.Value, err, "")
			if part.Total != k.N {
				t.Errorf("%d of kind %s, and %d were promised", part.Total, k.Value, k.N)
			}
		}
		if len(whole.Kinds) < 3 || len(whole.Tags) < 3 {
			t.Errorf("hardly anything narrows it: %+v %+v", whole.Kinds, whole.Tags)
		}
		for _, tag := range whole.Tags {
			part, err := l.Search(t.Context(), l.noor, app.SearchFor{Text: "van", Tags: []string{tag.Value}})
			is(t, tag.Value, err, "")
			if part.Total != tag.N || tag.N >= whole.Total || strings.HasPrefix(tag.Value, "team:") && tag.Name == "" {
				t.Errorf("%d of %+v, of %d in all", part.Total, tag, whole.Total)
			}
		}
		for i := range 2*app.PageOfFound + 3 {
			l.report(t, l.noor, fmt.Sprintf("The umbrella stand fell over for the %dth time", i))
		}
		l.learn()
		seen := map[string]bool{}
		for page := range 4 {
			for _, title := range l.search(t, l.noor, app.SearchFor{Text: "umbrella", Page: page + 1}) {
				seen[title] = true
			}
		}
		if len(seen) != 2*app.PageOfFound+3 {
			t.Errorf("%d on all pages", len(seen))
		}
	})
}

// What a person may not read takes no place from what they may, is in no
// count, and says in no title that it is there.
func TestSearch_rights(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		for i := range 3 * app.PageOfFound {
			l.report(t, l.tove, fmt.Sprintf("The incubator alarm rang, the incubator door was open, alarm number %d", i))
		}
		l.report(t, l.noor, "An old incubator stands in the yard and nobody knows whose it is")
		l.learn()
		ask := app.SearchFor{Text: "incubator alarm"}
		r, err := l.Search(t.Context(), l.noor, ask)
		is(t, "search", err, "")
		if len(r.Found) != 1 || r.Total != 1 || len(r.Kinds) != 0 || len(r.Tags) != 0 {
			t.Errorf("one of another team sees %+v", r)
		}
		if r, err = l.Search(t.Context(), l.tove, ask); err != nil || r.Total < 3*app.PageOfFound {
			t.Errorf("their own team sees %d, %v: the test proves nothing", r.Total, err)
		}
	})
}

// The record is kept from who was not there, unless the room said otherwise;
// what it changed is not.
func TestSearch_leaders(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		l := newLibrary(t, s)
		change := func(do func(tx *store.Tx) error) {
			t.Helper()
			if err := s.Update(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		change(func(tx *store.Tx) error {
			return tx.SpendInvitation(practice.Invitation{Review: l.review, Member: l.noor.Member, Closeness: practice.Did})
		})
		kinds := func(who practice.Actor) map[string]bool {
			r, err := l.Search(t.Context(), who, app.SearchFor{Text: "scale growers weigh"})
			is(t, "search", err, "")
			seen := map[string]bool{}
			for _, f := range r.Found {
				seen[f.Kind] = true
			}
			delete(seen, "failure")
			return seen
		}
		all := map[string]bool{"gap": true, "review": true, "constraint": true}
		if diff := cmp.Diff(map[string]bool{"constraint": true}, kinds(l.tove)); diff != "" {
			t.Errorf("one of another team: %s", diff)
		}
		is(t, "leads", l.SaveLeads(t.Context(), l.noor, l.tove.Member, []practice.MemberID{l.noor.Member}), "")
		if diff := cmp.Diff(map[string]bool{"constraint": true}, kinds(l.tove)); diff != "" {
			t.Errorf("one who leads: %s", diff)
		}
		if seen := kinds(l.noor); !seen["gap"] || !seen["review"] {
			t.Errorf("one who took part: %v", seen)
		}
		change(func(tx *store.Tx) error {
			r, err := tx.Review(l.review)
			if err != nil {
				return err
			}
			r.Whole = true
			return tx.SaveReview(r, r.Version)
		})
		if diff := cmp.Diff(all, kinds(l.tove)); diff != "" {
			t.Errorf("one who leads, and the room said so: %s", diff)
		}
	})
}

// elsewhere are reviews of others.
func elsewhere() []prose.Imported {
	var all []prose.Imported
	for i, text := range othersReviews {
		title, text, _ := strings.Cut(text, "\n")
		all = append(all, prose.Imported{ID: fmt.Sprintf("other-%d", i), Ref: fmt.Sprintf("PM-%d", 80+i), Title: title, Text: text, Org: "Harrow Ferries",
			Date: time.Date(2019+i%5, 3, 1+i, 0, 0, 0, 0, time.UTC), Licence: "CC0-1.0", Print: fmt.Sprint(i)})
	}
	return all
}
