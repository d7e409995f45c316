package app_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// stand makes somebody a guardian whom everything is in order with.
func (h *hollow) stand(who practice.Actor) {
	h.Helper()
	h.must("a guardian", h.store.Update(h.Context(), func(tx *store.Tx) error {
		return tx.SaveGuardian(practice.Guardian{Member: who.Member, Agreed: true, Lookup: string(who.Member), Public: []byte("key")})
	}))
}

// misused closes raw answers to somebody.
func (h *hollow) misused(who practice.Actor) {
	h.Helper()
	h.must("misuse", h.store.Update(h.Context(), func(tx *store.Tx) error {
		m := practice.Misuse{ID: practice.MisuseID("mis_" + who.Member), Lookup: "of " + string(who.Member), Public: []byte("k"), State: practice.MisuseConfirmed, Day: h.now}
		return errors.Join(tx.AddMisuse(m), tx.CloseReading(who.Member, m.ID, h.now))
	}))
}

// outside is somebody of another team.
func (h *hollow) outside(name string) practice.Actor {
	h.Helper()
	team := practice.TeamID("tea_" + name)
	who := practice.Member{ID: practice.MemberID("mem_" + name), Name: name, Active: true, Teams: []practice.TeamID{team}}
	h.must("another team", h.store.Update(h.Context(), func(tx *store.Tx) error {
		return errors.Join(tx.AddTeam(practice.Team{ID: team, Name: name + " crew", Pack: "default", CycleDays: 14}), tx.AddMember(who))
	}))
	return practice.Actor{Member: who.ID, Name: name, Teams: who.Teams}
}

// A guardian who stands becomes neither steward nor leader, and no steward lets them go:
// not the only one, and not another one either, so that a refusal tells of no case. Once
// they gave it back, all of it goes.
func TestGuardian_standsApart(t *testing.T) {
	onHollows(t, func(h *hollow) {
		ctx, mira := h.Context(), h.crew[1]
		steward := h.steward
		steward.Proved = true
		try := func(code string) {
			h.Helper()
			is(h.T, "steward", h.app.SetSteward(ctx, steward, mira.Member, true), code)
			is(h.T, "leader", h.app.SaveLeads(ctx, steward, mira.Member, []practice.MemberID{h.crew[2].Member}), code)
			if code == "" {
				is(h.T, "not any more", h.app.SetSteward(ctx, steward, mira.Member, false), "")
			} else {
				code = "guardian.leaves"
			}
			is(h.T, "let go", h.app.LetGo(ctx, steward, mira.Member, nil), code)
		}
		h.stand(mira)
		try("guardian.apart")
		h.stand(h.crew[3])
		try("guardian.apart")
		is(h.T, "nobody led", h.app.SaveLeads(ctx, steward, mira.Member, nil), "")
		ended, err := h.app.EndGuardian(ctx, mira, mira.Member)
		if err != nil || !ended {
			h.Fatalf("they give it back: %t, %v", ended, err)
		}
		try("")
	})
}

// Whoever got power while they were put forward does not become guardian by the last yes.
func TestAgreeGuardian_looksAgain(t *testing.T) {
	onHollows(t, func(h *hollow) {
		ctx := h.Context()
		h.must("put forward", h.store.Update(ctx, func(tx *store.Tx) error {
			return tx.SaveGuardian(practice.Guardian{Member: h.crew[1].Member, NamedBy: h.steward.Member, Lookup: "x", Public: []byte("key")})
		}))
		is(h.T, "lead", h.app.SaveLeads(ctx, h.steward, h.crew[1].Member, []practice.MemberID{h.crew[2].Member}), "")
		is(h.T, "agree", h.app.AgreeGuardian(ctx, h.crew[2], h.crew[1].Member), "guardian.power")
		is(h.T, "lead nobody", h.app.SaveLeads(ctx, h.steward, h.crew[1].Member, nil), "")
		is(h.T, "agree", h.app.AgreeGuardian(ctx, h.crew[2], h.crew[1].Member), "")
	})
}

