package web_test

import (
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/room"
	"debrief/internal/web/webtest"
)

// What lies under /seat/ comes from the seats' own table and from nowhere else.
func TestNew_seatsApart(t *testing.T) {
	kit := webtest.NewTown(t, web.New).Web
	seats := map[string]bool{}
	for _, rt := range (&room.Pages{Kit: kit}).SeatRoutes() {
		seats[rt.Pattern] = true
	}
	for _, rt := range kit.Routes() {
		if under := strings.Contains(rt.Pattern, " /seat/"); under != seats[rt.Pattern] || under && !rt.Quiet {
			t.Errorf("%s: quiet %t", rt.Pattern, rt.Quiet)
		}
	}
}
