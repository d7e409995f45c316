package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/room"
	"debrief/internal/words"
)

// demoCommand is the server on a throw-away copy, with a story that one person
// can walk to its end.
type demoCommand struct {
	Addr string `default:"127.0.0.1:8080" env:"DEBRIEF_ADDR" help:"cli.help.addr"`
}

// Run answers until it is told to stop, and leaves nothing behind.
func (c *demoCommand) Run(s *shell, catalogue *words.Catalogue) error {
	folder, err := os.MkdirTemp("", "debrief-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	serve := serveCommand{database: database{Database: filepath.Join(folder, "demo.db")}, Addr: c.Addr}
	return serve.serve(s, catalogue, func(n *node) (string, error) {
		t := tale{n: n, ctx: s, now: time.Now()}
		ada, err := t.tell()
		if err != nil {
			return "", err
		}
		secret, err := n.doors.MakeLink(s, ada, ada.Member, practice.LinkIn)
		return "/in/" + secret, err
	})
}

// named is a time zone by its name, that of this machine as well, so that the
// story's times are those on the wall; UTC where it has no name.
func named(zone *time.Location) *time.Location {
	name := zone.String()
	if zone == time.Local && name == "Local" {
		link, _ := os.Readlink("/etc/localtime") // no link, no name
		_, name, _ = strings.Cut(link, "zoneinfo/")
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	return zone
}

// tale puts the story into a database, by the same calls that people make.
type tale struct {
	n   *node
	ctx context.Context
	now time.Time
}

// then lets what follows happen at a time that is past.
func (t *tale) then(when time.Time) { t.n.clock.back.Store(int64(time.Since(when))) }

// The checklist of the story, before anything went wrong with it.
const demoChecklist = `# Working on a database by hand

- [ ] Say in the channel what you are about to do.
- [ ] Check that last night's backup is there.
- [ ] Run the command.
- [ ] Look at the graphs for ten minutes.
`

// demoHappened is what happened at first, told with the time of its row.
const demoHappened = "The script ran on production at 14:20. 214 orders were gone until 16:25. The prompt of both terminals looked the same."

// tell sets up a team that has learned once and is about to learn again, and
// returns the person to walk in as.
func (t *tale) tell() (practice.Actor, error) {
	t.now = t.now.In(named(t.now.Location()))
	defer t.n.clock.back.Store(0)
	day := t.now.AddDate(0, 0, -2)
	afternoon := time.Date(day.Year(), day.Month(), day.Day(), 14, 20, 0, 0, day.Location())
	t.then(afternoon.AddDate(0, 0, -1))
	ada, err := t.n.app.SetUp(t.ctx, practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Lanternhouse", Zone: t.now.Location().String(), DayStartsAt: 8 * 60, DayEndsAt: 20 * 60,
			RetentionDays: 90, Guardian: "Mira, extension 14"},
		Team: practice.Team{Name: "Platform", Pack: "tech", CycleDays: 14, CycleStartAt: t.now.AddDate(0, 0, 5),
			Groups: []practice.Group{{Name: "users"}, {Name: "support"}},
			Triggers: []practice.Trigger{{Kind: practice.TriggerHarm, Text: "Somebody lost data or money"},
				{Kind: practice.TriggerNearMiss, Text: "We only noticed by luck"}}},
		Steward: "Ada", Procedure: demoChecklist,
	})
	if err != nil {
		return ada, err
	}
	if _, err := t.n.app.AddMembers(t.ctx, ada, ada.Teams[0], []string{"Ben", "Chidi"}); err != nil {
		return ada, err
	}
	if _, err := t.n.app.ImportReviews(t.ctx, practice.Actor{Operator: true}, demoElsewhere()); err != nil {
		return ada, err
	}
	first, err := t.first(ada, afternoon)
	if err != nil {
		return ada, err
	}
	return ada, t.second(ada, first)
}

