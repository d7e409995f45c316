package main

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/debrieftest"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/web/frame"
)

// tour has axe-core look at every page of the route table, once, in a browser
// of somebody who is let in. Nobody lists the pages: an address comes from the
// same samples as the table of who is let in.
type tour struct {
	*town
	pages   *frame.Kit
	base    string
	left    []string // patterns that nobody has seen yet
	seen    int
	samples map[string]string
	devices map[string]*debrieftest.Device
	see     func(d *debrieftest.Device, address, name string)
	ways    *http.ServeMux // the routes, to ask which one an address takes
}

// noPages are addresses that never are a page themselves.
var noPages = map[string]string{
	"/cloth/{file}":    "parts of pages",
	"/favicon.ico":     "leads to a part of pages",
	"/calendar/{file}": "for programs",
	"/vitality/{file}": "pictures and tables to take along",
	"/ground/{file}":   "pictures and tables to take along",
	"/join/{code}":     "leads to /join, which asks for the code",
	"/worker.js":       "works beside pages",
	"/in/oidc":         "leads to the provider",
	"/in/oidc/back":    "leads on",
	"/you/oidc":        "leads to the provider",
	"/seat/{review}":   "leads to where the room is",

	"/referral/{gap}/link": "leads back to where the question stands",
}

// noSlash makes the name of a picture of the pattern of a page.
var noSlash = strings.NewReplacer("/", "-", "{", "", "}", "", "$", "now")

// TestPages_axe fails for a page that axe-core finds fault with, at both widths and in
// dark, for one that does not fit, and for one that it could not be shown.
func TestPages_axe(t *testing.T) {
	w := newTown(t)
	house, pages, _ := w.house()
	v := w.tour(house, pages)
	v.see = func(d *debrieftest.Device, address, name string) {
		d.Open(address)
		d.Look(name)
		for _, to := range v.astray(v.base+address, v.links(d)) {
			t.Errorf("%s: a link leads to %s, where no page is", address, to)
		}
	}
	if got := v.astray(v.base+"/f/1", []string{"/f/2", "record", "../plan/3#why", "https://example.org/nowhere", "/nowhere", "f/5/stop"}); !slices.Equal(got, []string{"/nowhere", "f/5/stop"}) {
		t.Errorf("astray: %q", got)
	}
	v.own()
	v.look()
	for _, onward := range v.room() {
		must(t, onward())
		v.look()
	}
	v.setUp()
	if v.seen < 50 {
		t.Errorf("only %d pages", v.seen)
	}
	for _, pattern := range v.left {
		t.Errorf("nobody saw the page GET %s: it needs a sample address, or a state in which it is shown", pattern)
	}
}

