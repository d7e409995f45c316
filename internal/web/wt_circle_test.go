package web

import (
	"crypto/rand"
	"debrief/internal/app"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
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