// demoElsewhere are outages others wrote about, their facts in our words.
func demoElsewhere() []prose.Imported {
	all := []prose.Imported{{
		ID: "demo_gitlab_2017", Org: "GitLab", Date: time.Date(2017, 1, 31, 0, 0, 0, 0, time.UTC),
		URL:   "https://about.gitlab.com/blog/2017/02/01/gitlab-dot-com-database-incident/",
		Title: "The primary database was removed instead of the replica",
		Text:  "An engineer who was repairing replication ran the removal on the primary database server instead of the secondary. Several backup methods turned out not to work, and about six hours of data were lost.",
	}, {
		ID: "demo_s3_2017", Org: "Amazon Web Services", Date: time.Date(2017, 2, 28, 0, 0, 0, 0, time.UTC),
		URL:   "https://aws.amazon.com/message/41926/",
		Title: "A command took away more servers than was meant",
		Text:  "While debugging the billing system, a command from a playbook was entered with a wrong value and removed a larger set of servers than intended. The subsystems had to be restarted, which took hours.",
	}, {
		ID: "demo_github_2018", Org: "GitHub", Date: time.Date(2018, 10, 21, 0, 0, 0, 0, time.UTC),
		URL:   "https://github.blog/2018-10-30-oct21-post-incident-analysis/",
		Title: "Two database sites disagreed after the network parted",
		Text:  "A short loss of the network between two sites made the failover tool choose a new primary database on the other coast. Both sides had writes the other lacked, and service was degraded for a day.",
	}}
	for i := range all {
		r := &all[i]
		r.Kind, r.Source, r.Licence, r.Print = "facts-only", "demo", "CC0-1.0", r.ID
		r.Attribution = "Facts from " + r.URL + ", in our own words"
	}
	return all
}

// first is a closed review: a failure of that time became a changed step.
func (t *tale) first(ada practice.Actor, when time.Time) (practice.FailureID, error) {
	t.then(when.Add(2*time.Hour + 10*time.Minute))
	f, err := t.n.app.ReportFailure(t.ctx, ada, practice.NewFailure{Team: ada.Teams[0], Stage: practice.StageAfter, At: when,
		Text: "The clean-up meant for the test database ran on the production database. 214 orders were gone for two hours."})
	if err != nil {
		return "", err
	}
	seat, err := t.seat(ada, f, when.Add(3*time.Hour))
	if err != nil {
		return "", err
	}
	gap, err := t.questions(seat, practice.Avoidable)
	if err != nil {
		return "", err
	}
	if err := t.change(seat, gap); err != nil {
		return "", err
	}
	r := t.n.rooms
	if _, err := r.NameCarrier(t.ctx, seat, practice.NewCarry{Typed: "Ben", Moment: "At the next hand-over", Act: "show the new first step on a real terminal",
		DueAt: t.now.AddDate(0, 0, 4), Aloud: true}); err != nil {
		return "", err
	}
	view, err := r.Room(t.ctx, seat)
	if err != nil {
		return "", err
	}
	t.then(when.Add(3*time.Hour + 25*time.Minute))
	_, err = r.Close(t.ctx, seat, view.Review.Version)
	return f.ID, err
}

// second is the same ditch again, with a room that waits for whoever walks in,
// and one that only looks alike.
func (t *tale) second(ada practice.Actor, first practice.FailureID) error {
	t.then(t.now.Add(-170 * time.Minute))
	again, err := t.n.app.ReportFailure(t.ctx, ada, practice.NewFailure{Team: ada.Teams[0], Stage: practice.StageAfter, At: t.now.Add(-3 * time.Hour), Convene: true,
		Text: "A migration meant for the test database ran on the production database. The terminal still had an old connection open."})
	if err != nil {
		return err
	}
	if _, err := t.n.app.TieFailures(t.ctx, ada, again.ID, first, practice.TieSame); err != nil {
		return err
	}
	if _, err := t.n.app.CallReview(t.ctx, ada, practice.NewReview{Failure: again.ID, MeetAt: t.now.Add(10 * time.Minute),
		Box: practice.DefaultBox, People: []practice.MemberID{ada.Member}}); err != nil {
		return err
	}
	t.then(t.now.Add(-time.Hour))
	_, err = t.n.app.ReportFailure(t.ctx, ada, practice.NewFailure{Team: ada.Teams[0], Stage: practice.StageEarly,
		Text: "The production database disk is at 91 percent. Nothing broke, the nightly export keeps growing."})
	return err
}