// own are the addresses that only a secret opens, and those of what Ben began
// himself.
func (v *tour) own() {
	v.Helper()
	ctx, team := v.Context(), practice.TeamID(v.ids["team"])
	ben := practice.Actor{Member: practice.MemberID(v.ids["member"]), Teams: []practice.TeamID{team}}
	link, err := v.pages.Auth.MakeLink(ctx, operator, practice.MemberID(v.ids["other"]), practice.LinkIn)
	must(v.T, err)
	const mail = "a-secret-that-was-sent-by-mail"
	_, err = v.db.ExecContext(ctx, `INSERT INTO contact (member, mail, asked, asked_at, secret, muted, weekly, zone, quiet_from, quiet_to)
		VALUES (?, '', 'ben@example.org', ?, ?, FALSE, FALSE, '', 0, 0)`, ben.Member, time.Now().UnixMicro(), mail)
	must(v.T, err)
	var numbers []string
	var now string // the review that begins
	for _, text := range []string{"The key was not in its box.", "The alarm was switched off.", "The shutter stuck."} {
		f, err := v.pages.App.ReportFailure(ctx, ben, practice.NewFailure{Team: team, Stage: practice.StageAfter, Text: text, Convene: true})
		must(v.T, err)
		numbers = append(numbers, strconv.Itoa(f.Number))
		if n := time.Duration(len(numbers)); n > 1 { // in an hour, and now
			r, err := v.pages.App.CallReview(ctx, ben, practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add((3 - n) * time.Hour), Box: practice.DefaultBox,
				People: []practice.MemberID{ben.Member}})
			must(v.T, err)
			now = string(r.ID)
		}
	}
	led := v.led(ben, practice.Actor{Member: practice.MemberID(v.ids["other"]), Teams: []practice.TeamID{team}})
	v.left = append(v.left, practice.PlanPath(2), v.ids["fired"]) // the other face of a plan: it is frozen; and what came of a signal
	number, err := strconv.Atoi(numbers[1])
	must(v.T, err)
	guest, err := v.pages.App.InviteGuest(ctx, ben, led, "Tariq")
	must(v.T, err)
	oriel, err := v.pages.App.InviteGuest(ctx, ben, number, "Oriel")
	must(v.T, err)
	voice, err := v.pages.App.VoicePass(ctx, ben, practice.GapID(v.ids["consent"]), practice.PartyID(v.ids["party"]))
	must(v.T, err)
	rosa, err := v.pages.App.ReferralPass(ctx, ben, practice.GapID(v.ids["referral"]))
	must(v.T, err)
	v.samples = map[string]string{"/pass/referral/{pass}": rosa.Path(), "/referral/{gap}": practice.ReferralPath(practice.GapID(v.ids["referral"])), "/pass/consent/{pass}": voice.Path(), "/consent/{gap}": "/consent/" + v.ids["consent"], "/f/{number}/guide": practice.GuidePath(led), "/f/{number}/guide/news": practice.GuidePath(led) + "/news", "/pass/seat/{pass}/record": v.wasThere(oriel), "/pass/seat/{pass}/record/answers": oriel.Path() + "/record/answers", "/f/{number}/guests": "/f/" + numbers[1] + "/guests", "/pass/seat/{pass}": guest.Path(), "/pass/carry/{pass}": v.promised(guest.Member.ID),
		"/in/{secret}": "/in/" + link, "/use/{review}": v.asked(ben.Member), "/tour/seen/{id}": v.ranAlone(ben.Member), "/cause/{alarm}": v.alarmed(team), "/seat/{review}/sheet": v.sheet(ben), "/r/{word}": "/r/" + v.ids["address"], "/you/mail/{secret}": "/you/mail/" + mail,
		"/tablet/room/{review}": "/tablet/room/" + now, "/plan/{n}/series": "/plan/2/series", "/conflicts/{id}": "/conflicts/" + v.ids["conflict"], "/offers/new": practice.OffersPath + "/new?about=" + v.ids["learnt"], "/f/{n}/edit": "/f/" + numbers[0] + "/edit", "/f/{n}/invite": "/f/" + numbers[0] + "/invite", "/f/{number}/room": "/f/" + numbers[1] + "/room"}
}

// assume registers what the people of somebody's team rely on.
func assume(tx *store.Tx, who practice.Actor) error {
	_, err := tx.AddAssumption(practice.Assumption{ID: "asm_01khvcxa5fe0qsz2m2g1mcnbke", Team: who.Teams[0], Text: "The key is there.", By: who.Member, Day: tx.Now()})
	return err
}

// led is the number of a failure whose review one person leads from outside, for
// another one who called it.
func (v *tour) led(guide, convener practice.Actor) int {
	v.Helper()
	f, err := v.pages.App.ReportFailure(v.Context(), convener, practice.NewFailure{Team: convener.Teams[0], Stage: practice.StageAfter, Text: "The till was short.", Convene: true})
	must(v.T, err)
	r, err := v.pages.App.CallReview(v.Context(), convener, practice.NewReview{Failure: f.ID, MeetAt: time.Now().Add(time.Hour), Box: practice.DefaultBox,
		People: []practice.MemberID{convener.Member}, Guide: guide.Member, Why: "The others wait."})
	must(v.T, err)
	must(v.T, v.pages.App.AcceptGuide(v.Context(), guide, r.ID, ""))
	must(v.T, v.pages.App.NoteAsGuide(v.Context(), guide, r.ID, "Ask each what they need."))
	return f.Number
}

// asked is where somebody says whether what a review changed is in use.
func (v *tour) asked(who practice.MemberID) string {
	v.Helper()
	var id practice.ReviewID
	must(v.T, v.db.QueryRowContext(v.Context(), `SELECT gap.review FROM scar JOIN gap ON gap.id = scar.gap LIMIT 1`).Scan(&id))
	_, err := v.db.ExecContext(v.Context(), `INSERT INTO use_check (review, round, due_at, until, yes, partly, nope, unmet, said_at) VALUES (?, 1, 0, ?, 0, 0, 0, 0, 0)`,
		id, time.Now().Add(time.Hour).UnixMicro())
	must(v.T, err)
	_, err = v.db.ExecContext(v.Context(), `INSERT INTO use_asked (review, member) VALUES (?, ?)`, id, who)
	must(v.T, err)
	return practice.UsePath(id)
}

