package frame

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"debrief/internal/practice"
	"debrief/internal/words"
)

// Frame is what every page has in common, made for one request. Templates reach
// the catalogue through it: {{.Say "nav.now"}}.
type Frame struct {
	*words.Speaker
	Title        string // of this page, without the product's name
	Path         string // what was asked for
	Guard        string // where the guardian is told something; empty on the pages that lead on from there
	Home         string // where everybody else's pages are, on the host of people without a name; empty for here
	Organisation string
	Team         string
	Place        Place // where it is read
	You          *You  // nil for strangers and seats
	Nav          []Link
	News         string  // address of the page's stream of news; empty for pages that hold still
	Heard        string  // the last news that is in the page already
	Plain        bool    // the reader asked for plain pages: no script, no stream
	Tablet       *Tablet // that a team shares, where this page goes back to the names; else nil
	Now          time.Time

	room   bool              // errors keep the frame of the room
	silent bool              // a fault is logged without the page it was on
	ways   map[string]string // where the ways of a refusal lead on this page, by their names
	random io.Reader
}

// You is the person a page is for, as the page shows them.
type You struct {
	ID      practice.MemberID // so that what waits on a device goes in the name of whoever wrote it
	Name    string
	Initial string
	Steward bool
	Records bool // keeps records
}

// Link is one entry of a navigation.
type Link struct {
	Text, To, Icon string
	Key            string // pressed after g, goes there
	Here           bool
	N              int  // how many stand there; none is not said
	Report         bool // the filled one
}

// Begin begins the frame of a page.
func (s *Kit) Begin(r *http.Request, p Place) *Frame {
	_, plain := r.URL.Query()["plain"]
	var last string
	if s.Live != nil {
		last = s.Live.ID() // before anything of the page is read, so that nothing falls in between
	}
	f := &Frame{
		Heard:        last,
		Speaker:      s.Words.Speaker(p.Language, p.Team.Pack, p.Zone).Own(p.Team.Words),
		Path:         r.URL.Path,
		Home:         s.homeFrom(r),
		Guard:        s.guardFrom(r),
		Organisation: p.Organisation,
		Team:         p.Team.Name,
		Plain:        plain,
		Now:          s.Now(),
		Place:        p,
		random:       s.Random,
	}
	f.Year = f.Now.In(f.Zone).Year()
	return f
}

// Strange is the frame of a page nobody in particular asked for.
func (s *Kit) Strange(r *http.Request) *Frame { return s.Begin(r, Place{}) }

// Welcome puts the person and the navigation into the frame.
func (f *Frame) Welcome(a practice.Actor) {
	f.You = &You{ID: a.Member, Name: a.Name, Initial: initials(a.Name), Steward: a.Steward, Records: a.Records}
	f.Nav = []Link{
		{Text: f.Say("nav.now"), To: "/", Icon: "now", Key: "n"},
		{Text: f.Say("nav.manual"), To: "/p", Icon: "book", Key: "m"},
		{Text: f.Say("nav.more"), To: "/more", Icon: "more"},
	}
	if f.Place.Plans {
		f.Nav = slices.Insert(f.Nav, 2, Link{Text: f.Say("nav.plans"), To: "/plan", Key: "p"})
	}
	if f.Place.Measured {
		f.Nav = slices.Insert(f.Nav, len(f.Nav)-1, Link{Text: f.Say("nav.vitality"), To: "/vitality", Key: "v"})
	}
	for i, l := range f.Nav {
		f.Nav[i].Here = f.under(l.To)
	}
	for _, more := range []string{"/c", "/e", "/a"} { // the manual's other shelves
		f.Nav[1].Here = f.Nav[1].Here || f.under(more)
	}
}

// under reports whether the page is the one at the address or below it.
func (f *Frame) under(to string) bool {
	return f.Path == to || to != "/" && strings.HasPrefix(f.Path, to+"/")
}

