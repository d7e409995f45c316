package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

func TestSeat_withoutOneAsksForWords(t *testing.T) {
	c := newCircle(t, 2)
	c.sit(1)
	base := "/seat/" + string(c.review.ID)
	for _, address := range []string{base, base + "/1", base + "/arrive", base + "/paper"} {
		b := c.browser(1).open(address)
		if !strings.HasSuffix(b.at, base+"/words") {
			t.Errorf("%s leads to %s", address, b.at)
		}
		b.sees("Your three words").misses("12 of 50")
	}
	b := c.browser(-1).open(base + "/words")
	b.send("/words", "Your three words", "words", "xyzzy heron lantern").sees("We do not know the word")
	b.send("/words", "Your three words", "words", "heron lantern").sees("Nothing belongs to these words")
	if other := c.browser(-1).open("/seat/rev_01ktrpeng0f5qvrk24krab5brm"); !strings.Contains(other.page, "words") || other.status != http.StatusOK {
		t.Errorf("a review nobody called: %d at %s", other.status, other.at)
	}
}

func TestSeat_wordsBringItToADeviceWithoutSession(t *testing.T) {
	c := newCircle(t, 2)
	a := c.browser(0).open("/f/1/room")
	a.send("/f/1/room", "closeness", "closeness", "saw")
	a.send("/seat/"+string(c.review.ID), "ticket")
	said := a.text()
	said = strings.TrimSpace(said[strings.Index(said, "Your three words")+len("Your three words") : strings.Index(said, "These three words")])
	phone := c.browser(-1).open("/seat/" + string(c.review.ID))
	phone.send("/words", "Your three words", "words", strings.ToUpper(said))
	phone.sees("What we agree before question one")
	if phone.send("/move", "Begin").sees("What did we intend to happen?"); phone.status != http.StatusOK {
		t.Errorf("%d", phone.status)
	}
}

// A ticket that waited too long leads back to the door it came from.
func TestSeat_anOldTicketLeadsBack(t *testing.T) {
	c := newCircle(t, 1)
	b := c.browser(0).open("/f/1/room").send("/f/1/room", "closeness", "closeness", "did")
	c.clock.Pass(time.Hour)
	b.send("/seat/"+string(c.review.ID), "ticket").sees("This way to the seat is too old.")
	if !strings.Contains(b.page, `href="/f/1/room"`) {
		t.Errorf("no way back:\n%s", b.text())
	}
}

// The cookie of a seat is seen by the pages of its review alone, and no page of
// a seat is kept by the browser or leads to a session.
func TestSeat_cookieAndCache(t *testing.T) {
	c := newCircle(t, 1)
	ticket := c.browser(0).open("/f/1/room").send("/f/1/room", "closeness", "closeness", "did")
	r, _ := http.NewRequest(http.MethodPost, c.url+"/seat/"+string(c.review.ID), strings.NewReader("ticket="+fieldOf(ticket, string(c.review.ID), "ticket")))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	cookies := answer.Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d cookies", len(cookies))
	}
	got := cookies[0]
	if got.Name != "seat" || got.Path != "/seat/"+string(c.review.ID) || !got.HttpOnly || got.SameSite != http.SameSiteLaxMode || got.Secure {
		t.Errorf("%+v", got)
	}
	if cache := answer.Header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("Cache-Control: %s", cache)
	}
	w := httptest.NewRecorder()
	c.web.Base = "https://debrief.example.org"
	r, _ = http.NewRequest(http.MethodPost, "/seat/"+string(c.review.ID), strings.NewReader("ticket="+fieldOf(ticket, string(c.review.ID), "ticket")))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	c.web.ServeHTTP(w, r)
	if set := w.Result().Cookies(); len(set) != 1 || !set[0].Secure {
		t.Errorf("over https: %+v", set)
	}
}

