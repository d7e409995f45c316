package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/rest"
	"debrief/internal/server"
	"debrief/internal/store"
	"debrief/internal/web"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// Who asks for each route. The seat is one of the open room; whoever leads
// leads somebody who took part; the steward, the outsider and the keeper of records
// are of another team; at the tablet the member's name is picked.
var askers = []string{"stranger", "outsider", "member", "leader", "steward", "token", "seat", "keeper", "tablet"}

// How a route answers: it lets in, even if only to say what is missing; or the
// door is shown, or it looks as if nothing were there, or it says no.
const (
	letsIn = 'i'
	door   = 'd'
	hidden = 'o'
	saysNo = 'f'
)

// town is a story in a database, with somebody of every kind.
type town struct {
	*testing.T
	words   *words.Catalogue
	file    string // as it was when nobody had asked anything yet
	db      *sql.DB
	tables  []string
	version int // of the file when it was as it was
	count   int
	ids     map[string]string
	cookies map[string]string
	token   string
	seat    string
	pick    func(practice.MemberID) *http.Cookie
}

// house is the whole server over the town.
func (w *town) house() (http.Handler, *frame.Kit, *rest.Rest) {
	w.Helper()
	log := slog.New(slog.DiscardHandler)
	n, err := openNode(w.Context(), nodeOptions{database: w.file, log: log})
	must(w.T, err)
	w.Cleanup(func() { n.close() })
	pages, err := web.New(frame.Options{App: n.app, Rooms: n.rooms, Auth: n.doors, Words: w.words, Now: time.Now, Random: rand.Reader, Log: log, Live: n.hub})
	must(w.T, err)
	api := rest.New(rest.Options{App: n.app, Rooms: n.rooms, Auth: n.doors, Words: w.words, Log: log, Now: time.Now})
	face, err := server.New(server.Options{Web: pages, API: api, Log: log, Now: time.Now, Random: rand.Reader, Ready: n.store.Ping, Gauges: n.gauges})
	must(w.T, err)
	w.keep()
	w.pick = n.doors.Pick
	return face, pages, api
}

// keep puts a copy of the town aside as it is now, for again.
func (w *town) keep() {
	w.Helper()
	if w.db != nil {
		must(w.T, errors.Join(w.db.Close(), os.Remove(w.file+".was")))
	}
	db, err := sql.Open("sqlite", w.file+"?_pragma=synchronous(OFF)&_pragma=busy_timeout(5000)")
	must(w.T, err)
	w.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	w.db, w.tables, w.version = db, nil, 0
	for _, statement := range []string{`VACUUM INTO '` + w.file + `.was'`, `ATTACH '` + w.file + `.was' AS was`} {
		_, err := db.Exec(statement)
		must(w.T, err)
	}
	rows, err := db.Query(`SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`)
	must(w.T, err)
	defer rows.Close()
	for rows.Next() {
		var table string
		must(w.T, rows.Scan(&table))
		w.tables = append(w.tables, table)
	}
}

// again makes the town what it was, if anybody changed it.
func (w *town) again() {
	w.Helper()
	var version int
	must(w.T, w.db.QueryRow(`PRAGMA main.data_version`).Scan(&version))
	if version == w.version {
		return
	}
	tx, err := w.db.Begin()
	must(w.T, err)
	for _, table := range w.tables {
		_, err1 := tx.Exec(`DELETE FROM main."` + table + `"`)
		_, err2 := tx.Exec(`INSERT INTO main."` + table + `" SELECT * FROM was."` + table + `"`)
		must(w.T, errors.Join(err1, err2))
	}
	must(w.T, tx.Commit())
	must(w.T, w.db.QueryRow(`PRAGMA main.data_version`).Scan(&w.version))
}

