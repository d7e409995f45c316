package shelf_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// A limit becomes an assumption with one tap, a procedure says that it rests on it, and
// once it breaks both pages say so until somebody looked.
func TestAssumption_fromALimitToABreak(t *testing.T) {
	h := newHall(t)
	h.has("empty", h.get("/a"), "Nothing registered yet.", `href="/a/new"`)
	p, to := h.bring(intake)
	h.update(func(tx *store.Tx) error {
		_, err := tx.AddConstraint(practice.Constraint{ID: "con_a", Team: h.steward.Teams[0], Text: "The bank closes at noon.", Assume: "Fees come in before noon.", Places: []string{"plan"}, NamedAt: tx.Now(), LookAt: tx.Now()})
		return err
	})
	h.has("the limit", h.get("/c/1"), "Register it as an assumption", `value="Fees come in before noon."`)
	send := func(want int, address string, form ...string) string {
		t.Helper()
		status, _, body := h.post(address, form...)
		if status != want {
			t.Fatalf("%s %v: %d %s", address, form, status, body)
		}
		return body
	}
	send(http.StatusSeeOther, "/a", "limit", "1", "text", "Fees come in before noon.")
	h.has("the limit", h.get("/c/1"), "Registered as A-1")
	h.has("for a procedure", h.get("/a/new?on="+to), "What Deck intake rests on", "Fees come in before noon.")
	h.has("no such step", send(http.StatusUnprocessableEntity, "/a", "known", "1.0", "on", to, "step", "9"), "There is no such step now.")
	send(http.StatusSeeOther, "/a", "known", "1.0", "on", to, "step", "3")
	h.has("the procedure", h.get(to), "Rests on", "Fees come in before noon.")
	h.has("nothing said", send(http.StatusUnprocessableEntity, "/a/1", "do", "test", "version", "0", "state", "broken", "how", ""), "How do we know?")
	send(http.StatusSeeOther, "/a/1", "do", "test", "version", "0", "state", "broken", "how", "It came at two.")
	h.has("slower", send(http.StatusUnprocessableEntity, "/a/1", "do", "test", "version", "0", "state", "held", "how", "Seen."), "It came at two.", "Seen.")
	h.has("the procedure", h.get(to), "Rests on what no longer holds:")
	page := h.get("/a/1")
	h.has("broken", page, "It broke. It came at two.", "Deck intake, step 3", "Nobody looked at it since", to+"/change?step="+string(h.steps(p)[2].ID))
	use := regexp.MustCompile(`name="use" value="([^"]+)"`).FindStringSubmatch(page)[1]
	h.has("no reason", send(http.StatusUnprocessableEntity, "/a/1", "do", "fine", "use", use, "version", "1", "why", " "), "Why is it still fine?")
	send(http.StatusSeeOther, "/a/1", "do", "fine", "use", use, "version", "1", "why", "We take it on Mondays.")
	h.has("looked at", h.get("/a/1"), "It stays as it is: We take it on Mondays.")
	if page := h.get(to); strings.Contains(page, "no longer holds:") || !strings.Contains(page, "Broken") {
		t.Error("the page of the procedure says it after somebody looked, or does not say that it broke")
	}
	h.has("some of them", h.get("/a?state=broken"), "Fees come in before noon.")
	h.has("registered again", send(http.StatusUnprocessableEntity, "/a", "text", "fees come in before  noon", "how", "It came."), "no longer holds", `href="/a/1"`, "fees come in before  noon", "It came.")
	_, to, _ = h.post("/a", "text", "fees come in before noon")
	h.has("and without a word", h.get(to), "It was registered already", "Fees come in before noon.")
	h.has("none of them", h.get("/a?state=replaced"), "None of them.")
}
