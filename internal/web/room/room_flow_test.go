package room_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// The whole of a room, on plain pages: no script takes part in any of this.
func TestRoom_onPlainPages(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 3)
	all := c.Sit(3)
	a, b := all[0], all[1]
	a.Open(a.At).Sees("There is no promise to look back on", "Nobody is named yet to tell", "Three people or fewer", "3 are here")
	a.Send("/move", "Begin with question one").Sees("What did we intend to happen?", "From memory, after the outcome.")

	for i, p := range all {
		p.Open("/seat/" + string(c.Review.ID))
		p.Send("/1/answer", "I have written mine", "text", fmt.Sprintf("Fifty parcels by noon, says %d.", i))
		if i < 2 {
			p.Sees("Yours is in.", "Check again", fmt.Sprintf("says %d", i)).Misses(fmt.Sprintf("says %d", i+1), "says 2")
		}
	}
	c.Reload(all)
	for i, p := range all {
		p.Sees("Three answers", "says 0", "says 1", "says 2", "Yours. Only you see this mark.")
		if n := strings.Count(p.Page, "Only you see this mark"); n != 1 {
			t.Errorf("seat %d sees %d answers marked as its own", i, n)
		}
	}
	a.Send("/1/text", "Put in the text", "text", "Fifty parcels.", "phrase", "by noon, says 1.", "stand", "").Sees("Fifty parcels. By noon, says 1.", "0 of 3 do")
	a.Send("/1/text", "Put in the text", "text", "Fifty parcels. By noon, says 1. They never listen.", "stand", "").Sees("They never listen.")
	a.Send("/conflicts", "Park it", "phrase", "They never listen.").Sees("Fifty parcels. By noon, says 1.", "Take it back")
	a.Send("/conflicts", "Park it", "line", " ").Sees("One line what it is about.")
	a.Send("/conflicts", "Park it", "line", "Who decides about the vans").Sees("Who decides about the vans")
	a.Send("/conflicts", "Park it", "line", "Two rounds", "name", "Nobody").Sees("One person with an account here, by their whole name.")
	a.Send("/conflicts", "Park it", "line", "Two rounds", "due", "2031-01-01").Sees("Who looks after it? One person")
	a.Send("/conflicts", "Park it", "line", "Two rounds", "name", "noor", "due", "soon").Sees("Not kept yet.").Misses("is asked to look after it")
	a.Send("/conflicts", "Park it", "line", "Two rounds", "name", "noor", "due", "").Sees("is asked to look after it when this closes")
	a.Send("/back", "Two rounds", "").Misses("is asked to look after it")
	a.Send("/back", "They never listen", "").Misses("They never listen")
	c.Reload(all)
	for _, p := range all {
		p.Send("/1/text", "I stand behind it", "stand", "yes")
	}
	b.Sees("2 of 3 do").Open(b.At).Sees("3 of 3 do")
	b.Send("/move", "Next: what happened").Sees("What actually happened?", "We meant (from memory): Fifty parcels.", "Facts so far", "Bags handed out").Misses("Noor")

	c.Reload(all)
	for i, p := range all {
		p.Send("/2/answer", "I have written mine", "text", fmt.Sprintf("Twelve arrived, saw %d.", i), "shows", "the tally")
	}
	c.Reload(all)
	for _, p := range all {
		p.Open(p.At).Send("/2/text", "I stand behind it", "text", "Twelve arrived.", "stand", "yes")
	}
	a.Send("/move", "Next: the gap").Sees("What gap exists between the two?")

	c.Reload(all)
	for i, p := range all {
		p.Send("/3/answer", "I have written mine", "text", "fifty", "actual", fmt.Sprintf("twelve, wrote %d", i), "where", "in the yard")
	}
	c.Reload(all)
	a.Send("/gaps", `name="from"`, "from", fromForm(a, "from")).Sees("Gap 1", "Taken up")
	b.Open(b.At).Send("/gaps", "Keep the gap", "text", "a list", "actual", "no list", "where", "at the gate").Sees("Gap 2", "2 taken up")
	b.Send("/move", "Next: which kind").Sees("Gap 1 of 2", "Avoidable", "we cannot change this", "Not yet sure")

	kinds := []string{"avoidable", "avoidable", "inherent"}
	c.Reload(all)
	for i, p := range all {
		p.Send("/judge", "That is my judgement", "kind", "avoidable", "reason", fmt.Sprintf("reason %d", i)).Sees("Gap 2 of 2")
		p.Send("/judge", "That is my judgement", "kind", kinds[i], "could", "others", "needs", "another gate")
		if i < 2 {
			p.Sees("Yours is in.", "You said: Avoidable").Misses("reason 2")
		}
	}
	c.Reload(all)
	for _, p := range all {
		p.Sees("One mark is one person", "You agree.", "reason 0", "reason 1", "reason 2", "You see this differently. Both can be true.")
	}
	a.Send("/settle", "Keep it: Avoidable", "do", "settle").Sees("Sorted as")
	a.Send("/settle", "no list", "do", "settle", "kind", "avoidable").Sees("Put the difference into words")
	a.Send("/settle", "no list", "do", "settle", "kind", "avoidable", "differ", "One of us thinks the gate stays.").Sees("seen differently", "the gate stays")
	answer, err := a.Client.Do(formRequest(a, "/move", map[string]string{"version": webtest.FieldOf(a, "/move", "version")}))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if want := "/seat/" + string(c.Review.ID) + "/change"; answer.Request.URL.Path != want {
		t.Errorf("after question four the room is at %s, want %s", answer.Request.URL.Path, want)
	}
}

func formRequest(b *webtest.Plain, action string, values map[string]string) *http.Request {
	b.T.Helper()
	filled := url.Values{}
	for k, v := range values {
		filled.Set(k, v)
	}
	at, _ := url.Parse(b.At)
	to := at.Scheme + "://" + at.Host + "/seat/" + strings.Split(at.Path, "/")[2] + action
	r, err := http.NewRequest(http.MethodPost, to, strings.NewReader(filled.Encode()))
	if err != nil {
		b.T.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}
