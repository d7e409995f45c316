package store_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// about is what was asked about somebody, and what came of it.
type about map[string]func(tx *store.Tx) (any, error)

// asked makes one of a method and what it is asked with.
func asked[K, V any](f func(*store.Tx, K) (V, error), of K) func(*store.Tx) (any, error) {
	return func(tx *store.Tx) (any, error) { return f(tx, of) }
}

// asked2 is asked for a method of two.
func asked2[K, L, V any](f func(*store.Tx, K, L) (V, error), of K, and L) func(*store.Tx) (any, error) {
	return func(tx *store.Tx) (any, error) { return f(tx, of, and) }
}

// aboutPeople is what is asked about Ada, and how she comes in.
var aboutPeople = about{
	"device":           asked((*store.Tx).Device, "device_ada"),
	"devices":          asked((*store.Tx).Devices, "member_ada"),
	"device by hash":   asked((*store.Tx).DeviceByHash, "hash_ada"),
	"link":             asked((*store.Tx).LinkByHash, "hash_ada"),
	"open link":        asked((*store.Tx).OpenLink, "hash_ada"),
	"token":            asked((*store.Tx).Token, "token_ada"),
	"token by hash":    asked((*store.Tx).TokenByHash, "hash_ada"),
	"tokens":           asked((*store.Tx).Tokens, "member_ada"),
	"identities":       asked((*store.Tx).Identities, "member_ada"),
	"by identity":      asked((*store.Tx).MemberByIdentity, practice.Identity{Issuer: "issuer_ada", Subject: "subject_ada"}),
	"contact":          asked((*store.Tx).Contact, "member_ada"),
	"by secret":        asked((*store.Tx).ContactBySecret, "secret_ada"),
	"feed":             asked((*store.Tx).Feed, "member_ada"),
	"feed by hash":     asked((*store.Tx).FeedByHash, "hash_ada"),
	"member":           asked((*store.Tx).Member, "member_ada"),
	"by name":          asked((*store.Tx).MemberByName, "name_ada"),
	"members":          asked((*store.Tx).MembersOf, "team_ada"),
	"passphrase":       asked((*store.Tx).Passphrase, "member_ada"),
	"knock":            asked((*store.Tx).Knock, "knock_ada"),
	"knock by hash":    asked((*store.Tx).KnockByHash, "hash_ada"),
	"knocks":           asked((*store.Tx).Knocks, "team_ada"),
	"code":             asked((*store.Tx).TeamCode, "team_ada"),
	"code by words":    asked((*store.Tx).TeamCodeByWords, "words_ada"),
	"pass":             asked((*store.Tx).Pass, "pass_ada"),
	"passes":           asked((*store.Tx).Passes, "review_ada"),
	"tablet":           asked((*store.Tx).Tablet, "tablet_ada"),
	"tablet by hash":   asked((*store.Tx).TabletByHash, "hash_ada"),
	"tablets":          asked((*store.Tx).Tablets, "team_ada"),
	"turns":            asked((*store.Tx).Turns, "team_ada"),
	"this week":        asked((*store.Tx).ThisWeek, "team_ada"),
	"team":             asked((*store.Tx).Team, "team_ada"),
	"groups":           asked((*store.Tx).Groups, "team_ada"),
	"team at":          asked((*store.Tx).TeamAt, "word_ada"),
	"address":          asked((*store.Tx).Address, "team_ada"),
	"channel":          asked((*store.Tx).Channel, "team_ada"),
	"notices":          asked((*store.Tx).Notices, "member_ada"),
	"dispatch":         asked((*store.Tx).Dispatch, "dispatch_ada"),
	"weekly":           asked((*store.Tx).WeeklyDispatches, "member_ada"),
	"parting":          asked((*store.Tx).Parting, "member_ada"),
	"holdings":         asked2((*store.Tx).Holdings, "member_ada", "member_ada"),
	"all that is hers": asked((*store.Tx).Mine, "member_ada"),
}

