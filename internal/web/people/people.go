package people

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) memberRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/people", Handler: s.Member(s.showPeople)},
		{Pattern: "POST /team/people", Handler: s.Member(s.addPeople)},
		{Pattern: "GET /team/people/{member}", Handler: s.Member(s.showMember)},
		{Pattern: "POST /team/people/{member}/link", Handler: s.Member(s.makeLink)},
		{Pattern: "POST /team/people/{member}/name", Handler: s.Member(s.renameMember)},
		{Pattern: "POST /team/people/{member}/leads", Handler: s.Member(s.saveLeads)},
		{Pattern: "POST /team/people/{member}/steward", Handler: s.Member(s.setSteward)},
		{Pattern: "POST /team/people/{member}/records", Handler: s.Member(s.setRecords)},
		{Pattern: "POST /team/people/{member}/erase", Handler: s.Member(s.eraseMember)},
		{Pattern: "POST /team/people/{member}/devices/{device}", Handler: s.Member(s.endDevice)},
	}
}

// peoplePage is who the team knows, and who leads whom.
type peoplePage struct {
	inTeam
	Form      *frame.Form
	Team      practice.Team
	Teams     []practice.Team
	People    []person
	Elsewhere []person // of other teams
	Left      []person
	Leads     []leading
	Became    string // of what was sent before: a list of names, an answer at the door
	Steward   bool
	Me        practice.MemberID
	Knocks    []app.Knocking // who waits at the door
	Code      *code          // nil for whoever may not hand it out
	Shared    []sharedDevice // tablets of the team
	MayShare  bool
}

// person is one line of the list.
type person struct {
	practice.Member
	Initial string
	You     bool
}

// leading is one line of who leads whom.
type leading struct {
	Who  string
	Whom []string
}

func (s *Pages) showPeople(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.peopleForm(w, r, f, actor, nil)
}

func (s *Pages) peopleForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	teams, err := s.App.Teams(r.Context(), actor)
	if err != nil {
		return err
	}
	t, ok := whichTeam(teams, r.FormValue("team"), actor)
	if !ok {
		return practice.ErrNotFound
	}
	members, err := s.App.Members(r.Context(), actor)
	if err != nil {
		return err
	}
	page := peoplePage{inTeam: inTeam{f}, Form: form, Team: t, Teams: teams, Steward: actor.Steward, Me: actor.Member}
	names := map[practice.MemberID]string{}
	for _, m := range members {
		names[m.ID] = m.Name
		p := person{Member: m, Initial: f.Initials(m.Name), You: m.ID == actor.Member}
		switch {
		case m.Erased:
		case !m.Active:
			page.Left = append(page.Left, p)
		case slices.Contains(m.Teams, t.ID):
			page.People = append(page.People, p)
		default:
			page.Elsewhere = append(page.Elsewhere, p)
		}
	}
	page.Leads = leadsOf(members, names)
	page.Became = became(f, r.URL.Query())
	if page.Knocks, err = s.App.Knocks(r.Context(), actor); err != nil {
		return err
	}
	if page.Code, err = s.codeOf(r, actor, t.ID); err != nil {
		return err
	}
	if page.Shared, page.MayShare, err = s.sharedDevices(r, actor, t.ID); err != nil {
		return err
	}
	f.Title, f.News = f.Say("team.people"), "/team/news"
	return s.Show(w, form.Status(), "people", page)
}

// became says what a form of the page did, which its address says.
func became(f *frame.Frame, asked url.Values) string {
	switch n := frame.Number(asked.Get("added")); {
	case n >= 0:
		return f.Say("people.added", "n", n)
	case asked["in"] != nil:
		return f.Say("knock.in")
	case asked["away"] != nil:
		return f.Say("knock.away")
	}
	return ""
}

// leadsOf says who leads whom.
func leadsOf(members []practice.Member, names map[practice.MemberID]string) (all []leading) {
	for _, m := range members {
		if m.Active && len(m.Leads) > 0 {
			l := leading{Who: m.Name}
			for _, id := range m.Leads {
				l.Whom = append(l.Whom, names[id])
			}
			all = append(all, l)
		}
	}
	return all
}

