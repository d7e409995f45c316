package loop

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"debrief/internal/calendar"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) hotRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /hot", Quiet: true, Handler: s.Raw(s.showHot)},
		{Pattern: "GET /hot/talk/{days}", Quiet: true, Handler: s.Raw(s.talk)},
		{Pattern: "POST /hot", Handler: s.Member(s.sendHot)},
	}
}

// hotPage is five minutes on one phone, right after an action. A phone keeps the
// page as it is asked for, so nothing of a person, a team or a clock is in it.
type hotPage struct {
	*frame.Frame
	Form   *frame.Form
	Leaves bool // it shows what leaves, and asks once more
}

func (s *Pages) showHot(w http.ResponseWriter, r *http.Request) error {
	return s.hotForm(w, s.Strange(r), nil, false)
}

func (s *Pages) hotForm(w http.ResponseWriter, f *frame.Frame, form *frame.Form, leaves bool) error {
	f.Title = f.Say("hot.title")
	return s.Show(w, form.Status(), "hot", hotPage{f, form, leaves})
}

// hotFields are what the form sends: "other" is a carrier who is not offered,
// "sure" and "back" are the buttons of the second step. What waited on a phone
// says whose phone it is.
var hotFields = frame.Fields{"meant": practice.MaxLine, "happened": practice.MaxLine, "severe": 8, "parted": practice.MaxLine, "kind": 16,
	"change": practice.MaxLine, "carrier": practice.MaxName, "other": practice.MaxName, "day": 16, "from": 64, "sure": 8, "back": 8}

func (s *Pages) sendHot(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, hotFields)
	if err != nil {
		return err
	}
	if from := form.Typed("from"); from != "" && from != string(actor.Member) {
		return practice.Refuse(practice.Conflict, "report.from")
	}
	n := practice.NewHot{Team: f.Place.Team.ID, Meant: form.Typed("meant"), Happened: form.Typed("happened"), Parted: form.Typed("parted"),
		Kind: practice.Verdict(form.Typed("kind")), Change: form.Typed("change"), Carrier: hotCarrier(form), Severe: form.Typed("severe") == "yes"}
	if n.Day, err = form.DayOrNone("day", f.Place.Zone); err == nil {
		err = n.Check(f.Now)
	}
	sure := form.Typed("sure") != "" && form.Typed("back") == ""
	if err == nil && !form.Marked() && sure {
		actor.Once = form.Key
		var done practice.Failure
		if done, err = s.App.SendHot(r.Context(), actor, n); err == nil {
			frame.Redirect(w, r, practice.FailurePath(done.Number))
			return nil
		}
	}
	if err != nil && !form.Mark(err) {
		return err
	}
	return s.hotForm(w, f, form, !form.Marked() && form.Typed("back") == "")
}

// hotCarrier is the one who was picked, or whose name was typed.
func hotCarrier(m *frame.Form) string {
	if picked := m.Typed("carrier"); picked != "other" {
		return picked
	}
	return m.Typed("other")
}

func (p hotPage) line(name, key string) frame.Field {
	return p.Field(p.Form, name, key, "").Limited(practice.MaxLine).Tall(2)
}

// Meant, Happened, Parted and Change are one line each.
func (p hotPage) Meant() frame.Field { return p.line("meant", "hot.meant") }

// Happened is the one line that is needed.
func (p hotPage) Happened() frame.Field { return p.line("happened", "hot.happened").Needed() }

// Hurt asks whether somebody was hurt or worse. As a question of two it works like the
// others of this page: nothing is preselected, and what leaves is shown.
func (p hotPage) Hurt() frame.Choices {
	c := p.Choices(p.Form, "severe", "severe.title",
		frame.Option{Value: "yes", Text: p.Say("severe.mark"), Opens: true}, frame.Option{Value: "no", Text: p.Say("severe.undo")})
	c.Look = "inline"
	return c
}

// Parted is where plan and reality parted.
func (p hotPage) Parted() frame.Field { return p.line("parted", "hot.parted") }

// Change is for the procedure.
func (p hotPage) Change() frame.Field { return p.line("change", "hot.change") }

// Other is a carrier who is not offered.
func (p hotPage) Other() frame.Field {
	return p.Field(p.Form, "other", "hot.other", "").Limited(practice.MaxName).Little()
}

// Kinds are equal, and none is preselected. words:use hot.kind.*
func (p hotPage) Kinds() frame.Choices {
	var all []frame.Option
	for _, v := range []practice.Verdict{practice.Avoidable, practice.Inherent, practice.Experiment} {
		k := p.Kind(string(v))
		k.Half = ""
		all = append(all, frame.Option{Value: string(v), Kind: &k, Small: p.Say("hot.kind." + string(v))})
	}
	c := p.Choices(p.Form, "kind", "hot.kind", all...)
	c.Look = "three kindpick"
	return c
}

