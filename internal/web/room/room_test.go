package room_test

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
	"debrief/internal/web"
	"debrief/internal/web/frame"
	"debrief/internal/web/webtest"
)

func TestSeat_withoutOneAsksForWords(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	c.Sit(1)
	base := "/seat/" + string(c.Review.ID)
	for _, address := range []string{base, base + "/1", base + "/arrive", base + "/paper"} {
		b := c.Browser(1).Open(address)
		if !strings.HasSuffix(b.At, base+"/words") {
			t.Errorf("%s leads to %s", address, b.At)
		}
		b.Sees("Your three words").Misses("12 of 50")
	}
	b := c.Browser(-1).Open(base + "/words")
	b.Send("/words", "Your three words", "words", "xyzzy heron lantern").Sees("We do not know the word")
	b.Send("/words", "Your three words", "words", "heron lantern").Sees("Nothing belongs to these words")
	if other := c.Browser(-1).Open("/seat/rev_01ktrpeng0f5qvrk24krab5brm"); !strings.Contains(other.Page, "words") || other.Status != http.StatusOK {
		t.Errorf("a review nobody called: %d at %s", other.Status, other.At)
	}
}

func TestSeat_wordsBringItToADeviceWithoutSession(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	a := c.Browser(0).Open("/f/1/room")
	a.Send("/f/1/room", "closeness", "closeness", "saw")
	a.Send("/seat/"+string(c.Review.ID), "ticket")
	said := a.Text()
	said = strings.TrimSpace(said[strings.Index(said, "Your three words")+len("Your three words") : strings.Index(said, "These three words")])
	phone := c.Browser(-1).Open("/seat/" + string(c.Review.ID))
	phone.Send("/words", "Your three words", "words", strings.ToUpper(said))
	phone.Sees("What we agree before question one")
	if phone.Send("/move", "Begin").Sees("What did we intend to happen?"); phone.Status != http.StatusOK {
		t.Errorf("%d", phone.Status)
	}
}

// A ticket that waited too long leads back to the door it came from.
func TestSeat_anOldTicketLeadsBack(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	b := c.Browser(0).Open("/f/1/room").Send("/f/1/room", "closeness", "closeness", "did")
	c.Clock.Pass(time.Hour)
	b.Send("/seat/"+string(c.Review.ID), "ticket").Sees("This way to the seat is too old.")
	if !strings.Contains(b.Page, `href="/f/1/room"`) {
		t.Errorf("no way back:\n%s", b.Text())
	}
}

// The cookie of a seat is seen by the pages of its review alone, and no page of
// a seat is kept by the browser or leads to a session.
func TestSeat_cookieAndCache(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	ticket := c.Browser(0).Open("/f/1/room").Send("/f/1/room", "closeness", "closeness", "did")
	r, _ := http.NewRequest(http.MethodPost, c.URL+"/seat/"+string(c.Review.ID), strings.NewReader("ticket="+webtest.FieldOf(ticket, string(c.Review.ID), "ticket")))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	cookies := answer.Cookies()
	if len(cookies) != 2 || cookies[0].Name != "seat" || cookies[1].Name != "words" {
		t.Fatalf("cookies: %v", cookies)
	}
	for _, got := range cookies {
		if got.Path != "/seat/"+string(c.Review.ID) || !got.HttpOnly || got.SameSite != http.SameSiteLaxMode || got.Secure {
			t.Errorf("%+v", got)
		}
	}
	if cache := answer.Header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("Cache-Control: %s", cache)
	}
	w := httptest.NewRecorder()
	c.Web.Base = "https://debrief.example.org"
	r, _ = http.NewRequest(http.MethodPost, "/seat/"+string(c.Review.ID), strings.NewReader("ticket="+webtest.FieldOf(ticket, string(c.Review.ID), "ticket")))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	c.Web.ServeHTTP(w, r)
	if set := w.Result().Cookies(); len(set) != 2 || !set[0].Secure || !set[1].Secure {
		t.Errorf("over https: %+v", set)
	}
}