// newTown tells the story of the demo, and lets more people in.
func newTown(t *testing.T) *town {
	t.Helper()
	catalogue, err := words.Load()
	must(t, err)
	w := &town{T: t, words: catalogue, file: filepath.Join(t.TempDir(), "story.db"), ids: map[string]string{}, cookies: map[string]string{}}
	n, err := openNode(t.Context(), nodeOptions{database: w.file, log: slog.New(slog.DiscardHandler)})
	must(t, err)
	ada, err := (&tale{n: n, ctx: t.Context(), now: time.Now()}).tell()
	must(t, err)
	w.people(n, ada)
	w.things(n, ada)
	must(t, n.close())
	return w
}

func (w *town) people(n *node, ada practice.Actor) {
	w.Helper()
	ctx := w.Context()
	night, err := n.app.AddTeam(ctx, operator, practice.Team{Name: "Night", Pack: "tech", CycleDays: 14, EarlyWhy: "They asked.",
		Triggers: []practice.Trigger{{Kind: practice.TriggerHarm, Text: "a"}, {Kind: practice.TriggerNearMiss, Text: "b"}}})
	must(w.T, err)
	for name, team := range map[string]practice.TeamID{"leader": ada.Teams[0], "outsider": night.ID, "steward": night.ID, "keeper": night.ID} {
		_, err := n.app.AddMembers(ctx, operator, team, []string{name})
		must(w.T, err)
	}
	for kind, name := range map[string]string{"member": "Ben", "leader": "leader", "outsider": "outsider", "steward": "steward", "keeper": "keeper", "other": "Chidi"} {
		m, err := n.app.MemberByName(ctx, operator, name)
		must(w.T, err)
		w.ids[kind] = string(m.ID)
		secret, err := n.doors.LetIn(ctx, practice.Actor{Member: m.ID, Name: m.Name}, auth.Arrival{})
		must(w.T, err)
		var kept []string
		for _, c := range n.doors.Cookies(secret) {
			kept = append(kept, c.Name+"="+c.Value)
		}
		w.cookies[kind] = strings.Join(kept, "; ")
	}
	w.shared(n, ada.Teams[0])
	must(w.T, n.app.SetSteward(ctx, operator, practice.MemberID(w.ids["steward"]), true))
	must(w.T, n.app.SetRecords(ctx, operator, practice.MemberID(w.ids["keeper"]), true))
	must(w.T, n.app.SaveLeads(ctx, operator, practice.MemberID(w.ids["leader"]), []practice.MemberID{ada.Member}))
	ben := practice.MemberID(w.ids["member"])
	token, secret, err := n.doors.MakeToken(ctx, operator, ben, practice.NewToken{Name: "x", Scopes: []practice.Scope{practice.ScopeRead, practice.ScopeWrite}})
	must(w.T, err)
	w.token, w.ids["token"], w.ids["team"] = secret, string(token.ID), string(ada.Teams[0])
	devices, err := n.doors.Devices(ctx, operator, ben)
	must(w.T, err)
	w.ids["device"] = string(devices[0].ID)
}

// shared makes a device of a member's a tablet of their team.
func (w *town) shared(n *node, team practice.TeamID) {
	w.Helper()
	ben := practice.Actor{Member: practice.MemberID(w.ids["member"]), Name: "Ben", Teams: []practice.TeamID{team}}
	secret, err := n.doors.LetIn(w.Context(), ben, auth.Arrival{})
	must(w.T, err)
	r := httptest.NewRequestWithContext(w.Context(), http.MethodPost, "/", nil)
	r.AddCookie(n.doors.Cookies(secret)[0])
	secret, err = n.doors.MakeTablet(r, ben, team, "At the counter")
	must(w.T, err)
	all, err := n.doors.Tablets(w.Context(), ben, team)
	must(w.T, err)
	kept := n.doors.TabletCookies(secret)[0]
	w.cookies["tablet"], w.ids["tablet"] = kept.Name+"="+kept.Value, string(all[0].ID)
}

// cookie is what the browser of somebody keeps; at the tablet the name was picked
// just now.
func (w *town) cookie(who string) string {
	switch who {
	case "seat":
		return "seat=" + w.seat
	case "tablet":
		picked := w.pick(practice.MemberID(w.ids["member"]))
		return w.cookies[who] + "; " + picked.Name + "=" + picked.Value
	}
	return w.cookies[who]
}

