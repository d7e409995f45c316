package room_test

import (
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web"
	"debrief/internal/web/webtest"
)

// roomAtChange is a room of one that has come to change gaps of these kinds, with
// the checklists there are, in the browser of whoever sits in it.
func roomAtChange(c *webtest.Circle, checklists []string, kinds ...practice.Verdict) (*webtest.Plain, practice.Seat) {
	c.T.Helper()
	ctx, rooms := c.T.Context(), c.Web.Rooms
	must := func(_ any, err error) {
		c.T.Helper()
		if err != nil {
			c.T.Fatal(err)
		}
	}
	for _, text := range checklists {
		must(c.Web.App.CreateProcedure(ctx, c.People[0], app.NewProcedure{Team: c.People[0].Teams[0], Markdown: text, Owner: c.People[0].Member}))
	}
	ticket, err := c.Web.App.TakePlace(ctx, c.People[0], c.Review.ID, practice.Did)
	must(ticket, err)
	drawn, err := rooms.Draw(ctx, c.Review.ID, ticket)
	must(drawn, err)
	seat := practice.SeatAt(c.Review.ID, drawn.Key)
	move := func() {
		c.T.Helper()
		view, err := rooms.Room(ctx, seat)
		must(view, err)
		must(rooms.Move(ctx, seat, view.Review.Version, ""))
	}
	move()
	for _, q := range []practice.Phase{practice.PhaseIntended, practice.PhaseHappened} {
		must(nil, rooms.Write(ctx, seat, room.NewAnswer{Question: q, Text: "fifty"}))
		must(rooms.SaveText(ctx, seat, room.NewText{Question: q, Text: "fifty", Stand: true}))
		move()
	}
	must(nil, rooms.Write(ctx, seat, room.NewAnswer{Question: practice.PhaseGap, Text: "fifty", Actual: "twelve", Where: "yard"}))
	for range kinds {
		must(rooms.AddGap(ctx, seat, practice.Parts{Intended: "fifty", Actual: "twelve", Where: "yard"}, ""))
	}
	move()
	gaps := func() []room.Sorted {
		view, err := rooms.Sorting(ctx, seat)
		must(view, err)
		return view.Gaps
	}
	for i, kind := range kinds {
		must(nil, rooms.Judge(ctx, seat, room.NewJudgement{Gap: gaps()[i].ID, Round: 1, Kind: kind, Needs: "a gate", Could: practice.CouldNobody}))
	}
	for i, kind := range kinds {
		g := gaps()[i].Gap
		must(rooms.Settle(ctx, seat, room.GapAt{ID: g.ID, Version: g.Version}, practice.Settlement{Verdict: kind, Needs: "a gate", Could: practice.CouldNobody}))
	}
	move()
	b := c.Browser(-1)
	at, _ := url.Parse(c.URL + practice.SeatPath(c.Review.ID))
	b.Client.Jar.SetCookies(at, []*http.Cookie{{Name: "seat", Value: base64.RawURLEncoding.EncodeToString(drawn.Key), Path: at.Path}})
	return b.Open(at.String() + "/change"), seat
}

var twoLists = []string{
	"# Loading\n\n- [ ] Read [the list](https://lists.example/today)\n- [ ] Count the boxes\n",
	"# Unloading\n\n- [ ] Ring first\n",
}

func TestChange_aStepIsRewrittenAndTakenBack(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, seat := roomAtChange(c, twoLists, practice.Avoidable)
	b.Sees("now, in the room", "Loading", "2 steps · version 1 · owner Noor Haddad", "Add a step here", "Changed elsewhere?", "with F-1 behind it", "Unloading").Misses("Undo")
	if !strings.Contains(b.Page, `<a href="https://lists.example/today"`) {
		t.Error("the link in the step is none")
	}
	gap, err := c.Web.Rooms.Embedding(t.Context(), seat, "")
	if err != nil {
		t.Fatal(err)
	}
	home := c.URL + practice.SeatPath(c.Review.ID) + "/change/" + string(gap.Gap.ID)
	step := "?step=" + string(gap.Procedures[0].Steps[1].ID)
	b.Open(home+step).Sees("Step 2, changing", "F-1")
	stale := *b.Open(home + step)
	if b.Send("/step", "Count the boxes", "text", "Count them aloud", "sees", "1"); !strings.Contains(b.Page, "<u>them aloud</u>") {
		t.Errorf("nothing is drawn:\n%s", b.Text())
	}
	b.Send("/step", "Count them aloud").Sees("In place", "Loading, step 2", "Undo")
	b.Send("/other", "Undo", "do", "undo").Sees("Step 2", "Count the boxes", "version 3").Misses("In place")
	stale.Send("/step", "Count the boxes", "text", "Count them twice").Sees("Someone changed this while you were writing.", "Count them twice")
}