// No page under /seat/ asks who somebody is, and none leaves a line in the log.
func TestSeatRoutes_knowNoSession(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	all := c.Sit(1)
	asked := false
	c.Web.Actor = func(r *http.Request) (practice.Actor, frame.Place, error) {
		asked = true
		return c.Asking(r)
	}
	routes := 0
	for _, rt := range c.Web.Routes() {
		method, pattern, _ := strings.Cut(rt.Pattern, " ")
		if !strings.HasPrefix(pattern, "/seat/") {
			continue
		}
		routes++
		if !rt.Quiet {
			t.Errorf("%s leaves a line in the log", rt.Pattern)
		}
		address := strings.NewReplacer("{review}", string(c.Review.ID), "{question}", "1", "{gap}", "gap_1").Replace(pattern)
		if strings.HasSuffix(address, "/news") || strings.HasSuffix(address, "/leave") {
			continue
		}
		if method == http.MethodGet {
			all[0].Open(address)
			continue
		}
		answer, err := all[0].Client.PostForm(c.URL+address, url.Values{})
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
	c := webtest.NewCircle(t, web.New, 1)
	picture := []byte("as the server wrote it")
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
		fact := practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: c.Review.Failure, At: tx.Now(), Text: "An empty bag",
			File: practice.FileID(tx.NewBlindID("fil")), Author: c.People[0].Member}
		return errors.Join(tx.AddFile(fact.File, "image/png", picture), tx.AddFact(fact))
	})
	if err != nil {
		t.Fatal(err)
	}
	a := c.Sit(1)[0]
	a.Send("/move", "Begin with question one").Send("/1/answer", "I have written mine", "text", "Fifty.")
	a.Send("/1/text", "I stand behind it", "text", "Fifty.", "stand", "yes").Send("/move", "Next: what happened").Sees("An empty bag")
	found := regexp.MustCompile(`<img class="thumb" src="([^"]*)" alt="Picture to: An empty bag"`).FindStringSubmatch(a.Page)
	if found == nil {
		t.Fatalf("no picture on\n%s", a.Page)
	}
	answer, err := a.Client.Get(c.URL + found[1])
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	got, _ := io.ReadAll(answer.Body)
	if !bytes.Equal(got, picture) || answer.Header.Get("Content-Type") != "image/png" || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%v: %q", answer.Header, got)
	}
	for who, b := range map[string]*webtest.Plain{"somebody with a session": c.Browser(0), "a stranger": c.Browser(-1)} {
		if b.Open(found[1]); strings.Contains(b.Page, string(picture)) {
			t.Errorf("%s got it", who)
		}
	}
	a.Open("/seat/" + string(c.Review.ID) + "/files/fil_none").Sees("Nothing stands at this address")
}

// Whoever writes the name of somebody of the team is asked about it, alone.
func TestRoom_namesInWords(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	a, b := all[0], all[1]
	a.Open(a.At).Send("/move", "Begin with question one")
	a.Send("/1/answer", "I have written mine", "text", "Noor forgot the list.").Sees("Only you see this.", "A name stands in your words")
	b.Open("/seat/" + string(c.Review.ID)).Misses("A name stands in your words")
	b.Send("/1/answer", "I have written mine", "text", "Nobody had the list.").Misses("A name stands in your words")
	a.Open("/seat/" + string(c.Review.ID)).Misses("A name stands in your words")
}

func TestRoom_ideasAreParked(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	a, b := all[0], all[1]
	a.Open(a.At).Send("/park", "Park it", "idea", "A second bag").Sees("A second bag", "Take it back")
	b.Open(b.At).Misses("A second bag")
	a.Send("/park", "Take it back", "take", fromForm(a, "take")).Misses("A second bag")
	a.Send("/park", "Park it", "idea", "A third bag")
	putAt(c, practice.PhaseChange, practice.Gap{Intended: "fifty", Actual: "twelve", Where: "in the yard", Verdict: practice.Avoidable})
	b.Open("/seat/"+string(c.Review.ID)).Sees("Ideas for later", "A third bag").Misses("Park it")
}

