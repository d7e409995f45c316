package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// called is a review of a failure, with people invited to it.
type called struct {
	review practice.Review
	team   practice.TeamID
	people []practice.MemberID
}

func withReview(t *testing.T, s *store.Store, people int) called {
	t.Helper()
	var c called
	update(t, s, func(tx *store.Tx) error {
		c = called{team: practice.TeamID(tx.NewID("tea"))}
		if err := tx.AddTeam(practice.Team{ID: c.team, Name: "Harbour Court", CycleDays: 14}); err != nil {
			return err
		}
		for i := range people {
			m := practice.Member{ID: practice.MemberID(tx.NewID("mem")), Name: fmt.Sprintf("Person %d", i), Active: true}
			if err := tx.AddMember(m); err != nil {
				return err
			}
			c.people = append(c.people, m.ID)
		}
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: c.team, Title: "12 of 50",
			Text: "12 of 50", Stage: practice.StageAfter, RecognisedAt: tx.Now(), Source: practice.SourceReport, Triage: practice.TriageSignificant})
		if err != nil {
			return err
		}
		c.review = practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: c.people[0],
			MeetAt: tx.Now().Add(time.Hour), Box: practice.DefaultBox, Phase: practice.PhaseArrive}
		return tx.AddReview(c.review, c.people)
	})
	return c
}

func seat(r practice.ReviewID, key string) practice.Seat { return practice.SeatAt(r, []byte(key)) }

func TestReview_roundTrip(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		c := withReview(t, s, 2)
		at := time.Date(2026, 6, 13, 14, 30, 0, 7000, time.UTC)
		want := c.review
		want.Phase, want.Open, want.Version, want.Sitting, want.StartedAt, want.EndsAt = practice.PhaseGap, true, 4, 2, at, at.Add(want.Box)
		want.PhaseEndsAt, want.FreeAt, want.Extended, want.ClosedAt = at.Add(time.Minute), at.Add(time.Second), true, at
		want.LateWhy, want.FewWhy, want.Whole = "the lift was out", "two are on leave", true
		want.Trace, want.Traceless, want.NothingWhy = "the tally", true, "the weather"
		update(t, s, func(tx *store.Tx) error { return tx.SaveReview(want, 0) })
		update(t, s, func(tx *store.Tx) error {
			got, err := tx.Review(want.ID)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			return err
		})
		err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveReview(want, 0) })
		if !errors.Is(err, practice.ErrChanged) {
			t.Errorf("saved over a newer version: %v", err)
		}
		update(t, s, func(tx *store.Tx) error {
			all, err := tx.Reviews(want.Failure)
			open, err2 := tx.OpenReviews(c.team)
			if len(all) != 1 || len(open) != 1 {
				t.Errorf("%d reviews, %d open", len(all), len(open))
			}
			_, err3 := tx.Review("rev_none")
			if !errors.Is(err3, practice.ErrNotFound) {
				t.Errorf("no such review: %v", err3)
			}
			return errors.Join(err, err2)
		})
	})
}

func TestInvitation_isSpentOnce(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		c := withReview(t, s, 3)
		update(t, s, func(tx *store.Tx) error {
			for i, closeness := range []practice.Closeness{practice.Saw, practice.Heard} {
				err := tx.SpendInvitation(practice.Invitation{Review: c.review.ID, Member: c.people[i], Closeness: closeness})
				if err != nil {
					return err
				}
			}
			got, err := tx.Turnout(c.review.ID)
			if want := (store.Turnout{Asked: 3, Came: 2, Near: 1}); got != want {
				t.Errorf("turnout %+v, want %+v", got, want)
			}
			i, err2 := tx.Invitation(c.review.ID, c.people[0])
			if !i.Spent || i.Closeness != practice.Saw {
				t.Errorf("%+v", i)
			}
			return errors.Join(err, err2)
		})
		update(t, s, func(tx *store.Tx) error {
			if _, err := tx.Invitation(c.review.ID, "mem_nobody"); !errors.Is(err, practice.ErrNotFound) {
				t.Errorf("somebody not invited: %v", err)
			}
			mine, err := tx.InvitationsOf(c.people[2])
			if len(mine) != 1 || mine[0].Spent {
				t.Errorf("%+v", mine)
			}
			return err
		})
	})
}