// sheet is where somebody who took one fills in a sheet of seven questions, as whoever
// holds it.
func (v *tour) sheet(who practice.Actor) string {
	v.Helper()
	_, err := v.db.ExecContext(v.Context(), `INSERT INTO pulse_open (id, team, from_at, until_at) VALUES ('pls_axe', ?, 0, ?)`, who.Teams[0], time.Now().Add(time.Hour).UnixMicro())
	must(v.T, err)
	_, err = v.db.ExecContext(v.Context(), `INSERT INTO pulse_asked (pulse, member) VALUES ('pls_axe', ?)`, who.Member)
	must(v.T, err)
	id, sealed, err := v.pages.App.TakeSheet(v.Context(), who)
	must(v.T, err)
	v.cookies["sheet"] = "sheet-axe=" + sealed
	return practice.SheetPath(id)
}

// ranAlone is where somebody is asked whether they saw a newcomer do it alone.
func (v *tour) ranAlone(witness practice.MemberID) string {
	v.Helper()
	now := time.Now().UnixMicro()
	_, err := v.db.ExecContext(v.Context(), `INSERT INTO newcomer (id, member, team, since_day, led, told, ran, procedure, witness, ran_day)
		SELECT 'new_a', member, team, ?, FALSE, FALSE, FALSE, (SELECT min(id) FROM procedure), ?, ? FROM membership WHERE member <> ? LIMIT 1`, now, witness, now, witness)
	must(v.T, err)
	return practice.RunPath("new_a")
}

// alarmed is where somebody says what is in the way of changes.
func (v *tour) alarmed(team practice.TeamID) string {
	v.Helper()
	_, err := v.db.ExecContext(v.Context(), `INSERT INTO alarm (id, team, nth, at, until_at, found, aside_at, why, over_at) VALUES ('alm_one', ?, 1, 0, ?, '', 0, '', 0)`,
		team, time.Now().Add(time.Hour).UnixMicro())
	must(v.T, err)
	_, err = v.db.ExecContext(v.Context(), `DELETE FROM job WHERE kind = 'alarm.day'`) // which ends it at midnight
	must(v.T, err)
	_, err = v.db.ExecContext(v.Context(), `INSERT INTO pause (id, team, why, member, proposed_at, began_at, look_at, ended_at, said)
		VALUES ('pse_one', ?, 'Nothing is done.', ?, 1, 0, 1, 2, 'Not in June.')`, team, v.ids["member"])
	must(v.T, err)
	return practice.CausePath("alm_one")
}

// promised is the link by which a guest answers for a promise.
func (v *tour) promised(guest practice.MemberID) string {
	v.Helper()
	var id practice.CarryID
	var lead practice.MemberID
	var team practice.TeamID
	row := v.db.QueryRowContext(v.Context(), `SELECT carry.id, review.lead, carry.team FROM carry JOIN review ON review.id = carry.review WHERE carry.settle_at = 0 LIMIT 1`)
	must(v.T, row.Scan(&id, &lead, &team))
	_, err := v.db.ExecContext(v.Context(), `UPDATE carry SET carrier = ?, state = 'offered' WHERE id = ?`, guest, id)
	must(v.T, err)
	pass, err := v.pages.App.CarryPass(v.Context(), practice.Actor{Member: lead, Teams: []practice.TeamID{team}}, id)
	must(v.T, err)
	return pass.Path()
}

// wasThere is the link by which a guest reads what came of the review they were in.
func (v *tour) wasThere(guest app.Guest) string {
	v.Helper()
	var closed string
	must(v.T, v.db.QueryRowContext(v.Context(), `SELECT id FROM review WHERE phase = 'closed' LIMIT 1`).Scan(&closed))
	_, err := v.db.ExecContext(v.Context(), `UPDATE pass SET about = ? WHERE id = ?`, closed, guest.Pass.ID)
	must(v.T, err)
	_, err = v.db.ExecContext(v.Context(), `UPDATE invitation SET review = ?, spent = TRUE WHERE member = ?`, closed, guest.Member.ID)
	must(v.T, err)
	return guest.Path() + "/record"
}

// setUp looks at the page of a server that nobody has set up.
func (v *tour) setUp() {
	v.Helper()
	fresh := &town{T: v.T, words: v.words, file: filepath.Join(v.TempDir(), "fresh.db")}
	house, pages, _ := fresh.house()
	secret, err := pages.Auth.OpenSetUp(v.Context())
	must(v.T, err)
	first := fresh.tour(house, pages)
	first.samples = map[string]string{"/setup/{secret}": "/setup/" + secret}
	first.left = []string{"/setup/{secret}"}
	first.look()
	v.left = append(slices.DeleteFunc(v.left, func(p string) bool { return p == "/setup/{secret}" }), first.left...)
}

// at is a sample address of a pattern.
func (v *tour) at(pattern string) string {
	if sample := v.samples[pattern]; sample != "" {
		return sample
	}
	return v.address(strings.NewReplacer("{question}", "1", "{gap}", cmp.Or(v.ids["gap"], "none")).Replace(pattern))
}

