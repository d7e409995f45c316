package people_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// A word of a team stands wherever its pack's would, in all its forms.
func TestTeamWords(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.Get("/you").Body.String())
	words := strings.Replace(team, "/team", "/team/words", 1)
	noor.Wants("the words", noor.Get(words), http.StatusOK, "They come from the pack Tech", "in the pack: incident review", `name="review.many"`)
	noor.Wants("its pack", noor.Get("/"), http.StatusOK, "Start with one failure, one team, one real incident review.")
	got := noor.Post(words, "version", versionOf(noor, words), "review", "after-action", "review.many", "after-actions", "procedures", "Binder")
	if got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	noor.Wants("its own", noor.Get("/"), http.StatusOK, "one real after-action.", ">Binder<")
	noor.Wants("with an article", noor.Get("/c"), http.StatusOK, "One appears when an after-action says")
	noor.Wants("several", noor.Get("/team/new"), http.StatusOK)

	noor.Wants("one without several", noor.Post(words, "review", "circle"), http.StatusUnprocessableEntity, "One and several belong together.")
	noor.Wants("marks", noor.Post(words, "core", "a{b}"), http.StatusUnprocessableEntity, "A word has no brackets and no bars.")
	noor.Wants("too long", noor.Post(words, "core", strings.Repeat("x", 41)), http.StatusUnprocessableEntity)
	if got := noor.Post(words, "version", versionOf(noor, words), "procedures", ""); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	noor.Wants("the pack's again", noor.Get("/"), http.StatusOK, "one real incident review.")
}

// versionOf is what a page says its form was filled from.
func versionOf(b *webtest.Browser, address string) string {
	b.T.Helper()
	m := regexp.MustCompile(`name="version" value="([0-9a-f]+)"`).FindStringSubmatch(b.Get(address).Body.String())
	if m == nil {
		b.T.Fatalf("%s has no version", address)
	}
	return m[1]
}

// Two stewards save at once: both values are shown, none is lost.
func TestTeam_twoSaveAtOnce(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	amal, _ := noor.Join("Amal")
	team := regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.Get("/you").Body.String())
	form := func(version, name, line string) []string {
		return []string{"version", version, "team", name, "pack", "tech", "harm", "a", "near", "b", "other", "", "groups", "", "emergency", line, "cycle", "14", "next", "2026-06-20"}
	}
	first := versionOf(noor, team)
	if got := noor.Post(team, form(first, "Saturday crew", "Farah, 01632 960014")...); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	second := versionOf(amal, team)
	got := amal.Post(team, form(first, "Sunday crew", "")...)
	amal.Wants("both", got, http.StatusConflict, "Somebody saved this page while you were writing.", "theirs: Farah, 01632 960014", "theirs: Saturday crew", `value="Sunday crew"`, `name="version" value="`+second+`"`)
	if strings.Contains(got.Body.String(), "theirs: 14") {
		t.Error("what is the same stands there twice")
	}
	noor.Wants("nothing is lost", noor.Get(team), http.StatusOK, `value="Saturday crew"`)
	if got := amal.Post(team, form(second, "Sunday crew", "Farah, 01632 960014")...); got.Code != http.StatusSeeOther {
		t.Fatalf("on top of theirs: %d %s", got.Code, got.Body)
	}
	if got := noor.Post(team, form(first, "Sunday crew", "Farah, 01632 960014")...); got.Code != http.StatusSeeOther {
		t.Errorf("the same from an old page: %d", got.Code)
	}

	house := func(version, guardian string) []string {
		return []string{"version", version, "organisation", "Alder", "zone", "UTC", "starts", "09:00", "ends", "17:00", "retention", "90", "guardian", guardian}
	}
	first = versionOf(noor, "/team/organisation")
	if got := noor.Post("/team/organisation", house(first, "Mira")...); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	noor.Wants("both", noor.Post("/team/organisation", house(first, "")...), http.StatusConflict, "theirs: Mira")

	words := strings.Replace(team, "/team", "/team/words", 1)
	first = versionOf(noor, words)
	if got := noor.Post(words, "version", first, "room", "circle", "room.many", "circles"); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	amal.Wants("both words", amal.Post(words, "version", first, "room", "yard", "room.many", "yards"), http.StatusConflict, "theirs: circle", "theirs: circles", `value="yard"`)
}

// Who is in several teams goes over to another, on this device.
func TestSwitch(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	if page := noor.Get("/").Body.String(); strings.Contains(page, "/team/here") {
		t.Error("one team alone can be switched")
	}
	first := strings.TrimPrefix(regexp.MustCompile(`/team/tea_[a-z0-9]+`).FindString(noor.Get("/you").Body.String()), "/team/")
	made := noor.Post("/team/new", "team", "Night desk", "pack", "government", "why", "two shifts")
	second := strings.TrimPrefix(made.Header().Get("Location"), "/team/")
	session := noor.Cookie
	got := noor.Post("/team/here", "team", second)
	if got.Code != http.StatusSeeOther || noor.Cookie.Name != "team" || noor.Cookie.Value != second || !noor.Cookie.HttpOnly {
		t.Fatalf("%d %+v", got.Code, noor.Cookie)
	}
	noor.Cookie = session
	ask := func(team string) string {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(session)
		r.AddCookie(&http.Cookie{Name: "team", Value: team})
		rec := httptest.NewRecorder()
		w.Web.ServeHTTP(rec, r)
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
	if got := noor.Post("/team/here", "team", "tea_nobodys"); got.Code != http.StatusNotFound {
		t.Errorf("into a team that is not theirs: %d", got.Code)
	}
}