// Rows that were written one after the other must not tell who came first: a
// transaction that spent an invitation and one that drew a seat would pair them.
func TestSeats_noTransactionPairsThemWithPeople(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t))
	c := withReview(t, s, 4)
	var keys []string
	for i := range 4 {
		update(t, s, func(tx *store.Tx) error {
			return tx.SpendInvitation(practice.Invitation{Review: c.review.ID, Member: c.people[i], Closeness: practice.Did})
		})
		update(t, s, func(tx *store.Tx) error {
			keys = append(keys, seat(c.review.ID, fmt.Sprint("key", i)).Key)
			return tx.SetSeats(c.review.ID, keys)
		})
	}
	update(t, s, func(tx *store.Tx) error {
		for _, table := range []string{"invitation", "seat"} {
			xmins, err := tx.Strings(`SELECT DISTINCT xmin::text FROM ` + table)
			if err != nil {
				return err
			}
			if len(xmins) != 1 {
				t.Errorf("the rows of %s come from %d transactions", table, len(xmins))
			}
		}
		stored, err := tx.Strings(`SELECT hash FROM seat ORDER BY ctid`)
		if !slices.IsSorted(stored) || len(stored) != 4 {
			t.Errorf("seats lie as %v", stored)
		}
		return err
	})
}

func TestShuffleAnswers_oneOrderThatTellsNothing(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		c := withReview(t, s, 1)
		const n = 24
		var written []practice.Answer
		for i := range n {
			written = append(written, practice.Answer{ID: practice.AnswerID(fmt.Sprintf("ans_%02d", i)), Review: c.review.ID,
				Phase: practice.PhaseHappened, Mark: fmt.Sprint(i), Text: fmt.Sprintf("%02d", i)})
			update(t, s, func(tx *store.Tx) error { return tx.SetAnswers(c.review.ID, practice.PhaseHappened, written) })
		}
		update(t, s, func(tx *store.Tx) error { return tx.ShuffleAnswers(c.review.ID, practice.PhaseHappened) })
		update(t, s, func(tx *store.Tx) error {
			got, err := tx.Answers(c.review.ID, practice.PhaseHappened)
			var texts []string
			for i, a := range got {
				texts = append(texts, a.Text)
				old := slices.ContainsFunc(written, func(w practice.Answer) bool { return w.ID == a.ID })
				if a.Place != i+1 || old || a.Mark != fmt.Sprint(number(a.Text)) {
					t.Errorf("answer %d: %+v", i, a)
				}
			}
			if slices.IsSorted(texts) || len(texts) != n {
				t.Errorf("%d answers in the order they were written", len(texts))
			}
			return err
		})
	})
}

// number reads "07".
func number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func TestText_twoEditorsNeverOverwriteEachOther(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		c := withReview(t, s, 1)
		for _, was := range []int{0, 1} { // the first words, and a change of them
			var lost, won int
			var mu sync.Mutex
			var all sync.WaitGroup
			for i := range 4 {
				all.Go(func() {
					err := s.Update(context.Background(), func(tx *store.Tx) error {
						return tx.SaveText(practice.AgreedText{Review: c.review.ID, Phase: practice.PhaseIntended,
							Text: fmt.Sprint("editor ", i), Version: was + 1}, was)
					})
					mu.Lock()
					defer mu.Unlock()
					switch {
					case err == nil:
						won++
					case errors.Is(err, practice.ErrChanged):
						lost++
					default:
						t.Error(err)
					}
				})
			}
			all.Wait()
			if won != 1 || lost != 3 {
				t.Errorf("over version %d: %d won, %d were told", was, won, lost)
			}
		}
		update(t, s, func(tx *store.Tx) error {
			text, err := tx.AgreedText(c.review.ID, practice.PhaseIntended)
			if text.Version != 2 {
				t.Errorf("version %d", text.Version)
			}
			return err
		})
	})
}

