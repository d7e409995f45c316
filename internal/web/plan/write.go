package plan

import (
	"net/http"
	"slices"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// writePage is the form of a draft.
type writePage struct {
	*frame.Frame
	Form *frame.Form
	P    practice.Plan
	To   string
	Now  map[string]string // what stands in the fields, by their names
	Fits fitting

	From practice.Plan // from which it carries parts on; none where it is all its own
	Same []practice.IntentPart
}

// parts are what a signal is made of, each with a field of its own.
var parts = []string{"what", "from", "where", "who", "every"}

var writeFields = func() frame.Fields {
	fields := frame.Fields{"version": 20, "title": practice.MaxLine, "aim": practice.MaxGap, "hard": practice.MaxGap, "notice": practice.MaxGap,
		"ask": practice.MaxGap, "stop": practice.MaxLine, "learns": 3}
	for n := range practice.MostSignals {
		for _, part := range parts {
			fields[part+strconv.Itoa(n+1)] = practice.MaxLine
		}
	}
	return fields
}()

// texts are what stands in the fields about an intent, by their names.
func texts(i practice.Intent) map[string]string {
	all := map[string]string{"title": i.Title, "aim": i.Aim, "hard": i.Hard, "notice": i.Notice, "ask": i.Ask, "stop": i.Stop, "learns": ""}
	if i.Learns {
		all["learns"] = "yes"
	}
	for n := range practice.MostSignals {
		var s practice.Signal
		if n < len(i.Signals) {
			s = i.Signals[n]
		}
		every := ""
		if s.Every != 0 {
			every = strconv.Itoa(s.Every)
		}
		for at, text := range []string{s.What, s.From, s.Where, s.Who, every} {
			all[parts[at]+strconv.Itoa(n+1)] = text
		}
	}
	return all
}

// readIntent takes an intent out of its form.
func readIntent(form *frame.Form) practice.Intent {
	i := practice.Intent{Title: form.Typed("title"), Aim: form.Typed("aim"), Hard: form.Typed("hard"), Notice: form.Typed("notice"),
		Ask: form.Typed("ask"), Stop: form.Typed("stop"), Learns: form.Typed("learns") != ""}
	for n := range practice.MostSignals {
		at := strconv.Itoa(n + 1)
		signal := practice.Signal{What: form.Typed("what" + at), From: form.Typed("from" + at), Where: form.Typed("where" + at), Who: form.Typed("who" + at)}
		if every := form.Typed("every" + at); every != "" {
			signal.Every = frame.Number(every)
		}
		i.Signals = append(i.Signals, signal)
	}
	return i
}

// besideSignal lets a page say what is wrong with a signal beside the field of that one, among
// those in which something was written.
func besideSignal(err error, form *frame.Form) error {
	refusal := frame.Refused(err)
	if refusal == nil {
		return err
	}
	left, _ := refusal.Args["signal"].(int)
	for n := range practice.MostSignals {
		at := strconv.Itoa(n + 1)
		if !slices.ContainsFunc(parts, func(part string) bool { return form.Typed(part+at) != "" }) {
			continue
		}
		if left--; left == 0 {
			return refusal.At(refusal.Field + at)
		}
	}
	return err
}

func (s *Pages) showWrite(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.writeForm(w, r, f, actor, nil)
}

func (s *Pages) writeForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	p, err := s.planAt(r, actor)
	if err != nil {
		return err
	}
	f.Lead("plan", practice.PlanPath(p.Number))
	if p.Frozen() {
		return practice.Refuse(practice.Conflict, "plan.frozen")
	}
	f.Title = f.Say("plan.write")
	page := writePage{Frame: f, Form: form, P: p, To: practice.PlanPath(p.Number), Now: texts(p.Intent)}
	words := p.Intent
	if form != nil {
		words = readIntent(form)
	}
	if page.Fits, err = s.fitting(r, f, actor, p, words); err != nil {
		return err
	}
	if page.From, page.Same, err = s.App.CarriedOn(r.Context(), actor, p.Number); err != nil {
		return err
	}
	return s.Show(w, form.Status(), "writeplan", page)
}

func (s *Pages) write(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, writeFields)
	if err != nil {
		return err
	}
	n, err := frame.NumberIn(r, "n")
	if err != nil {
		return err
	}
	to := practice.PlanPath(n)
	f.Lead("plan", to)
	intent := readIntent(form)
	if !form.Marked() {
		_, err := s.App.WritePlan(r.Context(), actor, n, func(was practice.Plan) (practice.Intent, error) {
			if intent.Learns && !was.Intent.Learns {
				intent = intent.Watching(f.Say("plan.learns.drift"), f.Say("plan.learns.live"), f.Say("plan.learns.groups"))
				to = practice.PlanPath(n) + "/write#signals"
			}
			return intent, form.Over(texts(was.Intent))
		})
		if err == nil {
			frame.Redirect(w, r, to)
			return nil
		}
		if !form.Both() && !form.Mark(besideSignal(err, form)) {
			return err
		}
	}
	return s.writeForm(w, r, f, actor, form)
}

// signalFields are the fields of one signal.
type signalFields struct {
	Legend string
	Fields []frame.Field
	More   bool // an empty one, for whoever watches more
}

// Learns asks whether what is planned learns from data.
// Again says what still reads as in the earlier plan. words:use plan.again.*
func (p writePage) Again() string {
	var all []string
	for _, part := range p.Same {
		all = append(all, p.Say("plan.again."+string(part)))
	}
	return p.Say("plan.again.why", "parts", all)
}

// Earlier is the page of that plan.
func (p writePage) Earlier() string { return practice.PlanPath(p.From.Number) }

func (p writePage) Learns() frame.Choices {
	c := p.Choices(p.Form, "learns", "plan.learns.ask", frame.Option{Value: "yes", Text: p.Say("plan.learns"), Small: p.Say("plan.learns.why"), On: p.Now["learns"] != ""})
	c.Many = true
	return c
}

// Signals are the fields of every signal up to the last in which something is written, and
// of one more.
func (p writePage) Signals() []signalFields {
	var all []signalFields
	last := -1
	for n := range practice.MostSignals {
		at, used := strconv.Itoa(n+1), false
		s := signalFields{Legend: p.Say("plan.signal.n", "n", n+1)}
		for _, part := range parts {
			field := p.Field(p.Form, part+at, "plan.signal."+part, p.Now[part+at]).Limited(practice.MaxLine).Little() // words:use plan.signal.*
			used = used || field.Value != "" || field.Theirs != "" || field.Wrong != ""
			s.Fields = append(s.Fields, field)
		}
		if s.More = !used && n > 0; used {
			last = n
		}
		all = append(all, s)
	}
	return all[:min(last+2, len(all))]
}

// Writing looks for what fits while somebody types.
func (p writePage) Writing(d frame.Field) frame.Writing {
	return frame.Writing{Field: d, Preview: p.To + "/known", Into: "fits"}
}
