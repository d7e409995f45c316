package people_test

import (
	"net/http"
	"testing"
	"time"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// A device that was left lying open makes no token: after ten minutes the
// passphrase is asked for once more.
func TestProve(t *testing.T) {
	b := webtest.NewTown(t, web.New).Settle()
	token := []string{"purpose", "the monitor", "scope", "read", "days", "30"}
	b.Wants("right after coming in", b.Post("/you/tokens", token...), http.StatusOK, "dbf_")
	b.Town.Now = b.Town.Now.Add(10 * time.Minute)
	b.Wants("ten minutes later", b.Post("/you/tokens", token...), http.StatusForbidden, "Say your passphrase first", `href="/prove"`)
	b.Wants("the page of somebody without", b.Get("/prove"), http.StatusOK, "Set a passphrase", `href="/you#pass"`)
	b.Wants("without a passphrase", b.Post("/prove", "passphrase", "whatever it is"), http.StatusUnprocessableEntity, "You have no passphrase yet")
	b.Wants("choosing one", b.Post("/you/passphrase", "before", "", "passphrase", "a kettle on the left shelf"), http.StatusSeeOther)
	b.Wants("the page", b.Get("/prove"), http.StatusOK, "Is it you?", `type="password"`)
	b.Wants("a wrong one", b.Post("/prove", "passphrase", "a kettle on the right shelf"), http.StatusUnprocessableEntity, "That is not your passphrase")
	b.Wants("the right one", b.Post("/prove", "passphrase", "a kettle on the left shelf"), http.StatusSeeOther)
	b.Wants("then", b.Post("/you/tokens", token...), http.StatusOK, "dbf_")
	stranger := &webtest.Browser{Town: b.Town}
	b.Wants("a stranger", stranger.Get("/prove"), http.StatusSeeOther)
}
