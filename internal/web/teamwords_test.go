package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// A word of a team stands wherever its pack's would, in all its forms.
func TestTeamWords(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.get("/you").Body.String())
	words := strings.Replace(team, "/team", "/team/words", 1)
	noor.wants("the words", noor.get(words), http.StatusOK, "They come from the pack Tech", "in the pack: incident review", `name="review.many"`)
	noor.wants("its pack", noor.get("/"), http.StatusOK, "Start with one failure, one team, one real incident review.")
	got := noor.post(words, "version", versionOf(noor, words), "review", "after-action", "review.many", "after-actions", "procedures", "Binder")
	if got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	noor.wants("its own", noor.get("/"), http.StatusOK, "one real after-action.", ">Binder<")
	noor.wants("with an article", noor.get("/c"), http.StatusOK, "Limits appear when an after-action says")
	noor.wants("several", noor.get("/team/new"), http.StatusOK)

	noor.wants("one without several", noor.post(words, "review", "circle"), http.StatusUnprocessableEntity, "One and several belong together.")
	noor.wants("marks", noor.post(words, "core", "a{b}"), http.StatusUnprocessableEntity, "A word has no brackets and no bars.")
	noor.wants("too long", noor.post(words, "core", strings.Repeat("x", 41)), http.StatusUnprocessableEntity)
	if got := noor.post(words, "version", versionOf(noor, words), "procedures", ""); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	noor.wants("the pack's again", noor.get("/"), http.StatusOK, "one real incident review.")
}

// versionOf is what a page says its form was filled from.
func versionOf(b *browser, address string) string {
	b.t.Helper()
	m := regexp.MustCompile(`name="version" value="([0-9a-f]+)"`).FindStringSubmatch(b.get(address).Body.String())
	if m == nil {
		b.t.Fatalf("%s has no version", address)
	}
	return m[1]
}

// Two stewards save at once: both values are shown, none is lost.
func TestTeam_twoSaveAtOnce(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	amal, _ := noor.join("Amal")
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.get("/you").Body.String())
	form := func(version, name, line string) []string {
		return []string{"version", version, "team", name, "pack", "tech", "harm", "a", "near", "b", "other", "", "groups", "", "emergency", line, "cycle", "14", "began", "2026-06-01"}
	}
	first := versionOf(noor, team)
	if got := noor.post(team, form(first, "Saturday crew", "Farah, 01632 960014")...); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	second := versionOf(amal, team)
	got := amal.post(team, form(first, "Sunday crew", "")...)
	amal.wants("both", got, http.StatusConflict, "Somebody saved this page while you were writing.", "theirs: Farah, 01632 960014", "theirs: Saturday crew", `value="Sunday crew"`, `name="version" value="`+second+`"`)
	if strings.Contains(got.Body.String(), "theirs: 14") {
		t.Error("what is the same stands there twice")
	}
	noor.wants("nothing is lost", noor.get(team), http.StatusOK, `value="Saturday crew"`)
	if got := amal.post(team, form(second, "Sunday crew", "Farah, 01632 960014")...); got.Code != http.StatusSeeOther {
		t.Fatalf("on top of theirs: %d %s", got.Code, got.Body)
	}
	if got := noor.post(team, form(first, "Sunday crew", "Farah, 01632 960014")...); got.Code != http.StatusSeeOther {
		t.Errorf("the same from an old page: %d", got.Code)
	}

	house := func(version, guardian string) []string {
		return []string{"version", version, "organisation", "Alder", "zone", "UTC", "starts", "09:00", "ends", "17:00", "retention", "90", "guardian", guardian}
	}
	first = versionOf(noor, "/team/organisation")
	if got := noor.post("/team/organisation", house(first, "Mira")...); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	noor.wants("both", noor.post("/team/organisation", house(first, "")...), http.StatusConflict, "theirs: Mira")

	words := strings.Replace(team, "/team", "/team/words", 1)
	first = versionOf(noor, words)
	if got := noor.post(words, "version", first, "room", "circle", "room.many", "circles"); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	amal.wants("both words", amal.post(words, "version", first, "room", "yard", "room.many", "yards"), http.StatusConflict, "theirs: circle", "theirs: circles", `value="yard"`)
}

// Who is in several teams goes over to another, on this device.
func TestSwitch(t *testing.T) {
	w := newTown(t)
	noor := w.settle()
	if page := noor.get("/").Body.String(); strings.Contains(page, "/team/here") {
		t.Error("one team alone can be switched")
	}
	first := strings.TrimPrefix(regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.get("/you").Body.String()), "/team/")
	made := noor.post("/team/new", "team", "Night desk", "pack", "government", "why", "two shifts")
	second := strings.TrimPrefix(made.Header().Get("Location"), "/team/")
	session := noor.cookie
	got := noor.post("/team/here", "team", second)
	if got.Code != http.StatusSeeOther || noor.cookie.Name != "team" || noor.cookie.Value != second || !noor.cookie.HttpOnly {
		t.Fatalf("%d %+v", got.Code, noor.cookie)
	}
	noor.cookie = session
	ask := func(team string) string {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(session)
		r.AddCookie(&http.Cookie{Name: "team", Value: team})
		rec := httptest.NewRecorder()
		w.web.ServeHTTP(rec, r)
		return rec.Body.String()
	}
	for _, tt := range []struct{ team, words, other string }{{first, "incident review", second}, {second, "post-action review", first}} {
		if page := ask(tt.team); !strings.Contains(page, tt.words) || !strings.Contains(page, `value="`+tt.other+`"`) {
			t.Errorf("with %s the page is\n%s", tt.team, page)
		}
	}
	if page := ask("tea_nobodys"); !strings.Contains(page, `action="/team/here"`) {
		t.Errorf("with a team that is not theirs:\n%s", page)
	}
	if got := noor.post("/team/here", "team", "tea_nobodys"); got.Code != http.StatusNotFound {
		t.Errorf("into a team that is not theirs: %d", got.Code)
	}
}
