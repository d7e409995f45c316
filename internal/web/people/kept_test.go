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
