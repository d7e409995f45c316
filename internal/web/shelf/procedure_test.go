package shelf_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/web"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
	"debrief/internal/words"
)

// A hall is the pages over a real database, with an organisation set up. Its
// clock stands where a test puts it.
type hall struct {
	*testing.T
	web     *frame.Kit
	app     *app.App
	store   *store.Store
	steward practice.Actor
	actor   practice.Actor // who is asking
	now     time.Time
	zone    *time.Location
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{T: t, now: webtest.Noon, zone: time.UTC}
	clock := func() time.Time { return h.now }
	h.store = storetest.Open(t, storetest.SQLite(t), func(o *store.Options) { o.Now = clock })
	h.app = app.New(app.Options{Store: h.store, Index: recall.New(), Log: slog.New(slog.DiscardHandler)})
	var err error
	if h.steward, err = h.app.SetUp(t.Context(), practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Halvern City", Zone: "UTC", DayEndsAt: 60, RetentionDays: 90}, Steward: "Ilse Brandt",
		Team: practice.Team{Name: "Permit Services", Pack: "government", CycleDays: 14, Triggers: []practice.Trigger{
			{Kind: practice.TriggerHarm, Text: "Harm"}, {Kind: practice.TriggerNearMiss, Text: "Near"}}},
	}); err != nil {
		t.Fatal(err)
	}
	h.actor = h.steward
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	h.web, err = web.New(frame.Options{App: h.app, Words: catalogue, Now: clock, Random: rand.Reader, Log: slog.New(slog.DiscardHandler), Base: "https://debrief.example",
		Actor: func(*http.Request) (practice.Actor, frame.Place, error) {
			at, err := h.app.Place(t.Context(), h.actor)
			return h.actor, frame.Place{Organisation: at.Organisation.Name, Team: at.Team, Zone: h.zone}, err
		}})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// get returns a page that has to be there, without what no page may have.
func (h *hall) get(address string) string {
	h.Helper()
	w := httptest.NewRecorder()
	h.web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	if w.Code != http.StatusOK {
		h.Fatalf("%s: %d %s", address, w.Code, w.Body)
	}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		for _, wrong := range webtest.Faults(w.Body.String()) {
			h.Errorf("%s: %s", address, wrong)
		}
	}
	return w.Body.String()
}

// post sends a form and returns the status, where it leads to and what it says.
func (h *hall) post(address string, form ...string) (status int, to, body string) {
	h.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.web.ServeHTTP(w, r)
	return w.Code, w.Header().Get("Location"), w.Body.String()
}

// has fails where a page lacks any of the texts; tags count as spaces.
func (h *hall) has(what, page string, texts ...string) {
	h.Helper()
	plain := strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " ")), " ")
	for _, text := range texts {
		if !strings.Contains(page, text) && !strings.Contains(plain, text) {
			h.Errorf("%s: no %q in\n%s", what, text, plain)
		}
	}
}

const intake = "# Deck intake\n\nFor the counter.\n\n1. Confirm the address\n2. Check the flood map\n3. Take the fee\n   - Read it back\n\n| Deck | Fee |\n|---|---|\n| small | 90 |\n"

// bring keeps a procedure and returns its address.
func (h *hall) bring(markdown string) (practice.Procedure, string) {
	h.Helper()
	p, err := h.app.CreateProcedure(h.Context(), h.steward, app.NewProcedure{Team: h.steward.Teams[0], Markdown: markdown})
	if err != nil {
		h.Fatal(err)
	}
	return p, "/p/" + p.Slug
}

func (h *hall) update(fn func(tx *store.Tx) error) {
	h.Helper()
	if err := h.store.Update(h.Context(), fn); err != nil {
		h.Fatal(err)
	}
}