// fromForm is the value of the first button with a name.
func fromForm(b *webtest.Plain, name string) string {
	b.T.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(b.Page)
	if m == nil {
		b.T.Fatalf("no %s at %s", name, b.At)
	}
	return m[1]
}

func TestRoom_laterQuestionsWait(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	a := c.Sit(1)[0]
	for _, q := range []string{"1", "2", "3", "4"} {
		a.Open("/seat/" + string(c.Review.ID) + "/" + q).Sees("Four questions, in this order. Question 1 first.")
		if a.Status != http.StatusConflict {
			t.Errorf("question %s: %d", q, a.Status)
		}
	}
	if a.Open("/seat/" + string(c.Review.ID) + "/5"); a.Status != http.StatusNotFound {
		t.Errorf("question 5: %d", a.Status)
	}
}

func TestRoom_aStaleTabIsLedOn(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	stale := all[1].Open("/seat/" + string(c.Review.ID))
	all[0].Open(all[0].At).Send("/move", "Begin")
	stale.Send("/move", "Begin").Misses("The room has moved on.").Sees("What did we intend to happen?")
	if !strings.HasSuffix(stale.At, "/1") {
		t.Errorf("shown to %s", stale.At)
	}
	stale.Open("/seat/"+string(c.Review.ID)+"/arrive").Sees("The room has begun.", "Go there")
}

func TestRoom_timeOverBeforeAnybodyWrote(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	a := all[0].Send("/move", "Begin").Misses("The time is over.")
	c.Clock.Pass(time.Hour)
	if a.Open(a.At).Sees("It opens as soon as somebody has written."); strings.Contains(a.Page, "data-when-over") {
		t.Error("the script is to open what nobody wrote")
	}
	a.Send("/1/answer", "I have written mine", "text", "fifty").Sees("Open the answers")
	if !strings.Contains(a.Page, "data-when-over") {
		t.Error("the script is not to open it")
	}
}

// Where the script asks for news of a page that stands at the address of a
// Refused form, is the page.
func TestRoom_aRefusedFormAsksThePageForNews(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	a := c.Sit(2)[0]
	a.Send("/move", "Begin").Send("/1/answer", "I have written mine", "text", strings.Repeat("long ", 200))
	sources := regexp.MustCompile(`data-src="([^"]*)"`).FindAllStringSubmatch(a.Page, -1)
	if !strings.HasSuffix(a.At, "/1/answer") || len(sources) < 3 {
		t.Fatalf("at %s with %d sources", a.At, len(sources))
	}
	for _, source := range sources {
		if a.Open(source[1]); a.Status != http.StatusOK {
			t.Errorf("%s: %d", source[1], a.Status)
		}
	}
}

func TestRoom_twoEditorsSeeBothTexts(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	a, b := all[0], all[1]
	a.Send("/move", "Begin")
	c.Reload(all)
	a.Send("/1/answer", "I have written mine", "text", "fifty")
	b.Send("/1/answer", "I have written mine", "text", "sixty")
	c.Reload(all)
	a.Send("/1/text", "I stand behind it", "text", "We meant fifty.", "stand", "yes")
	b.Send("/1/text", "I stand behind it", "text", "We meant sixty.", "stand", "yes")
	b.Sees("Someone changed this text while you were writing.", "We meant fifty.", "We meant sixty.")
	if b.Status != http.StatusConflict {
		t.Errorf("%d", b.Status)
	}
	join := *b
	join.Send("/1/text", `name="which"`, "which", "join").Sees("We meant fifty. We meant sixty.")
	b.Send("/1/text", `name="which"`, "which", "mine").Sees("0 of 2 do")
	if a.Open(a.At); !strings.Contains(a.Page, "We meant sixty.") || strings.Contains(a.Page, "We meant fifty.</textarea>") {
		t.Errorf("a sees\n%s", a.Text())
	}
}