func (w *town) things(n *node, ada practice.Actor) {
	w.Helper()
	ctx := w.Context()
	ben := practice.Actor{Member: practice.MemberID(w.ids["member"]), Teams: ada.Teams}
	open, err := n.app.Failure(ctx, ada, 5)
	must(w.T, err)
	var picture strings.Builder
	must(w.T, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 4, 4))))
	shot, err := app.NewPicture(strings.NewReader(picture.String()))
	must(w.T, err)
	fact, err := n.app.AddFact(ctx, ben, practice.Fact{Failure: open.ID, Text: "So it looked."}, shot)
	must(w.T, err)
	earlier, err := n.app.Failure(ctx, ada, 4)
	must(w.T, err)
	tie, err := n.app.TieFailures(ctx, ben, open.ID, earlier.ID, practice.TieSame)
	must(w.T, err)
	reviews, err := n.app.ReviewsOf(ctx, ada, open.ID)
	must(w.T, err)
	past, err := n.app.ReviewsOf(ctx, ada, earlier.ID)
	must(w.T, err)
	ticket, err := n.app.TakePlace(ctx, ada, reviews[0].Review.ID, practice.Did)
	must(w.T, err)
	drawn, err := n.rooms.Draw(ctx, reviews[0].Review.ID, ticket)
	must(w.T, err)
	carries, err := n.app.Carries(ctx, ben)
	must(w.T, err)
	shelf, err := n.app.Procedures(ctx, ada)
	must(w.T, err)
	gaps, err := n.app.Gaps(ctx, ada)
	must(w.T, err)
	address, err := n.app.AddressOf(ctx, ben, ada.Teams[0])
	must(w.T, err)
	w.ids["address"] = address.Word
	code, err := n.doors.TeamCode(ctx, ben, ada.Teams[0])
	must(w.T, err)
	knock, _, err := n.doors.Knock(ctx, auth.Asking{Code: code.Words, Name: "Mo"})
	must(w.T, err)
	guest, err := n.app.InviteGuest(ctx, ben, 5, "Lena")
	must(w.T, err)
	w.ids["knock"], w.ids["pass"] = string(knock.ID), string(guest.Pass.ID)
	must(w.T, n.store.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.AddConstraint(practice.Constraint{ID: practice.ConstraintID(tx.NewID("con")), Team: ada.Teams[0], Text: "a", Assume: "b",
			Kind: practice.ByLaw, Places: []string{"plan"}, NamedAt: tx.Now(), LookAt: tx.Now()})
		if err != nil {
			return err
		}
		must(w.T, assume(tx, ada))
		if _, err = tx.AddFinding(practice.Finding{ID: practice.FindingID(tx.NewID("fnd")), Team: ada.Teams[0], Tried: "a", Known: []string{"b"},
			Gap: gaps[0].ID, Failure: earlier.ID, At: tx.Now()}); err != nil {
			return err
		}
		asked, err := tx.AddProposed(practice.Proposed{By: ben.Member, Change: practice.OtherChange{Reason: practice.ReasonLaw, Source: "Rule 7", From: tx.Now(),
			StepChange: practice.StepChange{Procedure: shelf[0].Procedure.ID, Base: 1, Act: practice.ActSplit, Step: shelf[0].Steps[0].ID, Text: "Knock.", Rest: "Wait.",
				Checks: true, Checked: "Drivers"}}})
		w.ids["proposal"] = string(asked.ID)
		must(w.T, err)
		was := practice.Invitation{Review: past[0].Review.ID, Member: ben.Member, Closeness: practice.Saw} // who was there
		must(w.T, errors.Join(tx.AddInvitation(was), tx.SpendInvitation(was)))
		house, err := tx.Organisation() // and of what somebody was hurt in, whom to turn to
		house.Support, open.Severe = "Dr. Vera, 040 555 0101", true
		must(w.T, errors.Join(err, tx.SaveOrganisation(house), tx.SaveSevere(open)))
		return tx.AddNotice(practice.Notice{Member: ben.Member, Code: "notice.link-operator", Link: "/you"})
	}))
	must(w.T, n.app.HoldFailure(ctx, practice.Actor{Member: practice.MemberID(w.ids["keeper"]), Records: true}, 5, practice.NewHold{Why: "The inspectors asked."}))
	w.plans(n, ben)
	cycles, err := n.app.Cycles(ctx, ben, ada.Teams[0])
	must(w.T, err)
	home, err := n.app.Home(ctx, ben)
	must(w.T, err)
	w.seat = base64.RawURLEncoding.EncodeToString(drawn.Key)
	for name, id := range map[string]string{"room": string(reviews[0].Review.ID), "fact": string(fact.ID), "file": string(fact.File),
		"tie": string(tie.ID), "carry": string(carries[0].Carry.ID), "cycle": string(cycles[0].ID), "slug": shelf[0].Procedure.Slug, "step": string(shelf[0].Steps[0].ID)} {
		w.ids[name] = id
	}
	must(w.T, n.app.EditOwner(ctx, operator, shelf[0].Procedure.ID, func(p practice.Procedure) (practice.Procedure, error) {
		p.Owner = ben.Member
		return p, nil
	}))
	w.round(n, ben, shelf)
	w.handed(n, ben, gaps[0].ID)
	for _, notice := range home.Notices {
		w.ids["notice"] = string(notice.ID)
	}
}