// report keeps a failure of the team, at the hall's time.
func (h *hall) report(title string) (f practice.Failure) {
	h.Helper()
	h.update(func(tx *store.Tx) (err error) {
		f, err = tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: h.steward.Teams[0], Title: title, Text: title,
			Stage: practice.StageAfter, RecognisedAt: h.now, Source: practice.SourceReport, Triage: practice.TriageNew, Standing: practice.Reported})
		return err
	})
	return f
}

// learn changes a step because of a failure, as a room would.
func (h *hall) learn(p practice.Procedure, place int, text string, f practice.Failure) {
	h.Helper()
	h.update(func(tx *store.Tx) error {
		r := practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: h.steward.Member, Phase: practice.PhaseClosed}
		if err := tx.AddReview(r, nil); err != nil {
			return err
		}
		g := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID}
		if err := tx.AddGap(g); err != nil {
			return err
		}
		steps, err := tx.Steps(p.ID, false)
		if err != nil {
			return err
		}
		done, err := tx.Revise(practice.StepChange{Procedure: p.ID, Base: 1 << 30, Act: practice.ActEdit, Step: steps[place-1].ID, Text: text},
			practice.Revision{Reason: practice.ReasonLearning, Gap: g.ID})
		if err != nil {
			return err
		}
		return tx.AddScar(practice.Scar{ID: practice.ScarID(tx.NewID("scr")), Step: steps[place-1].ID, Failure: f.ID, Gap: g.ID,
			Revision: done.Revision.Number, At: tx.Now()})
	})
}

func (h *hall) steps(p practice.Procedure) []practice.ProcedureStep {
	h.Helper()
	m, err := h.app.Procedure(h.Context(), h.steward, p.Slug)
	if err != nil {
		h.Fatal(err)
	}
	return m.Steps
}

func TestProcedure_page(t *testing.T) {
	h := newHall(t)
	p, to := h.bring(intake)
	steps := h.steps(p)
	page := h.get(to)
	h.has("the page", page, "<h1>Deck intake</h1>", "For the counter.", "1 Confirm the address", "<td>small</td>", "3.1 Read it back", "since the first version",
		"Four steps. No failure stands behind a step yet.", "Still current: version 1, today 12:00.", `id="`+string(steps[1].ID)+`"`, `id="step-2"`,
		"https://debrief.example/p/deck-intake/current?v=1", `class="step under-1"`)
	if strings.Count(page, "Deck intake</h") != 1 {
		t.Error("the title stands twice")
	}
	if strings.Index(page, "Read it back") > strings.Index(page, "<td>small</td>") {
		t.Error("the table does not stand where it stands")
	}
	if got := h.get(to + ".md"); got != intake {
		t.Errorf("downloaded %q", got)
	}

	flood := h.report("34 permits sent back")
	h.learn(p, 2, "Check the flood map at the counter", flood)
	page = h.get(to)
	h.has("changed today", page, "One failure stands behind them.", "F-1 34 permits sent back", `href="/f/1"`, "changed today, 12:00", "How step 2 came to read like this",
		"Since version 1, which you looked at last, one step changed.", "<u> at the counter</u>", "One failure stands behind this")
	h.now = webtest.Noon.AddDate(0, 0, 30)
	h.has("a month later", h.get(to), "not reported again for 30 days", "since Wed 10 June")
	again := h.report("12 more sent back")
	h.update(func(tx *store.Tx) error {
		return tx.AddTie(practice.Tie{ID: practice.LinkID(tx.NewID("lnk")), A: flood.ID, B: again.ID, Kind: practice.TieSame, At: tx.Now()})
	})
	h.now = h.now.Add(50 * time.Hour)
	page = h.get(to)
	h.has("it came back", page, "came back Fri 10 July, when it was not in use yet", "Version 2: came back Fri 10 July, when it was not in use yet")
	h.learn(p, 2, "Check the flood map at the counter, first", again)
	h.has("two failures", h.get(to), "F-2 12 more sent back", "F-1 34 permits sent back", "2 failures stand behind this", "changed today, 14:00")
	for _, word := range []string{"held", "in use<"} {
		if strings.Contains(h.get(to), ">"+word) {
			t.Errorf("says %q before anybody said so", word)
		}
	}
}

