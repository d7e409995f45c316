package web

import (
	"crypto/rand"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
)

// circle is a review that was called, with the pages over a real database.
type circle struct {
	t      *testing.T
	store  *store.Store
	web    *Web
	url    string
	review practice.Review
	people []practice.Actor
	clock  *storetest.Clock
}

func newCircle(t *testing.T, people int) *circle {
	t.Helper()
	c := &circle{t: t, clock: storetest.NewClock(noon)}
	c.store = storetest.Open(t, storetest.SQLite(t), c.clock.Option)
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(app.Options{Store: c.store})
	steward, err := a.SetUp(t.Context(), practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Halvern", Zone: "UTC", DayEndsAt: 1000, RetentionDays: 90},
		Team: practice.Team{Name: "Vans", Pack: "operations", CycleDays: 14, Triggers: []practice.Trigger{
			{Kind: practice.TriggerHarm, Text: "x"}, {Kind: practice.TriggerNearMiss, Text: "y"}}},
		Steward: "Noor Haddad",
	})
	if err != nil {
		t.Fatal(err)
	}
	c.people = []practice.Actor{steward}
	c.call(steward, people)
	c.web, err = New(Options{Words: catalogue, Now: c.clock.Now, Random: rand.Reader, Log: slog.New(slog.DiscardHandler), App: a,
		Rooms: room.New(room.Options{Store: c.store, Words: words.NewWordlist()}), Actor: c.asking,
		Live: live.NewHub("inc", store.Position{})})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(c.web)
	t.Cleanup(server.Close)
	c.url = server.URL
	return c
}

// call adds people, a failure with a fact, and a review they are all asked to.
func (c *circle) call(steward practice.Actor, people int) {
	c.t.Helper()
	err := c.store.Update(c.t.Context(), func(tx *store.Tx) error {
		c.people = c.people[:1]
		ids := []practice.MemberID{steward.Member}
		for i := 1; i < people; i++ {
			m := practice.Member{ID: practice.MemberID(tx.NewID("mem")), Name: fmt.Sprintf("Person %d", i), Active: true, Teams: steward.Teams}
			if err := tx.AddMember(m); err != nil {
				return err
			}
			ids = append(ids, m.ID)
			c.people = append(c.people, practice.Actor{Member: m.ID, Name: m.Name, Teams: m.Teams})
		}
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: steward.Teams[0], Title: "12 of 50 delivered",
			Text: "12 of 50", Stage: practice.StageAfter, RecognisedAt: tx.Now(), Source: practice.SourceReport})
		if err != nil {
			return err
		}
		err = tx.AddFact(practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: f.ID, At: tx.Now(), Text: "Bags handed out", Author: steward.Member})
		if err != nil {
			return err
		}
		c.review = practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: steward.Member,
			MeetAt: tx.Now(), Box: practice.DefaultBox, Phase: practice.PhaseArrive}
		return tx.AddReview(c.review, ids)
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// asking takes the session cookie for a person's number.
func (c *circle) asking(r *http.Request) (practice.Actor, Place, error) {
	cookie, err := r.Cookie("session")
	if err != nil {
		return practice.Actor{}, Place{}, practice.ErrUnauthenticated
	}
	var i int
	if _, err := fmt.Sscan(cookie.Value, &i); err != nil || i >= len(c.people) {
		return practice.Actor{}, Place{}, practice.ErrUnauthenticated
	}
	return c.people[i], Place{Organisation: "Halvern", Zone: time.UTC}, nil
}

// plain is one person's browser without scripts: it follows links and sends
// forms.
type plain struct {
	t      *testing.T
	client *http.Client
	at     string // the address it is at
	page   string
	status int
}

// browser gives somebody a browser; person -1 has no session.
func (c *circle) browser(person int) *plain {
	c.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		c.t.Fatal(err)
	}
	if person >= 0 {
		at, _ := url.Parse(c.url)
		jar.SetCookies(at, []*http.Cookie{{Name: "session", Value: fmt.Sprint(person)}})
	}
	return &plain{t: c.t, client: &http.Client{Jar: jar}, at: c.url}
}

