package app

import (
	"context"
	"slices"
	"sort"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Home is what one person's start page is made of: what runs, what waits for
// them, what they carry, and what changed.
type Home struct {
	Windows   []Window              // failures whose time is running
	Waiting   []practice.Failure    // reported and not yet looked at by a convener, nor going along with one that was
	Trials    []Tried               // changes that rest on one failure, and wait for a word of this person
	Proposals []ProposedChange      // changes of what this person changes, which others proposed
	Rounds    []ConsentRound        // changes that a group of this person has not answered about
	Offers    []Offered             // what other teams offered theirs, and steps that came of it and come back
	Referrals []Referral            // gaps that wait for this person's answer, and those of their teams stuck outside
	Mine      []Carried             // what this person carries, or is asked to
	Legacies  []Legacy              // rounds that nobody has begun, with what they inherit
	OnTheWay  []Carried             // what others of the team carry
	Lately    []Meant               // the last changes, with the failures behind them
	Back      *Meant                // the last change that a report of this person led to
	Through   practice.Failure      // their own report, where Back came of another one it went along with
	Unseen    []Unseen              // what changed since they last looked at it
	Limits    []practice.Constraint // of their teams, about which it is time to ask whether they still hold
	Since     []SinceReport         // reports of this person, who is asked whether anything bad has happened since
	Conflicts []Aside               // parked in reviews of this person, and waiting for a word of theirs
	Unused    []Usage               // procedures this person looks after, in which lines may go that nobody ticks
	Effects   []Awaited             // changes this person carries, and of which they are asked whether something moved
	Looks     []Watched             // signals of plans that are due for a look, the reader's first
	Resting   []AssumedUse          // what rests on an assumption that no longer holds, and was not looked at since
	Records   []practice.Failure    // the last ones with a record to read
	Notices   []practice.Notice
	Rhythms   []Rhythm // of the teams to which something is said of their own practice
	sheet     bool     // this person took their sheet of the seven questions
	New       bool     // somebody is new to the team they are in, and was not shown yet how it got here
	Began     bool     // somebody reported something once: an empty start is no quiet week
}

// Unseen is a procedure with the numbers of the steps that changed since somebody
// last looked at it.
type Unseen struct {
	Procedure practice.Procedure
	Numbers   []string
}

// Window is a failure whose review is due, with the room if one was called.
type Window struct {
	Failure practice.Failure
	Review  practice.Review    // zero until a time is set
	Invited bool               // whoever asks is invited
	Came    bool               // and has taken their place
	Along   []practice.Failure // reports that go with it, because people tied them to it
}

// mostLately is how many changes the start page shows.
const mostLately = 5

// Home returns the actor's start page.
func (a *App) Home(ctx context.Context, actor practice.Actor) (Home, error) {
	return read(ctx, a, func(tx *store.Tx) (Home, error) {
		var h Home
		r, err := newReader(tx, actor)
		if err != nil {
			return h, err
		}
		teams := append([]practice.TeamID{}, actor.Teams...)
		for _, part := range []func(*store.Tx, reader, []practice.TeamID) error{
			h.rhythms, h.windows, h.waiting, h.trials, h.proposals, h.rounds, h.referrals, h.offers, h.legacies, h.carries, h.lately, h.back, h.unseen, h.limits, h.conflicts, h.since, h.unused, h.looks, h.effects, h.assumptions, h.records,
		} {
			if err := part(tx, r, teams); err != nil {
				return h, err
			}
		}
		if len(teams) > 0 {
			n, err := newcomer(tx, actor, teams[0])
			if err != nil {
				return h, err
			}
			h.New = n.ID != "" && !n.Led
		}
		notices, err := tx.Notices(actor.Member)
		if err != nil {
			return h, err
		}
		_, h.sheet, err = tx.PulseFor(actor.Member)
		if isNotFound(err) {
			err = nil
		}
		h.Notices = slices.DeleteFunc(notices, func(n practice.Notice) bool { return h.over(n, tx.Now()) })
		return h, err
	})
}

// mostAsked is how many limits the start page asks about at once.
const mostAsked = 3

func (h *Home) limits(tx *store.Tx, _ reader, teams []practice.TeamID) (err error) {
	h.Limits, err = tx.ConstraintsDue(teams, mostAsked)
	return err
}

// over reports whether a notice asks somebody to a meeting of another day, or to
// one where they have taken their place, or reminds of a moment that is over.
func (h *Home) over(n practice.Notice, now time.Time) bool {
	at, _ := n.Args["at"].(float64)
	switch {
	case n.Code == "notice.pulse":
		return h.sheet || !time.UnixMicro(int64(at)).After(now)
	case practice.IsReminder(n.Code):
		return time.UnixMicro(int64(at)).Before(now)
	case n.Code != "notice.invited" && n.Code != "notice.write" && n.Code != "notice.moved" && n.Code != "notice.guide" && n.Code != "notice.guide-leads":
		return false
	}
	came := func(w Window) bool { return w.Came && n.Link == practice.RoomPath(w.Failure.Number) }
	return time.UnixMicro(int64(at)).AddDate(0, 0, 1).Before(now) || slices.ContainsFunc(h.Windows, came)
}

func (h *Home) windows(tx *store.Tx, actor reader, teams []practice.TeamID) error {
	failures, err := tx.Failures(store.FailureFilter{Reader: actor.Member, Teams: teams, Triage: practice.TriageSignificant, Standing: practice.Reported})
	if err != nil {
		return err
	}
	for _, f := range failures {
		if f.JoinedTo != "" {
			continue
		}
		w := Window{Failure: f}
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return err
		}
		if len(reviews) > 0 && reviews[0].Phase != practice.PhaseClosed {
			w.Review = reviews[0]
			invited, err := tx.Invitations(w.Review.ID)
			if err != nil {
				return err
			}
			for _, i := range invited {
				if i.Member == actor.Member {
					w.Invited, w.Came = true, i.Spent
				}
			}
		}
		h.Windows = append(h.Windows, w)
	}
	sort.SliceStable(h.Windows, func(i, j int) bool {
		return h.Windows[i].Failure.RecognisedAt.After(h.Windows[j].Failure.RecognisedAt)
	})
	return nil
}