// Links in steps lead where the page says, and nowhere a step must not.
func TestProcedure_links(t *testing.T) {
	h := newHall(t)
	p, to := h.bring("- Open [the map](https://map.example/a), then [the form][f] or [ours](/p/new)\n- [Run it](javascript:alert) <b onclick=x>now</b>\n\n[f]: https://form.example/b\n")
	for _, address := range []string{to, to + "/step/" + string(h.steps(p)[0].ID)} {
		h.has(address, h.get(address), `<a href="https://map.example/a" rel="noopener noreferrer nofollow">the map</a>`,
			`<a href="https://form.example/b" rel="noopener noreferrer nofollow">the form</a>`, "or ours")
	}
	if page := h.get(to + "/use"); strings.Contains(page, "javascript:") || strings.Contains(page, "<b onclick") {
		t.Errorf("a link that runs:\n%s", page)
	}
}

// A scar's days are the reader's days.
func TestProcedure_daysOfTheReader(t *testing.T) {
	h := newHall(t)
	p, to := h.bring(intake)
	h.now = time.Date(2026, 6, 10, 21, 30, 0, 0, time.UTC)
	h.learn(p, 2, "Check it first", h.report("Sent back"))
	h.now = h.now.Add(time.Hour) // still the 10th in UTC, the 11th in Berlin
	h.has("in UTC", h.get(to), "changed today, 21:30")
	h.zone = time.FixedZone("CEST", 2*60*60)
	h.has("in Berlin", h.get(to), "not reported again for 1 day")
}

// Somebody of another team reads the procedure and whose failures stand behind
// it, none of them, and changes nothing.
func TestProcedure_ofAnotherTeam(t *testing.T) {
	h := newHall(t)
	p, to := h.bring(intake)
	h.learn(p, 2, "Check it first", h.report("Sent back"))
	h.actor = practice.Actor{Member: h.steward.Member, Name: "Ben"}
	page := h.get(to)
	h.has("the page", page, "A failure of Permit Services")
	for _, not := range []string{"/change", "/owner", "/f/", "F-1", "Sent back"} {
		if strings.Contains(page, not) {
			t.Errorf("the page has %q", not)
		}
	}
	at := func(address string) (int, string) {
		w := httptest.NewRecorder()
		h.web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		return w.Code, w.Body.String()
	}
	for _, record := range []string{"/f/%d", "/f/%d/record", "/f/%d/record.md"} {
		status, theirs := at(fmt.Sprintf(record, 1))
		_, wrong := at(fmt.Sprintf(record, 77))
		if status != http.StatusNotFound || theirs != wrong {
			t.Errorf("%s: %d, and not like a wrong address", record, status)
		}
	}
	step := string(h.steps(p)[0].ID)
	for _, address := range []string{to + "/change?step=" + step, to + "/paste", to + "/owner"} {
		if status, _ := at(address); status != http.StatusForbidden {
			t.Errorf("%s: %d", address, status)
		}
	}
	status, _, body := h.post(to+"/change", "base", "2", "act", "edit", "step", step, "text", "Mine", "reason", "wording", "from", "2026-06-10")
	if status != http.StatusForbidden {
		t.Errorf("changed: %d", status)
	}
	h.has("refused", body, "Another team owns this procedure.")
}

func TestShelf(t *testing.T) {
	h := newHall(t)
	h.has("empty", h.get("/p"), "No procedure yet.", `href="/p/new"`)
	h.bring(intake)
	h.update(func(tx *store.Tx) error {
		return tx.AddSafeguard(practice.Safeguard{ID: "sfg_a", Team: h.steward.Teams[0], Link: "https://code.example/c/1", Text: "The form asks for the lot", At: tx.Now()})
	})
	h.has("full", h.get("/p"), `href="/p/deck-intake"`, "4 steps · no failure behind it yet · changed Wed 10 June", "Changed elsewhere", "The form asks for the lot", "code.example")
}

