package app_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// A guide reads what is agreed, what gaps were taken up and how many wrote; nobody
// else reads that page, and no word that one person wrote stands on it.
func TestGuided_readsWhatIsAgreed(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai := h.guided()
		first, err := h.app.Guided(ctx, kai, 1)
		is(h.T, "asked", err, "")
		if first.Outside || first.Asked != 0 {
			h.Errorf("before the yes: %+v", first)
		}
		is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		for _, other := range []practice.Actor{h.noor, h.amal, {Member: "mem_x", Teams: h.noor.Teams}} {
			_, err := h.app.Guided(ctx, other, 1)
			is(h.T, other.Name, err, "not.found")
			is(h.T, other.Name, h.app.NoteAsGuide(ctx, other, h.open.ID, "x"), "not.found")
		}
		at := func(phase practice.Phase, open bool) string {
			is(h.T, "move", h.store.Update(ctx, func(tx *store.Tx) error {
				r, err := tx.Review(h.open.ID)
				if err != nil {
					return err
				}
				was := r.Version
				r.Phase, r.Open, r.Version = phase, open, was+1
				return tx.SaveReview(r, was)
			}), "")
			g, err := h.app.Guided(ctx, kai, 1)
			is(h.T, string(phase), err, "")
			if text := fmt.Sprintf("%+v", g); strings.Contains(text, "said alone") || strings.Contains(text, "judged alone") || strings.Contains(text, "quoted") {
				h.Errorf("in %s they read %s", phase, text)
			}
			return fmt.Sprintf("%d %d %d %d", g.Written, len(g.Texts), len(g.Gaps), g.Sorted)
		}
		is(h.T, "written", h.store.Update(ctx, func(tx *store.Tx) error {
			a := []practice.Answer{{ID: "ans_g1", Text: "said alone", Mark: "a"}, {ID: "ans_g2", Text: "said alone too", Mark: "b"}}
			return errors.Join(tx.SetAnswers(h.open.ID, practice.PhaseIntended, a), tx.SetAnswers(h.open.ID, practice.PhaseHappened, []practice.Answer{{ID: "ans_g4", Text: "said alone, of two", Mark: "a"}}),
				tx.SaveText(practice.AgreedText{Review: h.open.ID, Phase: practice.PhaseIntended, Text: "the tank is full", Version: 1}, 0),
				tx.AddGap(practice.Gap{ID: "gap_g1", Review: h.open.ID, Intended: "full", Actual: "empty", Where: "at the valve", Quotes: []string{"quoted"}, Taken: true, Round: 1, Version: 1}),
				tx.AddGap(practice.Gap{ID: "gap_g0", Review: h.open.ID, Intended: "half", Actual: "none", Where: "at the pump", Taken: true, Verdict: practice.Avoidable, Round: 1, Version: 1}),
				tx.AddGap(practice.Gap{ID: "gap_g2", Review: h.open.ID, Intended: "x", Round: 1, Version: 1}),
				tx.Judge(practice.Judgement{ID: "ans_g3", Gap: "gap_g1", Mark: "a", Round: 1, Kind: practice.Avoidable, Reason: "judged alone"}))
		}), "")
		for _, c := range []struct {
			phase practice.Phase
			open  bool
			want  string
		}{
			{practice.PhaseArrive, false, "0 0 0 0"}, {practice.PhaseIntended, false, "2 0 0 0"}, {practice.PhaseIntended, true, "2 0 0 0"},
			{practice.PhaseHappened, false, "1 1 0 0"}, {practice.PhaseGap, true, "0 1 0 0"}, {practice.PhaseSort, false, "0 1 2 1"}, {practice.PhaseCarry, false, "0 1 2 1"},
		} {
			if got := at(c.phase, c.open); got != c.want {
				h.Errorf("in %s, open %v, they read %q, want %q", c.phase, c.open, got, c.want)
			}
		}
	})
}

// A guide is told what everybody in the room is: that a button was pressed, and not by
// whom. While people write over days it would tell who was at it.
func TestGuided_aButtonIsPressed(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai := h.guided()
		is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		h.begin()
		read := func(form practice.Form, open bool) string {
			h.Helper()
			is(h.T, "move", h.store.Update(ctx, func(tx *store.Tx) error {
				r, err := tx.Review(h.open.ID)
				if err != nil {
					return err
				}
				was := r.Version
				r.Form, r.Zone, r.Open, r.Version = form, "UTC", open, was+1
				return tx.SaveReview(r, was)
			}), "")
			g, err := h.app.Guided(ctx, kai, 1)
			is(h.T, "read", err, "")
			return fmt.Sprintf("blame %v, move on %v", g.Blame, g.Move)
		}
		none, blame := "blame false, move on false", "blame true, move on false"
		if got := read(practice.FormLive, false); got != none {
			h.Errorf("before: %s", got)
		}
		is(h.T, "press", h.store.Update(ctx, func(tx *store.Tx) error {
			r, err := tx.Review(h.open.ID)
			seat := practice.SeatAt(r.ID, []byte("seat"))
			for _, button := range []string{practice.PressBlame, practice.PressMove} {
				err = errors.Join(err, tx.Raise(seat, button, r.PressedAt(button)))
			}
			return errors.Join(err, tx.SetSeats(r.ID, []string{seat.Key}))
		}), "")
		g, err := h.app.Guided(ctx, kai, 1)
		is(h.T, "read", err, "")
		if !g.Blame || !g.Move {
			h.Errorf("pressed: %v, %v", g.Blame, g.Move)
		}
		if got := read(practice.FormLive, true); got != blame {
			h.Errorf("once the answers are open: %s", got)
		}
		if got := read(practice.FormDays, false); got != none {
			h.Errorf("in writing: %s", got)
		}
		if got := read(practice.FormDays, true); got != blame {
			h.Errorf("in writing, once it is open: %s", got)
		}
	})
}

// Whoever reads the guide's page at every moment learns nothing of who wrote what: it is
// the same whichever seat wrote which of the words.
func TestGuided_isTheSameWhoeverWrote(t *testing.T) {
	eachHouse(t, func(h *house) {
		ctx := h.Context()
		kai := h.guided()
		is(h.T, "yes", h.app.AcceptGuide(ctx, kai, h.open.ID, ""), "")
		h.begin()
		var read []string
		for _, marks := range [][]string{{"a", "b"}, {"b", "a"}} {
			is(h.T, "write", h.store.Update(ctx, func(tx *store.Tx) error {
				return tx.SetAnswers(h.open.ID, practice.PhaseIntended, []practice.Answer{{ID: "ans_g1", Text: "said alone", Mark: marks[0]}, {ID: "ans_g2", Text: "or not", Mark: marks[1]}})
			}), "")
			g, err := h.app.Guided(ctx, kai, 1)
			is(h.T, "read", err, "")
			read = append(read, fmt.Sprintf("%+v", g))
		}
		if read[0] != read[1] {
			h.Errorf("%s\n%s", read[0], read[1])
		}
	})
}