func (s *Pages) addPeople(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"names": 20_000, "team": 40})
	if err != nil {
		return err
	}
	names, err := practice.Names(form.Typed("names"))
	if err == nil && !form.Marked() {
		var added []app.Added
		added, err = s.App.AddMembers(r.Context(), actor, practice.TeamID(form.Typed("team")), names)
		if err == nil {
			fresh := slices.DeleteFunc(added, func(a app.Added) bool { return a.Was == app.AddedHere })
			frame.Redirect(w, r, "/team/people?team="+form.Typed("team")+"&added="+strconv.Itoa(len(fresh)))
			return nil
		}
	}
	if err != nil && !form.Mark(failedAt(err, "names")) {
		return err
	}
	return s.peopleForm(w, r, f, actor, form)
}

// memberPage is one person, for a steward.
type memberPage struct {
	*frame.Frame
	Form    *frame.Form
	Person  person
	Devices []practice.Device
	Others  []practice.Member // whom they could lead
	Teams   []practice.Team   // they are in
	Parting practice.Parting  // of somebody who can be brought back
	Names   map[practice.MemberID]string
}

func (s *Pages) showMember(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.memberForm(w, r, f, actor, nil)
}

func (s *Pages) memberForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	if !actor.Steward {
		return practice.ErrNotFound
	}
	id := practice.MemberID(r.PathValue("member"))
	m, err := s.App.Member(r.Context(), actor, id)
	if err != nil {
		return err
	}
	page := memberPage{Frame: f, Form: form, Person: person{Member: m, Initial: f.Initials(m.Name), You: id == actor.Member}}
	if page.Devices, err = s.Auth.Devices(r.Context(), actor, id); err != nil {
		return err
	}
	members, err := s.App.Members(r.Context(), actor)
	if err != nil {
		return err
	}
	page.Names = map[practice.MemberID]string{}
	for _, m := range members {
		page.Names[m.ID] = m.Name
	}
	page.Others = slices.DeleteFunc(members, func(o practice.Member) bool { return o.ID == id || !o.Active })
	teams, err := s.App.Teams(r.Context(), actor)
	if err != nil {
		return err
	}
	page.Teams = slices.DeleteFunc(teams, func(t practice.Team) bool { return !slices.Contains(m.Teams, t.ID) })
	if page.Parting, err = s.App.PartingOf(r.Context(), actor, id); err != nil && !errors.Is(err, practice.ErrNotFound) {
		return err
	}
	f.Title = m.Name
	return s.Show(w, form.Status(), "member", page)
}

// shownOncePage shows a secret that is kept nowhere.
type shownOncePage struct {
	*frame.Frame
	Heading, Lede string
	Secret, Until string
	Back          string
}

func (s *Pages) makeLink(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"use": 10})
	if err != nil {
		return err
	}
	use := practice.LinkUse(form.Typed("use"))
	if use != practice.LinkIn && use != practice.LinkReset {
		return practice.ErrNotFound
	}
	id := practice.MemberID(r.PathValue("member"))
	m, err := s.App.Member(r.Context(), actor, id)
	if err != nil {
		return err
	}
	secret, err := s.Auth.MakeLink(r.Context(), actor, id, use)
	if err != nil {
		return err
	}
	page := shownOncePage{Frame: f, Secret: s.Origin(r) + "/in/" + secret, Back: "/team/people/" + string(id),
		Heading: f.Say("people.link.made", "name", m.Name), Lede: f.Say("people.link.made.why", "name", m.Name),
		Until: f.Say("people.link.days")}
	if use == practice.LinkReset {
		page.Until = f.Say("people.link.minutes")
	}
	if id == actor.Member {
		page.Heading, page.Lede, page.Back = f.Say("people.link.mine"), f.Say("people.link.mine.why"), "/you"
	}
	return s.shownOnce(w, page)
}

// shownOnce answers with a secret. No cache keeps it, and looking again shows
// nothing.
func (s *Pages) shownOnce(w http.ResponseWriter, page shownOncePage) error {
	page.Title = page.Heading
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, http.StatusOK, "shown", page)
}