// Tabs are the five of the bar on a phone, Report in the middle.
func (f *Frame) Tabs() []Link {
	if len(f.Nav) < 3 {
		return nil
	}
	return []Link{
		f.Nav[0], f.Nav[1],
		{Text: f.Say("nav.report"), To: "/report", Icon: "plus", Report: true},
		{Text: f.Say("nav.search"), To: "/search", Icon: "search", Here: f.under("/search")},
		f.Nav[len(f.Nav)-1],
	}
}

// Shortcut is a key and what it does, for the list behind "?".
type Shortcut struct{ Press, Does string }

// Shortcuts are the keys that work outside of text fields.
func (f *Frame) Shortcuts() []Shortcut {
	all := []Shortcut{
		{"r", f.Say("keys.report")},
		{"/", f.Say("keys.search")},
		{"g n", f.Say("keys.now")},
		{"g m", f.Say("keys.manual")},
		{"j k", f.Say("keys.move")},
		{"Enter", f.Say("keys.open")},
		{"Ctrl+Enter", f.Say("keys.send")},
		{"1 2 3", f.Say("keys.kind")},
		{"a", f.Say("keys.stand")},
		{"e", f.Say("keys.edit")},
		{"d", f.Say("keys.diff")},
		{"Esc", f.Say("keys.escape")},
		{"?", f.Say("keys.list")},
	}
	if f.Place.Plans {
		all = slices.Insert(all, 4, Shortcut{"g p", f.Say("nav.plans")})
	}
	if f.Place.Measured {
		all = slices.Insert(all, 4, Shortcut{"g v", f.Say("nav.vitality")})
	}
	return all
}

// PlainAddress is this page without script and stream.
func (f *Frame) PlainAddress() string { return f.Path + "?plain" }

// Heading is the title of the browser's window.
func (f *Frame) Heading() string { return f.Say("frame.window", "page", f.Title) }

// Owner is the line under the product's name.
func (f *Frame) Owner() string {
	switch {
	case f.Organisation == "":
		return f.Team
	case f.Team == "" || f.Team == f.Organisation, len(f.Place.Teams) > 1: // then it stands where it can be switched
		return f.Organisation
	}
	return f.Organisation + " · " + f.Team
}

// Once makes an idempotency key: sending the same form twice does the thing
// once.
func (f *Frame) Once() string {
	var b [15]byte
	if _, err := io.ReadFull(f.random, b[:]); err != nil {
		return "" // app then treats every sending as its own
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// Version tells what stands in the fields of a form from anything else that could
// stand there, for the form to send along.
func (f *Frame) Version(values map[string]string) string {
	hash := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(hash, "%s %q\n", name, values[name])
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// Stamp is a time as the script and the time element want it.
func (f *Frame) Stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// initials are up to two letters for the disc that stands for a person.
func initials(name string) string {
	var letters string
	for _, word := range strings.Fields(name) {
		r, _ := utf8.DecodeRuneInString(word)
		letters += strings.ToUpper(string(r))
		if utf8.RuneCountInString(letters) == 2 {
			break
		}
	}
	return letters
}

// Next returns the address to go back to after the way in: only one of ours,
// never another host.
func Next(r *http.Request) string {
	to := r.FormValue("next")
	u, err := url.Parse(to)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.Contains(to, `\`) {
		return "/"
	}
	return to
}

// Initials stand for a person on a disc.
func (f *Frame) Initials(name string) string { return initials(name) }

// Lead says where a way of a refusal, by its name in the catalogue, leads on this
// page.
func (f *Frame) Lead(way, to string) {
	if f.ways == nil {
		f.ways = map[string]string{}
	}
	f.ways[way] = to
}

// InRoom makes it the frame of a page at a seat: what goes wrong on it keeps the
// bar of the room, and the ways of a refusal lead where ways says.
func (f *Frame) InRoom(ways map[string]string) { f.room, f.ways = true, ways }

// Hush keeps the page out of the log where something fails on it.
func (f *Frame) Hush() { f.silent = true }

// SayNotice says what a notice says.
func (f *Frame) SayNotice(n practice.Notice) string {
	var args []any
	for name, v := range n.Args {
		args = append(args, name, v)
	}
	return f.Say(n.Code, args...) // words:use notice.*
}