func TestNewProcedure(t *testing.T) {
	h := newHall(t)
	h.get("/p/new")
	status, to, _ := h.post("/p/new", "title", "Opening", "markdown", "Unlock\nSwitch on the light")
	if status != http.StatusSeeOther || to != "/p/opening" {
		t.Fatalf("%d to %s", status, to)
	}
	h.has("typed", h.get(to), "1 Unlock", "2 Switch on the light")
	status, _, body := h.post("/p/new", "markdown", "  ")
	if status != http.StatusUnprocessableEntity {
		t.Errorf("nothing typed: %d", status)
	}
	h.has("nothing typed", body, "Write the first step.")

	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	file, _ := m.CreateFormFile("file", "night shift.md")
	page := "\ufeffWhat we do.\r\n\r\n* Lock up\r\n* Go home"
	_, _ = file.Write([]byte(page))
	m.Close()
	r := httptest.NewRequest(http.MethodPost, "/p/new", &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	w := httptest.NewRecorder()
	h.web.ServeHTTP(w, r)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/p/night-shift" {
		t.Fatalf("%d %s %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	if got := h.get("/p/night-shift.md"); got != page {
		t.Errorf("of the file came back %q", got)
	}
}

func TestRevise(t *testing.T) {
	h := newHall(t)
	p, to := h.bring(intake)
	step := h.steps(p)
	page := h.get(to + "/change?step=" + string(step[2].ID))
	h.has("the form", page, "Change that comes from no failure", "Which step", "selected>3 Take the fee<", "Take the fee</textarea>", `value="law"`, "Make two of it", `href="/report"`)
	form := func(more ...string) []string {
		return append([]string{"base", "1", "act", "edit", "step", string(step[2].ID), "text", "Take the fee. Waive it for small decks.", "reason", "law", "source", "Ordinance 14", "from", "2026-06-15"}, more...)
	}
	status, _, body := h.post(to+"/change", form("sees", "1")...)
	h.has("shown before it is kept", body, "Step 3", "<u>. Waive it for small decks.</u>")
	if status != http.StatusOK || len(h.steps(p)) != 4 || h.steps(p)[2].Text != "Take the fee" {
		t.Errorf("%d, and the step says %q", status, h.steps(p)[2].Text)
	}
	status, _, body = h.post(to+"/change/preview", form()...)
	if h.has("while typing", body, "<u>. Waive it for small decks.</u>"); status != http.StatusOK || strings.Contains(body, "<html") {
		t.Errorf("%d: %s", status, body)
	}
	status, _, body = h.post(to+"/change", "base", "1", "act", "edit", "step", string(step[2].ID), "text", "Take the fee", "reason", "law", "from", "")
	if status != http.StatusUnprocessableEntity {
		t.Errorf("%d", status)
	}
	h.has("no source", body, "Where does it come from?", `value="law" checked`)

	status, where, _ := h.post(to+"/change", form()...)
	if status != http.StatusSeeOther || where != to+"?done=2#"+string(step[2].ID) {
		t.Fatalf("%d to %s", status, where)
	}
	h.has("kept", h.get(to+"?done=2"), "Version 2 is in use.", "Waive it for small decks.", "Version 2 counts from Mon 15 June 2026. Until then version 1.")
	h.has("its history", h.get(to+"/history"), "law or ordinance", "Source: Ordinance 14", "in force from Mon 15 June 2026", "version 2, Wed 10 June")
}

func TestRevise_everyAct(t *testing.T) {
	h := newHall(t)
	p, to := h.bring(intake)
	id := h.steps(p)
	send := func(act string, form ...string) {
		t.Helper()
		status, where, body := h.post(to+"/change", append([]string{"base", "9", "act", act, "reason", "wording", "from", "2026-06-10"}, form...)...)
		if status != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", act, status, body)
		}
		h.get(strings.Split(where, "#")[0])
	}
	for _, act := range []string{"edit", "add", "split", "merge", "move", "remove"} {
		h.get(to + "/change?step=" + string(id[1].ID) + "&act=" + act)
	}
	send("add", "step", string(id[0].ID), "text", "Ask for the parcel number")
	send("split", "step", string(id[2].ID), "text", "Take the fee", "rest", "Give a receipt")
	send("merge", "step", string(id[1].ID), "to", string(id[0].ID), "text", "Confirm the address, then check the flood map")
	send("move", "step", string(id[2].ID), "to", "")
	send("remove", "step", string(id[3].ID))
	var got []string
	for _, s := range h.steps(p) {
		got = append(got, s.Text)
	}
	want := "Take the fee|Confirm the address, then check the flood map|Ask for the parcel number|Give a receipt"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
	if !strings.Contains(h.get(to+".md"), "| small | 90 |") {
		t.Error("the table is gone")
	}
	h.has("history", h.get(to+"/history"), "Step 2, new", "split from another", "Joined with another, once step 3", "in another place", "Taken out, once step")
	for n := 1; n <= 6; n++ {
		h.get(to + "/history/" + string(rune('0'+n)))
	}
	for _, s := range id {
		h.get(to + "/step/" + string(s.ID))
	}
	h.has("a step that was joined", h.get(to+"/step/"+string(id[1].ID)), "Taken out Wed 10 June. Its history stays.", to+"/step/"+string(id[0].ID))
}