// No page under /seat/ asks who somebody is, and none leaves a line in the log.
func TestSeatRoutes_knowNoSession(t *testing.T) {
	c := newCircle(t, 1)
	all := c.sit(1)
	asked := false
	c.web.Actor = func(r *http.Request) (practice.Actor, Place, error) {
		asked = true
		return c.asking(r)
	}
	routes := 0
	for _, rt := range c.web.Routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		if !strings.HasPrefix(pattern, "/seat/") {
			continue
		}
		routes++
		if !rt.Quiet {
			t.Errorf("%s leaves a line in the log", rt.Pattern)
		}
		address := strings.NewReplacer("{review}", string(c.review.ID), "{question}", "1", "{gap}", "gap_1").Replace(pattern)
		if strings.HasSuffix(address, "/news") || strings.HasSuffix(address, "/leave") {
			continue
		}
		if method == http.MethodGet {
			all[0].open(address)
			continue
		}
		answer, err := all[0].client.PostForm(c.url+address, url.Values{})
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
	if asked || routes < 15 {
		t.Errorf("asked who it was: %v; %d routes", asked, routes)
	}
}

// The pictures of the facts stand beside question two, and are nobody's who has
// no seat.
func TestQuestion_picturesOfTheFacts(t *testing.T) {
	c := newCircle(t, 1)
	picture := []byte("as the server wrote it")
	err := c.store.Update(t.Context(), func(tx *store.Tx) error {
		fact := practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: c.review.Failure, At: tx.Now(), Text: "An empty bag",
			File: practice.FileID(tx.NewBlindID("fil")), Author: c.people[0].Member}
		return errors.Join(tx.AddFile(fact.File, "image/png", picture), tx.AddFact(fact))
	})
	if err != nil {
		t.Fatal(err)
	}
	a := c.sit(1)[0]
	a.send("/move", "Begin with question one").send("/1/answer", "I have written mine", "text", "Fifty.")
	a.send("/1/text", "I stand behind it", "text", "Fifty.", "stand", "yes").send("/move", "Next: what happened").sees("An empty bag")
	found := regexp.MustCompile(`<img class="thumb" src="([^"]*)" alt="Picture to: An empty bag"`).FindStringSubmatch(a.page)
	if found == nil {
		t.Fatalf("no picture on\n%s", a.page)
	}
	answer, err := a.client.Get(c.url + found[1])
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	got, _ := io.ReadAll(answer.Body)
	if !bytes.Equal(got, picture) || answer.Header.Get("Content-Type") != "image/png" || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%v: %q", answer.Header, got)
	}
	for who, b := range map[string]*plain{"somebody with a session": c.browser(0), "a stranger": c.browser(-1)} {
		if b.open(found[1]); strings.Contains(b.page, string(picture)) {
			t.Errorf("%s got it", who)
		}
	}
	a.open("/seat/" + string(c.review.ID) + "/files/fil_none").sees("nothing here for you")
}

// Whoever writes the name of somebody of the team is asked about it, alone.
func TestRoom_namesInWords(t *testing.T) {
	c := newCircle(t, 2)
	all := c.sit(2)
	a, b := all[0], all[1]
	a.open(a.at).send("/move", "Begin with question one")
	a.send("/1/answer", "I have written mine", "text", "Noor forgot the list.").sees("Only you see this.", "A name stands in your words")
	b.open("/seat/" + string(c.review.ID)).misses("A name stands in your words")
	b.send("/1/answer", "I have written mine", "text", "Nobody had the list.").misses("A name stands in your words")
	a.open("/seat/" + string(c.review.ID)).misses("A name stands in your words")
}

func TestRoom_ideasAreParked(t *testing.T) {
	c := newCircle(t, 2)
	all := c.sit(2)
	a, b := all[0], all[1]
	a.open(a.at).send("/park", "Park it", "idea", "A second bag").sees("A second bag", "Take it back")
	b.open(b.at).misses("A second bag")
	a.send("/park", "Take it back", "take", fromForm(a, "take")).misses("A second bag")
	a.send("/park", "Park it", "idea", "A third bag")
	putAt(c, practice.PhaseChange, practice.Gap{Intended: "fifty", Actual: "twelve", Where: "in the yard", Verdict: practice.Avoidable})
	b.open("/seat/"+string(c.review.ID)).sees("Ideas for later", "A third bag").misses("Park it")
}