// A page that was open while others put a gap in place tells of it and leads on:
// by itself where its own gap is done, else by a tap. One that is opened
// afterwards has nothing to tell.
func TestChange_tellsWhereTheOthersAre(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, seat := roomAtChange(c, twoLists, practice.Avoidable, practice.Avoidable, practice.Avoidable)
	e, err := c.Web.Rooms.Embedding(t.Context(), seat, "")
	if err != nil {
		t.Fatal(err)
	}
	src := regexp.MustCompile(`data-fragment="main" data-src="([^"]*)"`)
	place := func(g practice.Gap) {
		t.Helper()
		if _, err := c.Web.Rooms.LeaveAsItIs(t.Context(), seat, room.GapAt{ID: g.ID, Version: g.Version}, "it was the weather"); err != nil {
			t.Fatal(err)
		}
	}
	leads := func(to string, follows bool) {
		t.Helper()
		link := regexp.MustCompile(`<a href="([^"]*)"( data-move)?>Go there</a>`).FindStringSubmatch(b.Page)
		if link == nil || !strings.HasSuffix(link[1], to) || (link[2] != "") != follows {
			t.Errorf("it leads on with %q, not to %s", link, to)
		}
	}
	at := func(i int) string { return "/change/" + string(e.Gaps[i].ID) }
	one := html.UnescapeString(src.FindStringSubmatch(b.Page)[1])
	b.Open(one).Misses("Go there")
	place(e.Gaps[1])
	b.Open(one).Sees("Gap 2 is in place.")
	leads(at(1), false)
	two := html.UnescapeString(src.FindStringSubmatch(b.Open("/seat/" + string(c.Review.ID) + at(1)).Page)[1])
	place(e.Gaps[0])
	b.Open(one).Sees("Gap 2 is in place. The next one is open.")
	leads(at(2)+"?after="+string(e.Gaps[1].ID), true)
	b.Open("/seat/" + string(c.Review.ID) + at(0)).Misses("Go there").Sees("Waits until every gap has changed something")
	place(e.Gaps[2])
	b.Open(one)
	leads(at(2), false)
	b.Open(two)
	leads(at(2), true)
	if !strings.Contains(b.Page, ` data-news="`) {
		t.Error("it hears nothing of the others")
	}
}

// Who would go on before every gap led somewhere reads so on the same page.
func TestChange_waitsOnItsOwnPage(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, _ := roomAtChange(c, twoLists, practice.Avoidable)
	if !strings.Contains(b.Page, " disabled>Next: who carries it") {
		t.Error("it may go on with a gap that led nowhere")
	}
	b.Send("/move", "Next: who carries it").Sees("One gap has changed nothing yet.", "Gap 1 of 1", "Loading")
}

func TestChange_somebodyWasFaster(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, seat := roomAtChange(c, twoLists, practice.Avoidable)
	view, err := c.Web.Rooms.Embedding(t.Context(), seat, "")
	if err != nil {
		t.Fatal(err)
	}
	p, line := view.Procedures[0].Procedure, view.Procedures[0].Steps[1]
	b.Open("?step=" + string(line.ID))
	_, err = c.Web.App.ChangeWithoutFailure(t.Context(), c.People[0], practice.OtherChange{Reason: practice.ReasonWording, From: webtest.Noon,
		StepChange: practice.StepChange{Procedure: p.ID, Base: 1, Act: practice.ActEdit, Step: line.ID, Text: "Count all boxes"}})
	if err != nil {
		t.Fatal(err)
	}
	b.Send("/step", "Count the boxes", "text", "Count them aloud").Sees("Someone changed this step while you were writing.", "Count all boxes", "Count them aloud", "Join them")
	b.Send("/step", "Join them", "join", "Count all boxes").Sees("Count all boxes Count them aloud", "Step 2, changing")
	b.Send("/step", "Count all boxes", "text", "Count all boxes aloud").Sees("In place", "Count all boxes aloud")
}

