package room

import (
	"net/http"
	"slices"
	"strconv"

	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/web/frame"
)

// sortRoutes is question four.
func (s *Pages) sortRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "POST /seat/{review}/gaps/{gap}/judge", Handler: s.seat(s.judge)},
		{Pattern: "POST /seat/{review}/gaps/{gap}/settle", Handler: s.seat(s.settle)},
	}
}

// sortSent is a form that could not be kept, and the gap it was about; none
// where it was about going on.
type sortSent struct {
	Form *frame.Form
	Gap  practice.GapID
}

// sortPage is question four: judging alone, then seeing it together.
type sortPage struct {
	inSeat
	Gaps []room.Sorted
	Kept int    // gaps kept unsorted
	Back string // the gap whose judgement somebody went back to change
	sent sortSent
}

// sortForm shows question four.
func (s *Pages) sortForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat, sent sortSent) error {
	view, err := s.Rooms.Sorting(r.Context(), seat)
	if err != nil {
		return err
	}
	p := sortPage{inSeat: seated(r, f, view.Room), Gaps: view.Gaps, Kept: view.Kept, Back: r.URL.Query().Get("gap"), sent: sent}
	if sent.Form == nil {
		p.sent.Form = tried(r, p.inSeat, practice.PhaseSort)
	}
	return s.showRoom(w, r, p.sent.Form, "sorting", p)
}

// Going is what was sent to go on from here, and could not.
func (p sortPage) Going() *frame.Form {
	if p.sent.Gap == "" {
		return p.sent.Form
	}
	return nil
}

// Here is the address of the page, wherever a form of it was sent to.
func (p sortPage) Here() string { return p.Base + "/4" }

// gapSort is one gap in question four.
type gapSort struct {
	sortPage
	G      room.Sorted
	Number int
	Form   *frame.Form
}

// Each are the gaps with what was sent about them.
func (p sortPage) Each() []gapSort {
	var all []gapSort
	for i, g := range p.Gaps {
		c := gapSort{sortPage: p, G: g, Number: i + 1}
		if p.sent.Gap == g.ID {
			c.Form = p.sent.Form
		}
		all = append(all, c)
	}
	return all
}

// ToJudge is the gap this seat judges next: one after the other, as they stand,
// or the one it went back to.
func (p sortPage) ToJudge() *gapSort {
	back := practice.GapID(p.Back)
	for _, g := range p.Each() {
		if !g.G.Open && (g.G.Mine.ID == "" && back == "" || g.G.ID == back || g.Form.Marked()) {
			return &g
		}
	}
	return nil
}

// Judging are the gaps that are not open, for whoever has judged them all.
func (p sortPage) Judging() []gapSort {
	return slices.DeleteFunc(p.Each(), func(g gapSort) bool { return g.G.Open })
}

// Shown are the gaps whose judgements are open.
func (p sortPage) Shown() []gapSort {
	return slices.DeleteFunc(p.Each(), func(g gapSort) bool { return !g.G.Open })
}

// MayOpen reports whether the judgements can be opened now.
func (p sortPage) MayOpen() bool {
	_, err := p.Room.Review.Reveal(p.Room.Progress, p.Now)
	return err == nil && !p.Room.Review.Open
}

// MayGoOn reports whether the room can go on from here.
func (p sortPage) MayGoOn() bool {
	_, err := p.Room.Review.Advance(p.Room.Progress, p.Now)
	return err == nil && p.Current()
}

// Current reports whether the room is at question four.
func (p sortPage) Current() bool { return p.Room.Review.Phase == practice.PhaseSort }

// Kinds are the answers to question four, each with its half-sentence.
func (g gapSort) Kinds(unsure bool) []frame.Option {
	chosen := string(g.G.Mine.Kind)
	if g.Form != nil {
		chosen = g.Form.Typed("kind")
	}
	kinds := practice.Kinds()
	if unsure {
		kinds = append(kinds, practice.KeptOpen)
	}
	var options []frame.Option
	for _, v := range kinds {
		kind := g.Kind(frame.VerdictKind(v))
		kind.Half = g.Say("kind." + frame.VerdictKind(v) + ".half")
		options = append(options, frame.Option{Value: string(v), Kind: &kind, On: chosen == string(v), Opens: v == practice.Inherent})
	}
	return options
}

// Whose are the answers to the question in whose hands an inherent gap is.
func (g gapSort) Whose() []frame.Option {
	chosen := string(g.G.Mine.Could)
	if g.Form != nil {
		chosen = g.Form.Typed("could")
	}
	var options []frame.Option
	for _, c := range practice.Coulds() {
		options = append(options, frame.Option{Value: string(c), Text: g.Say("room.judge.could." + string(c)), On: chosen == string(c)})
	}
	return options
}

