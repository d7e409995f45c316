package web

import (
	"net/http"
	"testing"
	"time"
)

// A device that was left lying open makes no token: after ten minutes the
// passphrase is asked for once more.
func TestProve(t *testing.T) {
	b := newTown(t).settle()
	token := []string{"purpose", "the monitor", "scope", "read", "days", "30"}
	b.wants("right after coming in", b.post("/you/tokens", token...), http.StatusOK, "dbf_")
	b.town.now = b.town.now.Add(10 * time.Minute)
	b.wants("ten minutes later", b.post("/you/tokens", token...), http.StatusForbidden, "Say your passphrase first", `href="/prove"`)
	b.wants("without a passphrase", b.post("/prove", "passphrase", "whatever it is"), http.StatusUnprocessableEntity, "You have no passphrase yet")
	b.wants("choosing one", b.post("/you/passphrase", "before", "", "passphrase", "a kettle on the left shelf"), http.StatusSeeOther)
	b.wants("the page", b.get("/prove"), http.StatusOK, "Is it you?", `type="password"`)
	b.wants("a wrong one", b.post("/prove", "passphrase", "a kettle on the right shelf"), http.StatusUnprocessableEntity, "That is not your passphrase")
	b.wants("the right one", b.post("/prove", "passphrase", "a kettle on the left shelf"), http.StatusSeeOther)
	b.wants("then", b.post("/you/tokens", token...), http.StatusOK, "dbf_")
	stranger := &browser{town: b.town}
	b.wants("a stranger", stranger.get("/prove"), http.StatusSeeOther)
}
