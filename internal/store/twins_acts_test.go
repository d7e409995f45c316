package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// done is what was done to somebody.
type done map[string]func(tx *store.Tx) error

// act makes one of a method and whom it is done to.
func act[K any](f func(*store.Tx, K) error, to K) func(*store.Tx) error {
	return func(tx *store.Tx) error { return f(tx, to) }
}

// act2 is act for a method of two.
func act2[K, L any](f func(*store.Tx, K, L) error, to K, with L) func(*store.Tx) error {
	return func(tx *store.Tx) error { return f(tx, to, with) }
}

// toPeople is what is done to Ada, and to what lets her in.
var toPeople = done{
	"erase":            act((*store.Tx).EraseMember, practice.Erasure{Member: "member_ada", Called: "somebody"}),
	"stop guiding":     act((*store.Tx).StopGuiding, "member_ada"),
	"end everything":   act((*store.Tx).EndEverything, "member_ada"),
	"end devices":      act2((*store.Tx).EndOtherDevices, "member_ada", practice.DeviceID("device_other")),
	"end device":       act((*store.Tx).EndDevice, "device_ada"),
	"name device":      act2((*store.Tx).NameDevice, "device_ada", "phone"),
	"end links":        act2((*store.Tx).EndLinks, "member_ada", practice.LinkUse("use_ada")),
	"open link":        func(tx *store.Tx) error { _, err := tx.OpenLink("hash_ada"); return err },
	"end token":        act((*store.Tx).EndToken, "token_ada"),
	"see token":        act2((*store.Tx).SeeToken, "token_ada", time.Unix(1e9, 0)),
	"see device":       func(tx *store.Tx) error { return tx.SeeDevice("device_ada", time.Unix(1e9, 0), time.Unix(2e9, 0)) },
	"forget contact":   act((*store.Tx).ForgetContact, "member_ada"),
	"contact":          act((*store.Tx).SaveContact, practice.Contact{Member: "member_ada"}),
	"feed titles":      act2((*store.Tx).SaveFeedTitles, "member_ada", true),
	"end feed":         act((*store.Tx).EndFeed, "member_ada"),
	"leave provider":   act2((*store.Tx).RemoveIdentity, "member_ada", "issuer_ada"),
	"answer knock":     act((*store.Tx).AnswerKnock, practice.Knock{ID: "knock_ada", Member: "member_ada", By: "member_ada", State: practice.KnockLetIn}),
	"remove knock":     act((*store.Tx).RemoveKnock, "knock_ada"),
	"remove knocks":    act2((*store.Tx).RemoveKnocksOf, "member_ada", practice.TeamID("team_ada")),
	"end pass":         act((*store.Tx).EndPass, "pass_ada"),
	"code":             act((*store.Tx).SaveTeamCode, practice.TeamCode{Team: "team_ada", Words: "new"}),
	"address":          act2((*store.Tx).SaveAddress, "team_ada", "new"),
	"channel":          act((*store.Tx).SaveChannel, practice.Channel{Team: "team_ada", Address: "new"}),
	"team":             act((*store.Tx).SaveTeam, practice.Team{ID: "team_ada", Name: "new"}),
	"turns":            act2((*store.Tx).SaveTurns, "team_ada", practice.Turns(nil)),
	"member":           act((*store.Tx).SaveMember, practice.Member{ID: "member_ada", Name: "new"}),
	"passphrase":       act2((*store.Tx).SavePassphrase, "member_ada", "new"),
	"name tablet":      act2((*store.Tx).NameTablet, "tablet_ada", "new"),
	"see tablet":       func(tx *store.Tx) error { return tx.SeeTablet("tablet_ada", time.Unix(1e9, 0), time.Unix(2e9, 0)) },
	"end tablet":       act((*store.Tx).EndTablet, "tablet_ada"),
	"see notice":       act2((*store.Tx).SeeNotice, "notice_ada", practice.MemberID("member_ada")),
	"settle notices":   act((*store.Tx).SettleNotices, "link_ada"),
	"no way back":      act((*store.Tx).RemoveParting, "member_ada"),
	"forget dispatch":  act((*store.Tx).ForgetDispatch, "dispatch_ada"),
	"dispatch is sent": act((*store.Tx).SaveDispatch, practice.Dispatch{ID: "dispatch_ada", SentAt: time.Unix(1e9, 0)}),
}