// aboutFailures is what is asked about Ada's failure, and what was learned from it.
var aboutFailures = about{
	"cleared": func(tx *store.Tx) (any, error) {
		_, err := tx.Exec(`DELETE FROM hold`)
		gone, err2 := tx.ClearDrill("failure_ada")
		return gone, errors.Join(err, err2)
	},
	"failure":      asked((*store.Tx).Failure, "failure_ada"),
	"by number":    asked((*store.Tx).FailureByNumber, 1),
	"by ref":       asked((*store.Tx).FailureByRef, "ref_ada"),
	"some":         asked((*store.Tx).FailuresOf, []practice.FailureID{"failure_ada"}),
	"of a team":    asked((*store.Tx).Failures, store.FailureFilter{Teams: []practice.TeamID{"team_ada"}, All: true}),
	"before":       asked((*store.Tx).Formers, "failure_ada"),
	"facts":        asked((*store.Tx).Facts, "failure_ada"),
	"fact":         asked((*store.Tx).Fact, "fact_ada"),
	"ties":         asked((*store.Tx).Ties, "failure_ada"),
	"tie":          asked((*store.Tx).Tie, "tie_ada"),
	"tie of":       asked2((*store.Tx).TieOf, "failure_ada", "failure_ada"),
	"territory":    asked2((*store.Tx).Territory, "failure_ada", nil),
	"hot":          asked((*store.Tx).Hot, "failure_ada"),
	"receipt":      asked((*store.Tx).Receipt, "lookup_ada"),
	"receipt of":   asked((*store.Tx).ReceiptOf, "failure_ada"),
	"thread":       asked((*store.Tx).Messages, "failure_ada"),
	"waits":        asked((*store.Tx).WaitingFor, "lookup_ada"),
	"redactions":   asked((*store.Tx).Redactions, "failure_ada"),
	"of a plan":    asked((*store.Tx).PlanRedactions, "plan_ada"),
	"hold":         asked((*store.Tx).HoldOn, "failure_ada"),
	"holds about":  asked((*store.Tx).HoldsAbout, "member_ada"),
	"concerned":    asked((*store.Tx).Concerned, "failure_ada"),
	"procedure":    asked((*store.Tx).Procedure, "procedure_ada"),
	"by slug":      asked((*store.Tx).ProcedureBySlug, "slug_ada"),
	"revision":     asked2((*store.Tx).Revision, "procedure_ada", 1),
	"revisions":    asked((*store.Tx).Revisions, "procedure_ada"),
	"steps":        asked2((*store.Tx).Steps, "procedure_ada", true),
	"step":         asked((*store.Tx).Step, "step_ada"),
	"wordings":     asked((*store.Tx).WordingsOf, "procedure_ada"),
	"scars":        asked((*store.Tx).ScarsOf, "procedure_ada"),
	"scars from":   asked((*store.Tx).ScarsFrom, []practice.FailureID{"failure_ada"}),
	"latest scars": asked2((*store.Tx).LatestScars, []practice.TeamID{"team_ada"}, 9),
	"her scars":    asked2((*store.Tx).ScarsReportedBy, "member_ada", 9),
	"safeguard":    asked((*store.Tx).Safeguard, "safeguard_ada"),
	"constraint":   asked((*store.Tx).Constraint, "boundary_ada"),
	"C-1":          asked((*store.Tx).ConstraintByNumber, 1),
	"assumption":   asked((*store.Tx).Assumption, "assumption_ada"),
	"A-1":          asked((*store.Tx).AssumptionByNumber, 1),
	"rests on":     asked((*store.Tx).AssumptionsUnder, "procedure_ada"),
	"plan rests":   asked((*store.Tx).AssumptionsUnderPlan, "plan_ada"),
	"broken by":    asked((*store.Tx).AssumptionsBrokenBy, "gap_ada"),
	"a team holds": asked((*store.Tx).AssumptionsOf, "team_ada"),
	"of a limit":   asked((*store.Tx).AssumptionsOfLimit, "boundary_ada"),
	"to look at":   asked((*store.Tx).AssumptionsToLookAt, []practice.TeamID{"team_ada"}),
	"finding":      asked((*store.Tx).Finding, "finding_ada"),
	"E-1":          asked((*store.Tx).FindingByNumber, 1),
	"plan":         asked((*store.Tx).Plan, "plan_ada"),
	"firing":       asked((*store.Tx).Firing, "failure_ada"),
	"firings":      asked((*store.Tx).Firings, "plan_ada"),
	"its firing":   asked2((*store.Tx).LastFiring, "plan_ada", 0),
	"monitor":      asked((*store.Tx).Monitor, "monitor_ada"),
	"its monitor":  asked((*store.Tx).MonitorOf, "plan_ada"),
	"plan 1":       asked((*store.Tx).PlanByNumber, 1),
	"inherited":    asked((*store.Tx).Inherited, "plan_ada"),
	"plans":        asked((*store.Tx).Plans, []practice.TeamID{"team_ada"}),
	"trail":        asked((*store.Tx).Trail, "team_ada"),
	"grounds":      asked((*store.Tx).Grounds, "team_ada"),
	"cycle":        asked((*store.Tx).Cycle, "cycle_ada"),
	"cycles":       asked((*store.Tx).Cycles, "team_ada"),
	"its cycle":    asked((*store.Tx).CycleOf, "team_ada"),
	"begun before": asked((*store.Tx).LastBegun, practice.Cycle{Team: "team_ada", Number: math.MaxInt32}),
	"it inherits":  asked((*store.Tx).CycleInherited, "cycle_ada"),
	"scars since":  asked2((*store.Tx).ScarsSince, "team_ada", time.Time{}),
	"scar":         asked((*store.Tx).Scar, "scar_ada"),
	"offer":        asked((*store.Tx).Offer, "offer_ada"),
	"offers":       asked((*store.Tx).OffersOf, []practice.TeamID{"team_ada"}),
	"offers about": asked((*store.Tx).OffersAbout, "about_ada"),
	"offers from":  asked((*store.Tx).OffersFrom, "failure_ada"),
	"proposed as":  asked((*store.Tx).OfferProposed, "proposal_ada"),
}

