package people_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// A team puts its list in order, and what nobody takes goes to whose week it is:
// another one when the next week begins, and never to whoever is away or gone.
func TestTurns_onPlainPages(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 4)
	at := "/team/conveners/" + string(c.People[0].Teams[0])
	b := c.Browser(0).Open(at).Sees("Nobody stands on the list.")
	for _, p := range c.People[:3] {
		b.Send(at, "", "add", string(p.Member))
	}
	order := func() string {
		var all []string
		for _, m := range regexp.MustCompile(`<b>\d\. ([^<]+)</b>`).FindAllStringSubmatch(b.Page, -1) {
			all = append(all, m[1])
		}
		return strings.Join(all, ", ")
	}
	press(c, b, at, "down", c.People[0])
	press(c, b, at, "up", c.People[2])
	if got := order(); got != "Person 1, Person 2, Noor Haddad" {
		t.Fatalf("in order: %s", got)
	}
	if b.Send(at, "", "add", "mem_nobody"); b.Status != http.StatusUnprocessableEntity {
		t.Errorf("somebody unknown: %d", b.Status)
	}
	b.Open(at)

	up := func() practice.Actor {
		t.Helper()
		for _, p := range c.People {
			if strings.Contains(b.Open(at).Page, p.Name+`</b> <span class="tag core">`) {
				return p
			}
		}
		t.Fatal("it is nobody's week")
		return practice.Actor{}
	}
	reported := 0
	goesTo := func(p practice.Actor) {
		t.Helper()
		reported++
		r := c.Browser(3).Open("/report").Send("/report", "", "what", fmt.Sprintf("Lamp %d went out.", reported), "when", "now", "stage", "after")
		r.Open(strings.TrimSuffix(r.At, "/in")).Sees(p.Name + " convenes this one")
		for i, other := range c.People {
			if other.Member == p.Member {
				c.Browser(i).Open("/").Sees("you convene this one", fmt.Sprintf("You convene this one: Lamp %d went out.", reported))
			}
		}
	}
	first := up()
	goesTo(first)
	c.Clock.Pass(7 * 24 * time.Hour)
	second := up()
	if second.Member == first.Member {
		t.Errorf("a week on it is %s again", second.Name)
	}
	goesTo(second)
	press(c, b, at, "skip", second)
	third := up()
	if b.Sees("not this week"); third.Member == second.Member || third.Member == first.Member {
		t.Errorf("%s is away, and it is %s", second.Name, third.Name)
	}
	goesTo(third)
	press(c, b, at, "back", second)
	if up().Member != second.Member {
		t.Error("whoever is there after all has their week")
	}
	press(c, b, at, "off", second)
	if strings.Contains(order(), second.Name) {
		t.Errorf("off the list: %s", order())
	}
	c.Browser(3).Open("/report").Send("/report", "", "what", "I take this one.", "when", "now", "stage", "after", "convene", "yes").Sees("You convene this one.")
}

// press sends the button of a line.
func press(c *webtest.Circle, b *webtest.Plain, at, what string, who practice.Actor) {
	c.T.Helper()
	if !strings.Contains(b.Open(at).Page, `name="`+what+`" value="`+string(who.Member)+`"`) {
		c.T.Fatalf("no button %q for %s:\n%s", what, who.Name, b.Text())
	}
	b.Send(at, what, what, string(who.Member))
}
