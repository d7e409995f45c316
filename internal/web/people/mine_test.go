package people_test

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

func TestMine(t *testing.T) {
	noor := webtest.NewTown(t, web.New).Settle()
	noor.Post("/report", "what", "12 of 50 were wet", "when", "now", "stage", "after")
	noor.Wants("linked", noor.Get("/you"), http.StatusOK, `href="/you/mine"`)
	noor.Wants("the page", noor.Get("/you/mine"), http.StatusOK, "There is no way back")
	got := noor.Post("/you/mine")
	if got.Code != http.StatusOK || got.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("take along: %d\n%s", got.Code, got.Body)
	}
	file, err := zip.NewReader(bytes.NewReader(got.Body.Bytes()), int64(got.Body.Len()))
	if err != nil || len(file.File) != 2 {
		t.Fatalf("the file: %v", err)
	}
	for _, part := range file.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil || !strings.Contains(string(text), "12 of 50 were wet") || !strings.Contains(string(text), "Noor") {
			t.Errorf("%s says %s, %v", part.Name, text, err)
		}
	}
	noor.Wants("without meaning it", noor.Post("/you/erase"), http.StatusUnprocessableEntity, "Do you mean it?")
	noor.Wants("the last steward", noor.Post("/you/erase", "sure", "yes"), http.StatusConflict)
	noor.Town.Now = noor.Town.Now.Add(10 * time.Minute)
	noor.Wants("from a device that was left open", noor.Post("/you/mine"), http.StatusForbidden, "Say your passphrase first")
	noor.Wants("and to be erased", noor.Post("/you/erase", "sure", "yes"), http.StatusForbidden, "Say your passphrase first")
}
