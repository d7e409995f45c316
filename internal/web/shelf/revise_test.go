package shelf_test

import (
	"net/http"
	"strings"
	"testing"

	"debrief/internal/practice"
)

// Choosing the step and writing its words is one form: what is written reaches
// the step that is chosen, and a step that is only chosen brings its own words.
func TestRevise_oneForm(t *testing.T) {
	h := newHall(t)
	p, to := h.bring(intake)
	id := h.steps(p)
	page := h.get(to + "/change")
	if n := strings.Count(page, "<form"); n != 1 {
		t.Errorf("%d forms", n)
	}
	h.has("one form", page, `<select id="step" name="step"`, ">3 Take the fee<", `<textarea id="text"`)
	send := func(more ...string) (int, string) {
		status, _, body := h.post(to+"/change", append([]string{"base", "1", "act", "edit", "reason", "wording", "from", "2026-06-10"}, more...)...)
		return status, body
	}
	status, body := send("step", "", "text", "Check the flood map twice")
	if h.has("no step chosen", body, "Choose a step."); status != http.StatusUnprocessableEntity {
		t.Errorf("without a step: %d", status)
	}
	_, body = send("step", string(id[2].ID), "text", "", "pick", "1")
	h.has("its words", body, "Take the fee</textarea>")
	_, body = send("step", string(id[2].ID), "was", string(id[1].ID), "text", id[1].Text)
	h.has("another step, and the words of the one before", body, "Take the fee</textarea>")
	if now := h.steps(p); now[2].Text != id[2].Text {
		t.Errorf("step 3 says %q", now[2].Text)
	}
	if status, body = send("step", string(id[1].ID), "was", "", "text", "Check the flood map twice"); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, body)
	}
	if now := h.steps(p); len(now) != len(id) || now[1].Text != "Check the flood map twice" {
		t.Errorf("%d steps, the second says %q", len(now), now[1].Text)
	}
	page = h.get(to + "/change")
	h.has("the question", page, "It adds a check on people", `name="checked"`)
	status, _, body = h.post(to+"/change", "base", "2", "act", "edit", "reason", "wording", "from", "2026-06-10", "step", string(id[2].ID), "text", "Sign for the fee", "check", "1", "checked", "Clerks")
	if h.has("a check is no wording", body, "A check on people is more than wording.", `value="1" class="opens" checked`); status != http.StatusUnprocessableEntity {
		t.Errorf("a check as wording: %d", status)
	}
	if status, _, body = h.post(to+"/change", "base", "2", "act", "edit", "reason", "law", "source", "Rule 7", "from", "2026-06-10", "step", string(id[2].ID), "text", "Sign for the fee", "check", "1", "checked", "Clerks"); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, body)
	}
	h.has("its history", h.get(to+"/history"), "Adds a check on people: Clerks")
}

// A list of twenty lines asks which one goes, where one is added, and takes it; a shorter
// one asks nothing.
func TestRevise_longListAsksAndTakesOneMore(t *testing.T) {
	for lines, asks := range map[int]bool{practice.LongList - 1: false, practice.LongList: true} {
		h := newHall(t)
		p, to := h.bring("# Deck intake\n\n" + strings.Repeat("1. Look once more\n", lines))
		if got := strings.Contains(h.get(to+"/change?act=add"), "Which line goes?"); got != asks {
			t.Errorf("%d lines: asked is %v", lines, got)
		}
		last := h.steps(p)[lines-1]
		if status, _, body := h.post(to+"/change", "base", "1", "act", "add", "reason", "wording", "from", "2026-06-10", "step", string(last.ID), "text", "Sign"); status != http.StatusSeeOther {
			t.Errorf("%d lines, and one more: %d: %s", lines, status, body)
		}
		if now := h.steps(p); len(now) != lines+1 {
			t.Errorf("%d steps", len(now))
		}
	}
}