// aboutRooms is what is asked about Ada's room.
var aboutRooms = about{
	"review":         asked((*store.Tx).Review, "review_ada"),
	"reviews":        asked((*store.Tx).Reviews, "failure_ada"),
	"open reviews":   asked((*store.Tx).OpenReviews, "team_ada"),
	"of teams":       asked2((*store.Tx).ReviewsOfTeams, "member_ada", []practice.TeamID{"team_ada"}),
	"with her":       asked2((*store.Tx).ReviewsWith, "member_ada", time.Time{}.AddDate(1000, 0, 0)),
	"invitations":    asked((*store.Tx).Invitations, "review_ada"),
	"of her":         asked((*store.Tx).InvitationsOf, "member_ada"),
	"invitation":     asked2((*store.Tx).Invitation, "review_ada", "member_ada"),
	"contributors":   asked((*store.Tx).Contributors, practice.Review{ID: "review_ada", Failure: "failure_ada"}),
	"guide":          asked((*store.Tx).Guide, "review_ada"),
	"what she leads": asked((*store.Tx).GuidesOf, "member_ada"),
	"guide's note":   asked((*store.Tx).GuideNote, "review_ada"),
	"guide's name": func(tx *store.Tx) (any, error) {
		_, err := tx.Exec(`UPDATE guide SET outside = TRUE`)
		name, err2 := tx.LedBy("review_ada")
		return name, errors.Join(err, err2)
	},
	"pulse":        asked((*store.Tx).PulseOpen, "pulse_open_ada"),
	"pulses":       asked((*store.Tx).Pulses, "team_ada"),
	"talks":        asked((*store.Tx).Talks, "review_ada"),
	"use":          asked((*store.Tx).UseCheck, "review_ada"),
	"seats":        asked((*store.Tx).Seats, "review_ada"),
	"hands":        asked3("review_ada", "move"),
	"answers":      asked2((*store.Tx).Answers, "review_ada", practice.PhaseHappened),
	"agreed":       asked2((*store.Tx).AgreedText, "review_ada", practice.PhaseHappened),
	"agreed texts": asked((*store.Tx).AgreedTexts, "review_ada"),
	"gaps":         asked((*store.Tx).Gaps, "review_ada"),
	"gap":          asked((*store.Tx).Gap, "gap_ada"),
	"referral":     asked((*store.Tx).Referral, "gap_ada"),
	"judgements":   asked2((*store.Tx).Judgements, "gap_ada", 1),
	"carry":        asked((*store.Tx).Carry, "carry_ada"),
	"carry of":     asked((*store.Tx).CarryOf, "review_ada"),
	"last carry":   asked2((*store.Tx).LastCarry, "team_ada", "review_other"),
	"carries":      asked((*store.Tx).Carries, "team_ada"),
	"carried by":   asked((*store.Tx).CarriedBy, "member_ada"),
}

// asked3 is the hands that are up in a room.
func asked3(r practice.ReviewID, what string) func(*store.Tx) (any, error) {
	return func(tx *store.Tx) (any, error) { return tx.Hands(r, what, 0) }
}

func TestTwins_tellNothingOfEachOther(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		twins(t, s)
		for _, all := range []about{aboutPeople, aboutFailures, aboutRooms} {
			for what, ask := range all {
				var said string
				err := s.Update(t.Context(), func(tx *store.Tx) error {
					got, err := ask(tx)
					said = fmt.Sprintf("%+v", got)
					return errors.Join(err, errPutBack)
				})
				switch {
				case !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n"):
					t.Errorf("%s: %v", what, err)
				case !strings.Contains(said, "_ada"):
					t.Errorf("%s of Ada says nothing of her: %s", what, said)
				case strings.Contains(said, "_bo"):
					t.Errorf("%s of Ada tells of Bo: %s", what, said)
				}
			}
		}
		update(t, s, func(tx *store.Tx) error {
			got, err := tx.Turnout("review_ada")
			if want := (store.Turnout{Asked: 1, Came: 1, Near: 1}); got != want {
				t.Errorf("turnout %+v, want %+v", got, want)
			}
			taps, err2 := tx.Closings("review_ada")
			if len(taps) != 1 || taps[0].Yes != 1 {
				t.Errorf("taps %+v", taps)
			}
			return errors.Join(err, err2)
		})
	})
}

// errPutBack takes back what a test did.
var errPutBack = errors.New("put back")
