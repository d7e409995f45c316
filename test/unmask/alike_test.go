package unmask

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// spoken is a small organisation in which two people say something without their names,
// one after the other: first, who is at a place of theirs, and second.
type spoken struct {
	*town
	first, second int
	alarm         practice.AlarmID
}

// bothAlike lives twice, the two people in each other's place, and returns what is left
// each time: the rows as they lie, what is in a backup of that night, and the log.
func bothAlike(t *testing.T, fresh func(testing.TB) string, acts ...func(*spoken) error) (left [2]string) {
	for n := range left {
		p := &plan{seed: 7, people: 6}
		town, err := p.begin(t.Context(), fresh(t), t.TempDir(), time.Date(2031, 3, 3, 8, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		defer town.store.Close()
		s := &spoken{town: town, first: 1 + n, second: 2 - n}
		if err := s.prepare(); err != nil {
			t.Fatal(err)
		}
		for nth, act := range acts {
			town.now = town.now.Add(time.Minute)
			town.luck(int64(100 + nth))
			if err := errors.Join(act(s), town.work()); err != nil {
				t.Fatal(err)
			}
		}
		town.waiting = 1
		if err := errors.Join(town.pass(town.now.Add(2*time.Hour)), town.copyFiles(false), town.backUp()); err != nil {
			t.Fatal(err)
		}
		var order []string // of transactions, whose numbers all databases of a server share
		for _, r := range town.loot.copies[0].rows {
			if xid := r.values["xid"]; xid != "" {
				if !slices.Contains(order, xid) {
					order = append(order, xid)
				}
				r.values["xid"] = fmt.Sprint("#", slices.Index(order, xid))
			}
			left[n] += r.table
			for _, column := range slices.Sorted(maps.Keys(r.values)) {
				left[n] += " " + column + "=" + unsealed(r.values[column])
			}
			left[n] += "\n"
		}
		for _, line := range strings.Fields(town.loot.nights[0]) {
			left[n] += unsealed(line) + "\n"
		}
		left[n] += town.log.String()
	}
	return left
}

// unsealed has the length of what is sealed, which is other bytes each time, in its place.
func unsealed(value string) string {
	if len(value) > 90 {
		return fmt.Sprint(len(value))
	}
	return value
}

// prepare has a guardian, and an alarm that asks what is in the way.
func (s *spoken) prepare() error {
	_, key, err := s.rooms.DrawReceipt(s.ctx)
	if err != nil {
		return err
	}
	return s.store.Update(s.ctx, func(tx *store.Tx) error {
		a := practice.RaiseAlarm(practice.Alarm{ID: practice.AlarmID(tx.NewID("alm")), Team: s.members[0].Teams[0]}, tx.Now(), time.UTC)
		s.alarm = a.ID
		_, err := tx.AddAlarm(a)
		return errors.Join(err, tx.SaveGuardian(practice.Guardian{Member: s.members[5].ID, NamedBy: s.members[0].ID, Agreed: true, Lookup: key.Lookup, Public: key.Public()}))
	})
}

// tells has somebody read the guardian's page and tell them something, as a browser does.
func tells(who func(*spoken) int, text string) func(*spoken) error {
	return func(s *spoken) error {
		return errors.Join(s.look(who(s), "/guardian"), s.ask(-1, "POST", "/guardian", url.Values{"text": {text}}))
	}
}

// says has somebody take their ticket and say what is in the way.
func says(who func(*spoken) int, cause practice.Cause) func(*spoken) error {
	return func(s *spoken) error {
		ticket, err := s.app.AskCause(s.ctx, s.actor(who(s)), s.alarm)
		if err != nil {
			return err
		}
		s.now = s.now.Add(300 * time.Millisecond)
		return s.rooms.SayCause(s.ctx, s.alarm, ticket.Ticket, cause)
	}
}

func one(s *spoken) int { return s.first }
func two(s *spoken) int { return s.second }

// What is left of two people who each told the guardian something, or each said what is in
// the way of changes, is the same whichever of them said which. The control is a report
// under a name.
func TestAlike_whoeverSaidIt(t *testing.T) {
	onBoth(t, func(t *testing.T, _ string, fresh func(testing.TB) string) {
		for name, acts := range map[string][]func(*spoken) error{
			"guardian": {tells(one, "What I wrote was read out to the client."), tells(two, "It was used in a talk about my pay.")},
			"cause":    {says(one, practice.CauseTime), says(two, practice.CauseUnsafe)},
		} {
			left := bothAlike(t, fresh, acts...)
			if a, b := difference(left[0], left[1]); a != "" || b != "" {
				t.Errorf("%s: the one has\n%s\nthe other\n%s", name, a, b)
			}
			if len(left[0]) < 1000 {
				t.Errorf("%s: only %d bytes are left", name, len(left[0]))
			}
		}
		left := bothAlike(t, fresh, func(s *spoken) error { return s.report(one(s), "The gate stood open.") })
		if a, b := difference(left[0], left[1]); a == "" && b == "" {
			t.Error("a report under a name leaves nothing of who made it")
		}
	})
}

// difference are the first lines in which two texts are not the same.
func difference(a, b string) (string, string) {
	one, two := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(one), len(two)) {
		if one[i] != two[i] {
			return one[i], two[i]
		}
	}
	return strings.Join(one[min(len(one), len(two)):], "\n"), strings.Join(two[min(len(one), len(two)):], "\n")
}
