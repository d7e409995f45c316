package shelf

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// partyRoutes are the groups that procedures affect, and who has a say about a procedure.
func (s *Pages) partyRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /groups", Handler: s.Member(s.showParties)},
		{Pattern: "POST /groups", Handler: s.Member(s.addParty)},
		{Pattern: "GET /groups/{id}", Handler: s.Member(s.showParty)},
		{Pattern: "POST /groups/{id}", Handler: s.Member(s.saveParty)},
		{Pattern: "POST /groups/{id}/voice", Handler: s.Member(s.chooseVoice)},
		{Pattern: "GET /p/{slug}/authority", Handler: s.Member(s.showAuthority)},
		{Pattern: "POST /p/{slug}/authority", Handler: s.Member(s.saveAuthority)},
	}
}

// partiesPage is the list of groups, and one more.
type partiesPage struct {
	*frame.Frame
	Form   *frame.Form
	Groups []app.Grouped
}

// partyPage is one group.
type partyPage struct {
	*frame.Frame
	Form  *frame.Form
	G     app.Grouped
	Voice *frame.Form // who speaks for it, as it was sent
}

var partyFields = frame.Fields{"name": practice.MaxName, "outside": practice.MaxLine, "days": 3, "members": 4000, "version": 9}

func (s *Pages) showParties(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.parties(w, r, f, actor, nil)
}