// round puts the change that is on trial to a group, which somebody without an account
// speaks for.
func (w *town) round(n *node, who practice.Actor, shelf []app.Manual) {
	w.Helper()
	ctx := w.Context()
	party, err := n.app.AddParty(ctx, who, practice.Party{Name: "Neighbours", Outside: "all of the street", Days: 5, Members: []practice.MemberID{who.Member}})
	must(w.T, err)
	must(w.T, n.app.ChooseVoice(ctx, who, party.ID, "Mila", practice.Voice{At: time.Now().AddDate(0, 0, -1), How: "by lot"}))
	w.ids["party"] = string(party.ID)
	for _, m := range shelf {
		for _, s := range m.Steps {
			if s.Trial.Gap == "" || w.ids["consent"] != "" {
				continue
			}
			w.ids["consent"] = string(s.Trial.Gap)
			must(w.T, n.store.Update(ctx, func(tx *store.Tx) error {
				return tx.AddConsent(practice.NewConsent(s.Trial, []practice.PartyID{party.ID}, s.Text), false)
			}))
			must(w.T, n.app.SayInConsent(ctx, who, s.Trial.Gap, app.Statement{Kind: practice.SpokePresent, Text: "The key was lost."}))
		}
	}
	if w.ids["consent"] == "" {
		w.Error("nothing is on trial in the town")
	}
}

// plans adds a draft and one that is frozen, each with a reason why it may fail.
func (w *town) plans(n *node, who practice.Actor) {
	w.Helper()
	ctx := w.Context()
	intent := practice.Intent{Title: "One prompt for each database", Aim: "By May nobody reads the wrong one.", Hard: "Old terminals.", Notice: "Somebody asks which it is.",
		Signals: []practice.Signal{{What: "Wrong prompts", From: "1", Where: "the channel", Who: "Ben, on Mondays", Every: 7}}, Ask: "Chidi", Stop: "After a month."}
	for number := 1; number <= 2; number++ {
		p, err := n.app.BeginPlan(ctx, who, app.NewPlan{Title: intent.Title, Like: number - 1})
		must(w.T, err)
		_, err = n.app.WritePlan(ctx, who, p.Number, func(practice.Plan) (practice.Intent, error) { return intent, nil })
		must(w.T, err)
		must(w.T, n.app.SupposeFailed(ctx, who, p.Number, "Nobody changed theirs."))
		for _, about := range w.known(n, who) {
			must(w.T, n.app.Inherit(ctx, who, p.Number, practice.Inherited{About: about, Says: practice.SaysFits, Text: "A colour for each."}))
		}
	}
	_, err := n.app.FreezePlan(ctx, who, 2)
	must(w.T, err)
	_, err = n.app.AddToPlan(ctx, who, 2, "Two terminals are shared.")
	must(w.T, err)
	fired, err := n.app.Fire(ctx, who, 2, practice.Fired{Signal: 1, Text: "Twice before noon."})
	must(w.T, err)
	made, err := n.app.FailureByID(ctx, who, fired.Failure)
	must(w.T, err)
	w.ids["fired"] = practice.FailurePath(made.Number)
	_, _, err = n.app.ConnectMonitor(ctx, who, 2)
	must(w.T, err)
}

