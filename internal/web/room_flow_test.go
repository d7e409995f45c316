package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// The whole of a room, on plain pages: no script takes part in any of this.
func TestRoom_onPlainPages(t *testing.T) {
	c := newCircle(t, 3)
	all := c.sit(3)
	a, b := all[0], all[1]
	a.open(a.at).sees("There is no promise to look back on", "No guardian is named yet to tell", "Three people or fewer", "3 are here")
	a.send("/move", "Begin with question one").sees("What did we intend to happen?", "From memory, after the outcome.")

	for i, p := range all {
		p.open("/seat/" + string(c.review.ID))
		p.send("/1/answer", "I have written mine", "text", fmt.Sprintf("Fifty parcels by noon, says %d.", i))
		if i < 2 {
			p.sees("Yours is in.", "Check again", fmt.Sprintf("says %d", i)).misses(fmt.Sprintf("says %d", i+1), "says 2")
		}
	}
	c.reload(all)
	for i, p := range all {
		p.sees("Three answers", "says 0", "says 1", "says 2", "Yours. Only you see this mark.")
		if n := strings.Count(p.page, "Only you see this mark"); n != 1 {
			t.Errorf("seat %d sees %d answers marked as its own", i, n)
		}
	}
	a.send("/1/text", "Put in the text", "text", "Fifty parcels.", "phrase", "by noon, says 1.", "stand", "").sees("Fifty parcels. By noon, says 1.", "0 of 3 do")
	c.reload(all)
	for _, p := range all {
		p.send("/1/text", "I stand behind it", "stand", "yes")
	}
	b.sees("2 of 3 do").open(b.at).sees("3 of 3 do")
	b.send("/move", "Next: what happened").sees("What actually happened?", "We meant: Fifty parcels.", "Facts so far", "Bags handed out").misses("Noor")

	c.reload(all)
	for i, p := range all {
		p.send("/2/answer", "I have written mine", "text", fmt.Sprintf("Twelve arrived, saw %d.", i), "shows", "the tally")
	}
	c.reload(all)
	for _, p := range all {
		p.open(p.at).send("/2/text", "I stand behind it", "text", "Twelve arrived.", "stand", "yes")
	}
	a.send("/move", "Next: the gap").sees("What gap exists between the two?")

	c.reload(all)
	for i, p := range all {
		p.send("/3/answer", "I have written mine", "text", "fifty", "actual", fmt.Sprintf("twelve, wrote %d", i), "where", "in the yard")
	}
	c.reload(all)
	a.send("/gaps", `name="from"`, "from", fromForm(a, "from")).sees("Gap 1", "Taken up")
	b.open(b.at).send("/gaps", "Keep the gap", "text", "a list", "actual", "no list", "where", "at the gate").sees("Gap 2", "2 taken up")
	b.send("/move", "Next: which kind").sees("Gap 1 of 2", "Avoidable", "we cannot change this", "Not yet sure")

	kinds := []string{"avoidable", "avoidable", "inherent"}
	c.reload(all)
	for i, p := range all {
		p.send("/judge", "That is my judgement", "kind", "avoidable", "reason", fmt.Sprintf("reason %d", i)).sees("Gap 2 of 2")
		p.send("/judge", "That is my judgement", "kind", kinds[i], "could", "others", "needs", "another gate")
		if i < 2 {
			p.sees("Yours is in.", "You said: Avoidable").misses("reason 2")
		}
	}
	c.reload(all)
	for _, p := range all {
		p.sees("One mark is one person", "You agree.", "reason 0", "reason 1", "reason 2", "You see this differently. Both can be true.")
	}
	a.send("/settle", "Keep it: Avoidable", "do", "settle").sees("Sorted as")
	a.send("/settle", "no list", "do", "settle", "kind", "avoidable").sees("Put the difference into words")
	a.send("/settle", "no list", "do", "settle", "kind", "avoidable", "differ", "One of us thinks the gate stays.").sees("seen differently", "the gate stays")
	answer, err := a.client.Do(formRequest(a, "/move", map[string]string{"version": fieldOf(a, "/move", "version")}))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if want := "/seat/" + string(c.review.ID) + "/change"; answer.Request.URL.Path != want {
		t.Errorf("after question four the room is at %s, want %s", answer.Request.URL.Path, want)
	}
}

func formRequest(b *plain, action string, values map[string]string) *http.Request {
	b.t.Helper()
	filled := url.Values{}
	for k, v := range values {
		filled.Set(k, v)
	}
	at, _ := url.Parse(b.at)
	to := at.Scheme + "://" + at.Host + "/seat/" + strings.Split(at.Path, "/")[2] + action
	r, err := http.NewRequest(http.MethodPost, to, strings.NewReader(filled.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}