func (s *Pages) parties(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	all, err := s.App.Parties(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("party.title")
	return s.Show(w, form.Status(), "groups", partiesPage{f, form, all})
}

// partyOf is a group as it was typed.
func (s *Pages) partyOf(r *http.Request, actor practice.Actor, form *frame.Form) (practice.Party, error) {
	p := practice.Party{Name: form.Typed("name"), Outside: form.Typed("outside"), Days: max(frame.Number(form.Typed("days")), 0), Version: max(frame.Number(form.Typed("version")), 0)}
	ids, err := s.App.WhoAre(r.Context(), actor, frame.LinesOf(form.Typed("members")), "members", false)
	for _, id := range ids {
		p.Members = append(p.Members, practice.MemberID(id))
	}
	return p, err
}

func (s *Pages) addParty(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, partyFields)
	if err != nil {
		return err
	}
	if !form.Marked() {
		p, err := s.partyOf(r, actor, form)
		if err == nil {
			actor.Once = form.Key
			p, err = s.App.AddParty(r.Context(), actor, p)
		}
		if err == nil {
			frame.Redirect(w, r, practice.PartyPath(p.ID))
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.parties(w, r, f, actor, form)
}

func (s *Pages) showParty(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.party(asker{w, r, f, actor, ""}, nil, nil)
}

func (s *Pages) party(a asker, form, voice *frame.Form) error {
	g, err := s.App.Party(a.r.Context(), a.actor, practice.PartyID(a.r.PathValue("id")))
	if err != nil {
		return err
	}
	a.f.Title = g.Name
	return s.Show(a.w, max(form.Status(), voice.Status()), "group", partyPage{a.f, form, g, voice})
}

func (s *Pages) saveParty(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, partyFields)
	if err != nil {
		return err
	}
	if !form.Marked() {
		p, err := s.partyOf(r, actor, form)
		if err == nil {
			p.ID = practice.PartyID(r.PathValue("id"))
			err = s.App.EditParty(r.Context(), actor, p)
		}
		if err == nil {
			frame.Redirect(w, r, r.URL.Path)
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.party(asker{w, r, f, actor, ""}, form, nil)
}

func (s *Pages) chooseVoice(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"speaker": practice.MaxName, "day": 10, "how": practice.MaxLine})
	if err != nil {
		return err
	}
	id := practice.PartyID(r.PathValue("id"))
	if !form.Marked() {
		day, err := form.Day("day", f.Zone)
		if err == nil {
			err = moved(s.App.ChooseVoice(r.Context(), actor, id, form.Typed("speaker"), practice.Voice{At: day, How: form.Typed("how")}), map[string]string{"name": "speaker"})
		}
		if err == nil {
			frame.Redirect(w, r, practice.PartyPath(id))
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.party(asker{w, r, f, actor, ""}, nil, form)
}

// Speaks says who speaks for the group, since when and how they were chosen.
func (p partyPage) Speaks() string {
	v := p.G.Voice()
	if v.Member == "" {
		return ""
	}
	return p.Say("party.voice", "name", p.G.Names[v.Member], "day", p.Day(v.At), "how", v.How)
}

// Before are those who spoke for it before, the latest first.
func (p partyPage) Before() (all []string) {
	for i := len(p.G.Voices) - 2; i >= 0; i-- {
		v := p.G.Voices[i]
		all = append(all, p.Say("party.voice.before", "name", p.G.Names[v.Member], "day", p.Day(v.At), "how", v.How))
	}
	return all
}

// People are those of the group with an account.
func (p partyPage) People() string {
	var names []string
	for _, m := range p.G.Members {
		names = append(names, p.G.Names[m])
	}
	slices.Sort(names)
	return strings.Join(names, "\n")
}

// Days is its own term.
func (p partyPage) Days() string { return strconv.Itoa(p.G.Party.Days) }

// Version is that of the group.
func (p partyPage) Version() int { return p.G.Party.Version }

// Today is the day on which somebody is chosen, if nothing else is said.
func (p partyPage) Today() string { return p.Now.In(p.Zone).Format(time.DateOnly) }

// Summary says what is wrong with either form.
func (p partyPage) Summary() frame.Summary {
	if p.Voice.Marked() {
		return p.Frame.Summary(p.Voice)
	}
	return p.Frame.Summary(p.Form)
}

// authorityPage is who has a say about one procedure.
type authorityPage struct {
	*frame.Frame
	Form *frame.Form
	S    app.Say
	To   string
}

func (s *Pages) showAuthority(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.authority(w, r, f, actor, nil)
}

func (s *Pages) authority(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	say, err := s.App.Authority(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if !say.Team {
		return practice.Refuse(practice.Forbidden, "procedure.others")
	}
	if err := say.Of.MayDecide(actor.Member); err != nil {
		return err
	}
	if !say.Mine {
		return practice.Refuse(practice.Forbidden, "procedure.named")
	}
	f.Title = f.Say("authority.title")
	return s.Show(w, form.Status(), "authority", authorityPage{f, form, say, practice.ProcedurePath(say.Of.Slug)})
}

func (s *Pages) saveAuthority(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"asked": 64, "told": 2000, "may": 2000})
	if err != nil {
		return err
	}
	say, err := s.App.Authority(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	if !form.Marked() {
		n := practice.Authority{Procedure: say.Of.ID}
		for _, id := range form.All("asked") {
			n.Asked = append(n.Asked, practice.PartyID(id))
		}
		may, failed := s.App.WhoAre(r.Context(), actor, frame.LinesOf(form.Typed("may")), "may", false)
		for _, id := range may {
			n.May = append(n.May, practice.MemberID(id))
		}
		if n.Told, err = s.App.WhoAre(r.Context(), actor, frame.LinesOf(form.Typed("told")), "told", true); err == nil {
			err = failed
		}
		if err == nil {
			err = s.App.SaveAuthority(r.Context(), actor, n)
		}
		if err == nil {
			frame.Redirect(w, r, practice.ProcedurePath(say.Of.Slug)+"#say")
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	return s.authority(w, r, f, actor, form)
}

// Groups chooses whom the procedure affects.
func (p authorityPage) Groups() frame.Choices {
	var options []frame.Option
	for _, g := range p.S.Parties {
		options = append(options, frame.Option{Value: string(g.ID), Text: g.Name, On: slices.Contains(p.S.Asked, g.ID)})
	}
	c := p.Choices(p.Form, "asked", "authority.asked", options...)
	c.Many = true
	return c
}

// May are those who change it, one a line.
func (p authorityPage) May() string {
	var names []string
	for _, m := range p.S.May {
		names = append(names, p.S.Names[string(m)])
	}
	return strings.Join(names, "\n")
}

// Named are the names of people and teams, one a line.
func (p authorityPage) Named(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, p.S.Names[id])
	}
	return strings.Join(names, "\n")
}

// say is who has a say about a procedure, as its page says it.
type say struct {
	May    string       // who changes it
	Waits  []frame.Link // what others proposed
	Told   string
	Groups []practice.Party
	Trials []frame.Link // rounds that have not ended
	Mine   bool
}

// sayOf says who may change a procedure, who is asked and who is told.
func (s *Pages) sayOf(r *http.Request, f *frame.Frame, actor practice.Actor, slug string) (say, error) {
	a, err := s.App.Authority(r.Context(), actor, slug)
	if err != nil {
		return say{}, err
	}
	p := authorityPage{Frame: f, S: a}
	one := say{Mine: a.Mine, May: mayLine(f, a)}
	proposed, err := s.App.Proposals(r.Context(), actor, slug)
	if err != nil {
		return one, err
	}
	one.Waits = proposalsOf(f, proposed)
	if names := strings.Split(p.Named(a.Told), "\n"); len(a.Told) > 0 {
		one.Told = f.Say("authority.told.said", "names", f.List(names))
	}
	for _, g := range a.Parties {
		if slices.Contains(a.Asked, g.ID) {
			one.Groups = append(one.Groups, g)
		}
	}
	rounds, err := s.App.Consents(r.Context(), actor)
	for _, c := range rounds {
		if c.Procedure == a.Of.ID {
			one.Trials = append(one.Trials, frame.Link{To: practice.ConsentPath(c.Gap), Text: f.Say("consent.open", "n", c.Line.Number)})
		}
	}
	return one, err
}
