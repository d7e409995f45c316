package stories

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

// A server whose files may not grow refuses in words, goes on with what it has,
// and loses nothing that it said it kept. The signal that goes with such a write
// ends no program made with Go.
func TestLimit_onTheSizeOfFiles(t *testing.T) {
	database := storetest.SQLite(t)
	small := filepath.Join(t.TempDir(), "debrief")
	limited := fmt.Sprintf("#!/bin/sh\nulimit -f 4096 || exit 9\nexec %q \"$@\"\n", debrieftest.Binary(t)) // blocks of 512 bytes
	if err := os.WriteFile(small, []byte(limited), 0o700); err != nil {
		t.Fatal(err)
	}
	s := begin(t, debrieftest.Options{Database: database, Binary: small})
	at := s.besieged()
	text := `{"stage":"after","text":"` + strings.Repeat("The tank was empty. ", 150) + `"}`
	report := bomb{to: "/api/v1/failures", kind: "application/json", body: []byte(text)}
	kept, refused := 0, 0
	for refused < 5 && kept < 3000 {
		answer, page := at.send(report)
		switch {
		case answer.StatusCode == http.StatusCreated:
			kept++
		case answer.StatusCode == http.StatusServiceUnavailable && strings.Contains(page, `"code":"store.`):
			refused++
		default:
			t.Fatalf("after %d reports: %d %s", kept, answer.StatusCode, page)
		}
	}
	if kept == 0 || refused == 0 {
		t.Fatalf("%d reports were kept and %d refused: this test would prove nothing", kept, refused)
	}
	form := bomb{to: "/report", kind: "application/x-www-form-urlencoded", body: []byte("what=" + strings.Repeat("It+was+empty.+", 250) + "&when=now&stage=after")}
	if answer, page := at.send(form); answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(page, "It was empty.") {
		t.Errorf("a page answers %d:\n%s", answer.StatusCode, wordsOf(page))
	}
	if page, err := at.visitor.Get(t.Context(), s.site.URL+"/f/2"); err != nil || !strings.Contains(page, "The tank was empty.") {
		t.Errorf("what was kept is read: %v", err)
	}
	if err := s.site.Stop(); err != nil {
		t.Fatal(err)
	}
	whole := debrieftest.Start(t, debrieftest.Options{Database: database})
	for number, want := range map[int]int{kept + 1: http.StatusOK, kept + 2: http.StatusNotFound} { // the first was not sent here
		at.site = whole
		if answer, _ := at.send(bomb{to: fmt.Sprintf("/api/v1/failures/%d", number)}); answer.StatusCode != want {
			t.Errorf("F-%d of %d: %d", number, kept, answer.StatusCode)
		}
	}
	if answer, page := at.send(report); answer.StatusCode != http.StatusCreated {
		t.Errorf("without the limit: %d %s", answer.StatusCode, page)
	}
}
