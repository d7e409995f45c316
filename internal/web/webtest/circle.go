package webtest

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
	"debrief/internal/auth"
	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/room"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// Circle is a review that was called, with the pages over a real database.
type Circle struct {
	T      *testing.T
	Store  *store.Store
	Web    *frame.Kit
	URL    string
	Review practice.Review
	People []practice.Actor
	Clock  *storetest.Clock
}

// NewCircle sets an organisation up and calls a review of a failure, to which so
// many people are asked; the first is the steward. build is web.New.
func NewCircle(t *testing.T, build Builder, people int) *Circle {
	t.Helper()
	c := &Circle{T: t, Clock: storetest.NewClock(Noon)}
	c.Store = storetest.Open(t, storetest.SQLite(t), c.Clock.Option)
	catalogue, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(app.Options{Store: c.Store, Index: recall.New()})
	steward, err := a.SetUp(t.Context(), practice.NewOrganisation{
		Organisation: practice.Organisation{Name: "Halvern", Zone: "UTC", DayEndsAt: 1000, RetentionDays: 90},
		Team: practice.Team{Name: "Vans", Pack: "operations", CycleDays: 14, Triggers: []practice.Trigger{
			{Kind: practice.TriggerHarm, Text: "x"}, {Kind: practice.TriggerNearMiss, Text: "y"}}},
		Steward: "Noor Haddad",
	})
	if err != nil {
		t.Fatal(err)
	}
	c.People = []practice.Actor{steward}
	c.call(steward, people)
	c.Web, err = build(frame.Options{Words: catalogue, Now: c.Clock.Now, Random: rand.Reader, Log: slog.New(slog.DiscardHandler), App: a,
		Auth:  auth.New(auth.Options{Store: c.Store, Now: c.Clock.Now, Random: rand.Reader}),
		Rooms: room.New(room.Options{Store: c.Store, Words: words.NewWordlist()}), Actor: c.Asking,
		Live: live.NewHub("inc", store.Position{})})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(c.Web)
	t.Cleanup(server.Close)
	c.URL = server.URL
	return c
}

// call adds people, a failure with a fact, and a review they are all asked to.
func (c *Circle) call(steward practice.Actor, people int) {
	c.T.Helper()
	err := c.Store.Update(c.T.Context(), func(tx *store.Tx) error {
		c.People = c.People[:1]
		ids := []practice.MemberID{steward.Member}
		for i := 1; i < people; i++ {
			m := practice.Member{ID: practice.MemberID(tx.NewID("mem")), Name: fmt.Sprintf("Person %d", i), Active: true, Teams: steward.Teams}
			if err := tx.AddMember(m); err != nil {
				return err
			}
			ids = append(ids, m.ID)
			c.People = append(c.People, practice.Actor{Member: m.ID, Name: m.Name, Teams: m.Teams})
		}
		f, err := tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: steward.Teams[0], Title: "12 of 50 delivered",
			Text: "12 of 50", Stage: practice.StageAfter, RecognisedAt: tx.Now(), Source: practice.SourceReport, Standing: practice.Reported})
		if err != nil {
			return err
		}
		err = tx.AddFact(practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: f.ID, At: tx.Now(), Text: "Bags handed out", Author: steward.Member})
		if err != nil {
			return err
		}
		c.Review = practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: steward.Member,
			MeetAt: tx.Now(), Box: practice.DefaultBox, Phase: practice.PhaseArrive}
		return tx.AddReview(c.Review, ids)
	})
	if err != nil {
		c.T.Fatal(err)
	}
}

// Asking takes the session cookie for a person's number.
func (c *Circle) Asking(r *http.Request) (practice.Actor, frame.Place, error) {
	cookie, err := r.Cookie("session")
	if err != nil {
		return practice.Actor{}, frame.Place{}, practice.ErrUnauthenticated
	}
	var i int
	if _, err := fmt.Sscan(cookie.Value, &i); err != nil || i >= len(c.People) {
		return practice.Actor{}, frame.Place{}, practice.ErrUnauthenticated
	}
	return c.People[i], frame.Place{Organisation: "Halvern", Zone: time.UTC}, nil
}

// Plain is one person's browser without scripts: it follows links and sends
// forms.
type Plain struct {
	T      *testing.T
	Client *http.Client
	At     string // the address it is at
	Page   string
	Status int
}

// Browser gives somebody a browser; person -1 has no session.
func (c *Circle) Browser(person int) *Plain {
	c.T.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		c.T.Fatal(err)
	}
	if person >= 0 {
		at, _ := url.Parse(c.URL)
		jar.SetCookies(at, []*http.Cookie{{Name: "session", Value: fmt.Sprint(person)}})
	}
	return &Plain{T: c.T, Client: &http.Client{Jar: jar}, At: c.URL}
}

