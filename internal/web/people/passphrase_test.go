package people_test

import (
	"net/http"
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// Whoever begins without a passphrase reads before and after what it is for, and
// is asked once.
func TestPassphrase_isOfferedToALoneSteward(t *testing.T) {
	const said = "If this device is lost, only a passphrase lets you in again."
	for name, later := range map[string]func(*webtest.Browser, string){
		"chosen": func(b *webtest.Browser, _ string) {
			b.Wants("their page", b.Get("/you"), http.StatusOK, `id="pass"`, `<details class="fold mt4" open>`)
			b.Wants("choosing one", b.Post("/you/passphrase", "passphrase", "a kettle on the left shelf"), http.StatusSeeOther)
		},
		"put away": func(b *webtest.Browser, home string) {
			_, rest, _ := strings.Cut(home, `action="/notice/`)
			id, _, _ := strings.Cut(rest, "/put")
			b.Wants("putting it away", b.Post("/notice/"+id+"/put"), http.StatusSeeOther)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := webtest.NewTown(t, web.New)
			page := (&webtest.Browser{Town: w}).Get("/setup/" + w.Door).Body.String()
			before, _, _ := strings.Cut(page, `<details`)
			_, after, _ := strings.Cut(page, `</details>`)
			if !strings.Contains(before+after, said) {
				t.Error("set-up says what a passphrase is for only in a fold")
			}
			b := w.Settle()
			home := b.Get("/")
			b.Wants("home", home, http.StatusOK, said, `href="/you#pass"`, "Set a passphrase")
			if later(b, home.Body.String()); strings.Contains(b.Get("/").Body.String(), said) {
				t.Error("it is said again")
			}
		})
	}
	w := webtest.NewTown(t, web.New)
	b := &webtest.Browser{Town: w}
	answers := webtest.SetUpAnswers()
	for i, a := range answers {
		if a == "passphrase" {
			answers[i+1] = "a kettle on the left shelf"
		}
	}
	b.Wants("set-up", b.Post("/setup/"+w.Door, answers...), http.StatusSeeOther)
	if strings.Contains(b.Get("/").Body.String(), said) {
		t.Error("whoever has one is told to choose one")
	}
}