// Where nobody of a team can decide about its pause, whoever leads them does, then a
// steward, then a guardian: they are asked, read the pause and nothing else, and decide.
func TestPause_whereNobodyOfTheTeamCan(t *testing.T) {
	onHollows(t, func(h *hollow) {
		ctx := h.Context()
		alone, lead, mira := h.outside("Alone"), h.crew[1], h.crew[2]
		h.stand(mira)
		team := alone.Teams[0]
		h.misused(alone)
		p, err := h.app.ProposePause(ctx, alone, team, "I see it myself", 7)
		h.must("propose", err)
		if p.Runs() {
			h.Fatal("whoever misused what was said begins a pause alone")
		}
		reads := func(who practice.Actor) bool {
			r, err := h.app.Rhythm(ctx, who, team)
			if err == nil && (r.Pause.ID != p.ID || !r.Asked || r.People != 0) {
				h.Errorf("%s reads %+v", who.Name, r)
			}
			return err == nil
		}
		asked := func(who practice.Actor) bool {
			return slices.Contains(notices(h.T, h.store, who.Member), "notice.pause-decide")
		}
		if !reads(h.steward) || !asked(h.steward) || reads(lead) || reads(mira) {
			h.Error("with nobody who leads them, a steward is asked, and nobody else")
		}
		h.must("leads", h.app.SaveLeads(ctx, h.steward, lead.Member, []practice.MemberID{alone.Member}))
		if reads(h.steward) || !reads(lead) {
			h.Error("whoever leads them decides before a steward does")
		}
		_, err = h.app.AgreeToPause(ctx, h.steward, p.ID)
		is(h.T, "by a steward meanwhile", err, "not.found")
		_, err = h.app.AgreeToPause(ctx, alone, p.ID)
		is(h.T, "by themselves", err, "pause.misused")
		h.misused(lead)
		h.misused(h.steward)
		if reads(lead) || reads(h.steward) || !reads(mira) {
			h.Error("a guardian decides where nobody else can")
		}
		_, err = h.app.AgreeToPause(ctx, mira, p.ID)
		h.must("the guardian agrees", err)
		if asked(h.steward) {
			h.Error("it is decided, and somebody is still asked")
		}
		_, err = h.app.ResumeFromPause(ctx, alone, p.ID, "I apologised")
		is(h.T, "ended by themselves", err, "pause.misused")
		_, err = h.app.ResumeFromPause(ctx, mira, p.ID, "We talked")
		h.must("ended", err)
		if reads(mira) {
			h.Error("there is no pause, and it is read")
		}
	})
}

// When the alarm rises everybody of the team gets a line of their own, and so does a guardian
// of another team; setting it aside tells the others. Where nothing rose nobody is told.
func TestAlarm_tellsEverybody(t *testing.T) {
	onHollows(t, func(h *hollow) {
		guardian, other := h.outside("Mira"), h.crew[5]
		h.stand(guardian)
		lines := func(who practice.Actor, code string) (n int) {
			for _, c := range notices(h.T, h.store, who.Member) {
				if c == code {
					n++
				}
			}
			return n
		}
		h.watch()
		if lines(other, "notice.alarm") != 0 || lines(guardian, "notice.alarm-guardian") != 0 {
			h.Error("told of nothing")
		}
		alarm := h.raised()
		for _, who := range h.crew {
			if lines(who, "notice.alarm") != 1 || lines(who, "notice.alarm-guardian") != 0 {
				h.Errorf("%s is told %d times", who.Name, lines(who, "notice.alarm"))
			}
		}
		if lines(guardian, "notice.alarm-guardian") != 1 || lines(guardian, "notice.alarm") != 0 {
			h.Error("the guardian has no line")
		}
		_, err := h.app.SetAlarmAside(h.Context(), h.crew[1], alarm.ID, " ")
		is(h.T, "without a reason", err, "alarm.why")
		_, err = h.app.SetAlarmAside(h.Context(), h.crew[1], alarm.ID, "The rota is being mended")
		h.must("aside", err)
		r, err := h.app.Rhythm(h.Context(), other, h.team)
		if err != nil || r.Alarm.Why != "The rota is being mended" || lines(other, "notice.alarm-aside") != 1 || lines(h.crew[1], "notice.alarm-aside") != 0 {
			h.Errorf("set aside: %+v, %v", r.Alarm, err)
		}
	})
}