func (w *town) tour(house http.Handler, pages *frame.Kit) *tour {
	w.Helper()
	server := httptest.NewServer(house)
	w.Cleanup(server.Close)
	w.Cleanup(pages.EndStreams)
	v := &tour{town: w, pages: pages, base: server.URL, devices: map[string]*debrieftest.Device{}, ways: http.NewServeMux()}
	v.see = func(d *debrieftest.Device, address, name string) { d.Open(address); d.Look(name) }
	for _, r := range pages.Routes() {
		v.ways.Handle(r.Pattern, http.NotFoundHandler())
		if path, ok := strings.CutPrefix(r.Pattern, "GET "); ok && noPages[path] == "" {
			v.left = append(v.left, path)
		}
	}
	return v
}

// links are the addresses that a page leads to, as they stand in it.
func (v *tour) links(d *debrieftest.Device) (all []string) {
	v.Helper()
	must(v.T, json.Unmarshal([]byte(d.Evaluate(`JSON.stringify([...document.querySelectorAll("a[href]")].map(a => a.getAttribute("href")))`)), &all))
	return all
}

// astray are those of the links on a page that no route of ours answers.
func (v *tour) astray(page string, links []string) (wrong []string) {
	v.Helper()
	from, err := url.Parse(page)
	must(v.T, err)
	for _, link := range links {
		to, err := from.Parse(link)
		must(v.T, err)
		if to.Host != from.Host {
			continue
		}
		r := &http.Request{Method: http.MethodGet, URL: to, Host: to.Host}
		if _, pattern := v.ways.Handler(r); pattern == "" {
			wrong = append(wrong, link)
		}
	}
	return wrong
}

// look visits every page that is not seen yet and that is there now.
func (v *tour) look() {
	v.Helper()
	var left []string
	for _, pattern := range v.left {
		address := v.at(pattern)
		who, page := v.letIn(pattern, address)
		switch {
		case who == "": // not now
			left = append(left, pattern)
		case page:
			v.seen++
			v.see(v.device(who), address, strings.Trim(noSlash.Replace(pattern), "-"))
		}
	}
	v.left = left
}

// letIn finds somebody whom an address answers, and whether with a page of its
// own: not with what a script or a program asks for.
func (v *tour) letIn(pattern, address string) (who string, page bool) {
	v.Helper()
	all := []string{"member", "steward", "leader", "stranger"}
	switch {
	case strings.HasPrefix(pattern, "/seat/"):
		all = []string{"seat", "sheet", "stranger"}
	case strings.HasPrefix(pattern, frame.TabletHome):
		all = []string{"tablet"}
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, who := range all {
		r, err := http.NewRequestWithContext(v.Context(), http.MethodGet, v.base+address, nil)
		must(v.T, err)
		r.Header.Set("Cookie", v.cookie(who))
		got, err := browser.Do(r)
		must(v.T, err)
		defer got.Body.Close()
		if got.StatusCode == http.StatusOK && !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
			return who, false
		}
		if got.StatusCode == http.StatusOK {
			text, err := io.ReadAll(got.Body)
			must(v.T, err)
			return who, strings.HasPrefix(strings.ToLower(string(text)), "<!doctype")
		}
	}
	return "", false
}

// device is the one window of somebody.
func (v *tour) device(who string) *debrieftest.Device {
	if d := v.devices[who]; d != nil {
		return d
	}
	d := debrieftest.NewDevice(v.T, v.base, debrieftest.Desktop)
	for _, c := range strings.Split(v.cookie(who), "; ") {
		if name, value, ok := strings.Cut(c, "="); ok {
			d.Cookie(name, value)
		}
	}
	v.devices[who] = d
	return d
}

// room are the steps by which the open room goes on to its end.
func (v *tour) room() []func() error {
	rooms := v.pages.Rooms
	t := &tale{n: &node{app: v.pages.App, rooms: rooms}, ctx: v.Context(), now: time.Now()}
	key, err := base64.RawURLEncoding.DecodeString(v.seat)
	must(v.T, err)
	seat := practice.SeatAt(practice.ReviewID(v.ids["room"]), key)
	return []func() error{
		func() error { return t.move(seat) },
		func() error {
			gap, err := t.questions(seat, practice.Avoidable)
			v.ids["gap"] = string(gap)
			return err
		},
		func() error {
			view, err := rooms.Embedding(t.ctx, seat, practice.GapID(v.ids["gap"]))
			if err != nil {
				return err
			}
			_, err = rooms.LeaveAsItIs(t.ctx, seat, room.GapAt{ID: view.Gap.ID, Version: view.Gap.Version}, "it was the weather")
			return err
		},
		func() error { return t.move(seat) },
	}
}
