package shelf

import (
	"slices"
	"strconv"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// consentRoutes is where the groups that a change affects say whether it is safe enough to
// try: by their account, or by a signed link.
func (s *Pages) consentRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /consent/{gap}", Handler: s.Member(s.showConsent)},
		{Pattern: "POST /consent/{gap}", Handler: s.Member(s.sayInConsent)},
		{Pattern: "POST /consent/{gap}/link", Handler: s.Member(s.linkForVoice)},
		{Pattern: "GET /pass/consent/{pass}", Handler: s.Open(s.showConsentByLink)},
		{Pattern: "POST /pass/consent/{pass}", Handler: s.Open(s.sayByLink)},
	}
}

// consentPage is a consent round: what changed, who is asked, what was said by which
// group, and what became of a harm.
type consentPage struct {
	*frame.Frame
	R      app.ConsentRound
	Form   *frame.Form
	Here   string           // where its forms go
	Guest  bool             // came by a signed link
	For    practice.PartyID // the group the reader came for
	Scars  []frame.ScarLine
	Stand  standing
	People []practice.Member
	Link   string // for a voice without an account, made just now
}

// standing is part/thread: the five stages.
type standing struct {
	Label string
	Steps []stage
}

// stage is one of them.
type stage struct{ Name, State, Note string }

// stages are those of a round, in their order.
var stages = []practice.ConsentStage{practice.AtPresent, practice.AtClarify, practice.AtReact, practice.AtConsent, practice.AtIntegrate}

// standing says where the round stands. words:use consent.at.*
func (p consentPage) standing() standing {
	at := p.R.Stage()
	st := standing{Label: p.Say("consent.at")}
	now := slices.Index(stages, at)
	for i, one := range stages {
		s := stage{Name: p.Say("consent.at." + string(one))}
		switch {
		case i == now:
			s.State = "now"
		case i < now || at == practice.AtOver && one != practice.AtIntegrate:
			s.State = "done"
		}
		switch n := p.note(one); {
		case n > 0 && one == practice.AtConsent:
			s.Note = p.Say("consent.at.yes", "n", n, "all", len(p.R.Groups))
		case n > 0:
			s.Note = p.Say("consent.at.n", "n", n)
		}
		st.Steps = append(st.Steps, s)
	}
	return st
}

// note counts what there is at a stage.
func (p consentPage) note(at practice.ConsentStage) (n int) {
	switch at {
	case practice.AtClarify:
		n = len(p.said(practice.SpokeQuestion))
	case practice.AtReact:
		n = len(p.said(practice.SpokeReaction))
	case practice.AtConsent:
		for _, g := range p.R.Groups {
			if g.Says == practice.SaysSafe {
				n++
			}
		}
	case practice.AtIntegrate:
		n = len(p.R.Texts) - 1
	}
	return n
}

// said is what was said of one kind, about every proposal.
func (p consentPage) said(kind practice.SpokenKind) (all []practice.Spoken) {
	for _, s := range p.R.Said {
		if s.Kind == kind {
			all = append(all, s)
		}
	}
	return all
}

// Lede says what is asked, or what came of it. words:use consent.lede.*
func (p consentPage) Lede() string {
	switch at := p.R.Stage(); {
	case p.R.End != "":
		return p.Say("consent.lede."+string(p.R.End), "day", p.Day(p.R.EndAt))
	case at == practice.AtPresent:
		return p.Say("consent.lede.present", "n", len(p.R.Groups))
	default:
		return p.Say("consent.lede")
	}
}

// Eyebrow says for whom it is.
func (p consentPage) Eyebrow() string {
	g, ok := p.R.Group(p.Speaks())
	switch {
	case ok && p.R.Runs():
		return p.Say("consent.for", "group", p.R.Party(g.Party).Name, "day", p.Day(g.Until))
	case p.R.BegunAt.IsZero():
		return p.Say("consent.by", "at", p.When(p.R.PresentBy(), p.Now))
	}
	return p.Say("consent.since", "day", p.Day(p.R.BegunAt))
}

// Late says that the groups were asked later than they should.
func (p consentPage) Late() string {
	switch {
	case !p.R.Late(p.Now):
		return ""
	case p.R.BegunAt.IsZero():
		return p.Say("consent.late.still")
	}
	return p.Say("consent.late", "n", int(p.R.BegunAt.Sub(p.R.At).Hours()))
}

