package rest

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"debrief/internal/store/storetest"
)

var example = regexp.MustCompile("(?s)```http\n(.*?)```")

// What docs/api.md shows is what the API does: its requests run in their order.
func TestDocs_run(t *testing.T) {
	text, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	s := freshSite(t, storetest.SQLite(t))
	s.watch = newWatcher(t, s)
	secret, err := s.doors.OpenSetUp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"$SECRET", secret}
	all := example.FindAllStringSubmatch(string(text), -1)
	for _, e := range all {
		head, body, _ := strings.Cut(strings.NewReplacer(known...).Replace(e[1]), "\n\n")
		lines := strings.Split(strings.TrimSpace(head), "\n")
		method, path, _ := strings.Cut(lines[0], " ")
		var headers []string
		for _, line := range lines[1:] {
			name, value, _ := strings.Cut(line, ": ")
			headers = append(headers, name, value)
		}
		got := s.done(s.send(method, path, strings.TrimSpace(body), headers...))
		var cookies []string
		for _, c := range got.Result().Cookies() {
			cookies = append(cookies, c.Name+"="+c.Value)
		}
		for name, value := range map[string]string{"$COOKIE": strings.Join(cookies, "; "), "$TOKEN": got.at("token"), "$TEAM": got.at("team", "id")} {
			if value != "" {
				known = append(known, name, value)
			}
		}
	}
	if len(all) < 5 {
		t.Errorf("only %d requests", len(all))
	}
}
