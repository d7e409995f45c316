package people_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// A team says itself what is remarked on while its people write: what it takes out is
// never remarked on again, what it adds is, and another team has its own.
func TestRemarks(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.Get("/you").Body.String())
	list := strings.Replace(team, "/team", "/team/remarks", 1)
	said := func(what string) string {
		return noor.Post("/report", "what", what, "when", "now", "stage", "after").Body.String()
	}
	const spanner = "The crew threw a spanner in it."
	if !strings.Contains(said("The staff ignored our letter."), list) {
		t.Error("a remark does not lead to the team's list")
	}
	if strings.Contains(said(spanner), "A remark for you alone") {
		t.Fatal("the words to add are remarked on before")
	}

	noor.Wants("the list", noor.Get(list), http.StatusOK, "This team&#39;s own list", "[left alone]")
	noor.Wants("a section that is not there", noor.Post(list, "version", versionOf(noor, list), "phrases", "[who]\ndepot\n[whom]"), http.StatusUnprocessableEntity, "Line 3 cannot be read: “whom”.", "depot")
	noor.Wants("looking at what cannot be read", noor.Post(list, "version", versionOf(noor, list), "phrases", "depot", "do", "try", "try", "x"), http.StatusUnprocessableEntity, "Line 1 cannot be read: “depot”.")
	const own = "[left alone]\nstaff ignored\n[blame if somebody]\nthrew a spanner"
	noor.Wants("looking at a sentence", noor.Post(list, "version", versionOf(noor, list), "phrases", own, "do", "try", "try", spanner), http.StatusOK, "“threw a spanner” says who.", "staff ignored")
	noor.Wants("looking keeps nothing", noor.Get(list), http.StatusOK, ">\n</textarea>")
	if got := noor.Post(list, "version", versionOf(noor, list), "phrases", own); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	noor.Wants("it is kept", noor.Get(list+"?kept=yes"), http.StatusOK, "staff ignored")
	if !strings.Contains(said(spanner), "A remark for you alone") {
		t.Error("what the team adds is not remarked on")
	}
	if strings.Contains(said("The staff ignored our letter."), "A remark for you alone") {
		t.Error("what the team takes out is remarked on")
	}
	if !strings.Contains(said("The bakers ignored our letter."), "A remark for you alone") {
		t.Error("the list that everybody has is gone")
	}

	words := strings.Replace(team, "/team", "/team/words", 1)
	if got := noor.Post(words, "version", versionOf(noor, words), "procedures", "Binder"); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	noor.Wants("saving other words of the team leaves it", noor.Get(list), http.StatusOK, "staff ignored")
}

// Two save at once: the second reads both, and none is lost.
func TestRemarks_twoSaveAtOnce(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.Get("/you").Body.String())
	list := strings.Replace(team, "/team", "/team/remarks", 1)
	first := versionOf(noor, list)
	if got := noor.Post(list, "version", first, "phrases", "[who]\ndepot"); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	noor.Wants("the second", noor.Post(list, "version", first, "phrases", "[who]\nbarracks"), http.StatusConflict, "barracks", "depot")
}
