package measure_test

import (
	"fmt"
	"slices"
	"testing"

	"debrief/internal/measure"
	"debrief/internal/practice"
)

// same ties two failures.
func (b builder) same(x, y practice.FailureID) {
	b.Ties = append(b.Ties, practice.Tie{A: x, B: y, Kind: practice.TieSame})
}

// stepped puts a failure on a procedure by a step that changed because of it.
func (b builder) stepped(f practice.FailureID, days int, step string) {
	b.Changes = append(b.Changes, practice.TrailChange{What: step, Failure: f, At: ago(days)})
}

func ground(f practice.FailureID, step, procedure string) practice.TrailGround {
	return practice.TrailGround{Failure: f, Step: step, Procedure: practice.ProcedureID(procedure), Slug: procedure, Title: procedure}
}

// Both shapes: on one procedure each failure is in a new place, on another the same comes
// again and again, and the day of the change lies between.
func TestGrounds_bothShapes(t *testing.T) {
	b := builder{team()}
	b.People = 2
	var on []practice.TrailGround
	for i, days := range []int{400, 300, 20} {
		f, step := b.fails(days), fmt.Sprint("stp_open_", i)
		b.stepped(f, days-2, step)
		on = append(on, ground(f, step, "opening"))
	}
	first := b.fails(500)
	on = append(on, ground(first, "stp_close", "closing"))
	b.same(b.fails(350), first)
	b.stepped(first, 340, "stp_close")
	b.same(b.fails(200), first)
	b.same(b.fails(100), "flr_6")
	loose := b.fails(10)
	b.stepped("flr_1", 5, "sfg_1") // elsewhere, and the same day counts once
	b.stepped("flr_1", 5, "sfg_2")

	all := measure.Grounds(*b.Trail, on)
	if len(all) != 3 {
		t.Fatalf("%d grounds: %+v", len(all), all)
	}
	opening, closing, none := all[0], all[1], all[2]
	if opening.Slug != "opening" || opening.Shape() != measure.ShapeNew || opening.Places != 3 || opening.Again != 0 || len(opening.Changed) != 4 {
		t.Errorf("new places: %+v", opening)
	}
	if closing.Slug != "closing" || closing.Shape() != measure.ShapeSame || closing.Places != 1 || closing.Again != 3 || closing.After != 2 || len(closing.Changed) != 1 {
		t.Errorf("the same ditch: %+v", closing)
	}
	var back []int
	for _, m := range closing.Marks {
		back = append(back, m.Same)
	}
	if !slices.Equal(back, []int{0, 4, 5, 6}) {
		t.Errorf("each is tied to the last one of its place: %v", back)
	}
	if none.Procedure != "" || none.Shape() != measure.ShapeFew || len(none.Marks) != 1 || none.Marks[0].Number != 8 || none.Changed != nil {
		t.Errorf("%s belongs to none: %+v", loose, none)
	}

	// Untied, the same failures are in new places of no procedure; one tie more, and some are the same.
	b.Ties = nil
	if all = measure.Grounds(*b.Trail, on); all[len(all)-1].Shape() != measure.ShapeNew || len(all[len(all)-1].Marks) != 4 {
		t.Errorf("untied: %+v", all)
	}
	b.same("flr_1", "flr_2")
	if all = measure.Grounds(*b.Trail, on); all[0].Shape() != measure.ShapeBoth {
		t.Errorf("one of them the same: %+v", all[0])
	}
}

// What is older than the picture is not in it, and what it was the same as is still known.
func TestGrounds_lookBackOnly(t *testing.T) {
	b := builder{team()}
	old := b.fails(900)
	b.same(b.fails(30), old)
	b.fails(20, joined("flr_2"))
	all := measure.Grounds(*b.Trail, nil)
	if len(all) != 1 || len(all[0].Marks) != 1 || all[0].Marks[0].Same != 1 || all[0].Places != 1 || all[0].Again != 1 {
		t.Errorf("%+v", all)
	}
	if all := measure.Grounds(*team(), nil); all != nil {
		t.Errorf("nothing happened, and there is %+v", all)
	}
}
