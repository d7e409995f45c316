package store_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// counted is how many of each kind a trail has, and what is counted in them.
func counted(t practice.Trail) string {
	said := fmt.Sprintf("people %d cycles %d", t.People, len(t.Cycles))
	for _, f := range t.Failures {
		said += fmt.Sprintf(" failure %s", f.Stage)
	}
	for range t.Ties {
		said += " tie"
	}
	for _, r := range t.Reviews {
		said += fmt.Sprintf(" review %v", r.Outside)
	}
	said += fmt.Sprintf(" gaps %d changes %d carries %d", len(t.Gaps), len(t.Changes), len(t.Carries))
	for _, x := range t.Taps {
		said += fmt.Sprintf(" taps %d/%d %d/%d %d/%d", x.Blame.Yes, x.Blame.No, x.Again.Yes, x.Again.No, x.Near.Yes, x.Near.No)
	}
	for _, p := range t.Plans {
		said += fmt.Sprintf(" plan %d/%d", p.Elsewhere, p.Cites)
	}
	return said
}

// A trail has what a team went through, without what was practised,
// with what only some read but for its number and title; and what was tapped in a room stays in it whatever is decided later.
func TestTrail(t *testing.T) {
	const (
		closed = `UPDATE review SET phase = 'closed'`
		near   = `UPDATE invitation SET closeness = 'did', spent = TRUE`
		taps   = `UPDATE closing SET what = 'blamed', yes = 2, no = 3`
		shown  = `UPDATE failure SET only_for = '[]', drill = FALSE, stage = 'after'`
		taken  = `UPDATE gap SET taken = TRUE`
		frozen = `UPDATE plan SET frozen_at = 5`
		cites  = `UPDATE inherited SET says = 'fits', body = 'so', about = 'failure_bo' WHERE plan = 'plan_ada'`
		told   = `DELETE FROM former`
		same   = `UPDATE tie SET kind = 'same'`
		in     = `UPDATE member SET active = TRUE, guest = FALSE`
		guided = `UPDATE guide SET outside = TRUE, why = ''`
	)
	usual := []string{closed, near, taps, shown, taken, frozen, cites, told, same, in, guided}
	whole := "people 1 cycles 1 failure after tie review true gaps 1 changes 1 carries 1 taps 2/3 0/0 1/0 plan 1/1"
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		twins(t, s)
		for change, want := range map[string]string{
			``: whole,
			`UPDATE failure SET drill = TRUE WHERE id = 'failure_ada'`:                  "people 1 cycles 1 gaps 0 changes 0 carries 0 taps 2/3 0/0 1/0 plan 1/1",
			`UPDATE failure SET only_for = '["member_ada"]' WHERE id = 'failure_ada'`:   whole,
			`UPDATE member SET active = FALSE`:                                          strings.Replace(whole, "people 1", "people 0", 1),
			`UPDATE member SET guest = TRUE`:                                            strings.Replace(whole, "people 1", "people 0", 1),
			`UPDATE tie SET kind = 'joined'`:                                            strings.Replace(whole, " tie", "", 1),
			`UPDATE review SET phase = 'off'`:                                           "people 1 cycles 1 failure after tie gaps 0 changes 0 carries 1 plan 1/1",
			`UPDATE review SET phase = 'carry'`:                                         strings.Replace(whole, "gaps 1 changes 1 carries 1 taps 2/3 0/0 1/0", "gaps 0 changes 0 carries 1", 1),
			`UPDATE gap SET taken = FALSE`:                                              strings.Replace(whole, "gaps 1", "gaps 0", 1),
			`UPDATE invitation SET spent = FALSE`:                                       strings.Replace(whole, "0/0 1/0", "0/0 0/1", 1),
			`UPDATE invitation SET closeness = 'heard'`:                                 strings.Replace(whole, "0/0 1/0", "0/0 0/0", 1),
			`UPDATE guide SET outside = FALSE`:                                          strings.Replace(whole, "true", "false", 1),
			`UPDATE guide SET why = 'x'`:                                                strings.Replace(whole, "true", "false", 1),
			`UPDATE closing SET what = 'again'`:                                         strings.Replace(whole, "2/3 0/0", "0/0 2/3", 1),
			`UPDATE plan SET frozen_at = 0`:                                             strings.Replace(whole, " plan 1/1", "", 1),
			`UPDATE inherited SET says = 'apart'`:                                       strings.Replace(whole, "plan 1/1", "plan 0/0", 1),
			`UPDATE inherited SET body = ''`:                                            strings.Replace(whole, "plan 1/1", "plan 0/0", 1),
			`UPDATE inherited SET about = 'failure_ada' WHERE plan = 'plan_ada'`:        strings.Replace(whole, "plan 1/1", "plan 0/1", 1),
			`INSERT INTO former VALUES ('failure_ada', 1, 'x', 'early', 0, 0)`:          strings.Replace(whole, "failure after", "failure early", 1),
			`INSERT INTO former VALUES ('failure_ada', 2, 'x', 'early', 0, 0)`:          whole,
			`UPDATE membership SET team = 'team_bo' WHERE member = 'member_ada'`:        strings.Replace(whole, "people 1", "people 0", 1),
			`UPDATE failure SET team = 'team_bo' WHERE id = 'failure_ada'`:              "people 1 cycles 1 gaps 0 changes 0 carries 0 plan 1/1",
			`UPDATE scar SET safeguard = NULL WHERE safeguard IS NOT NULL`:              whole,
			`UPDATE failure SET reported_at = 0, recognised_at = 7 WHERE drill = FALSE`: whole,
		} {
			var got practice.Trail
			var one, two bool
			err := s.Update(t.Context(), func(tx *store.Tx) (err error) {
				for _, so := range append(append([]string{}, usual...), change) {
					if so != "" {
						_, err2 := tx.Exec(so)
						err = errors.Join(err, err2)
					}
				}
				var errs [3]error
				got, errs[0] = tx.Trail("team_ada")
				one, errs[1] = tx.HasClosed("team_ada", 1)
				two, errs[2] = tx.HasClosed("team_ada", 2)
				return errors.Join(append(errs[:], err, errPutBack)...)
			})
			if !errors.Is(err, errPutBack) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("%s: %v", change, err)
			}
			if said := counted(got); said != want {
				t.Errorf("%s:\n%s, want\n%s", change, said, want)
			}
			if has := strings.Contains(want, "review") && !strings.Contains(change, "phase"); one != has || two {
				t.Errorf("%s: has closed one %t, two %t", change, one, two)
			}
			if withheld := strings.Contains(change, "only_for"); len(got.Failures) == 1 && withheld != (got.Failures[0].Number == 0 && got.Failures[0].Title == "") {
				t.Errorf("%s: it is called %d %q", change, got.Failures[0].Number, got.Failures[0].Title)
			}
			if strings.Contains(change, "recognised_at = 7") && got.Failures[0].At.UnixMicro() != 7 {
				t.Errorf("one without an author was told at %v", got.Failures[0].At)
			}
		}
	})
}

// person is a column in which one stands.
var person = regexp.MustCompile(`\b(reporter|carrier|author|convener|lead|offered|owner|touched|mark|seat|let_in_by)\b|SELECT[^(]*\bmember\b`)

// No query of what is measured has a person in it.
func TestTrail_asksForNobody(t *testing.T) {
	var text []byte
	for _, file := range []string{"trail.go", "trailheld.go"} {
		one, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, one...)
	}
	queries := regexp.MustCompile("(?s)`[^`]*`")
	asked := queries.FindAllString(string(text), -1)
	for _, q := range asked {
		if found := person.FindString(q); found != "" {
			t.Errorf("%s in %s", found, q)
		}
	}
	if len(asked) < 12 {
		t.Errorf("found %d queries", len(asked))
	}
	carry, err := os.ReadFile("carry.go")
	if err != nil || !person.Match(carry) {
		t.Error("promises have a carrier, and none is found in their queries")
	}
}
