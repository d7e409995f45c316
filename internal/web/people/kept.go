package people

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) keptRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/kept", Handler: s.Member(s.showKept)},
		{Pattern: "POST /team/kept/backup", Handler: s.Member(s.takeBackup)},
		{Pattern: "POST /team/kept/holds", Handler: s.Member(s.hold)},
		{Pattern: "POST /team/kept/holds/{number}/end", Handler: s.Member(s.endHold)},
	}
}

// keptPage is what is kept and for how long, what is on hold, what went, and the
// copies of everything.
type keptPage struct {
	inTeam
	Form      *frame.Form // of a new hold, or of the end of one
	Number    int         // of the failure somebody came for; 0: none
	End       int         // of that whose hold somebody ends; 0: none
	Steward   bool
	Upkeep    app.Upkeep
	Retention app.Retention
}

func (s *Pages) showKept(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.keptForm(w, r, f, actor, nil)
}

func (s *Pages) keptForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	page := keptPage{inTeam: inTeam{f}, Form: form, Steward: actor.Steward, Number: max(0, frame.Number(r.URL.Query().Get("number")))}
	if n, err := frame.NumberIn(r, "number"); err == nil {
		page.Number, page.End = n, n
	}
	var err error
	if page.Retention, err = s.App.Retention(r.Context(), actor); err != nil {
		return err
	}
	if actor.Steward {
		if page.Upkeep, err = s.App.Upkeep(r.Context(), actor); err != nil {
			return err
		}
	}
	f.Title = f.Say("kept.title")
	return s.Show(w, form.Status(), "kept", page)
}

// Size is how large the last backup is.
func (p keptPage) Size() string { return fmt.Sprintf("%d kB", (p.Upkeep.Size+1023)>>10) }

// NoTeam leads the tabs to the reader's own team.
func (p keptPage) NoTeam() practice.Team { return practice.Team{} }

// Keeps reports whether the reader puts things on hold.
func (p keptPage) Keeps() bool { return p.You != nil && p.You.Records }

// keptClass is one class as the page says it.
type keptClass struct {
	Name, Long, Why, Set, Next string
	SetAt                      *frame.Link // where its time is set; nil where that is nowhere here
}

// Classes says how long everything stays that goes in the daily round, or how long
// the rest does. words:use kept.class.*
func (p keptPage) Classes(goes bool) []keptClass {
	var all []keptClass
	for _, k := range p.Retention.Kept {
		if k.Goes != goes {
			continue
		}
		key := "kept.class." + string(k.Class)
		c := keptClass{Name: p.Say(key), Why: p.Say(key + ".why"), Long: p.Say(key+".long", "days", p.span(k.Days), "n", k.Count)}
		switch k.Set {
		case practice.KeptByStewards:
			c.SetAt = &frame.Link{Text: p.Say("kept.set.stewards"), To: "/team/organisation"}
		case practice.KeptByOperator:
			c.Set = p.Say("kept.set.operator")
		}
		switch {
		case k.Next.IsZero():
		case k.Count == 0:
			c.Next = p.Say("kept.next.some", "day", k.Next)
		default:
			c.Next = p.Say("kept.next", "day", k.Next, "n", k.Count)
		}
		all = append(all, c)
	}
	return all
}

// span says a number of days, whole years as years.
func (p keptPage) span(days int) string {
	if days > 0 && days%365 == 0 {
		return p.Say("kept.years", "n", days/365)
	}
	return p.Days(p.Now, p.Now.AddDate(0, 0, days))
}

// Went says one line of the log.
func (p keptPage) Went(d practice.Disposal) string {
	rule := p.Say("kept.log.rule.over")
	if d.Days > 0 {
		rule = p.Say("kept.log.rule", "days", p.span(d.Days))
	}
	return p.Say("kept.log.line", "class", p.Say("kept.class."+string(d.Class)), "n", d.Count, "rule", rule)
}

// Line says a hold that lasts.
func (p keptPage) Line(h app.Held) string {
	by := ""
	if h.By != "" {
		by = p.Say("kept.holds.by", "name", h.By)
	}
	until := p.Say("kept.holds.open")
	if !h.Until.IsZero() {
		until = p.Say("kept.holds.until", "until", h.Until)
	}
	return p.Say("kept.holds.line", "since", h.At, "by", by, "why", h.Why) + " " + until
}