// Two in the room change the same step: the second finds their words again beside
// those that stand there, and may put them in their place.
func TestChange_somebodyInTheRoomWasFaster(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, seat := roomAtChange(c, twoLists, practice.Avoidable)
	view, err := c.Web.Rooms.Embedding(t.Context(), seat, "")
	if err != nil {
		t.Fatal(err)
	}
	b.Open(b.At + "?step=" + string(view.Procedures[0].Steps[1].ID))
	second := *b
	b.Send("/step", "Count the boxes", "text", "Count all boxes").Sees("In place", "Count all boxes")
	same := second
	same.Send("/step", "Count the boxes", "text", "Count all boxes").Sees("In place").Misses("Both are kept. Count", "moved on")
	second.Send("/step", "Count the boxes", "text", "Count them aloud").Misses("The room has moved on").
		Sees("Someone changed this while you were writing. Both are kept.", "Count all boxes", "theirs", "Count them aloud", "yours", "Join them")
	joined := second
	joined.Send("/step", "Join them", "join", "Count all boxes").Sees("Count all boxes Count them aloud", "Step 2, changing")
	second.Send("/step", "Count them aloud", "text", "Count them aloud").Sees("In place", "Count them aloud", "Based on one failure").Misses("Count all boxes")
	second.Send("/other", "Undo", "do", "undo").Sees("Count the boxes").Misses("Count them aloud")
}

// Where something was built on what they would replace, the words stay where they were
// written, and the page says why.
func TestChange_wordsStayWhereTheyMayNotReplace(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, seat := roomAtChange(c, twoLists, practice.Avoidable, practice.Avoidable)
	view, err := c.Web.Rooms.Embedding(t.Context(), seat, "")
	if err != nil {
		t.Fatal(err)
	}
	list := view.Procedures[0]
	b.Open(b.At + "?step=" + string(list.Steps[1].ID))
	second := *b
	b.Send("/step", "Count the boxes", "text", "Count all boxes")
	other := view.Gaps[1]
	if _, err := c.Web.Rooms.ChangeStep(t.Context(), seat, room.GapAt{ID: other.ID, Version: other.Version}, practice.StepChange{Procedure: list.Procedure.ID,
		Base: 2, Act: practice.ActAdd, Step: list.Steps[1].ID, Text: "Sign for them"}); err != nil {
		t.Fatal(err)
	}
	second.Send("/step", "Count the boxes", "text", "Count them aloud").Sees("Both are kept.")
	second.Send("/step", "Count them aloud", "text", "Count them aloud").Sees("Something was built on it since.", "Count them aloud", "Count all boxes")
	if !strings.Contains(second.Page, ">\nCount them aloud</textarea>") {
		t.Error("the words are in no field any more")
	}
}

// What is no step keeps its words the same way.
func TestChange_somebodyElsePutAnotherLimit(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, _ := roomAtChange(c, twoLists, practice.Inherent)
	second := *b
	limit := []string{"boundary", "Nobody opens at noon", "assume", "mornings", "kind", "people", "place", "Budget", "another", "", "link", "", "doubt", ""}
	b.Send("/boundary", "Keep the known limit", limit...).Sees("In place", "Nobody opens at noon")
	limit[1] = "The gate is shut on Mondays"
	second.Send("/boundary", "Keep the known limit", limit...).Misses("The room has moved on").
		Sees("Someone changed this while you were writing.", "Nobody opens at noon", "The gate is shut on Mondays", "yours")
	second.Send("/boundary", "The gate is shut", limit...).Sees("In place", "The gate is shut on Mondays").Misses("Nobody opens at noon")
}

