package people_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

var (
	joinLink  = regexp.MustCompile(`/join/[a-z]+-[a-z]+-[a-z]+-[a-z]+`)
	knockPage = regexp.MustCompile(`/team/knocks/knk_[a-z0-9]+`)
	twoWords  = regexp.MustCompile(`id="words">([a-z]+ [a-z]+)<`)
)

func TestJoin_untilSomebodySaysYes(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	link := joinLink.FindString(noor.Get("/team/people").Body.String())
	mo := &webtest.Browser{Town: w}
	got := mo.Get(link)
	mo.Wants("the link", got, http.StatusSeeOther)
	if to := got.Header().Get("Location"); to != "/join" || strings.Contains(got.Body.String(), strings.TrimPrefix(link, "/join/")) {
		t.Errorf("the code goes on to %q: %s", to, got.Body)
	}
	mo.Wants("the page behind it", mo.Get("/join"), http.StatusOK, "Saturday crew", strings.TrimPrefix(link, "/join/"))
	mo.Wants("no name", mo.Post("/join", "name", " ", "code", strings.TrimPrefix(link, "/join/")), http.StatusUnprocessableEntity, `href="#name"`, "Saturday crew")
	mo.Wants("asked", mo.Post("/join", "name", "Mo", "code", strings.TrimPrefix(link, "/join/")), http.StatusSeeOther)
	waits := mo.Get("/join")
	mo.Wants("waits", waits, http.StatusOK, "Waiting for someone to say yes")
	if waits.Header().Get("Refresh") == "" || waits.Header().Get("Cache-Control") != "no-store" || mo.Cookie != nil {
		t.Errorf("while it waits: %v, in: %v", waits.Header(), mo.Cookie)
	}
	words := twoWords.FindStringSubmatch(waits.Body.String())[1]
	noor.Wants("her start page", noor.Get("/"), http.StatusOK, "&#34;Mo&#34; asks to come in", words)
	door := noor.Get("/team/people")
	noor.Wants("the door", door, http.StatusOK, words, "Yes, I know Mo")
	at := knockPage.FindString(door.Body.String())
	yes := noor.Post(at + "/yes")
	noor.Wants("yes", yes, http.StatusSeeOther)
	noor.Wants("what became of it", noor.Get(yes.Header().Get("Location")), http.StatusOK, "They are in, and on the list below.")
	noor.Wants("yes again", noor.Post(at+"/yes"), http.StatusConflict, "answered this already")
	mo.Wants("looks again", mo.Get("/join"), http.StatusSeeOther)
	mo.Wants("is in", mo.Get("/team/people"), http.StatusOK, "Mo", "Noor Haddad")
	mo.Wants("their device", mo.Get("/you"), http.StatusOK, "this device")

	other := &webtest.Browser{Town: w}
	other.Get(link)
	other.Post("/join", "name", "Noor Haddad", "code", strings.TrimPrefix(link, "/join/"))
	door = mo.Get("/team/people")
	if mo.Wants("a steward's name at the door", door, http.StatusOK, "Noor Haddad has a way in already"); strings.Contains(door.Body.String(), "Yes, I know Noor") {
		t.Error("Mo is offered to let somebody in as the steward")
	}
	at = knockPage.FindString(door.Body.String())
	mo.Wants("yes all the same", mo.Post(at+"/yes"), http.StatusForbidden, "a way in already")
	mo.Wants("no", mo.Post(at+"/no"), http.StatusSeeOther)
	other.Wants("refused", other.Get("/join"), http.StatusOK, "They said no")
	other.Wants("asks again", other.Post("/join/back"), http.StatusSeeOther)
	other.Wants("from the start", other.Get("/join"), http.StatusOK, "Saturday crew")
}

func TestJoin_renewedAndSecondTeam(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	amal, _ := noor.Join("Amal")
	team := regexp.MustCompile(`/team/code/tea_[a-z0-9]+`).FindString(noor.Get("/team/people").Body.String())
	old := joinLink.FindString(noor.Get(team).Body.String())
	noor.Wants("a new one", noor.Post(team), http.StatusSeeOther)
	if fresh := joinLink.FindString(noor.Get(team).Body.String()); fresh == old || fresh == "" {
		t.Errorf("the new code is %q", fresh)
	}
	mo := &webtest.Browser{Town: w}
	mo.Get(old)
	mo.Wants("the old one", mo.Get("/join"), http.StatusConflict, "too old")
	mo.Wants("typed", mo.Post("/join", "name", "Mo", "code", old), http.StatusUnprocessableEntity, "too old")

	begun := noor.Post("/team/new", "team", "Night crew", "pack", "tech", "why", "They share our gate.")
	noor.Wants("a second team", begun, http.StatusSeeOther)
	code := regexp.MustCompile(`/team/code/tea_[a-z0-9]+`).FindString(noor.Get("/team/people?team=" + strings.TrimPrefix(begun.Header().Get("Location"), "/team/")).Body.String())
	link := joinLink.FindString(noor.Get(code).Body.String())
	amal.Get(link)
	amal.Wants("somebody who is in", amal.Get("/join"), http.StatusOK, "Ask to come into Night crew")
	amal.Wants("asked", amal.Post("/join", "code", strings.TrimPrefix(link, "/join/")), http.StatusOK, "Waiting for someone")
	at := knockPage.FindString(noor.Get("/team/people").Body.String())
	amal.Wants("Amal herself says yes", amal.Post(at+"/yes"), http.StatusNotFound)
	noor.Wants("Noor says yes", noor.Post(at+"/yes"), http.StatusSeeOther)
	amal.Wants("Amal's teams", amal.Get("/you"), http.StatusOK, "Night crew", "Saturday crew")
}