// known are the ids of a failure, a limit and a finding.
func (w *town) known(n *node, who practice.Actor) []string {
	w.Helper()
	f, err := n.app.Failure(w.Context(), who, 5)
	must(w.T, err)
	limit, err := n.app.Constraint(w.Context(), who, 1)
	must(w.T, err)
	taught, err := n.app.Finding(w.Context(), who, 1)
	must(w.T, err)
	return []string{string(f.ID), string(limit.Constraint.ID), string(taught.Finding.ID)}
}

// places are what stands in an address for one thing: the first rule that fits
// a pattern counts.
var places = []struct{ in, name, is string }{
	{"/kept/holds", "number", "5"}, {"/members/{id}", "id", "<other>"}, {"/record", "n", "4"}, {"/record", "id", "4"}, {"/api/v1/failures/{id}", "id", "5"}, {"/f/{n}", "n", "5"}, {"/f/{number}", "number", "5"},
	{"/history/{n}", "n", "1"}, {"/c/{n}", "n", "1"}, {"/a/{n}", "n", "1"}, {"/uses/{use}", "use", "asu_01khvcxa5fe0qsz2m2g1mcnbkd"}, {"/tour/{n}", "n", "2"}, {"/plan/{n}/monitor", "n", "2"}, {"/plan/{n}", "n", "1"}, {"/e/{n}", "n", "1"}, {"/revisions/{number}", "number", "1"}, {"/hot", "days", "1"}, {"", "number", "1"},
	{"/fact", "id", "<fact>"}, {"/files/{id}", "id", "<file>"}, {"/ties/", "id", "<tie>"}, {"/carr", "id", "<carry>"}, {"/cycle/", "id", "<cycle>"}, {"/cycles/", "id", "<cycle>"}, {"/notice", "id", "<notice>"},
	{"/tokens/", "id", "<token>"}, {"/devices/", "id", "<device>"}, {"/knocks/", "id", "<knock>"}, {"/passes/", "id", "<pass>"}, {"/teams/{id}", "id", "<team>"},
	{"/offers/", "id", "<offer>"}, {"", "offer", "<offer>"}, {"/proposals/", "id", "<proposal>"}, {"", "proposal", "<proposal>"}, {"/groups/", "id", "<party>"}, {"/consent", "gap", "<consent>"}, {"/referral", "gap", "<referral>"}, {"/packs/", "id", "tech"}, {"/gaps/", "id", "gap_01khvcxa5fe0qsz2m2g1mcnbkd"}, {"/reviews/", "id", "<room>"}, {"", "member", "<other>"}, {"", "tablet", "<tablet>"}, {"", "device", "<device>"}, {"", "token", "<token>"},
	{"", "team", "<team>"}, {"", "knock", "<knock>"}, {"", "slug", "<slug>"}, {"", "step", "<step>"}, {"", "address", "<address>"}, {"", "review", "<room>"}, {"", "question", "intended"},
	{"", "gap", "gap_01khvcxa5fe0qsz2m2g1mcnbkd"}, {"", "conflict", "<conflict>"}, {"/conflicts/", "id", "<conflict>"},
}

var wildcard = regexp.MustCompile(`\{([a-z]+)\$?\}`)

// address is one that a pattern stands for.
func (w *town) address(pattern string) string {
	return wildcard.ReplaceAllStringFunc(strings.ReplaceAll(pattern, "{$}", ""), func(in string) string {
		for _, p := range places {
			if "{"+p.name+"}" == in && strings.Contains(pattern, p.in) {
				if id, ok := strings.CutPrefix(p.is, "<"); ok {
					return w.ids[strings.TrimSuffix(id, ">")]
				}
				return p.is
			}
		}
		return "nothing"
	})
}

