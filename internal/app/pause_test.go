package app_test

import (
	"errors"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// call is a review in an hour, as somebody calls it.
func (h *hollow) call(f practice.FailureID, why string) error {
	_, err := h.app.CallReview(h.Context(), h.crew[1], practice.NewReview{Failure: f, MeetAt: h.now.Add(time.Hour), Box: practice.DefaultBox,
		People: []practice.MemberID{h.crew[1].Member}, Why: why})
	return err
}

func (h *hollow) report(text string) practice.Failure {
	h.Helper()
	f, err := h.app.ReportFailure(h.Context(), h.crew[1], practice.NewFailure{Team: h.team, Text: text, Stage: practice.StageAfter, Convene: true})
	h.must("report", err)
	return f
}

// One proposes and another agrees; meanwhile nothing is called and no clock runs, and
// reports are taken. It ends with one line, whatever its day, and then one review goes
// first.
func TestPause_isTheTeams(t *testing.T) {
	onHollows(t, func(h *hollow) {
		ctx := h.Context()
		alarm := h.raised()
		_, err := h.app.ProposePause(ctx, h.crew[1], h.team, " ", 7)
		is(h.T, "without a reason", err, "pause.why")
		_, err = h.app.ProposePause(ctx, h.crew[1], h.team, "Nothing is done", 91)
		is(h.T, "for too long", err, "pause.days")
		p, err := h.app.ProposePause(ctx, h.crew[1], h.team, "Nothing is done", 7)
		h.must("propose", err)
		before := h.report("Before it began")
		is(h.T, "while it is only proposed", h.call(before.ID, ""), "")
		_, err = h.app.ProposePause(ctx, h.crew[2], h.team, "Me too", 7)
		is(h.T, "a second proposal", err, "pause.proposed")
		_, err = h.app.AgreeToPause(ctx, h.crew[1], p.ID)
		is(h.T, "alone", err, "pause.own")
		_, err = h.app.AgreeToPause(ctx, practice.Actor{Member: "mem_other"}, p.ID)
		is(h.T, "by a stranger", err, "not.found")
		_, err = h.app.AgreeToPause(ctx, h.crew[2], p.ID)
		h.must("agree", err)
		_, err = h.app.TurnPauseDown(ctx, h.crew[3], p.ID, "No")
		is(h.T, "turned down too late", err, "pause.settled")

		h.now = h.now.Add(time.Hour)
		f := h.report("While it pauses")
		is(h.T, "called while it pauses", h.call(f.ID, "urgent"), "pause.on")
		h.now = h.now.AddDate(0, 0, 30)
		if r, err := h.app.Rhythm(ctx, h.crew[0], h.team); err != nil || !r.Pause.Asks(h.now) || !r.Pause.Runs() {
			h.Errorf("after its day it asks and goes on: %+v, %v", r.Pause, err)
		}
		_, err = h.app.ResumeFromPause(ctx, h.crew[3], p.ID, "")
		is(h.T, "without what changed", err, "pause.changed")
		_, err = h.app.ResumeFromPause(ctx, h.crew[3], p.ID, "A second pair of hands")
		h.must("resume", err)
		_, err = h.app.ResumeFromPause(ctx, h.crew[4], p.ID, "Me too")
		is(h.T, "twice", err, "pause.over")
		if all := h.watch(); all[0].ID != alarm.ID || all[0].Stands() {
			h.Errorf("what changed answers the alarm: %+v", all)
		}
		f, err = h.app.FailureByID(ctx, h.crew[1], f.ID)
		h.must("read", err)
		if f.Late(h.now.Add(time.Hour)) || !f.Late(h.now.Add(practice.ReviewLimit+time.Hour)) {
			h.Errorf("its clock runs from %v, want from %v", f.ClockAt(), h.now)
		}
		is(h.T, "beside one that is open", h.call(f.ID, ""), "start.one")
		is(h.T, "and says why", h.call(f.ID, "a flood"), "")
		h.now = h.now.Add(24 * time.Hour)
		h.met(0, true)
		if r, err := h.app.Rhythm(ctx, h.crew[0], h.team); err != nil || r.Start.Guides() {
			h.Errorf("once a review changed something: %+v, %v", r.Start, err)
		}
	})
}

// Whoever was found to misuse what people said decides nothing about the pause that came of
// it, nor about any other: the others do.
func TestPause_ofAMisuse(t *testing.T) {
	onHollows(t, func(h *hollow) {
		ctx, found, other := h.Context(), h.crew[1], h.crew[2]
		var p practice.Pause
		h.must("propose", h.store.Update(ctx, func(tx *store.Tx) error {
			m := practice.Misuse{ID: "mis_1", Lookup: "l", Public: []byte("k"), State: practice.MisuseConfirmed, Day: h.now}
			if err := errors.Join(tx.AddMisuse(m), tx.CloseReading(found.Member, m.ID, h.now)); err != nil {
				return err
			}
			p = practice.ProposeByGuardian(h.team, h.now)
			p.ID = "pse_1"
			return tx.AddPause(p)
		}))
		mayNot := func(err error) {
			h.Helper()
			is(h.T, "whoever was found to misuse", err, "pause.misused")
		}
		_, err := h.app.TurnPauseDown(ctx, found, p.ID, "No need")
		mayNot(err)
		_, err = h.app.AgreeToPause(ctx, found, p.ID)
		mayNot(err)
		for who, want := range map[practice.MemberID]bool{found.Member: true, other.Member: false} {
			r, err := h.app.Rhythm(ctx, practice.Actor{Member: who, Teams: found.Teams}, h.team)
			if err != nil || r.Others != want {
				h.Errorf("%s reads %v, %v", who, r.Others, err)
			}
		}
		_, err = h.app.AgreeToPause(ctx, other, p.ID)
		h.must("another one agrees", err)
		_, err = h.app.LengthenPause(ctx, found, p.ID, 7)
		mayNot(err)
		_, err = h.app.ResumeFromPause(ctx, found, p.ID, "I apologised")
		mayNot(err)
		_, err = h.app.ResumeFromPause(ctx, other, p.ID, "We agreed on rules")
		h.must("another one resumes", err)
		own, err := h.app.ProposePause(ctx, other, h.team, "Nothing is done", 7)
		h.must("propose one of their own", err)
		_, err = h.app.AgreeToPause(ctx, found, own.ID)
		mayNot(err)
		_, err = h.app.TurnPauseDown(ctx, found, own.ID, "No need")
		mayNot(err)
		_, err = h.app.AgreeToPause(ctx, h.crew[3], own.ID)
		h.must("anybody else", err)
	})
}

// Nobody else is there to agree in a team of one, and whoever proposed it may take it
// back.
func TestPause_ofOne(t *testing.T) {
	onDesks(t, func(d *desk) {
		team := d.steward.Teams[0]
		p, err := d.app.ProposePause(d.Context(), d.steward, team, "Alone", 3)
		d.must("propose", err)
		if !p.Runs() {
			d.Errorf("%+v", p)
		}
		p, err = d.app.LengthenPause(d.Context(), d.steward, p.ID, 20)
		d.must("longer", err)
		if want := d.now.AddDate(0, 0, 20); !p.LookAt.Equal(want) {
			d.Errorf("looks again %v, want %v", p.LookAt, want)
		}
		_, err = d.app.ResumeFromPause(d.Context(), d.steward, p.ID, "Rested")
		d.must("resume", err)
		other := add(d.T, d.app, d.steward, "Amal")
		p, err = d.app.ProposePause(d.Context(), d.steward, team, "Again", 3)
		d.must("propose again", err)
		_, err = d.app.TurnPauseDown(d.Context(), other, p.ID, " ")
		is(d.T, "turned down without a reason", err, "pause.not")
		_, err = d.app.TurnPauseDown(d.Context(), d.steward, p.ID, "A slip")
		d.must("taken back", err)
		if all, err := d.app.Pauses(d.Context(), other, team); err != nil || len(all) != 2 || all[0].Runs() {
			d.Errorf("%+v, %v", all, err)
		}
	})
}