// Carriers are aliases to pick.
func (p hotPage) Carriers() frame.Choices {
	var all []frame.Option
	for _, alias := range strings.Split(p.Say("hot.aliases"), ", ") {
		all = append(all, frame.Option{Value: alias, Text: alias})
	}
	c := p.Choices(p.Form, "carrier", "hot.carrier", append(all, frame.Option{Value: "other", Text: p.Say("hot.another"), Opens: true})...)
	c.Look = "inline"
	return c
}

// Several matches what is no name of one person, for the script of the page.
func (p hotPage) Several() string {
	words := practice.NotOnePerson()
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	return "^(the |our )?(" + strings.Join(words, "|") + ")[.!]*$| team$| group$| and |[,&+/;]"
}

// hotLine is one line of what leaves. The script of the page fills it in.
type hotLine struct{ Name, Label, Text string }

// Lines are all that leaves.
func (p hotPage) Lines() []hotLine {
	kind, hurt := "", map[string]string{"yes": p.Say("severe.mark"), "no": p.Say("severe.undo")}[p.Form.Typed("severe")]
	if v := p.Form.Typed("kind"); v != "" {
		kind = p.Kind(v).Text
	}
	var day string
	if p.Leaves {
		at, err := p.Form.Day("day", p.Place.Zone)
		if err != nil {
			at = p.Now
		}
		day = p.Day(at)
	}
	carrier := ""
	if p.Form != nil {
		carrier = hotCarrier(p.Form)
	}
	return []hotLine{{"meant", p.Say("hot.meant"), p.Form.Typed("meant")}, {"happened", p.Say("hot.happened"), p.Form.Typed("happened")}, {"severe", p.Say("severe.title"), hurt},
		{"parted", p.Say("hot.parted"), p.Form.Typed("parted")}, {"kind", p.Say("hot.kind"), kind},
		{"change", p.Say("hot.change"), p.Form.Typed("change")}, {"carrier", p.Say("hot.carries"), carrier}, {"day", p.Say("hot.day"), day}}
}

// Sent is what the second step sends once more.
func (p hotPage) Sent() map[string]string {
	sent := map[string]string{}
	for _, name := range []string{"meant", "happened", "severe", "parted", "kind", "change", "carrier", "other", "day"} {
		sent[name] = p.Form.Typed(name)
	}
	return sent
}

// talkDays is in how many days at most people talk who stopped for care first.
const talkDays = int(practice.WaitAtMost / (24 * time.Hour))

// hotTalk is one time to talk, for a calendar. The script of the page puts the time
// into the entry by the clock of the phone; without it the server does.
type hotTalk struct {
	Days        int
	Text, Entry string
}

// Talks are the times within 72 hours. words:use hot.talk.*
func (p hotPage) Talks() (all []hotTalk) {
	for d := 1; d <= talkDays; d++ {
		all = append(all, hotTalk{d, p.Say(fmt.Sprint("hot.talk.", d)), talkEntry(p.Frame, time.Unix(0, 0))})
	}
	return all
}

// talkEntry says when, and neither with whom nor about what.
func talkEntry(f *frame.Frame, at time.Time) string {
	at = at.UTC()
	return calendar.Calendar{Method: calendar.Publish, Stamp: at, Meetings: []calendar.Meeting{
		{UID: at.Format("20060102T150405Z"), Start: at, Title: f.Say("hot.talk")}}}.String()
}

func (s *Pages) talk(w http.ResponseWriter, r *http.Request) error {
	f := s.Strange(r)
	days, err := strconv.Atoi(r.PathValue("days"))
	if err != nil || days < 1 || days > talkDays {
		return practice.ErrNotFound
	}
	w.Header().Set("Content-Type", calendar.Type)
	w.Header().Set("Content-Disposition", "attachment")
	w.Header().Set("Cache-Control", "no-store")
	_, err = io.WriteString(w, talkEntry(f, f.Now.AddDate(0, 0, days)))
	return err
}

// Card are the lines to fill by hand. words:use hot.card.*
func (p hotPage) Card() []string {
	var lines []string
	for _, l := range p.Lines()[:6] {
		lines = append(lines, l.Label)
	}
	return append(append([]string{p.Say("hot.card.care"), p.Say("hot.care.afraid")}, lines...), p.Say("hot.card.close"))
}
