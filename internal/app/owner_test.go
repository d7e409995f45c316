package app_test

import (
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// Nobody takes a procedure out of the hands of whoever looks after it, and with it what
// only they may say; they hand it over, or a steward does, to somebody of its team.
func TestOwnProcedure_isTheirsToHandOver(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, mate := add(t, a, steward, "Ben"), add(t, a, steward, "Mate")
		far, err := a.AddTeam(t.Context(), steward, practice.Team{Name: "Far", Pack: "tech", CycleDays: 7, EarlyWhy: "They asked.", Triggers: newTeam("x").Triggers})
		is(t, "team", err, "")
		away, err := a.AddMembers(t.Context(), steward, far.ID, []string{"Away"})
		is(t, "add", err, "")
		p := brought(t, a, steward)
		own := func(who practice.Actor, to practice.MemberID) error {
			return a.OwnProcedure(t.Context(), who, practice.Procedure{ID: p.ID, Owner: to})
		}
		is(t, "nobody looks after it yet", own(mate, ben.Member), "")
		is(t, "to herself", own(mate, mate.Member), "owner.theirs")
		is(t, "to nobody", own(mate, ""), "owner.theirs")
		is(t, "somebody of another team", own(ben, away[0].Member.ID), "owner.team")
		is(t, "their own word", own(ben, mate.Member), "")
		is(t, "a steward's", own(steward, ben.Member), "")
		home, err := a.Home(t.Context(), mate)
		is(t, "home", err, "")
		if n := len(home.Notices); n == 0 || home.Notices[0].Code != "notice.unowned" && home.Notices[n-1].Code != "notice.unowned" {
			t.Errorf("the former owner is told %+v", home.Notices)
		}
	})
}

// A trial whose owner went to another team is decided by those who are there; one that
// nobody decided in time is seen by the guardian, too. Meanwhile the procedure stays.
func TestTrial_overdueIsSeen(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, mate := add(t, a, steward, "Ben"), add(t, a, steward, "Mate")
		p := brought(t, a, steward)
		m, err := a.Procedure(t.Context(), steward, p.Slug)
		is(t, "read", err, "")
		is(t, "owner", a.OwnProcedure(t.Context(), steward, practice.Procedure{ID: p.ID, Owner: mate.Member}), "")
		is(t, "trial", s.Update(t.Context(), func(tx *store.Tx) error {
			_, err := storetest.Tried(tx, m.Steps[1].ID, tx.Now().AddDate(0, 0, -40), "One, twice", "A fire.")
			return err
		}), "")
		trials := func(who practice.Actor) int {
			home, err := a.Home(t.Context(), who)
			is(t, "home", err, "")
			return len(home.Trials)
		}
		if trials(mate) != 1 || trials(ben) != 0 {
			t.Errorf("its owner sees %d, another %d", trials(mate), trials(ben))
		}
		is(t, "guardian", s.Update(t.Context(), func(tx *store.Tx) error {
			return tx.SaveGuardian(practice.Guardian{Member: ben.Member, Agreed: true, Lookup: "x", Public: []byte("key")})
		}), "")
		if trials(ben) != 1 || trials(steward) != 0 {
			t.Errorf("the guardian sees %d, a steward %d", trials(ben), trials(steward))
		}
		is(t, "take it out of use", a.RetireProcedure(t.Context(), mate, p.ID, true), "procedure.tried")
		is(t, "she is gone from the team", s.Update(t.Context(), func(tx *store.Tx) error {
			who, err := tx.Member(mate.Member)
			if err != nil {
				return err
			}
			who.Teams = nil
			return tx.SaveMember(who)
		}), "")
		if trials(steward) != 1 {
			t.Errorf("with an owner of no team another sees %d", trials(steward))
		}
	})
}

// What is brought in from a file keeps to what takes three failures, like what is pasted.
func TestImportProcedure_keepsCoreSteps(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		p := brought(t, a, steward)
		m, err := a.Procedure(t.Context(), steward, p.Slug)
		is(t, "read", err, "")
		bring := func() error {
			_, err := a.ImportProcedure(t.Context(), steward, app.NewProcedure{Team: p.Team, Title: p.Title, Markdown: "# " + p.Title + "\n\n- [ ] " + m.Steps[0].Text + "\n"}, nil)
			return err
		}
		is(t, "mark", a.MarkStep(t.Context(), steward, p.ID, practice.CoreMark{Step: m.Steps[1].ID, Core: true, Why: "Fire."}), "")
		is(t, "without it", bring(), "core.paste")
		is(t, "mark off", a.MarkStep(t.Context(), steward, p.ID, practice.CoreMark{Step: m.Steps[1].ID, Why: "Not any more."}), "")
		is(t, "without it, once it is none", bring(), "")
	})
}

// Whoever asks a group does not choose who answers for it while it is asked.
func TestParty_saysItselfWhoSpeaks(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ben, mate := add(t, a, steward, "Ben"), add(t, a, steward, "Mate")
		p := brought(t, a, steward)
		m, err := a.Procedure(t.Context(), steward, p.Slug)
		is(t, "read", err, "")
		group := func(name string, people ...practice.MemberID) practice.PartyID {
			g, err := a.AddParty(t.Context(), steward, practice.Party{Name: name, Days: 3, Members: people})
			is(t, name, err, "")
			return g.ID
		}
		drivers, outside, guests := group("Drivers", ben.Member), group("Outside"), group("Guests")
		choose := func(who practice.Actor, id practice.PartyID, name string) error {
			return a.ChooseVoice(t.Context(), who, id, name, practice.Voice{At: time.Now().Add(-time.Hour), How: "By hand."})
		}
		is(t, "the first voice", choose(mate, outside, "Ben"), "")
		is(t, "another, by somebody else", choose(mate, outside, "Mate"), "party.own")
		is(t, "another, by the voice", choose(ben, outside, "Ben"), "")
		is(t, "ask them", a.SaveAuthority(t.Context(), steward, practice.Authority{Procedure: p.ID, Asked: []practice.PartyID{drivers, outside, guests}}), "")
		is(t, "trial", s.Update(t.Context(), func(tx *store.Tx) error {
			_, err := storetest.Tried(tx, m.Steps[1].ID, tx.Now().AddDate(0, 0, -1), "One, twice", "")
			return err
		}), "")
		is(t, "emptied while it is asked", a.EditParty(t.Context(), ben, practice.Party{ID: drivers, Name: "Drivers", Days: 3}), "party.emptied")
		is(t, "a first voice while it is asked", choose(mate, guests, "Vera"), "")
		is(t, "another while it is asked", choose(mate, guests, "Wim"), "party.own")
		is(t, "another, by a steward", choose(steward, guests, "Wim"), "")
	})
}