func TestChange_aNewStepAndAnotherProcedure(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, seat := roomAtChange(c, twoLists, practice.Avoidable)
	view, err := c.Web.Rooms.Embedding(t.Context(), seat, "")
	if err != nil {
		t.Fatal(err)
	}
	other := view.Procedures[1]
	if b.Open("?in=" + string(other.Procedure.ID)); !strings.Contains(b.Page, "?step="+string(other.Steps[0].ID)) || strings.Contains(b.Page, "?step="+string(view.Procedures[0].Steps[0].ID)) {
		t.Errorf("not the other procedure is open:\n%s", b.Text())
	}
	b.Open("?behind=" + string(other.Steps[0].ID)).Sees("Step 2, new").Misses("Add a step here")
	b.Send("/step", `value="add"`, "text", "").Sees("Step 2, new")
	if b.Status != http.StatusUnprocessableEntity {
		t.Errorf("an empty step: %d", b.Status)
	}
	b.Send("/step", `value="add"`, "text", "Open both doors").Sees("In place", "Unloading, step 2", "Open both doors")
}

func TestChange_whatIsWrongLeadsToItsField(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, _ := roomAtChange(c, twoLists, practice.Avoidable)
	for _, tt := range []struct {
		action, with, field string
		sent                []string
	}{
		{"/other", "Leave it as it is", "nothing-why", []string{"do", "nothing", "why", ""}},
		{"/elsewhere", "Keep as a safeguard", "elsewhere-text", []string{"link", "https://x.example", "text", ""}},
	} {
		p := *b
		p.Send(tt.action, tt.with, tt.sent...)
		if !strings.Contains(p.Page, `href="#`+tt.field+`"`) || !strings.Contains(p.Page, `id="`+tt.field+`"`) {
			t.Errorf("%s: nothing leads to %s:\n%s", tt.action, tt.field, p.Text())
		}
	}
}

func TestChange_theFirstLineOfAll(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, _ := roomAtChange(c, nil, practice.Avoidable)
	b.Sees("No routine yet. Write the first step. One line.").Misses("Add a step here")
	b.Send("/first", "Its name", "title", "Loading", "text", "Print the list").Sees("In place", "Loading, step 1", "Based on one failure, and provisional until").Misses("make it easier instead", "do differently")
	b.Send("/other", "Undo", "do", "undo")
	b.Sees("What does this change do?").Send("/first", "Its name", "title", "Loading", "text", "Add a graph of the lists", "strength", "exhorts").
		Sees("In place", "Can we make it easier instead?", "What will someone do differently when they see it?")
}

// What happened this time is no limit: nothing is ready to be kept as one.
func TestChange_aLimitBeginsEmpty(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, _ := roomAtChange(c, nil, practice.Inherent)
	b.Sees("true next month too, not what happened this time")
	if field := regexp.MustCompile(`(?s)<textarea id="boundary"[^>]*>(.*?)</textarea>`).FindStringSubmatch(b.Page); field == nil || strings.TrimSpace(field[1]) != "" {
		t.Errorf("it begins with %q", field)
	}
}

func TestChange_previewDrawsTheDifference(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b, _ := roomAtChange(c, twoLists, practice.Avoidable)
	b.Open(b.At)
	view := webtest.FieldOf(b, "/elsewhere", "version")
	to := c.URL + practice.SeatPath(c.Review.ID) + "/change/gap_x/preview"
	draw := func(client *http.Client, was, is string) string {
		t.Helper()
		answer, err := client.PostForm(to, url.Values{"version": {view}, "act": {"edit"}, "was": {was}, "text": {is}})
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if drawn := draw(b.Client, "Count <the> boxes", "Count <all> boxes"); !strings.Contains(drawn, "&lt;<u>all</u>&gt;") || strings.Contains(drawn, "<h1") {
		t.Errorf("drawn: %s", drawn)
	}
	if drawn := draw(b.Client, "same", "same"); strings.Contains(drawn, "diff") {
		t.Errorf("nothing changes: %s", drawn)
	}
	if drawn := draw(c.Browser(-1).Client, "a", "b"); strings.Contains(drawn, "<u>b</u>") {
		t.Error("drawn for somebody without a seat")
	}
}