// Hands is in whose hands all said alone that it is, where they agree in that
// too: then nobody is asked again.
func (g gapSort) Hands() *frame.Option {
	for _, m := range g.G.Marks {
		if m.Kind == practice.Inherent && m.Could != "" && g.AgreedInherent() {
			return &frame.Option{Value: string(m.Could), Text: g.Say("room.judge.could." + string(m.Could))}
		}
	}
	return nil
}

// Last reports whether nothing but this gap keeps the room from going on: what
// settles it then goes on as well.
func (g gapSort) Last() bool {
	return g.G.Verdict == "" && g.Current() && g.Room.Review.Open && !slices.ContainsFunc(g.Gaps, func(o room.Sorted) bool { return o.ID != g.G.ID && o.Verdict == "" })
}

// Soon reports whether somebody said that those here could change it within a
// cycle, and is asked to look again.
func (g gapSort) Soon() bool {
	return g.Form.At("could") != "" && g.Form.Typed("could") == string(practice.CouldSoon)
}

// NeedsText are the words with which the question what would have to be different
// begins: what people wrote alone.
func (g gapSort) NeedsText() string {
	if g.Form != nil {
		return g.Form.Typed("needs")
	}
	for _, m := range g.G.Marks {
		if m.Kind == practice.Inherent && len(m.Needs) > 0 {
			return m.Needs[0]
		}
	}
	return ""
}

// MarkLine is how many judged the gap to be of one kind.
type MarkLine struct {
	Class   string
	Kind    frame.Kind
	Label   string
	N       []struct{}
	Reasons []string
}

// MarkLines are the judgements of the gap, kind by kind.
func (g gapSort) MarkLines() []MarkLine {
	var lines []MarkLine
	for _, m := range g.G.Marks {
		k := frame.VerdictKind(m.Kind)
		lines = append(lines, MarkLine{Class: k, Kind: g.Kind(k), N: make([]struct{}, m.N), Reasons: m.Reasons,
			Label: g.Say("room.sort.marks", "kind", g.Say("kind."+k), "n", m.N)})
	}
	return lines
}

// MayHear reports whether the gap can be heard and judged again.
func (g gapSort) MayHear() bool {
	_, err := g.G.HearAgain()
	return err == nil
}

// WasOpen reports whether the gap was kept open before, so that not knowing can
// be written down.
func (g gapSort) WasOpen() bool { return !g.G.OpenTill.IsZero() }

// Settled is the kind the room settled on, as it is shown.
func (g gapSort) Settled() frame.Kind {
	switch g.G.Verdict {
	case practice.KeptOpen, practice.Unknown:
		return frame.Kind{Class: "unsure", Icon: "later", Text: g.Say("kind." + string(g.G.Verdict))}
	}
	return g.Kind(string(g.G.Verdict))
}

// Unsorted are the gaps that are not sorted yet.
func (p sortPage) Unsorted() []gapSort {
	return slices.DeleteFunc(p.Shown(), func(g gapSort) bool { return g.G.Verdict != "" })
}

// GoesOn reports whether what settles the last gap is the way on.
func (p sortPage) GoesOn() bool {
	return slices.ContainsFunc(p.Each(), func(g gapSort) bool { return g.Last() && g.G.Agreed != "" })
}

// judgeFields are what the form of a judgement may send.
var judgeFields = frame.Fields{"round": 5, "kind": 20, "reason": practice.MaxLine, "needs": practice.MaxLine, "could": 20, "sure": 5}

// judge keeps how this seat sorts a gap.
func (s *Pages) judge(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, judgeFields)
	if err != nil {
		return err
	}
	n := room.NewJudgement{Gap: practice.GapID(r.PathValue("gap")), Kind: practice.Verdict(form.Typed("kind")), Reason: form.Typed("reason"),
		Needs: form.Typed("needs"), Could: practice.Could(form.Typed("could")), Sure: form.Typed("sure") != ""}
	if n.Round, err = strconv.Atoi(form.Typed("round")); err != nil {
		return frame.ErrForm
	}
	if !form.Marked() {
		err = s.Rooms.Judge(r.Context(), seat, n)
	}
	return s.sorted(asked{w, r, f, seat}, sortSent{form, n.Gap}, err)
}

// sorted shows question four again, with what could not be kept.
func (s *Pages) sorted(a asked, sent sortSent, err error) error {
	if sent.Form.Mark(err) || sent.Form.Marked() {
		return s.sortForm(a.w, a.r, a.f, a.seat, sent)
	}
	if err != nil {
		return err
	}
	frame.Redirect(a.w, a.r, practice.SeatPath(a.seat.Review)+"/4")
	return nil
}

