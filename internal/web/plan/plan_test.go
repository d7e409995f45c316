package plan_test

import (
	"strings"
	"testing"

	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// Without a script a plan is begun, written, supposed to have failed, frozen and
// added to, and its place in the navigation appears with it.
func TestPlan_onPlainPages(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	b := c.Browser(0).Open("/plan").Sees("None yet.")
	b.Send("/plan", "title", "title", " ").Sees("What are we going to do? A few words")
	b.Send("/plan", "title", "title", "Two rounds of bags").Sees("Write it", "Five minutes.")
	b.Send("/plan/1/write", "aim", "aim", "50 of 50 bags are handed out by noon.", "who1", "Amal").Sees("What does this signal watch?", "50 of 50")
	b.Send("/plan/1/write", "aim", "what1", "Bags left over", "from1", "5", "every1", "weekly").Sees("How often is somebody asked to look?")
	b.Send("/plan/1/write", "aim", "what1", "", "from1", "", "every1", "", "who1", "", "what2", "Bags that leak", "every2", "weekly")
	if !strings.Contains(b.Page, `href="#every2"`) || !strings.Contains(b.Page, `id="every2"`) || strings.Contains(b.Page, `href="#signals"`) {
		t.Error("what is wrong with a signal does not stand beside it")
	}
	b.Send("/plan/1/write", "aim", "who1", "Amal", "what1", "Bags left over", "from1", "5", "every1", "7", "what2", "", "every2", "").Sees("Two things missing", "Nobody is asked yet", "counts from: 5")
	b.Send("/plan/1", "reason", "do", "open").Sees("Nobody has written one yet.")
	c.Browser(1).Open("/plan").Send("/plan", "title", "title", "A sorter").Open("/plan/2/write").Send("/plan/2/write", "aim", "aim", "50", "what1", "Wrong piles", "learns", "yes").Open("/plan/2").Sees("Wrong piles", "Drift:", "Live against tests:", "Between groups:")
	b.Open("/plan/1").Send("/plan/1", "reason", "do", "suppose").Sees("It failed. What happened? One line is enough.")
	b.Send("/plan/1", "reason", "do", "suppose", "reason", "The van was late.").Sees("Yours is in.").Misses("The van was late.")
	other := c.Browser(1).Open("/plan/1").Misses("The van was late.", "Yours is in.")
	b.Send("/plan/1", "Freeze the intent", "do", "freeze").Sees("Frozen", "Its fingerprint begins with", "The van was late.").Misses("Freeze the intent")
	b.Send("/plan/1", "addition", "do", "add").Sees("What do you know now? One line is enough.")
	b.Send("/plan/1", "addition", "do", "add", "addition", "The bridge is closed.").Sees("Known only later", "The bridge is closed.", "Added")
	other.Send("/plan/1", "freeze", "do", "freeze").Sees("The intent is frozen.", "Add to it")
	other.Open("/plan/1/write").Sees("The intent is frozen.")
	other.Open("/plan").Sees("Two rounds of bags", "Frozen")
	other.Open("/plan/1/paper").Sees("Bags left over", "☐", "Two rounds of bags")
	b.Open("/plan/1").Send("/plan/1", "This has happened", "do", "fire", "signal", "1").Sees("Happened", "Bags left over")
	b.Send("/plan/1", "This has happened", "do", "fire", "signal", "1").Sees("Happened two times", "Looked at every 7 days. Next on", "something")
	other.Open("/plan/1").Send("/plan/1", "Nothing to see", "do", "look", "signal", "1").Sees("nothing to see")
	other.Send("/plan/1", "Nobody needs to look any more", "do", "unwatch").Sees("Nobody looks any more.").Misses("Next on")
	other.Send("/plan/1", "Look again", "do", "watch").Sees("Next on")
	b.Open("/plan/1/series").Sees("Nothing else is planned like this.")
	b.Open("/plan?like=1").Sees("Again, like").Send("/plan", "title", "title", "Three rounds of bags", "like", "1").Open("/plan/3").Sees("Two of them side by side")
	b.Open("/plan/3/series").Sees("Three rounds of bags, again and again", "50 of 50", "Not begun.", "Nothing so far.")
	b.Open("/plan/3").Send("/plan/3", "like", "do", "like", "like", "3").Sees("That is this plan.")
	b.Send("/plan/3", "like", "do", "like", "like", "").Sees("Nothing else is planned like this.")
	b.Send("/plan/3", "like", "do", "like", "like", "2").Sees("Two of them side by side")
	b.Open("/plan").Send("/plan", "title", "title", "x", "like", "99").Sees("There is no such plan of this team.")
	b.Open("/plan/1/monitor").Sees("None is connected.").Send("/plan/1/monitor", "Connect a monitor", "do", "connect").Sees("whsec_", "/monitor/mon_")
	other.Open("/plan/1/monitor").Sees("/monitor/mon_", "nothing heard yet").Misses("whsec_")
	other.Open("/plan/1").Send("/plan/1/monitor", "Turn it off", "do", "end").Sees("Connect a monitor")
}

// Two people who write one draft at once both keep their words.
func TestPlan_writtenByTwo(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	one := c.Browser(0).Open("/plan").Send("/plan", "title", "title", "Two rounds of bags")
	two := c.Browser(1).Open("/plan/1/write")
	one.Send("/plan/1/write", "aim", "aim", "50 by noon.").Sees("50 by noon.")
	two.Send("/plan/1/write", "aim", "aim", "40 by one.").Sees("Somebody saved this page while you were writing.", "theirs: 50 by noon.", "40 by one.")
	two.Send("/plan/1/write", "aim").Sees("40 by one.")
}

// A draft is thrown away, and a plan of another team is not there.
func TestPlan_dropped(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b := c.Browser(0).Open("/plan").Send("/plan", "title", "title", "Two rounds of bags").Open("/plan/1")
	b.Send("/plan/1", "Throw it away", "do", "drop").Sees("None yet.")
	if b.Open("/plan/1"); b.Status != 404 || strings.Contains(b.Page, "bags") {
		t.Errorf("%d: %s", b.Status, b.Text())
	}
	if b.Open("/plan/x"); b.Status != 404 {
		t.Errorf("no number: %d", b.Status)
	}
}