// seat calls the room and takes the one place in it.
func (t *tale) seat(ada practice.Actor, f practice.Failure, meet time.Time) (practice.Seat, error) {
	r, err := t.n.app.CallReview(t.ctx, ada, practice.NewReview{Failure: f.ID, MeetAt: meet, Box: practice.DefaultBox, People: []practice.MemberID{ada.Member}})
	if err != nil {
		return practice.Seat{}, err
	}
	t.then(meet)
	if err := t.n.app.CloseReady(t.ctx, r.ID); err != nil { // nobody said not now
		return practice.Seat{}, err
	}
	ticket, err := t.n.app.TakePlace(t.ctx, ada, r.ID, practice.Did)
	if err != nil {
		return practice.Seat{}, err
	}
	drawn, err := t.n.rooms.Draw(t.ctx, r.ID, ticket)
	if err != nil {
		return practice.Seat{}, err
	}
	seat := practice.SeatAt(r.ID, drawn.Key)
	return seat, t.move(seat)
}

func (t *tale) move(seat practice.Seat) error {
	view, err := t.n.rooms.Room(t.ctx, seat)
	if err != nil {
		return err
	}
	_, err = t.n.rooms.Move(t.ctx, seat, view.Review.Version, "")
	return err
}

// questions walks the four questions to one gap, settled so.
func (t *tale) questions(seat practice.Seat, verdict practice.Verdict) (practice.GapID, error) {
	r := t.n.rooms
	for _, q := range []struct {
		phase practice.Phase
		text  string
	}{
		{practice.PhaseIntended, "The clean-up script empties the orders table of the test database, in one run, before the demo at 15:00."},
		{practice.PhaseHappened, demoHappened},
	} {
		if err := r.Write(t.ctx, seat, room.NewAnswer{Question: q.phase, Text: q.text}); err != nil {
			return "", err
		}
		if _, err := r.SaveText(t.ctx, seat, room.NewText{Question: q.phase, Text: q.text, Stand: true}); err != nil {
			return "", err
		}
		if err := t.move(seat); err != nil {
			return "", err
		}
	}
	parts := practice.Parts{Intended: "The command reaches the test database", Actual: "The command reached production",
		Where: "Step 3, before pressing Enter: nobody looked at the host name"}
	if err := r.Write(t.ctx, seat, room.NewAnswer{Question: practice.PhaseGap, Text: parts.Intended, Actual: parts.Actual, Where: parts.Where}); err != nil {
		return "", err
	}
	gap, err := r.AddGap(t.ctx, seat, parts, "")
	if err != nil {
		return gap, err
	}
	if err := t.take(seat, gap); err != nil {
		return gap, err
	}
	if err := t.move(seat); err != nil {
		return gap, err
	}
	if err := r.Judge(t.ctx, seat, room.NewJudgement{Gap: gap, Round: 1, Kind: practice.Avoidable}); err != nil {
		return gap, err
	}
	at, err := t.at(seat, gap)
	if err != nil {
		return gap, err
	}
	if _, err := r.Settle(t.ctx, seat, at, practice.Settlement{Verdict: verdict}); err != nil {
		return gap, err
	}
	return gap, t.move(seat)
}

// take puts the gap into question four, unless it is there already.
func (t *tale) take(seat practice.Seat, gap practice.GapID) error {
	view, err := t.n.rooms.Question(t.ctx, seat, practice.PhaseGap)
	if err != nil {
		return err
	}
	for _, g := range view.Gaps {
		if g.ID == gap && !g.Taken {
			_, err = t.n.rooms.TakeGap(t.ctx, seat, room.GapAt{ID: gap, Version: g.Version}, room.Taking{Take: true})
		}
	}
	return err
}

// at is the gap as it stands.
func (t *tale) at(seat practice.Seat, gap practice.GapID) (room.GapAt, error) {
	view, err := t.n.rooms.Sorting(t.ctx, seat)
	if err != nil {
		return room.GapAt{}, err
	}
	for _, g := range view.Gaps {
		if g.ID == gap {
			return room.GapAt{ID: gap, Version: g.Version}, nil
		}
	}
	return room.GapAt{}, practice.ErrNotFound
}

// change puts a step in front of the one that was run too soon.
func (t *tale) change(seat practice.Seat, gap practice.GapID) error {
	view, err := t.n.rooms.Embedding(t.ctx, seat, gap)
	if err != nil {
		return err
	}
	page := view.Procedures[0]
	_, err = t.n.rooms.ChangeStep(t.ctx, seat, room.GapAt{ID: gap, Version: view.Gap.Version}, practice.StepChange{Procedure: page.Procedure.ID,
		Base: page.Procedure.Revision, Act: practice.ActAdd, Step: page.Steps[1].ID, Text: "Read the host name in the prompt aloud to a second person."})
	if err != nil {
		return err
	}
	return t.move(seat)
}