// settleFields are what the form of a settlement may send: what to do, and what
// each of the ways needs.
var settleFields = partFields.With(frame.Fields{"version": 10, "do": 10, "kind": 20, "differ": practice.MaxAnswer, "needs": practice.MaxAnswer,
	"could": 20, "sure": 5, "next": 10, "text2": practice.MaxAnswer, "actual2": practice.MaxAnswer, "where2": practice.MaxAnswer})

// settle does with a gap what the room chose: settle it, split it, hear it
// again, keep it open.
func (s *Pages) settle(w http.ResponseWriter, r *http.Request, f *frame.Frame, seat practice.Seat) error {
	form, err := frame.ReadForm(r, f, settleFields)
	if err != nil {
		return err
	}
	at := room.GapAt{ID: practice.GapID(r.PathValue("gap"))}
	if at.Version, err = strconv.Atoi(form.Typed("version")); err != nil {
		return frame.ErrForm
	}
	if !form.Marked() {
		err = s.settleAs(r, seat, at, form)
	}
	if next, bad := strconv.Atoi(form.Typed("next")); err == nil && bad == nil && !form.Marked() {
		if _, err := s.Rooms.Move(r.Context(), seat, next, ""); err == nil {
			frame.Redirect(w, r, seatHere(r)+"/change")
			return nil
		}
	}
	return s.sorted(asked{w, r, f, seat}, sortSent{form, at.ID}, err)
}

func (s *Pages) settleAs(r *http.Request, seat practice.Seat, at room.GapAt, form *frame.Form) error {
	var err error
	settlement := practice.Settlement{Differ: form.Typed("differ"), Needs: form.Typed("needs"), Could: practice.Could(form.Typed("could")),
		Sure: form.Typed("sure") != ""}
	switch form.Typed("do") {
	case "split":
		second := practice.Parts{Intended: form.Typed("text2"), Actual: form.Typed("actual2"), Where: form.Typed("where2")}
		_, err = s.Rooms.Split(r.Context(), seat, at, partsOf(form), second)
		return err
	case "hear":
		_, err = s.Rooms.HearAgain(r.Context(), seat, at)
		return err
	case "open":
		settlement.Verdict = practice.KeptOpen
	case "unknown":
		settlement.Verdict = practice.Unknown
	case "settle":
		settlement.Verdict = practice.Verdict(form.Typed("kind"))
	default:
		return practice.Refuse(practice.Invalid, "required").At("do")
	}
	_, err = s.Rooms.Settle(r.Context(), seat, at, settlement)
	return err
}

// MaySettle reports whether the room may still sort the gap.
func (g gapSort) MaySettle() bool { return g.Room.Review.MaySettle(g.G.Gap) == nil }

// Does reports whether one of the ways was chosen in what was sent.
func (g gapSort) Does(what string) bool { return g.Form.Typed("do") == what }

// AgreedInherent reports whether all judged the gap inherent, which then asks
// for its half.
func (g gapSort) AgreedInherent() bool { return g.G.Agreed == practice.Inherent }

// KeepsAgreed reports whether what was sent kept the kind all agreed on, and
// lacked something of it.
func (g gapSort) KeepsAgreed() bool {
	return g.Form.Marked() && g.G.Agreed != "" && g.Does("settle") && g.Form.Typed("kind") == string(g.G.Agreed) && g.Form.Typed("differ") == ""
}

// AgreedKind is the kind all judged the gap to be, in words.
func (g gapSort) AgreedKind() string { return g.Say("kind." + string(g.G.Agreed)) }

// MineSaid is how this seat judged the gap, in words.
func (g gapSort) MineSaid() string { return g.Say("kind." + frame.VerdictKind(g.G.Mine.Kind)) }

// Halves are the fields of the two gaps that one is split into; both begin with
// its words.
func (g gapSort) Halves() [2][]frame.Field {
	var sent *frame.Form
	if g.Does("split") {
		sent = g.Form
	}
	id := string(g.G.ID)
	return [2][]frame.Field{threeParts(g.Frame, sent, g.G.Parts(), id, ""), threeParts(g.Frame, sent, g.G.Parts(), id, "2")}
}

// kindLine is one of the three kinds: what it leads to, and an example.
type kindLine struct {
	Kind           frame.Kind
	Leads, Example string
}

// ThreeKinds are the kinds with their consequence and one example each, in the
// team's own world.
func (p sortPage) ThreeKinds() []kindLine {
	var lines []kindLine
	for i, v := range practice.Kinds() {
		lines = append(lines, kindLine{Kind: p.Kind(string(v)), Leads: p.Say("kind." + string(v) + ".leads"), Example: p.Pack.Kinds[i]})
	}
	return lines
}