// toFailures is what is done to Ada's failure, and to what was learned from it.
var toFailures = done{
	"save":          act((*store.Tx).SaveFailure, practice.Failure{ID: "failure_ada", Standing: practice.Reviewed}),
	"edit":          act2((*store.Tx).EditFailure, practice.Failure{ID: "failure_ada", Text: "new", Version: 1}, practice.Former{Failure: "failure_ada"}),
	"reword":        act((*store.Tx).RewordFailure, practice.Failure{ID: "failure_ada", Text: "new"}),
	"restrict":      act((*store.Tx).RestrictFailure, practice.Failure{ID: "failure_ada", Only: []practice.MemberID{"member_ada"}}),
	"bring again":   act((*store.Tx).SaveImported, practice.Failure{Title: "new", Provenance: practice.Provenance{Ref: "ref_ada"}}),
	"drill":         act((*store.Tx).SaveDrill, practice.Failure{ID: "failure_ada", Drill: true}),
	"remove fact":   act((*store.Tx).RemoveFact, practice.Fact{ID: "fact_ada", File: "file_ada"}),
	"no pictures":   func(tx *store.Tx) error { _, err := tx.RemovePictures("failure_ada"); return err },
	"redact":        redactAll,
	"clear drill":   clearDrill,
	"untie":         act((*store.Tx).RemoveTie, "tie_ada"),
	"end hold":      act((*store.Tx).SaveHold, practice.Hold{ID: "hold_ada", Failure: "failure_ada", EndedAt: time.Unix(1e9, 0)}),
	"open message":  act2((*store.Tx).OpenMessage, "message_ada", "new"),
	"change pool":   act((*store.Tx).SaveWaiting, practice.Waiting{ID: "pool_ada", Text: "new"}),
	"out of pool":   act((*store.Tx).RemoveWaiting, "pool_ada"),
	"no safeguard":  act((*store.Tx).RemoveSafeguard, "safeguard_ada"),
	"no effect":     act((*store.Tx).RemoveEffect, "gap_ada"),
	"no referral":   act((*store.Tx).RemoveReferral, "gap_ada"),
	"offer":         act2((*store.Tx).SaveOffer, practice.Offer{ID: "offer_ada", State: practice.OfferDeclined}, practice.Offer{State: "state_ada"}),
	"no finding":    act((*store.Tx).RemoveFinding, "finding_ada"),
	"constraint":    act((*store.Tx).SaveConstraint, practice.Constraint{ID: "boundary_ada", Why: "new"}),
	"no evidence":   act2((*store.Tx).RemoveEvidence, "boundary_ada", practice.GapID("gap_ada")),
	"test":          act2((*store.Tx).AddAssumptionTest, "assumption_ada", practice.AssumptionTest{Place: 7, State: practice.AssumptionHeld, By: "member_ada"}),
	"rest":          act((*store.Tx).SaveAssumptionUse, practice.AssumptionUse{ID: "assumption_use_ada", Assumption: "assumption_ada", Fine: "new"}),
	"rest no more":  act((*store.Tx).RemoveAssumptionUse, "assumption_use_ada"),
	"procedure":     act2((*store.Tx).SaveProcedure, practice.Procedure{ID: "procedure_ada", Title: "new", Revision: 2}, 1),
	"step":          act((*store.Tx).SaveStep, practice.ProcedureStep{ID: "step_ada", Procedure: "procedure_ada", Place: 7}),
	"plan":          act2((*store.Tx).SavePlan, practice.Plan{ID: "plan_ada", Intent: practice.Intent{Title: "new"}, Version: 2}, 1),
	"cycle":         act((*store.Tx).MoveCycle, practice.Cycle{ID: "cycle_ada", EndAt: time.Unix(9, 0)}),
	"begins":        begins,
	"reads":         act((*store.Tx).SetCycleInherited, practice.Inherited{Cycle: "cycle_ada", About: "new", Says: practice.SaysFits}),
	"reads anew":    act((*store.Tx).SetCycleInherited, practice.Inherited{Cycle: "cycle_ada", About: "about_ada", Says: practice.SaysFits}),
	"unreads":       act2((*store.Tx).RemoveCycleInherited, "cycle_ada", "about_ada"),
	"reasons":       act2((*store.Tx).SetReasons, "plan_ada", []string{"new"}),
	"inherits":      act((*store.Tx).SetInherited, practice.Inherited{Plan: "plan_ada", About: "new", Says: practice.SaysFits}),
	"inherits anew": act((*store.Tx).SetInherited, practice.Inherited{Plan: "plan_ada", About: "about_ada", Says: practice.SaysFits}),
	"disinherits":   act2((*store.Tx).RemoveInherited, "plan_ada", "about_ada"),
	"unask":         act2((*store.Tx).PutSinceAway, "failure_ada", time.Unix(9, 0)),
	"reads case":    readsCase,
	"count firing":  act((*store.Tx).CountFiring, practice.Firing{Failure: "failure_ada", Count: 9}),
	"save monitor":  act((*store.Tx).SaveMonitor, practice.Monitor{ID: "monitor_ada", Plan: "plan_ada", Salt: "new"}),
	"end monitor":   act((*store.Tx).EndMonitor, "plan_ada"),
	"no plan":       act((*store.Tx).RemovePlan, "plan_ada"),
	"use procedure": func(tx *store.Tx) error { _, err := tx.Use("member_ada", "procedure_ada", 9); return err },
}