func TestLeaving_asksOnceAndLeadsBack(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	amal, page := noor.Join("Amal")
	m, err := w.Web.App.MemberByName(t.Context(), practice.Actor{}, "Amal")
	if err == nil {
		_, err = w.Web.App.CreateProcedure(t.Context(), practice.Actor{Member: m.ID, Teams: m.Teams},
			app.NewProcedure{Team: m.Teams[0], Markdown: "# Opening up\n\n- [ ] Lights", Owner: m.ID})
	}
	if err != nil {
		t.Fatal(err)
	}
	asked := noor.Get(page + "/left")
	noor.Wants("the question", asked, http.StatusOK, "Let Amal go?", "open again", "Noor Haddad")
	noor.Wants("still in", amal.Get("/you"), http.StatusOK)
	field := regexp.MustCompile(`to-procedure-prc_[a-z0-9]+`).FindString(asked.Body.String())
	me := regexp.MustCompile(`value="(mem_[a-z0-9]+)">Noor`).FindStringSubmatch(asked.Body.String())
	if field == "" || me == nil {
		t.Fatalf("nothing to hand over: %s", asked.Body)
	}
	noor.Wants("let go", noor.Post(page+"/left", field, me[1]), http.StatusSeeOther)
	amal.Wants("out", amal.Get("/you"), http.StatusSeeOther)
	noor.Wants("the way back", noor.Get(page), http.StatusOK, "Bring Amal back")
	noor.Wants("back", noor.Post(page+"/back"), http.StatusSeeOther)
	noor.Wants("a new link", noor.Post(page+"/link", "use", "in"), http.StatusOK, "/in/")
	noor.Wants("twice", noor.Post(page+"/back"), http.StatusConflict, "more than a day ago")
}

// Out of one team somebody hands over what only its people can do, and is in the
// others as before.
func TestLeaving_oneTeam(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	page := noor.Add("Amal")
	team := regexp.MustCompile(`tea_[a-z0-9]+`).FindString(noor.Get("/team/people").Body.String())
	noor.Wants("reported", noor.Post("/report", "what", "The gate stood open.", "stage", "after"), http.StatusSeeOther)
	amal := strings.TrimPrefix(page, "/team/people/")
	noor.Wants("hers to convene", noor.Post("/f/1/convener", "convener", amal), http.StatusSeeOther)
	noor.Wants("hers", noor.Get("/f/1"), http.StatusOK, "Amal")
	noor.Wants("her page", noor.Get(page), http.StatusOK, page+"/left?team="+team)
	asked := noor.Get(page + "/left?team=" + team)
	noor.Wants("asked", asked, http.StatusOK, "Take Amal out of Saturday crew?", "The gate stood open")
	noor.Wants("out of a team she is not in", noor.Get(page+"/left?team=tea_x"), http.StatusNotFound)
	field := regexp.MustCompile(`to-failure-flr_[a-z0-9]+`).FindString(asked.Body.String())
	noor.Wants("out", noor.Post(page+"/left?team="+team, field, ""), http.StatusSeeOther)
	if strings.Contains(noor.Get("/f/1").Body.String(), "Amal") {
		t.Error("she convenes what she cannot read")
	}
	noor.Wants("still somebody", noor.Get(page), http.StatusOK, "Let a device in")
	if got := noor.Get(page).Body.String(); strings.Contains(got, "left?team=") {
		t.Error("she is in the team still")
	}
}

func TestDevice_named(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	amal, _ := noor.Join("Amal")
	at := regexp.MustCompile(`/you/devices/dev_[a-z0-9]+`).FindString(amal.Get("/you").Body.String())
	amal.Wants("the device", amal.Get(at), http.StatusOK, "What you call it")
	noor.Wants("somebody else's", noor.Get(at), http.StatusNotFound)
	noor.Wants("named by somebody else", noor.Post(at, "name", "Mine"), http.StatusNotFound)
	amal.Wants("no name", amal.Post(at, "name", ""), http.StatusUnprocessableEntity, `href="#name"`)
	amal.Wants("named", amal.Post(at, "name", "The kitchen phone"), http.StatusSeeOther)
	amal.Wants("afterwards", amal.Get("/you"), http.StatusOK, "The kitchen phone")
}