func TestNoteDifference_leavesTheTextAlone(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		c := withReview(t, s, 1)
		text := practice.AgreedText{Review: c.review.ID, Phase: practice.PhaseHappened, Text: "212 doors", Version: 1}
		update(t, s, func(tx *store.Tx) error { return tx.SaveText(text, 0) })
		text.Differ = "some say 210"
		update(t, s, func(tx *store.Tx) error { return tx.NoteDifference(text, "") })
		if err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.NoteDifference(text, "") }); !errors.Is(err, practice.ErrChanged) {
			t.Errorf("over another difference: %v", err)
		}
		update(t, s, func(tx *store.Tx) error {
			got, err := tx.AgreedText(c.review.ID, practice.PhaseHappened)
			if diff := cmp.Diff(text, got); diff != "" {
				t.Error(diff)
			}
			return err
		})
	})
}

func TestHands(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		c := withReview(t, s, 1)
		a, b := seat(c.review.ID, "a"), seat(c.review.ID, "b")
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.SetSeats(c.review.ID, []string{a.Key, b.Key}), tx.Raise(a, "move", 3), tx.Raise(a, "move", 3), tx.Raise(b, "move", 3), tx.Raise(b, "move", 4))
		})
		count := func(what string, version int) (n int) {
			update(t, s, func(tx *store.Tx) error {
				hands, err := tx.Hands(c.review.ID, what, version)
				n = len(hands)
				return err
			})
			return n
		}
		if n := count("move", 3); n != 2 {
			t.Errorf("%d hands", n)
		}
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.Lower(b, "move", 4), tx.SetSeats(c.review.ID, []string{a.Key}))
		})
		if n, m := count("move", 3), count("move", 4); n != 1 || m != 0 {
			t.Errorf("after one seat was freed and one hand lowered: %d and %d", n, m)
		}
		update(t, s, func(tx *store.Tx) error { return tx.LowerAll(c.review.ID, "move") })
		if n := count("move", 3); n != 0 {
			t.Errorf("%d hands after all were lowered", n)
		}
	})
}

func TestGap_roundTrip(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		c := withReview(t, s, 1)
		at := time.Date(2026, 6, 20, 0, 0, 0, 0, time.UTC)
		want := practice.Gap{Review: c.review.ID, Place: 2, Intended: "50", Actual: "12", Where: "at the door", Quotes: []string{"it ran out"},
			Taken: true, Open: true, Round: 2, Verdict: practice.Inherent, Differ: "some say", Needs: "another bank", Could: practice.CouldOthers,
			OpenTill: at, Route: practice.Route{Kind: practice.RouteConstraint, To: "con_1", Why: "because", By: at}, Version: 1}
		update(t, s, func(tx *store.Tx) error {
			want.ID = practice.GapID(tx.NewID("gap"))
			return errors.Join(tx.AddGap(practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: c.review.ID, Round: 1}), tx.AddGap(want))
		})
		update(t, s, func(tx *store.Tx) error {
			all, err := tx.Gaps(c.review.ID)
			if diff := cmp.Diff(want, all[1]); diff != "" || len(all) != 2 {
				t.Error(diff)
			}
			return err
		})
		want.Version, want.Actual = 2, "11"
		update(t, s, func(tx *store.Tx) error { return tx.SaveGap(want, 1) })
		for name, try := range map[string]func(*store.Tx) error{
			"save":   func(tx *store.Tx) error { return tx.SaveGap(want, 1) },
			"remove": func(tx *store.Tx) error { return tx.RemoveGap(practice.Gap{ID: want.ID, Version: 1}) },
		} {
			if err := s.Update(t.Context(), try); !errors.Is(err, practice.ErrChanged) {
				t.Errorf("%s over a newer version: %v", name, err)
			}
		}
		update(t, s, func(tx *store.Tx) error {
			got, err := tx.Gap(want.ID)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			return errors.Join(err, tx.RemoveGap(got))
		})
	})
}