// Two people on one step: both texts are shown, and none is lost.
func TestRevise_somebodyWasFaster(t *testing.T) {
	h := newHall(t)
	p, to := h.bring(intake)
	step := string(h.steps(p)[1].ID)
	form := func(base, text string, more ...string) []string {
		return append([]string{"base", base, "act", "edit", "step", step, "text", text, "reason", "wording", "from", "2026-06-10"}, more...)
	}
	if status, _, body := h.post(to+"/change", form("1", "Check the new flood map")...); status != http.StatusSeeOther {
		t.Fatal(body)
	}
	status, _, body := h.post(to+"/change", form("1", "Check the flood map twice")...)
	if status != http.StatusUnprocessableEntity {
		t.Errorf("%d", status)
	}
	h.has("both", body, "Someone changed this step while you were writing.", `<p class="voice">Check the new flood map</p>`, `<p class="voice">Check the flood map twice</p>`, `name="base" value="2"`)
	_, _, body = h.post(to+"/change", form("2", "Check the flood map twice", "join", "Check the new flood map")...)
	h.has("joined", body, "Check the new flood map\nCheck the flood map twice</textarea>")
	// a slip of another kind does not make the later text win unseen
	_, _, body = h.post(to+"/change", "base", "1", "act", "edit", "step", step, "text", "Check it", "reason", "law", "from", "2026-06-10")
	h.has("a slip", body, `name="base" value="1"`)
	if status, _, _ := h.post(to+"/change", form("2", "Check the new flood map twice")...); status != http.StatusSeeOther {
		t.Errorf("on top of theirs: %d", status)
	}
}