// once cancels a stream of news with its first word.
type once struct {
	*httptest.ResponseRecorder
	end context.CancelFunc
}

func (o once) Write(b []byte) (int, error) {
	defer o.end()
	return o.ResponseRecorder.Write(b)
}

// ask sends one request as somebody and says how it was answered.
func (w *town) ask(house http.Handler, pattern, who string) rune {
	w.Helper()
	method, path, _ := strings.Cut(pattern, " ")
	ctx, end := context.WithCancel(w.Context())
	defer end()
	api := strings.HasPrefix(path, rest.Prefix)
	r := httptest.NewRequestWithContext(ctx, method, w.address(path), strings.NewReader(map[bool]string{true: "{}"}[api && method != "GET"]))
	r.Header.Set("Content-Type", map[bool]string{true: "application/json", false: "application/x-www-form-urlencoded"}[api])
	r.Header.Set("If-Match", `"0"`)
	w.asks(r)
	switch who {
	case "stranger":
	case "token":
		r.Header.Set("Authorization", "Bearer "+w.token)
	case "seat":
		r.Header.Set("Cookie", w.cookie(who))
		r.Header.Set("Debrief-Seat", w.seat)
	default:
		r.Header.Set("Cookie", w.cookie(who))
	}
	answer := once{httptest.NewRecorder(), func() {}}
	if strings.HasSuffix(path, "/news") {
		answer.end = end
	}
	house.ServeHTTP(answer, r)
	got := answer.Result()
	lacks := server.Missing(got.Header, false)
	if strings.Contains(path, "/files/") {
		lacks = slices.DeleteFunc(lacks, func(name string) bool { return name == "Content-Security-Policy" }) // a stricter one
	}
	if got.StatusCode >= 500 || len(lacks) > 0 {
		text, _ := io.ReadAll(got.Body)
		w.Errorf("%s by %s: %d, lacks %v: %s", pattern, who, got.StatusCode, lacks, text)
	}
	return howOf(got)
}

func howOf(got *http.Response) rune {
	switch {
	case got.StatusCode == http.StatusUnauthorized, strings.HasPrefix(got.Header.Get("Location"), "/in?"), got.Header.Get("Location") == frame.TabletHome:
		return door
	case got.StatusCode == http.StatusNotFound:
		return hidden
	case got.StatusCode == http.StatusForbidden:
		return saysNo
	}
	return letsIn
}

// Every route has a row that says how it answers whom. A new route has none,
// and fails this test until somebody has thought about it.
func TestRoutes_whoIsLetIn(t *testing.T) {
	w := newTown(t)
	house, pages, api := w.house()
	var patterns []string
	for _, r := range pages.Routes() {
		patterns = append(patterns, r.Pattern)
	}
	patterns = append(patterns, api.Routes()...)
	slices.Sort(patterns)
	rows := rowsOf(t)
	for _, pattern := range patterns {
		var got strings.Builder
		for _, who := range askers {
			got.WriteRune(w.ask(house, pattern, who))
			w.again()
		}
		want, ok := rows[pattern]
		if !ok {
			t.Errorf("no row for this route:\n%s %s", got.String(), pattern)
		} else if want != got.String() {
			t.Errorf("%s: %s got %s, want %s", pattern, strings.Join(askers, " "), got.String(), want)
		}
		delete(rows, pattern)
	}
	for pattern := range rows {
		t.Errorf("no such route any more: %s", pattern)
	}
	if len(patterns) < 220 {
		t.Errorf("only %d routes", len(patterns))
	}
}

// rowsOf reads the rows: how each asker is answered, then the route.
func rowsOf(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/routes.txt")
	must(t, err)
	rows := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		how, pattern, _ := strings.Cut(line, " ")
		if _, twice := rows[pattern]; twice || len(how) != len(askers) {
			t.Errorf("a row that is twice, or too short: %s", line)
		}
		rows[pattern] = how
	}
	return rows
}