func TestRoom_sameFormTwiceIsOnce(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 2)
	all := c.Sit(2)
	all[0].Send("/move", "Begin")
	c.Reload(all)
	again := *all[0]
	for range 2 {
		again.Page, again.At = all[0].Page, all[0].At
		again.Send("/1/answer", "Keep what was said", "text", "said once")
	}
	all[0].Open(all[0].At).Send("/1/answer", "I have written mine", "text", "mine")
	all[1].Send("/1/answer", "I have nothing to add", "text", "", "nothing", "yes")
	all[0].Open(all[0].At).Sees("Two answers", "One had nothing to add", "Said by someone in the room.")
}

func TestRoom_phonesAreShared(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	a := c.Sit(1)[0]
	a.Send("/move", "Begin")
	a.Send("/1/answer", "pass the phone on", "text", "the first", "pass", "yes").Sees("Now somebody else writes here").Misses("the first")
	a.Send("/1/answer", "pass the phone on", "text", "the second", "pass", "yes").Misses("the second")
	a.Send("/1/finish", "Nobody else writes here").Sees("Two answers", "the first", "the second")
}

func TestRoom_buttonsSeatsAndTime(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 4)
	all := c.Sit(3)
	all[0].Send("/move", "Begin")
	c.Reload(all)
	all[1].Send("/press", "Move on", "what", "blame")
	all[0].Open(all[0].At).Sees("Someone asks to go back to what was seen.").Send("/press", "We talked about it", "heard", "blame")
	all[2].Open(all[2].At).Misses("Someone asks to go back")
	all[0].Send("/roll", "Free a lost seat", "what", "call").Sees("1 of 3 said that they are here")
	all[1].Open(all[1].At).Send("/roll", "I am here", "what", "here")
	c.Clock.Pass(practice.HereWait)
	all[1].Open(all[1].At).Send("/roll", "Free the other seats", "what", "free")
	all[2].Open(all[2].At).Sees("Your three words")
	all[0].Open(all[0].At).Sees("2 seats are taken, 4 people are invited.")
	all[0].Send("/time", "Ask for ten more minutes", "what", "box").Sees("1 of 2 ask for it")
	c.Clock.Pass(practice.DefaultBox)
	all[1].Open(all[1].At).Sees("The time is over.", "Nothing is lost").Send("/time", "Meet a second time", "what", "sitting").Misses("The time is over.")
	all[1].Send("/leave", "Give my seat back")
	all[1].Open("/seat/" + string(c.Review.ID)).Sees("Your three words")
}

func TestRoom_partsForTheScript(t *testing.T) {
	c := webtest.NewCircle(t, web.New, 1)
	a := c.Sit(1)[0].Send("/move", "Begin with question one")
	for part, want := range map[string]string{"main": "What did we intend", "bar": "everyone writes alone", "clock": "data-until"} {
		r, _ := http.NewRequest(http.MethodGet, a.At, nil)
		r.Header.Set("X-Fragment", part)
		answer, err := a.Client.Do(r)
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
	c := webtest.NewCircle(t, web.New, 1)
	c.People = append(c.People, practice.Actor{Member: "mem_mate", Name: "Mate", Teams: c.People[0].Teams},
		practice.Actor{Member: "mem_stranger", Name: "Stranger"})
	mate := c.People[1]
	err := c.Store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.AddMember(practice.Member{ID: mate.Member, Name: mate.Name, Active: true, Teams: mate.Teams})
	})
	if err != nil {
		t.Fatal(err)
	}
	b := c.Browser(1).Open("/f/1/room").Sees("This room is for those who were there.")
	b.Send("/room/there", "I was there").Sees("You asked in.", "Noor Haddad can invite you")
	c.Browser(0).Open("/").Sees("Mate was there too").Send("/room/asks/mem_mate", "Invite Mate").Misses("Mate was there too")
	b.Open("/f/1/room").Sees("Take your seat")
	if b := c.Browser(2).Open("/f/1/room"); b.Status != http.StatusNotFound {
		t.Errorf("a stranger: %d", b.Status)
	}
	b = c.Browser(0).Open("/f/1/room")
	if b.Send("/f/1/room", "closeness", "closeness", "boss"); b.Status != http.StatusUnprocessableEntity {
		t.Errorf("somebody else's closeness: %d", b.Status)
	}
}