func TestPaste(t *testing.T) {
	h := newHall(t)
	_, to := h.bring(intake)
	h.has("the form", h.get(to+"/paste"), "3. Take the fee", "Show what changes")
	text := strings.Replace(intake, "Check the flood map", "Check the flood map first", 1) + "\n1. Say goodbye"
	status, _, body := h.post(to+"/paste", "base", "1", "markdown", text, "sees", "1")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	h.has("shown", body, "Three steps stay as they are.", "<u> first</u>", "Step 4, new", "Say goodbye")
	status, _, _ = h.post(to+"/paste", "base", "1", "markdown", text)
	if status != http.StatusSeeOther {
		t.Fatalf("%d", status)
	}
	h.has("kept", h.get(to), "4 Say goodbye", "2 Check the flood map first")
	status, _, body = h.post(to+"/paste", "base", "1", "markdown", intake)
	if status != http.StatusUnprocessableEntity {
		t.Errorf("%d", status)
	}
	h.has("somebody was faster", body, "Someone changed this while you were writing.", `name="base" value="2"`, "Taken out, once step 4")
	_, _, body = h.post(to+"/paste", "base", "2", "markdown", h.get(to+".md"), "sees", "1")
	h.has("nothing changes", body, "Before and after are the same.")
}

func TestCurrent(t *testing.T) {
	h := newHall(t)
	p, to := h.bring(intake)
	h.has("yes", h.get(to+"/current?v=1"), "Yes: version 1 is current, since Wed 10 June.")
	h.learn(p, 2, "Check it first", h.report("Sent back"))
	h.has("no", h.get(to+"/current?v=1"), "No: version 1 is no longer current. The current one is version 2.", "Step 2")
	h.has("without a number", h.get(to+"/current"), "Version 2 is current", "stands on your print")
	w := httptest.NewRecorder()
	h.web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, to+"/current?v=7", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("a version that never was: %d", w.Code)
	}
	// what was looked at last is remembered when somebody says so, not before
	h.get(to)
	h.learn(p, 1, "Confirm the address and the parcel", h.report("Wrong parcel"))
	h.has("one step since", h.get(to), "Since version 2, which you looked at last, one step changed.", to+"/current?v=2")
	h.has("still", h.get(to), "Since version 2")
	if status, where, _ := h.post(to+"/use", "seen", "1"); status != http.StatusSeeOther || where != to {
		t.Errorf("%d to %s", status, where)
	}
	if strings.Contains(h.get(to), "which you looked at last") {
		t.Error("says it again")
	}
	_, where, _ := h.post(to + "/use")
	h.has("to tick", h.get(where), `type="checkbox"`, "2 Check it first")
}

func TestOwner(t *testing.T) {
	h := newHall(t)
	_, to := h.bring(intake)
	h.has("nobody", h.get(to), "Nobody owns it yet.")
	me := string(h.steward.Member)
	h.get(to + "/owner")
	status, _, body := h.post(to+"/owner", "title", "Deck intake", "owner", me, "signby", me, "until", "17.6.")
	if h.has("no day", body, "We could not read that day."); status != http.StatusUnprocessableEntity {
		t.Errorf("%d", status)
	}
	if status, _, body = h.post(to+"/owner", "title", "Deck intake", "owner", me, "signby", me, "until", "2026-06-17"); status != http.StatusSeeOther {
		t.Fatalf("%d %s", status, body)
	}
	h.has("awaited", h.get(to), "Owner: Ilse Brandt.", "In use here, awaiting sign-off by Ilse Brandt until Wed 17 June.", "I sign it off")
	h.now = webtest.Noon.AddDate(0, 0, 20)
	h.has("overdue", h.get(to), "Awaiting sign-off by Ilse Brandt since Wed 17 June. Nothing goes back by itself.")
	h.post(to + "/signoff")
	h.has("signed", h.get(to), "Signed off by Ilse Brandt, Tue 30 June.")
	h.now = h.now.Add(time.Hour)
	h.post(to+"/paste", "base", "1", "markdown", "- Start again")
	h.has("changed since", h.get(to), "Ilse Brandt signed off version 1, Tue 30 June. It has changed since.")
	h.post(to + "/retire")
	h.has("off the list", h.get("/p"), "No procedure yet.")
	h.has("its page stays", h.get(to), "Not in use since Tue 30 June")
	h.post(to+"/retire", "back", "1")
	h.has("back", h.get("/p"), "Deck intake")
}