func TestForgetSeats_leavesNoTrace(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		c := withReview(t, s, 2)
		a, b := seat(c.review.ID, "a"), seat(c.review.ID, "b")
		gap := practice.Gap{Review: c.review.ID, From: "ans_taken", Taken: true, Round: 1}
		update(t, s, func(tx *store.Tx) error {
			gap.ID = practice.GapID(tx.NewID("gap"))
			if err := errors.Join(tx.SetSeats(c.review.ID, []string{a.Key, b.Key}), tx.AddGap(gap), tx.Raise(a, "stand:intended", 1)); err != nil {
				return err
			}
			for i, q := range []practice.Phase{practice.PhaseIntended, practice.PhaseHappened, practice.PhaseGap} {
				var answers []practice.Answer
				for j, key := range []string{a.Key, b.Key} {
					answers = append(answers, practice.Answer{ID: practice.AnswerID(tx.NewBlindID("ans")), Mark: key, Text: fmt.Sprint(i, j)})
				}
				if err := tx.SetAnswers(c.review.ID, q, answers); err != nil {
					return err
				}
			}
			return errors.Join(tx.ShuffleAnswers(c.review.ID, practice.PhaseIntended),
				tx.Judge(practice.Judgement{ID: "ans_1", Gap: gap.ID, Mark: a.Key, Round: 1, Kind: practice.Avoidable}),
				tx.Judge(practice.Judgement{ID: "ans_2", Gap: gap.ID, Mark: a.Key, Round: 1, Kind: practice.Inherent, Needs: "x", Could: practice.CouldOthers}),
				tx.Judge(practice.Judgement{ID: "ans_3", Gap: gap.ID, Mark: b.Key, Round: 1, Kind: practice.Experiment, Reason: "y"}))
		})
		if n := traces(t, s, a.Key, b.Key, "ans_taken"); n != 12 {
			t.Fatalf("found %d traces while the room was open: this test would prove nothing", n)
		}
		update(t, s, func(tx *store.Tx) error { return tx.ForgetSeats(c.review.ID) })
		if n := traces(t, s, a.Key, b.Key, "ans_taken"); n != 0 {
			t.Errorf("%d traces of a seat are left", n)
		}
		update(t, s, func(tx *store.Tx) error {
			answers, err := tx.Answers(c.review.ID, practice.PhaseIntended)
			judged, err2 := tx.Judgements(gap.ID, 1)
			if len(answers) != 2 || len(judged) != 2 || answers[0].Place != 1 || answers[1].Place != 2 {
				t.Errorf("%+v\n%+v", answers, judged)
			}
			return errors.Join(err, err2)
		})
	})
}

// traces counts the rows of all tables that hold one of the words.
func traces(t *testing.T, s *store.Store, words ...string) (n int) {
	t.Helper()
	update(t, s, func(tx *store.Tx) error {
		n = 0
		tables, whole := `SELECT name FROM sqlite_master WHERE type = 'table'`, func(table string) (string, error) {
			columns, err := tx.Strings(`SELECT 'quote(x."' || name || '")' FROM pragma_table_info('` + table + `')`)
			return strings.Join(columns, " || ' ' || "), err
		}
		if strings.Contains(t.Name(), "postgres") {
			tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
			whole = func(string) (string, error) { return "x::text", nil }
		}
		names, err := tx.Strings(tables)
		if err != nil || len(names) < 20 {
			t.Fatalf("%d tables to search: %v", len(names), err)
		}
		for _, name := range names {
			row, err := whole(name)
			if err != nil {
				return err
			}
			rows, err := tx.Strings(`SELECT ` + row + ` FROM "` + name + `" AS x`)
			if err != nil {
				return err
			}
			for _, w := range words {
				for _, r := range rows {
					n += strings.Count(r, w)
				}
			}
		}
		return nil
	})
	return n
}

func TestSeatSecret_isOneForAllNodes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		var secrets []string
		for range 2 {
			s := storetest.Open(t, address)
			update(t, s, func(tx *store.Tx) error {
				secret, err := tx.SeatSecret()
				secrets = append(secrets, string(secret))
				return err
			})
		}
		if len(secrets[0]) != 32 || secrets[0] != secrets[1] {
			t.Errorf("%x and %x", secrets[0], secrets[1])
		}
	})
}
