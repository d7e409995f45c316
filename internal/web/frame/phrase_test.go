package frame_test

import (
	"strconv"
	"testing"

	"debrief/internal/debrieftest"
)

// Phrases that follow each other in an answer are one sentence in the text, too.
func TestPhrase_goesOnWithItsSentence(t *testing.T) {
	_, base := openLive(t)
	d := debrieftest.NewDevice(t, base, debrieftest.Desktop)
	tap := func(order ...int) string {
		d.Open("/live")
		d.Type("The one text", "")
		d.Evaluate(`(() => { const answer = document.createElement("p"); document.body.append(answer);
			for (const phrase of ["the room is read at six,", "at four degrees or less,", "and the number goes on the card.", "Nobody came?"]) { const label = document.createElement("label"), box = document.createElement("input");
				box.type = "checkbox"; box.value = phrase; box.dataset.into = "one"; label.append(box); answer.append(label); } })()`)
		for _, n := range order {
			d.Evaluate(`document.querySelectorAll("p > label > input")[` + strconv.Itoa(n) + `].click()`)
		}
		return d.Value("The one text")
	}
	for _, c := range []struct {
		order []int
		want  string
	}{
		{[]int{0, 1, 2, 1}, "The room is read at six, at four degrees or less, and the number goes on the card."},
		{[]int{0, 2}, "The room is read at six. And the number goes on the card."},
		{[]int{1, 0}, "At four degrees or less. The room is read at six."},
		{[]int{3, 0, 1}, "Nobody came? The room is read at six, at four degrees or less."},
	} {
		if got := tap(c.order...); got != c.want {
			t.Errorf("%v: %q, want %q", c.order, got, c.want)
		}
	}
}