func (s *Pages) renameMember(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"name": practice.MaxName})
	if err != nil {
		return err
	}
	id := practice.MemberID(r.PathValue("member"))
	if !form.Marked() {
		err := s.App.RenameMember(r.Context(), actor, id, form.Typed("name"))
		if err == nil {
			frame.Redirect(w, r, personAddress(actor, id))
			return nil
		}
		if !form.Mark(err) {
			return err
		}
	}
	if id == actor.Member {
		return s.youForm(w, r, f, actor, form)
	}
	return s.memberForm(w, r, f, actor, form)
}

// personAddress is where somebody is looked at: one's own page, or the one a
// steward has for everybody.
func personAddress(actor practice.Actor, id practice.MemberID) string {
	if id == actor.Member {
		return "/you"
	}
	return "/team/people/" + string(id)
}

func (s *Pages) saveLeads(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"leads": 40})
	if err != nil {
		return err
	}
	var led []practice.MemberID
	for _, id := range form.All("leads") {
		led = append(led, practice.MemberID(id))
	}
	id := practice.MemberID(r.PathValue("member"))
	if err := s.App.SaveLeads(r.Context(), actor, id, led); err != nil {
		return err
	}
	frame.Redirect(w, r, "/team/people/"+string(id))
	return nil
}

func (s *Pages) setSteward(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"steward": 3})
	if err != nil {
		return err
	}
	id := practice.MemberID(r.PathValue("member"))
	if err := s.App.SetSteward(r.Context(), actor, id, form.Typed("steward") == "yes"); err != nil {
		return err
	}
	if id == actor.Member {
		frame.Redirect(w, r, "/you")
		return nil
	}
	frame.Redirect(w, r, "/team/people/"+string(id))
	return nil
}

func (s *Pages) setRecords(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"records": 3})
	if err != nil {
		return err
	}
	id := practice.MemberID(r.PathValue("member"))
	if err := s.App.SetRecords(r.Context(), actor, id, form.Typed("records") == "yes"); err != nil {
		return err
	}
	frame.Redirect(w, r, "/team/people/"+string(id))
	return nil
}

func (s *Pages) endDevice(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.Auth.EndDevice(r.Context(), actor, practice.DeviceID(r.PathValue("device"))); err != nil {
		return err
	}
	frame.Redirect(w, r, personAddress(actor, practice.MemberID(r.PathValue("member"))))
	return nil
}

// personLine is one line of the list as the page shows it.
type personLine struct {
	Name, Initial string
	Tags          []string
	To, Open      string
	LetIn, Let    string // where a device of theirs is let in
}

// Line says a person. Only a steward, and oneself, has anything to open.
func (p peoplePage) Line(one person, steward bool) personLine {
	l := personLine{Name: one.Name, Initial: one.Initial, Open: p.Say("people.open")}
	if one.You {
		l.Tags = append(l.Tags, p.Say("team.people.you"))
		l.To = "/you"
	}
	if one.Steward {
		l.Tags = append(l.Tags, p.Say("team.people.steward"))
	}
	if one.Records {
		l.Tags = append(l.Tags, p.Say("team.people.records"))
	}
	if steward {
		l.To = "/team/people/" + string(one.ID)
	}
	if one.Guest {
		l.Tags = append(l.Tags, p.Say("people.guest"))
	}
	if steward && !one.You && !one.Guest {
		l.LetIn, l.Let = l.To+"/link", p.Say("people.link.make")
	}
	return l
}

// LeadChoices are the people somebody could lead.
func (p memberPage) LeadChoices() frame.Choices {
	c := frame.Choices{Name: "leads", Label: p.Say("team.leads.of", "name", p.Person.Name), Hidden: true, Many: true, Look: "three"}
	for _, m := range p.Others {
		c.Options = append(c.Options, frame.Option{Value: string(m.ID), Text: m.Name, On: slices.Contains(p.Person.Leads, m.ID)})
	}
	return c
}