// begins begins a round that nobody has begun.
func begins(tx *store.Tx) error {
	_, err := tx.Exec(`UPDATE cycle SET begun_at = 0 WHERE id = 'cycle_ada'`)
	return errors.Join(err, tx.BeginCycle(practice.Cycle{ID: "cycle_ada", BegunAt: time.Unix(9, 0)}))
}

// readsCase reads a case that nobody has read.
func readsCase(tx *store.Tx) error {
	_, err := tx.Exec(`UPDATE misuse SET read_within = '' WHERE id = 'misuse_ada'`)
	return errors.Join(err, tx.MisuseRead("misuse_ada", practice.WaitWeek))
}

// clearDrill clears away a failure that is not on hold, and removes it.
func clearDrill(tx *store.Tx) error {
	_, err := tx.Exec(`DELETE FROM hold WHERE failure = 'failure_ada'`)
	_, err2 := tx.ClearDrill("failure_ada")
	return errors.Join(err, err2)
}

// redactAll takes every word out of what was said about Ada's failure.
func redactAll(tx *store.Tx) error {
	_, err := tx.Redact(practice.Failure{ID: "failure_ada"}, func(text string) (string, int) { return "", strings.Count(text, "_") })
	return err
}

// inRooms is what is done in Ada's room.
var inRooms = done{
	"save":         act2((*store.Tx).SaveReview, practice.Review{ID: "review_ada", Version: 9}, 1),
	"invite":       act((*store.Tx).SpendInvitation, practice.Invitation{Review: "review_ada", Member: "member_ada", Closeness: practice.Did}),
	"seats":        act2((*store.Tx).SetSeats, "review_ada", []string{"new"}),
	"forget seats": act((*store.Tx).ForgetSeats, "review_ada"),
	"unwrite":      act((*store.Tx).Unwrite, "review_ada"),
	"shuffle":      act2((*store.Tx).ShuffleAnswers, "review_ada", practice.PhaseHappened),
	"answers":      func(tx *store.Tx) error { return tx.SetAnswers("review_ada", practice.PhaseHappened, nil) },
	"lower": func(tx *store.Tx) error {
		return tx.Lower(practice.Seat{Review: "review_ada", Key: "hash_ada"}, "move", 0)
	},
	"lower all": act2((*store.Tx).LowerAll, "review_ada", "move"),
	"raise": func(tx *store.Tx) error {
		return tx.Raise(practice.Seat{Review: "review_ada", Key: "hash_new"}, "move", 0)
	},
	"ready":        func(tx *store.Tx) error { return tx.SayReady("review_ada", "mark_ada", practice.NotNow) },
	"guide":        act((*store.Tx).SaveGuide, practice.Guide{Review: "review_ada", Member: "member_ada", Outside: true, Why: "Nobody else is here."}),
	"end guide":    act((*store.Tx).EndGuide, "review_ada"),
	"keep guide":   act((*store.Tx).KeepGuide, "review_ada"),
	"no talks":     act((*store.Tx).ForgetTalks, "review_ada"),
	"note":         act2((*store.Tx).SaveGuideNote, "review_ada", "new"),
	"talk no more": func(tx *store.Tx) error { return tx.SaveTalk("review_ada", "member_ada", false) },
	"take ready":   func(tx *store.Tx) error { _, err := tx.TakeReady("review_ada"); return err },
	"say use":      func(tx *store.Tx) error { return tx.SayUse("review_ada", "mark_new", practice.UseNo) },
	"take use":     func(tx *store.Tx) error { _, err := tx.TakeUse("review_ada", "link_ada"); return err },
	"use":          act((*store.Tx).SaveUseCheck, practice.UseCheck{Review: "review_ada", Round: 7}),
	"add sheet": func(tx *store.Tx) error {
		return tx.AddSheet("pulse_open_ada", "mark_new", practice.Sheet{1, 1, 1, 1, 1, 1, 1})
	},
	"say pulse": act((*store.Tx).SavePulse, practice.PulseCounted{PulseResult: practice.PulseResult{ID: "new", Team: "team_ada", Band: practice.BandLow, Asked: 9}}),
	"tap":       func(tx *store.Tx) error { return tx.AddClosing("review_ada", "safe", 1, 1) },
	"text": act2((*store.Tx).SaveText, practice.AgreedText{Review: "review_ada", Phase: practice.PhaseHappened,
		Text: "new", Version: 2}, 1),
	"difference": act2((*store.Tx).NoteDifference, practice.AgreedText{Review: "review_ada", Phase: practice.PhaseHappened,
		Differ: "new"}, "differ_ada"),
	"gap":        act2((*store.Tx).SaveGap, practice.Gap{ID: "gap_ada", Version: 2, Intended: "new"}, 1),
	"judge":      act((*store.Tx).Judge, practice.Judgement{ID: "new", Gap: "gap_ada", Mark: "mark_ada", Round: 1, Kind: practice.Inherent}),
	"judgements": act((*store.Tx).ShuffleJudgements, "gap_ada"),
	"carry":      act2((*store.Tx).SaveCarry, practice.Carry{ID: "carry_ada", Failure: "failure_ada", Carrier: "member_ada", Act: "new", State: practice.CarryDone}, practice.CarryOffered),
}