// Speaks is the group the reader answers for on this page; the one they came for before
// the others, and those that have not answered before those that have.
func (p consentPage) Speaks() practice.PartyID {
	if slices.Contains(p.R.Voice, p.For) {
		return p.For
	}
	for _, id := range p.R.Voice {
		if g, _ := p.R.Group(id); g.Says == "" {
			return id
		}
	}
	if len(p.R.Voice) > 0 {
		return p.R.Voice[0]
	}
	return ""
}

// May reports whether the reader can answer now.
func (p consentPage) May() bool {
	g, ok := p.R.Group(p.Speaks())
	return ok && p.R.Runs() && g.Says == ""
}

// Answered is what the reader's group said, where it can be taken back.
func (p consentPage) Answered() string {
	g, ok := p.R.Group(p.Speaks())
	if !ok || !p.R.Runs() || g.Says == "" {
		return ""
	}
	return p.Say("consent.you."+string(g.Says), "group", p.R.Party(g.Party).Name) // words:use consent.you.*
}

// Joins reports whether the reader can ask and react.
func (p consentPage) Joins() bool { return p.R.Runs() && (p.R.Team || len(p.R.Mine) > 0) }

// As is the group for which the reader asks or reacts; empty for the team.
func (p consentPage) As() practice.PartyID {
	if id := p.Speaks(); id != "" {
		return id
	}
	if len(p.R.Mine) > 0 {
		return p.R.Mine[0]
	}
	return ""
}

// askedLine is one group on the page.
type askedLine struct {
	Party  practice.Party
	Says   practice.ConsentSays
	Line   string
	Harm   string
	By     string
	Silent bool
	Link   bool // a signed link can be made for who speaks for it
	Choose bool // nobody speaks for it
}

// Asked says of every group what it said, and who said it. words:use consent.says.*
func (p consentPage) Asked() (all []askedLine) {
	silent := p.R.Silent(p.Now)
	for _, g := range p.R.Groups {
		party := p.R.Party(g.Party)
		voice := party.Voice().Member
		one := askedLine{Party: party, Says: g.Says, Silent: slices.Contains(silent, g.Party), Choose: voice == ""}
		one.Link = p.R.Runs() && !p.Guest && g.Says == "" && slices.Contains(p.R.Links, g.Party) && (p.R.Team || slices.Contains(p.R.Mine, g.Party))
		switch name := p.R.Names[voice]; {
		case g.Says != "":
			one.Line, one.Harm = p.spoke(g)
		case one.Silent:
			one.Line = p.Say("consent.silent", "group", party.Name, "day", p.Day(g.Until))
		case voice == "":
			one.Line = p.Say("consent.says.voiceless")
		case g.Until.IsZero():
			one.Line = p.Say("consent.says.soon", "name", name)
		default:
			one.Line = p.Say("consent.says.asked", "name", name, "day", p.Day(g.Until))
		}
		all = append(all, one)
	}
	return all
}

// spoke is what a group answered about the words it is asked about, and who for it.
func (p consentPage) spoke(g practice.Asked) (line, harm string) {
	for _, s := range slices.Backward(p.R.Said) {
		if s.Party == g.Party && s.Number == p.R.Text().Number && (s.Kind == practice.SpokeSafe || s.Kind == practice.SpokeHarm) {
			return p.Say("consent.says."+string(g.Says), "name", p.R.Names[s.By], "day", p.Day(s.At)), s.Text
		}
	}
	return "", ""
}

// saidLine is one thing that was said.
type saidLine struct {
	practice.Spoken
	Who     string
	Replies []saidLine
	Open    bool // a question that waits for an answer
}

// line says who said it, and for whom.
func (p consentPage) line(s practice.Spoken) saidLine {
	who := p.Say("consent.who.team", "name", p.R.Names[s.By], "day", p.Day(s.At))
	if s.Party != "" {
		who = p.Say("consent.who", "name", p.R.Names[s.By], "group", p.R.Party(s.Party).Name, "day", p.Day(s.At))
	}
	return saidLine{Spoken: s, Who: who}
}

// Presented is what happened, in the words of whoever asked the groups.
func (p consentPage) Presented() (all []saidLine) {
	for _, s := range p.said(practice.SpokePresent) {
		all = append(all, p.line(s))
	}
	return all
}

// Questions are all of them with what was answered.
func (p consentPage) Questions() (all []saidLine) {
	asking := p.R.Asking()
	for _, s := range p.said(practice.SpokeQuestion) {
		one := p.line(s)
		one.Open = slices.ContainsFunc(asking, func(q practice.Spoken) bool { return q.ID == s.ID }) && p.R.Runs() && p.R.Team
		for _, r := range p.said(practice.SpokeReply) {
			if r.Re == s.ID {
				one.Replies = append(one.Replies, p.line(r))
			}
		}
		all = append(all, one)
	}
	return all
}