func (h *Home) waiting(tx *store.Tx, actor reader, teams []practice.TeamID) error {
	all, err := tx.Failures(store.FailureFilter{Reader: actor.Member, Teams: teams, Triage: practice.TriageNew, AtMost: 20})
	if all, err = allReadBy(tx, actor.Actor, all, err); err != nil {
		return err
	}
	ids := make([]practice.FailureID, len(all))
	for i, f := range all {
		ids[i] = f.ID
	}
	along, err := tx.GoingAlong(ids)
	if err != nil {
		return err
	}
	for _, f := range all {
		if !slices.Contains(along, f.ID) {
			h.Waiting = append(h.Waiting, f)
			continue
		}
		ties, err := tiesOf(tx, actor.Actor, f)
		if err != nil {
			return err
		}
		if with := Leading(ties); with == nil {
			h.Waiting = append(h.Waiting, f)
		} else if i := slices.IndexFunc(h.Windows, func(w Window) bool { return w.Failure.ID == with.ID }); i >= 0 {
			h.Windows[i].Along = append(h.Windows[i].Along, f)
		}
	}
	if h.Began = len(all) > 0; !h.Began {
		h.Began, err = tx.AnyFailure(actor.Member, teams)
	}
	return err
}

func (h *Home) carries(tx *store.Tx, actor reader, teams []practice.TeamID) error {
	mine, err := tx.CarriedBy(actor.Member)
	if err != nil {
		return err
	}
	refused := func(c practice.Carry) bool { return c.Refused() }
	mine = slices.DeleteFunc(mine, refused)
	var others []practice.Carry
	for _, t := range teams {
		cs, err := tx.Carries(t)
		if err != nil {
			return err
		}
		for _, c := range cs {
			if c.SettleAt.IsZero() && !actor.withheld[string(c.ID)] && (c.Carrier != actor.Member || refused(c)) {
				others = append(others, c)
			}
		}
	}
	if h.Mine, err = allCarried(tx, mine); err != nil {
		return err
	}
	h.OnTheWay, err = allCarried(tx, others)
	return err
}

func (h *Home) lately(tx *store.Tx, r reader, teams []practice.TeamID) error {
	scars, err := tx.LatestScars(teams, 2*mostLately)
	if err != nil {
		return err
	}
	h.Lately, err = r.lines(tx, scars, mostLately)
	return err
}

// back is the reporter's return: what their own report led to, or the one it went
// along with, where they read its record.
func (h *Home) back(tx *store.Tx, actor reader, _ []practice.TeamID) error {
	own, err := tx.ScarsReportedBy(actor.Member, mostLately)
	if err != nil {
		return err
	}
	along, err := tx.ScarsAlong(actor.Member, mostLately)
	if err != nil {
		return err
	}
	along = slices.DeleteFunc(along, func(s practice.Scar) bool { return !actor.known[s.Failure] })
	scars := append(own, along...)
	slices.SortStableFunc(scars, func(a, b practice.Scar) int { return b.At.Compare(a.At) })
	lines, err := actor.lines(tx, scars, 1)
	if err != nil || len(lines) == 0 {
		return err
	}
	h.Back = &lines[0]
	if !slices.ContainsFunc(along, func(s practice.Scar) bool { return s.ID == h.Back.Scar.ID }) {
		return nil
	}
	went, err := tx.Along(h.Back.Scar.Failure)
	if i := slices.IndexFunc(went, func(f practice.Failure) bool { return f.Reporter == actor.Member }); i >= 0 {
		h.Through = went[i]
	}
	return err
}

// mostRecords is how many records the start page offers to whoever is new.
const mostRecords = 3

func (h *Home) records(tx *store.Tx, actor reader, teams []practice.TeamID) error {
	all, err := tx.Failures(store.FailureFilter{Reader: actor.Member, Teams: teams, Closed: true, AtMost: mostRecords})
	h.Records, err = allReadBy(tx, actor.Actor, all, err)
	return err
}

// mostUnseen is how many changed procedures the start page names.
const mostUnseen = 3

func (h *Home) unseen(tx *store.Tx, actor reader, _ []practice.TeamID) error {
	outdated, err := tx.Outdated(actor.Member)
	if err != nil {
		return err
	}
	for _, o := range outdated {
		steps, err := tx.Steps(o.ID, false)
		if err != nil {
			return err
		}
		u := Unseen{Procedure: o.Procedure}
		for _, s := range steps {
			if s.Since > o.UsedAt {
				u.Numbers = append(u.Numbers, s.Number)
			}
		}
		if len(u.Numbers) > 0 && len(h.Unseen) < mostUnseen {
			h.Unseen = append(h.Unseen, u)
		}
	}
	return nil
}
