package people_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

func TestKept_backup(t *testing.T) {
	noor := webtest.NewTown(t, web.New).Settle()
	noor.Wants("the page", noor.Get("/team/kept"), http.StatusOK, "makes none by itself", `action="/team/kept/backup"`)
	noor.Wants("linked", noor.Get("/team/organisation"), http.StatusOK, `href="/team/kept"`)
	got := noor.Post("/team/kept/backup")
	if got.Code != http.StatusOK {
		t.Fatalf("download: %d\n%s", got.Code, got.Body)
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "Content-Type": "application/gzip", "Content-Encoding": ""} {
		if is := got.Header().Get(name); is != want {
			t.Errorf("%s: %q", name, is)
		}
	}
	if name := got.Header().Get("Content-Disposition"); !strings.HasPrefix(name, `attachment; filename="debrief-`) {
		t.Errorf("named %q", name)
	}
	if c, err := store.CheckBackup(got.Body); err != nil || c.Rows == 0 {
		t.Errorf("what came is %+v, %v", c, err)
	}
	noor.Town.Now = noor.Town.Now.Add(10 * time.Minute)
	got = noor.Post("/team/kept/backup")
	noor.Wants("from a device that was left open", got, http.StatusForbidden, "Say your passphrase first")
}

// A steward names a keeper of records, who puts something on hold and ends it. What
// they slip on stands beside its field, and a steward alone holds nothing.
func TestKept_holds(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	rita, page := noor.Join("Rita")
	rita.Wants("before she keeps records", rita.Get("/team/kept"), http.StatusNotFound)
	rita.Wants("she cannot name herself", rita.Post(page+"/records", "records", "yes"), http.StatusNotFound)
	noor.Wants("named", noor.Post(page+"/records", "records", "yes"), http.StatusSeeOther)
	noor.Wants("on her page", noor.Get(page), http.StatusOK, "No longer a keeper of records")
	rita.Wants("a report", rita.Post("/report", "what", "The oven stayed on.", "when", "now", "stage", "after"), http.StatusSeeOther)
	rita.Wants("what she can", rita.Get("/team/kept?number=1"), http.StatusOK, "Put something on hold", `value="1"`)
	rita.Wants("linked", rita.Get("/team/organisation"), http.StatusOK, `href="/team/kept"`)
	rita.Wants("from its page", rita.Get("/f/1"), http.StatusOK, "/team/kept?number=1#holds")
	noor.Wants("a steward", noor.Post("/team/kept/holds", "number", "1", "why", "x"), http.StatusNotFound)
	hold := func(number, why, until string, code int, words ...string) {
		t.Helper()
		rita.Wants(number+" "+why+" "+until, rita.Post("/team/kept/holds", "number", number, "why", why, "until", until), code, words...)
	}
	const wrong = http.StatusUnprocessableEntity
	hold("7", "a court asked", "", wrong, "There is no such number", `href="#number"`)
	hold("1", "", "", wrong, "Say why", `href="#why"`)
	hold("1", "a court asked", "2020-01-01", wrong, "That day is over", `href="#until"`)
	hold("1", "a court asked", "soon", wrong, `href="#until"`)
	hold("f-1", "a court asked", "", http.StatusSeeOther)
	hold("1", "a court asked", "", wrong, "on hold already")
	rita.Wants("on its page", rita.Get("/f/1"), http.StatusOK, "On hold since", "A court asked.", "by Rita")
	rita.Wants("taking it back", rita.Post("/f/1/back"), http.StatusConflict, "on hold", "A court asked.")
	rita.Wants("ending it without a reason", rita.Post("/team/kept/holds/1/end", "ended", ""), wrong, `href="#ended"`, `id="ended"`)
	rita.Wants("ending it", rita.Post("/team/kept/holds/1/end", "ended", "the court is done"), http.StatusSeeOther)
	rita.Wants("then", rita.Get("/team/kept"), http.StatusOK, "Nothing is on hold", "The court is done.", "Ended")
}

// Somebody who has left and writes a letter is erased by a steward, who says why.
func TestErase_byLetter(t *testing.T) {
	w := webtest.NewTown(t, web.New)
	noor := w.Settle()
	amal, page := noor.Join("Amal")
	if said := noor.Get(page).Body.String(); strings.Contains(said, "Erase Amal") {
		t.Error("a steward may erase who is here")
	}
	noor.Wants("sent all the same", noor.Post(page+"/erase", "why", "by letter", "sure", "yes"), http.StatusConflict, "Amal is still here")
	noor.Wants("let go", noor.Post(page+"/left"), http.StatusSeeOther)
	noor.Wants("her page", noor.Get(page), http.StatusOK, "Erase Amal", "How they asked")
	noor.Wants("not sure", noor.Post(page+"/erase", "why", "by letter"), http.StatusUnprocessableEntity, `href="#sure"`)
	noor.Wants("with her name", noor.Post(page+"/erase", "why", "Amal wrote", "sure", "yes"), http.StatusUnprocessableEntity, "This names Amal")
	noor.Town.Now = noor.Town.Now.Add(10 * time.Minute)
	noor.Wants("from a device that was left open", noor.Post(page+"/erase", "why", "by letter", "sure", "yes"), http.StatusForbidden, "Say your passphrase first")
	noor.Wants("a passphrase", noor.Post("/you/passphrase", "before", "", "passphrase", "a kettle on the left shelf"), http.StatusSeeOther)
	noor.Wants("erased", noor.Post(page+"/erase", "why", "by letter", "sure", "yes"), http.StatusSeeOther)
	if said := noor.Get("/team/people").Body.String(); strings.Contains(said, "Amal") {
		t.Error("she stands on the list")
	}
	noor.Wants("the log", noor.Get("/team/kept"), http.StatusOK, "Erased by letter", "By letter.")
	amal.Wants("she", amal.Get("/you"), http.StatusSeeOther)
}