func (b *plain) open(address string) *plain {
	b.t.Helper()
	b.read(b.client.Get(b.resolve(address)))
	return b
}

func (b *plain) resolve(address string) string {
	at, _ := url.Parse(b.at)
	to, err := at.Parse(html.UnescapeString(address))
	if err != nil {
		b.t.Fatal(err)
	}
	return to.String()
}

func (b *plain) read(answer *http.Response, err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.at, b.page, b.status = answer.Request.URL.String(), string(text), answer.StatusCode
	if wrong := faults(b.page); len(wrong) > 0 && answer.Header.Get("Content-Type") != "" {
		b.t.Errorf("%s: %v", b.at, wrong)
	}
}

var (
	formTag  = regexp.MustCompile(`(?s)<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	hidden   = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
	textArea = regexp.MustCompile(`(?s)<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>`)
)

// send fills in a form whose action ends as given, and that has the words in
// it, and sends it: hidden fields and texts as they stand, then the values.
func (b *plain) send(action, with string, values ...string) *plain {
	b.t.Helper()
	for _, form := range formTag.FindAllStringSubmatch(b.page, -1) {
		if !strings.HasSuffix(form[1], action) || !strings.Contains(form[2], with) {
			continue
		}
		filled := url.Values{}
		for _, m := range hidden.FindAllStringSubmatch(form[2], -1) {
			filled.Set(m[1], html.UnescapeString(m[2]))
		}
		for _, m := range textArea.FindAllStringSubmatch(form[2], -1) {
			filled.Set(m[1], html.UnescapeString(m[2]))
		}
		for i := 0; i+1 < len(values); i += 2 {
			filled[values[i]] = append(filled[values[i]][:0:0], values[i+1])
		}
		b.read(b.client.PostForm(b.resolve(form[1]), filled))
		return b
	}
	b.t.Fatalf("no form to %s with %q at %s:\n%s", action, with, b.at, b.text())
	return b
}

// text is the page without its marks.
func (b *plain) text() string {
	page := b.page
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	return strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " "))), " ")
}

func (b *plain) sees(words ...string) *plain {
	b.t.Helper()
	for _, w := range words {
		if !strings.Contains(b.text(), w) {
			b.t.Fatalf("%d at %s: no %q in\n%s", b.status, b.at, w, b.text())
		}
	}
	return b
}

func (b *plain) misses(words ...string) *plain {
	b.t.Helper()
	for _, w := range words {
		if strings.Contains(b.text(), w) {
			b.t.Fatalf("%d at %s: there is %q in\n%s", b.status, b.at, w, b.text())
		}
	}
	return b
}

// sit lets people take their seats.
func (c *circle) sit(n int) []*plain {
	c.t.Helper()
	var all []*plain
	for i := range n {
		b := c.browser(i).open("/f/1/room").sees("Take your seat")
		b.send("/f/1/room", "closeness", "closeness", "did")
		b.send("/seat/"+string(c.review.ID), "ticket").sees("Your three words", "shown this once")
		all = append(all, b.open("/seat/"+string(c.review.ID)))
	}
	return all
}

// reload opens the room's address, as "Check again" does.
func (c *circle) reload(all []*plain) {
	for _, b := range all {
		b.open("/seat/" + string(c.review.ID))
	}
}

// The whole of a room, on plain pages: no script takes part in any of this.
func TestRoom_onPlainPages(t *testing.T) {
	c := newCircle(t, 3)
	all := c.sit(3)
	a, b := all[0], all[1]
	a.open(a.at).sees("There is no promise to look back on", "No guardian is named yet to tell", "Three people or fewer", "3 are here")
	a.send("/move", "Begin with question one").sees("What did we intend to happen?", "From memory, after the outcome.")

	for i, p := range all {
		p.open("/seat/" + string(c.review.ID))
		p.send("/1/answer", "I have written mine", "text", fmt.Sprintf("Fifty parcels by noon, says %d.", i))
		if i < 2 {
			p.sees("Yours is in.", "Check again", fmt.Sprintf("says %d", i)).misses(fmt.Sprintf("says %d", i+1), "says 2")
		}
	}
	c.reload(all)
	for i, p := range all {
		p.sees("Three answers", "says 0", "says 1", "says 2", "Yours. Only you see this mark.")
		if n := strings.Count(p.page, "Only you see this mark"); n != 1 {
			t.Errorf("seat %d sees %d answers marked as its own", i, n)
		}
	}
	a.send("/1/text", "Put in the text", "text", "Fifty parcels.", "phrase", "by noon, says 1.", "stand", "").sees("Fifty parcels. By noon, says 1.", "0 of 3 do")
	c.reload(all)
	for _, p := range all {
		p.send("/1/text", "I stand behind it", "stand", "yes")
	}
	b.sees("2 of 3 do").open(b.at).sees("3 of 3 do")
	b.send("/move", "Next: what happened").sees("What actually happened?", "We meant: Fifty parcels.", "Facts so far", "Bags handed out").misses("Noor")

	c.reload(all)
	for i, p := range all {
		p.send("/2/answer", "I have written mine", "text", fmt.Sprintf("Twelve arrived, saw %d.", i), "shows", "the tally")
	}
	c.reload(all)
	for _, p := range all {
		p.open(p.at).send("/2/text", "I stand behind it", "text", "Twelve arrived.", "stand", "yes")
	}
	a.send("/move", "Next: the gap").sees("What gap exists between the two?")

	c.reload(all)
	for i, p := range all {
		p.send("/3/answer", "I have written mine", "text", "fifty", "actual", fmt.Sprintf("twelve, wrote %d", i), "where", "in the yard")
	}
	c.reload(all)
	a.send("/gaps", `name="from"`, "from", fromForm(a, "from")).sees("Gap 1", "Taken up")
	b.open(b.at).send("/gaps", "Keep the gap", "text", "a list", "actual", "no list", "where", "at the gate").sees("Gap 2", "2 taken up")
	b.send("/move", "Next: which kind").sees("Gap 1 of 2", "Avoidable", "we cannot change this", "Not yet sure")

	kinds := []string{"avoidable", "avoidable", "inherent"}
	c.reload(all)
	for i, p := range all {
		p.send("/judge", "That is my judgement", "kind", "avoidable", "reason", fmt.Sprintf("reason %d", i)).sees("Gap 2 of 2")
		p.send("/judge", "That is my judgement", "kind", kinds[i], "could", "others", "needs", "another gate")
		if i < 2 {
			p.sees("Yours is in.", "You said: Avoidable").misses("reason 2")
		}
	}
	c.reload(all)
	for _, p := range all {
		p.sees("One mark is one person", "You agree.", "reason 0", "reason 1", "reason 2", "You see this differently. Both can be true.")
	}
	a.send("/settle", "Keep it: Avoidable", "do", "settle").sees("Sorted as")
	a.send("/settle", "no list", "do", "settle", "kind", "avoidable").sees("Put the difference into words")
	a.send("/settle", "no list", "do", "settle", "kind", "avoidable", "differ", "One of us thinks the gate stays.").sees("seen differently", "the gate stays")
	answer, err := a.client.Do(formRequest(a, "/move", map[string]string{"version": fieldOf(a, "/move", "version")}))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if want := "/seat/" + string(c.review.ID) + "/change"; answer.Request.URL.Path != want {
		t.Errorf("after question four the room is at %s, want %s", answer.Request.URL.Path, want)
	}
}

// fieldOf is the value of a hidden field of a form.
func fieldOf(b *plain, action, name string) string {
	b.t.Helper()
	for _, form := range formTag.FindAllStringSubmatch(b.page, -1) {
		for _, m := range hidden.FindAllStringSubmatch(form[2], -1) {
			if strings.HasSuffix(form[1], action) && m[1] == name {
				return m[2]
			}
		}
	}
	b.t.Fatalf("no field %s of %s", name, action)
	return ""
}

func formRequest(b *plain, action string, values map[string]string) *http.Request {
	b.t.Helper()
	filled := url.Values{}
	for k, v := range values {
		filled.Set(k, v)
	}
	at, _ := url.Parse(b.at)
	to := at.Scheme + "://" + at.Host + "/seat/" + strings.Split(at.Path, "/")[2] + action
	r, err := http.NewRequest(http.MethodPost, to, strings.NewReader(filled.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}