// Ended says how a hold ended.
func (p keptPage) Ended(h app.Held) string {
	line := p.Say("kept.holds.ended", "since", h.At, "until", h.EndedAt, "why", h.Why)
	if h.EndedWhy == "" {
		return line + " " + p.Say("kept.holds.ended.itself")
	}
	return line + " " + p.Say("kept.holds.ended.by", "name", cmp.Or(h.EndedName, p.Say("mine.someone")), "why", h.EndedWhy)
}

// Keepers are the names of those who keep records.
func (p keptPage) Keepers() (names []string) {
	for _, m := range p.Retention.Records {
		names = append(names, m.Name)
	}
	return names
}

// Typed is the form of the hold on one failure that is to end, or of a new one,
// which is that of number 0.
func (p keptPage) Typed(number int) *frame.Form {
	if p.End == number {
		return p.Form
	}
	return nil
}

// Asked is the number of what somebody came to put on hold, or nothing.
func (p keptPage) Asked() string {
	is := func(h app.Held) bool { return h.Number == p.Number }
	if p.Number == 0 || slices.ContainsFunc(p.Lasting(), is) {
		return ""
	}
	return strconv.Itoa(p.Number)
}

// Puts reports whether somebody is about to put something on hold.
func (p keptPage) Puts() bool { return p.Asked() != "" || p.Typed(0).Marked() }

// EndWhy asks why a hold can end.
func (p keptPage) EndWhy(h app.Held) frame.Field {
	d := p.Field(p.Typed(h.Number), "ended", "kept.hold.end.why", "").Limited(practice.MaxLine).Needed().Little()
	if p.End != h.Number { // what is to be mended is linked to by its name
		d.ID = fmt.Sprintf("ended-%d", h.Number)
	}
	return d
}

// hold puts a failure on hold.
func (s *Pages) hold(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"number": 12, "why": practice.MaxLine, "until": 10})
	if err != nil {
		return err
	}
	n := practice.NewHold{Why: form.Typed("why")}
	n.Until, err = form.DayOrNone("until", f.Zone)
	form.Mark(err)
	if !form.Marked() {
		err = s.App.HoldFailure(r.Context(), actor, frame.Number(strings.TrimPrefix(strings.ToUpper(form.Typed("number")), "F-")), n)
	}
	if form.Mark(err) || form.Marked() {
		return s.keptForm(w, r, f, actor, form)
	}
	if err == nil {
		frame.Redirect(w, r, "/team/kept#holds")
	}
	return err
}

// endHold ends the hold on a failure.
func (s *Pages) endHold(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	number, err := frame.NumberIn(r, "number")
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"ended": practice.MaxLine})
	if err != nil {
		return err
	}
	if !form.Marked() {
		err = renamed(s.App.EndHold(r.Context(), actor, number, form.Typed("ended")), "why", "ended")
	}
	if form.Mark(err) || form.Marked() {
		return s.keptForm(w, r, f, actor, form)
	}
	if err == nil {
		frame.Redirect(w, r, "/team/kept#holds")
	}
	return err
}

// Lasting are the holds that keep something.
func (p keptPage) Lasting() []app.Held {
	return slices.DeleteFunc(slices.Clone(p.Retention.Holds), func(h app.Held) bool { return !h.Lasts() })
}

// Past are those that ended.
func (p keptPage) Past() []app.Held {
	return slices.DeleteFunc(slices.Clone(p.Retention.Holds), app.Held.Lasts)
}

// takeTime is how long the download of a backup may last.
const takeTime = 30 * time.Minute

// takeBackup answers with a copy of everything, as it is being read.
func (s *Pages) takeBackup(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	out := &download{to: w, begin: func() {
		_ = http.NewResponseController(w).SetWriteDeadline(s.Now().Add(takeTime))
		w.Header().Set("Content-Type", "application/gzip")
		w.Header().Set("Content-Disposition", `attachment; filename="`+s.Now().UTC().Format("debrief-2006-01-02.backup")+`"`)
		w.Header().Set("Cache-Control", "no-store")
	}}
	err := s.App.Backup(r.Context(), actor, out)
	if err != nil && out.begun {
		s.Log.Error("backup", "err", err)
		panic(http.ErrAbortHandler) // half a file must not look like a whole one
	}
	return err
}

// download begins an answer with its first byte: until then it can still be a
// refusal.
type download struct {
	to    http.ResponseWriter
	begin func()
	begun bool
}

func (d *download) Write(b []byte) (int, error) {
	if !d.begun {
		d.begun = true
		d.begin()
	}
	return d.to.Write(b)
}