// A pause or a question that waits for somebody is something that waits for them on their
// start page; what waits for others is not.
func TestRhythm_waits(t *testing.T) {
	onHollows(t, func(h *hollow) {
		ctx := h.Context()
		waits := func(who practice.Actor) bool {
			h.Helper()
			home, err := h.app.Home(ctx, who)
			h.must("home", err)
			return slices.ContainsFunc(home.Rhythms, func(r app.Rhythm) bool { return r.Waits(h.now) })
		}
		want := func(when, for123 string) {
			h.Helper()
			if got := fmt.Sprint(waits(h.crew[1]), waits(h.crew[2]), waits(h.crew[3])); got != for123 {
				h.Errorf("%s it waits for %s, want %s", when, got, for123)
			}
		}
		h.misused(h.crew[3])
		want("before", "false false false")
		p, err := h.app.ProposePause(ctx, h.crew[1], h.team, "Nothing is done", 7)
		h.must("propose", err)
		want("proposed", "false true false")
		_, err = h.app.AgreeToPause(ctx, h.crew[2], p.ID)
		h.must("agree", err)
		want("it runs", "false false false")
		h.now = h.now.AddDate(0, 0, 8)
		want("its day has come", "true true false")
		_, err = h.app.ResumeFromPause(ctx, h.crew[2], p.ID, "A new rota")
		h.must("resume", err)
		alarm := h.raised()
		want("an alarm", "true true true")
		h.say(alarm.ID, practice.CauseTime, practice.CauseTime, practice.CauseTime)
		want("two took the question", "false false true")
	})
}

// What a pause finds called goes on, and stands on its page; nothing new is called.
func TestPause_whatWasCalledGoesOn(t *testing.T) {
	onHollows(t, func(h *hollow) {
		ctx := h.Context()
		f := h.report("Called before")
		h.must("call", h.call(f.ID, ""))
		p, err := h.app.ProposePause(ctx, h.crew[1], h.team, "Nothing is done", 7)
		h.must("propose", err)
		_, err = h.app.AgreeToPause(ctx, h.crew[2], p.ID)
		h.must("agree", err)
		r, err := h.app.Rhythm(ctx, h.crew[2], h.team)
		if err != nil || len(r.Called) != 1 || r.Called[0].Failure.ID != f.ID || r.Called[0].Review.Phase != practice.PhaseArrive {
			h.Errorf("called before: %+v, %v", r.Called, err)
		}
		is(h.T, "a new one", h.call(h.report("Meanwhile").ID, ""), "pause.on")
	})
}

// A copy has no answer to what is in the way and no list of who took the question: it is
// asked anew there, and what was given before adds nothing. In the first database it does.
func TestCause_onceInACopyToo(t *testing.T) {
	onHollows(t, func(h *hollow) {
		ctx := h.Context()
		alarm := h.raised()
		ticket, err := h.app.AskCause(ctx, h.crew[1], alarm.ID)
		h.must("ask", err)
		h.must("say", h.rooms.SayCause(ctx, alarm.ID, ticket.Ticket, practice.CauseTime))
		path := filepath.Join(h.TempDir(), "copy.gz")
		_, err = h.store.BackupFile(ctx, path)
		h.must("back up", err)
		to := storetest.SQLite(h.T)
		if h.address != "" && h.address[0] == 'p' {
			to = storetest.BlankPostgres(h.T)
		}
		_, err = store.Restore(ctx, store.Options{Database: to, Now: time.Now, Random: rand.Reader}, path)
		h.must("restore", err)
		copied := storetest.Open(h.T, to, func(o *store.Options) { o.Now = func() time.Time { return h.now } })
		again, rooms := app.New(app.Options{Store: copied}), room.New(room.Options{Store: copied})
		is(h.T, "the ticket from before", rooms.SayCause(ctx, alarm.ID, ticket.Ticket, practice.CauseUndone), "ticket.old")
		fresh, err := again.AskCause(ctx, h.crew[1], alarm.ID)
		h.must("asked anew", err)
		is(h.T, "once", rooms.SayCause(ctx, alarm.ID, fresh.Ticket, practice.CauseUndone), "")
		_, err = again.AskCause(ctx, h.crew[1], alarm.ID)
		is(h.T, "twice", err, "cause.taken")
		is(h.T, "and where it was", h.rooms.SayCause(ctx, alarm.ID, ticket.Ticket, practice.CauseUndone), "")
		h.must("count", copied.View(ctx, func(tx *store.Tx) error {
			all, err := tx.Causes(alarm.ID)
			if len(all) != 1 {
				h.Errorf("one person answered %d times", len(all))
			}
			return err
		}))
	})
}