// fromForm is the value of the first button with a name.
func fromForm(b *plain, name string) string {
	b.t.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(b.page)
	if m == nil {
		b.t.Fatalf("no %s at %s", name, b.at)
	}
	return m[1]
}

func TestRoom_laterQuestionsWait(t *testing.T) {
	c := newCircle(t, 1)
	a := c.sit(1)[0]
	for _, q := range []string{"1", "2", "3", "4"} {
		a.open("/seat/" + string(c.review.ID) + "/" + q).sees("Four questions, in this order. Question 1 first.")
		if a.status != http.StatusConflict {
			t.Errorf("question %s: %d", q, a.status)
		}
	}
	if a.open("/seat/" + string(c.review.ID) + "/5"); a.status != http.StatusNotFound {
		t.Errorf("question 5: %d", a.status)
	}
}

func TestRoom_aStaleTabIsLedOn(t *testing.T) {
	c := newCircle(t, 2)
	all := c.sit(2)
	stale := all[1].open("/seat/" + string(c.review.ID))
	all[0].open(all[0].at).send("/move", "Begin")
	stale.send("/move", "Begin").misses("The room has moved on.").sees("What did we intend to happen?")
	if !strings.HasSuffix(stale.at, "/1") {
		t.Errorf("shown to %s", stale.at)
	}
	stale.open("/seat/"+string(c.review.ID)+"/arrive").sees("The room has begun.", "Go there")
}

func TestRoom_timeOverBeforeAnybodyWrote(t *testing.T) {
	c := newCircle(t, 2)
	all := c.sit(2)
	a := all[0].send("/move", "Begin").misses("The time is over.")
	c.clock.Pass(time.Hour)
	if a.open(a.at).sees("It opens as soon as somebody has written."); strings.Contains(a.page, "data-when-over") {
		t.Error("the script is to open what nobody wrote")
	}
	a.send("/1/answer", "I have written mine", "text", "fifty").sees("Open the answers")
	if !strings.Contains(a.page, "data-when-over") {
		t.Error("the script is not to open it")
	}
}

// Where the script asks for news of a page that stands at the address of a
// refused form, is the page.
func TestRoom_aRefusedFormAsksThePageForNews(t *testing.T) {
	c := newCircle(t, 2)
	a := c.sit(2)[0]
	a.send("/move", "Begin").send("/1/answer", "I have written mine", "text", strings.Repeat("long ", 200))
	sources := regexp.MustCompile(`data-src="([^"]*)"`).FindAllStringSubmatch(a.page, -1)
	if !strings.HasSuffix(a.at, "/1/answer") || len(sources) < 3 {
		t.Fatalf("at %s with %d sources", a.at, len(sources))
	}
	for _, source := range sources {
		if a.open(source[1]); a.status != http.StatusOK {
			t.Errorf("%s: %d", source[1], a.status)
		}
	}
}

func TestRoom_twoEditorsSeeBothTexts(t *testing.T) {
	c := newCircle(t, 2)
	all := c.sit(2)
	a, b := all[0], all[1]
	a.send("/move", "Begin")
	c.reload(all)
	a.send("/1/answer", "I have written mine", "text", "fifty")
	b.send("/1/answer", "I have written mine", "text", "sixty")
	c.reload(all)
	a.send("/1/text", "I stand behind it", "text", "We meant fifty.", "stand", "yes")
	b.send("/1/text", "I stand behind it", "text", "We meant sixty.", "stand", "yes")
	b.sees("Someone changed this text while you were writing.", "We meant fifty.", "We meant sixty.")
	if b.status != http.StatusConflict {
		t.Errorf("%d", b.status)
	}
	join := *b
	join.send("/1/text", `name="which"`, "which", "join").sees("We meant fifty. We meant sixty.")
	b.send("/1/text", `name="which"`, "which", "mine").sees("0 of 2 do")
	if a.open(a.at); !strings.Contains(a.page, "We meant sixty.") || strings.Contains(a.page, "We meant fifty.</textarea>") {
		t.Errorf("a sees\n%s", a.text())
	}
}