// Reactions are all of them.
func (p consentPage) Reactions() (all []saidLine) {
	for _, s := range p.said(practice.SpokeReaction) {
		all = append(all, p.line(s))
	}
	return all
}

// turned is a proposal that was put to the groups, with the harm that one of them saw and
// what became of it.
type turned struct {
	Number int
	Name   string
	Diff   *frame.Diff
	Harms  []saidLine
	Became []saidLine
	How    []string
	Ended  []saidLine // what one person decided about it
	To     string
}

// Turns are the proposals, the first first. words:use consent.how.*
func (p consentPage) Turns() (all []turned) {
	was := p.R.Was
	for _, t := range p.R.Texts {
		one := turned{Number: t.Number, Name: p.Say("consent.text", "n", t.Number, "day", p.Day(t.At)),
			To: practice.ProcedurePath(p.R.Of.Slug) + "/history/" + strconv.Itoa(t.Revision)}
		if t.Text != was {
			d := p.Changed(was, t.Text)
			one.Diff = &d
		}
		was = t.Text
		for _, s := range p.R.Said {
			switch {
			case s.Number != t.Number:
			case s.Kind == practice.SpokeHarm:
				one.Harms = append(one.Harms, p.line(s))
			case s.Kind == practice.SpokeIntegrate:
				one.Became, one.How = append(one.Became, p.line(s)), append(one.How, p.Say("consent.how."+string(s.How)))
			case s.Kind == practice.SpokeKept || s.Kind == practice.SpokeBack:
				one.Ended = append(one.Ended, p.line(s))
			}
		}
		all = append(all, one)
	}
	return all
}

// Told reports whether there is more to tell than the proposal above.
func (p consentPage) Told() bool {
	return len(p.R.Texts) > 1 || slices.ContainsFunc(p.R.Said, func(s practice.Spoken) bool {
		return s.Kind == practice.SpokeHarm || s.Kind == practice.SpokeKept || s.Kind == practice.SpokeBack
	})
}

// Changes is what the change does to the step.
func (p consentPage) Changes() frame.Diff { return p.Changed(p.R.Was, p.R.Text().Text) }

// Where says which step of what it is.
func (p consentPage) Where() string {
	return p.Say("consent.where", "procedure", p.R.Of.Title, "n", p.R.Line.Number)
}

// Ways are what can become of an objection.
func (p consentPage) Ways() frame.Choices {
	var options []frame.Option
	for _, i := range practice.Integrations {
		options = append(options, frame.Option{Value: string(i), Text: p.Say("consent.way." + string(i))}) // words:use consent.way.*
	}
	return p.Choices(p.Form, "how", "consent.ways", options...)
}

// Refers chooses somebody with more say.
func (p consentPage) Refers() frame.Pick {
	c := frame.Pick{Name: "who", Label: p.Say("consent.refer"), Nobody: p.Say("procedure.owner.nobody"), Wrong: p.Form.At("who")}
	for _, m := range p.People {
		c.Options = append(c.Options, frame.Option{Value: string(m.ID), Text: m.Name, On: p.Form.Typed("who") == string(m.ID)})
	}
	return c
}

// Over reports whether nobody decided in time.
func (p consentPage) Over() bool { return p.R.Trial.Overdue(p.Now) }

// Harmed reports whether a harm stands that nobody has taken up.
func (p consentPage) Harmed() bool { return p.R.Stage() == practice.AtIntegrate }

// Keeps reports whether the trial can be kept: its groups are asked, and no harm stands.
func (p consentPage) Keeps() bool { return p.R.Stage() != practice.AtPresent && !p.Harmed() }

// Overdue says who was silent.
func (p consentPage) Overdue() string {
	var names []string
	for _, id := range p.R.Silent(p.Now) {
		names = append(names, p.R.Party(id).Name)
	}
	switch {
	case len(names) > 0:
		return p.Say("consent.overdue", "groups", p.List(names))
	case p.R.BegunAt.IsZero():
		return p.Say("consent.overdue.begin")
	}
	return p.Say("consent.overdue.term")
}

// IfNobody says what happens when nobody answers, and who decides then.
func (p consentPage) IfNobody() string {
	if p.R.Of.Owner == "" {
		return p.Say("consent.nobody.team")
	}
	return p.Say("consent.nobody.owner", "name", p.R.Owner.Name)
}

// Checks says on whom it adds a check.
func (p consentPage) Checks() string {
	if p.R.Checks == "" {
		return ""
	}
	return p.Say("check.on", "group", p.R.Party(p.R.Checks).Name)
}