func TestTwins_doNothingToEachOther(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		tables := twins(t, s)
		for _, all := range []done{toPeople, toFailures, inRooms} {
			for what, do := range all {
				var bo, ada [2][]string
				err := s.Update(t.Context(), func(tx *store.Tx) error {
					var errs [5]error
					bo[0], errs[0] = rowsOf(tx, tables, "bo")
					ada[0], errs[1] = rowsOf(tx, tables, "ada")
					errs[2] = do(tx)
					bo[1], errs[3] = rowsOf(tx, tables, "bo")
					ada[1], errs[4] = rowsOf(tx, tables, "ada")
					return errors.Join(append(errs[:], errPutBack)...)
				})
				switch {
				case !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n"):
					t.Errorf("%s: %v", what, err)
				case len(bo[0]) < len(tables) || slices.Equal(ada[0], ada[1]):
					t.Errorf("%s does nothing to Ada", what)
				case !slices.Equal(bo[0], bo[1]):
					t.Errorf("%s is done to Bo:\n%s", what, strings.Join(unlike(bo[0], bo[1]), "\n"))
				}
			}
		}
	})
}

// unlike are the lines of one list that are not in the other.
func unlike(a, b []string) (lines []string) {
	for _, l := range a {
		if !slices.Contains(b, l) {
			lines = append(lines, "- "+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			lines = append(lines, "+ "+l)
		}
	}
	return lines
}