func TestRoom_sameFormTwiceIsOnce(t *testing.T) {
	c := newCircle(t, 2)
	all := c.sit(2)
	all[0].send("/move", "Begin")
	c.reload(all)
	again := *all[0]
	for range 2 {
		again.page, again.at = all[0].page, all[0].at
		again.send("/1/answer", "Keep what was said", "text", "said once")
	}
	all[0].open(all[0].at).send("/1/answer", "I have written mine", "text", "mine")
	all[1].send("/1/answer", "I have nothing to add", "text", "", "nothing", "yes")
	all[0].open(all[0].at).sees("Two answers", "One had nothing to add", "Said by someone in the room.")
}

func TestRoom_phonesAreShared(t *testing.T) {
	c := newCircle(t, 1)
	a := c.sit(1)[0]
	a.send("/move", "Begin")
	a.send("/1/answer", "pass the phone on", "text", "the first", "pass", "yes").sees("Now somebody else writes here").misses("the first")
	a.send("/1/answer", "pass the phone on", "text", "the second", "pass", "yes").misses("the second")
	a.send("/1/finish", "Nobody else writes here").sees("Two answers", "the first", "the second")
}

func TestRoom_buttonsSeatsAndTime(t *testing.T) {
	c := newCircle(t, 4)
	all := c.sit(3)
	all[0].send("/move", "Begin")
	c.reload(all)
	all[1].send("/press", "Move on", "what", "blame")
	all[0].open(all[0].at).sees("Someone asks to go back to what was seen.").send("/press", "We talked about it", "heard", "blame")
	all[2].open(all[2].at).misses("Someone asks to go back")
	all[0].send("/roll", "Free a lost seat", "what", "call").sees("1 of 3 said that they are here")
	all[1].open(all[1].at).send("/roll", "I am here", "what", "here")
	c.clock.Pass(practice.HereWait)
	all[1].open(all[1].at).send("/roll", "Free the other seats", "what", "free")
	all[2].open(all[2].at).sees("Your three words")
	all[0].open(all[0].at).sees("2 seats are taken, 4 people are invited.")
	all[0].send("/time", "Ask for ten more minutes", "what", "box").sees("1 of 2 ask for it")
	c.clock.Pass(practice.DefaultBox)
	all[1].open(all[1].at).sees("The time is over.", "Nothing is lost").send("/time", "Meet a second time", "what", "sitting").misses("The time is over.")
	all[1].send("/leave", "Give my seat back")
	all[1].open("/seat/" + string(c.review.ID)).sees("Your three words")
}

func TestRoom_partsForTheScript(t *testing.T) {
	c := newCircle(t, 1)
	a := c.sit(1)[0]
	for part, want := range map[string]string{"main": "What we agree", "bar": "one here", "clock": "data-until"} {
		r, _ := http.NewRequest(http.MethodGet, a.at, nil)
		r.Header.Set("X-Fragment", part)
		answer, err := a.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || strings.Contains(string(text), "<html") || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v\n%s", part, err, text)
		}
	}
}

func TestPlace_notInvited(t *testing.T) {
	c := newCircle(t, 1)
	c.people = append(c.people, practice.Actor{Member: "mem_mate", Name: "Mate", Teams: c.people[0].Teams},
		practice.Actor{Member: "mem_stranger", Name: "Stranger"})
	mate := c.people[1]
	err := c.store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.AddMember(practice.Member{ID: mate.Member, Name: mate.Name, Active: true, Teams: mate.Teams})
	})
	if err != nil {
		t.Fatal(err)
	}
	b := c.browser(1).open("/f/1/room").sees("This room is for those who were there.")
	b.send("/room/there", "I was there").sees("You asked in.", "Noor Haddad can invite you")
	c.browser(0).open("/").sees("Mate was there too").send("/room/asks/mem_mate", "Invite Mate").misses("Mate was there too")
	b.open("/f/1/room").sees("Take your seat")
	if b := c.browser(2).open("/f/1/room"); b.status != http.StatusNotFound {
		t.Errorf("a stranger: %d", b.status)
	}
	b = c.browser(0).open("/f/1/room")
	if b.send("/f/1/room", "closeness", "closeness", "boss"); b.status != http.StatusUnprocessableEntity {
		t.Errorf("somebody else's closeness: %d", b.status)
	}
}