// Open goes to an address, or to one beside the page it is at.
func (b *Plain) Open(address string) *Plain {
	b.T.Helper()
	b.read(b.Client.Get(b.resolve(address)))
	return b
}

func (b *Plain) resolve(address string) string {
	at, _ := url.Parse(b.At)
	to, err := at.Parse(html.UnescapeString(address))
	if err != nil {
		b.T.Fatal(err)
	}
	return to.String()
}

func (b *Plain) read(answer *http.Response, err error) {
	b.T.Helper()
	if err != nil {
		b.T.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.T.Fatal(err)
	}
	b.At, b.Page, b.Status = answer.Request.URL.String(), string(text), answer.StatusCode
	if wrong := Faults(b.Page); len(wrong) > 0 && answer.Header.Get("Content-Type") != "" {
		b.T.Errorf("%s: %v", b.At, wrong)
	}
}

var (
	formTag  = regexp.MustCompile(`(?s)<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	hidden   = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
	typedIn  = regexp.MustCompile(`<input id="[^"]*" name="([^"]*)" type="(?:text|date|time)" value="([^"]*)"`)
	chosen   = regexp.MustCompile(`<input type="radio" name="([^"]*)" value="([^"]*)"[^>]* checked`)
	textArea = regexp.MustCompile(`(?s)<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>`)
)

// Send fills in a form whose action ends as given, and that has the words in
// it, and sends it: all fields but boxes as they stand, then the values.
func (b *Plain) Send(action, with string, values ...string) *Plain {
	b.T.Helper()
	for _, form := range formTag.FindAllStringSubmatch(b.Page, -1) {
		to, _, _ := strings.Cut(form[1], "?")
		if !strings.HasSuffix(to, action) && !strings.HasSuffix(form[1], action) || !strings.Contains(form[2], with) {
			continue
		}
		filled := url.Values{}
		for _, kind := range []*regexp.Regexp{hidden, typedIn, chosen} {
			for _, m := range kind.FindAllStringSubmatch(form[2], -1) {
				filled.Add(m[1], html.UnescapeString(m[2]))
			}
		}
		for _, m := range textArea.FindAllStringSubmatch(form[2], -1) {
			filled.Set(m[1], html.UnescapeString(m[2]))
		}
		for i := 0; i+1 < len(values); i += 2 {
			filled[values[i]] = append(filled[values[i]][:0:0], values[i+1])
		}
		b.read(b.Client.PostForm(b.resolve(form[1]), filled))
		return b
	}
	b.T.Fatalf("no form to %s with %q at %s:\n%s", action, with, b.At, b.Text())
	return b
}

// Text is the page without its marks.
func (b *Plain) Text() string {
	page := b.Page
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	return strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " "))), " ")
}

// Sees fails where the page lacks any of the words.
func (b *Plain) Sees(words ...string) *Plain {
	b.T.Helper()
	for _, w := range words {
		if !strings.Contains(b.Text(), w) {
			b.T.Fatalf("%d at %s: no %q in\n%s", b.Status, b.At, w, b.Text())
		}
	}
	return b
}

// Misses fails where the page has any of the words.
func (b *Plain) Misses(words ...string) *Plain {
	b.T.Helper()
	for _, w := range words {
		if strings.Contains(b.Text(), w) {
			b.T.Fatalf("%d at %s: there is %q in\n%s", b.Status, b.At, w, b.Text())
		}
	}
	return b
}

// Sit lets people take their seats.
func (c *Circle) Sit(n int) []*Plain {
	c.T.Helper()
	var all []*Plain
	for i := range n {
		b := c.Browser(i).Open("/f/1/room").Sees("Take your seat")
		b.Send("/f/1/room", "closeness", "closeness", "did")
		b.Send("/seat/"+string(c.Review.ID), "ticket").Sees("Your three words")
		all = append(all, b.Open("/seat/"+string(c.Review.ID)))
	}
	return all
}

// Reload opens the room's address, as "Check again" does.
func (c *Circle) Reload(all []*Plain) {
	for _, b := range all {
		b.Open("/seat/" + string(c.Review.ID))
	}
}

// FieldOf is the value of a hidden field of a form.
func FieldOf(b *Plain, action, name string) string {
	b.T.Helper()
	for _, form := range formTag.FindAllStringSubmatch(b.Page, -1) {
		for _, m := range hidden.FindAllStringSubmatch(form[2], -1) {
			if strings.HasSuffix(form[1], action) && m[1] == name {
				return m[2]
			}
		}
	}
	b.T.Fatalf("no field %s of %s", name, action)
	return ""
}
