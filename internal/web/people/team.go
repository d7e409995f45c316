package people

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// teamRoutes is a team's people, words and triggers, and one's own page.
func (s *Pages) teamRoutes() []frame.Route {
	return slices.Concat(s.memberRoutes(), s.turnRoutes(), s.youRoutes(), s.mineRoutes(), []frame.Route{
		{Pattern: "GET /team", Handler: s.Member(s.showTeam)},
		{Pattern: "GET /team/{team}", Handler: s.Member(s.showTeam)},
		{Pattern: "POST /team/{team}", Handler: s.Member(s.saveTeam)},
		{Pattern: "GET /team/words", Handler: s.Member(s.showTeamWords)},
		{Pattern: "GET /team/words/{team}", Handler: s.Member(s.showTeamWords)},
		{Pattern: "POST /team/words/{team}", Handler: s.Member(s.saveTeamWords)},
		{Pattern: "GET /team/remarks/{team}", Handler: s.Member(s.showRemarks)},
		{Pattern: "POST /team/remarks/{team}", Handler: s.Member(s.saveRemarks)},
		{Pattern: "GET /team/new", Handler: s.Member(s.showNewTeam)},
		{Pattern: "POST /team/new", Handler: s.Member(s.addTeam)},
		{Pattern: "GET /team/organisation", Handler: s.Member(s.showOrganisation)},
		{Pattern: "POST /team/organisation", Handler: s.Member(s.saveOrganisation)},
	})
}

// teamPage is how a team works: its words, groups, triggers and rounds.
type teamPage struct {
	inTeam
	Form    *frame.Form
	Team    practice.Team
	Packs   []*words.Pack
	Now     map[string]string // what stands in the fields, by their names
	Next    time.Time
	Edits   bool
	Kept    bool
	Others  []practice.Team // the other teams
	Address string          // where people without an account report; empty for who may not see it
	Steward bool
}

// teamFields are what the form may send.
var teamFields = frame.Fields{
	"team": practice.MaxName, "pack": 40, "emergency": practice.MaxLine, "cycle": 4, "next": 10, "hours": 3,
	"groups": 2000, "harm": 2000, "near": 2000, "other": 2000, "version": 32,
}

func (s *Pages) showTeam(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.teamForm(w, r, f, actor, nil)
}

func (s *Pages) teamForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	teams, err := s.App.Teams(r.Context(), actor)
	if err != nil {
		return err
	}
	t, ok := whichTeam(teams, r.PathValue("team"), actor)
	if !ok {
		return practice.ErrNotFound
	}
	page := teamPage{inTeam: inTeam{f}, Form: form, Team: t, Packs: s.Words.Packs, Steward: actor.Steward, Now: teamSettings(f, t),
		Edits: actor.Steward || actor.In(t.ID), Kept: r.URL.Query().Get("kept") != "", Next: t.NextCycle(f.Now)}
	for _, other := range teams {
		if other.ID != t.ID {
			page.Others = append(page.Others, other)
		}
	}
	if page.Address, err = s.addressOf(r, actor, t.ID); err != nil {
		return err
	}
	f.Title = t.Name
	return s.Show(w, form.Status(), "team", page)
}

// teamSettings are what stands in the fields about a team, by their names.
func teamSettings(f *frame.Frame, t practice.Team) map[string]string {
	var groups []string
	for _, g := range t.Offered() {
		groups = append(groups, g.Name)
	}
	return map[string]string{
		"team": t.Name, "pack": t.Pack, "emergency": t.Emergency, "groups": strings.Join(groups, "\n"),
		"harm": texts(t, practice.TriggerHarm), "near": texts(t, practice.TriggerNearMiss), "other": texts(t, practice.TriggerOther),
		"hours": hoursOf(t), "cycle": strconv.Itoa(t.CycleDays), "next": t.NextCycle(f.Now).In(f.Zone).Format(time.DateOnly),
	}
}

// hoursOf are those that one of a team works in a week; empty where nobody said.
func hoursOf(t practice.Team) string {
	if t.WorkHours == 0 {
		return ""
	}
	return strconv.Itoa(t.WorkHours)
}

// whichTeam is the team an address names, or without one the reader's own.
func whichTeam(teams []practice.Team, id string, actor practice.Actor) (practice.Team, bool) {
	if id == "" && len(actor.Teams) > 0 {
		id = string(actor.Teams[0])
	}
	i := slices.IndexFunc(teams, func(t practice.Team) bool { return string(t.ID) == id })
	if i < 0 && id == "" && len(teams) > 0 {
		i = 0
	}
	if i < 0 {
		return practice.Team{}, false
	}
	return teams[i], true
}

// texts are the triggers of one kind, a line each.
func texts(t practice.Team, kind practice.TriggerKind) string {
	var all []string
	for _, trigger := range t.Triggers {
		if trigger.Kind == kind {
			all = append(all, trigger.Text)
		}
	}
	return strings.Join(all, "\n")
}

func (s *Pages) saveTeam(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, teamFields)
	if err != nil {
		return err
	}
	t := readTeam(form, s.Words.Pack(form.Typed("pack")))
	t.CycleEndAt, err = form.Day("next", f.Zone)
	form.Mark(err)
	if !form.Marked() {
		id := practice.TeamID(r.PathValue("team"))
		_, err := s.App.EditTeam(r.Context(), actor, id, func(was practice.Team) (practice.Team, error) {
			now := teamSettings(f, was)
			if t.Words, t.Phrases = was.Words, was.Phrases; form.Typed("next") == now["next"] {
				t.CycleEndAt = was.CycleEndAt
			}
			return t, form.Over(now)
		})
		if err == nil {
			frame.Redirect(w, r, "/team/"+string(id)+"?kept=yes")
			return nil
		}
		if !form.Both() && !form.Mark(err) {
			return err
		}
	}
	return s.teamForm(w, r, f, actor, form)
}

// newTeamPage begins a further team.
type newTeamPage struct {
	inTeam
	Form  *frame.Form
	Packs []*words.Pack
	Early *frame.Refusal // the advice, shown where it asks for a reason
}

func (s *Pages) showNewTeam(w http.ResponseWriter, _ *http.Request, f *frame.Frame, actor practice.Actor) error {
	if !actor.Steward {
		return practice.ErrNotFound
	}
	f.Title = f.Say("people.team.new")
	return s.Show(w, http.StatusOK, "newteam", newTeamPage{inTeam: inTeam{f}, Packs: s.Words.Packs})
}

// addTeam begins a team with the suggestions of its words. Where it is early,
// the advice is shown and asks for one line why.
func (s *Pages) addTeam(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"team": practice.MaxName, "pack": 40, "why": practice.MaxLine})
	if err != nil {
		return err
	}
	actor.Once = form.Key
	pack := s.Words.Pack(form.Typed("pack"))
	t := practice.Team{Name: form.Typed("team"), Pack: pack.ID, CycleDays: pack.CycleDays, EarlyWhy: form.Typed("why"),
		Groups: groupsOf(pack.Groups)}
	t.Triggers = append(triggersOf(practice.TriggerHarm, pack.Harms), triggersOf(practice.TriggerNearMiss, pack.NearMisses)...)
	page := newTeamPage{inTeam: inTeam{f}, Form: form, Packs: s.Words.Packs}
	if !form.Marked() {
		made, err := s.App.AddTeam(r.Context(), actor, t)
		if err == nil {
			frame.Redirect(w, r, "/team/"+string(made.ID))
			return nil
		}
		if refusal := frame.Refused(err); refusal != nil && refusal.Code == "team.early" {
			said := f.Refuse(refusal)
			said.Small, said.Ways = true, nil
			page.Early = &said
		} else if !form.Mark(err) {
			return err
		}
	}
	f.Title = f.Say("people.team.new")
	status := form.Status()
	if page.Early != nil {
		status = http.StatusConflict
	}
	return s.Show(w, status, "newteam", page)
}

// organisationPage is what holds for every team.
type organisationPage struct {
	inTeam
	Form         *frame.Form
	Organisation practice.Organisation
	Now          map[string]string // what stands in the fields, by their names
	Edits        bool
	Kept         bool
}

// houseSettings are what stands in the fields about the organisation, by their
// names.
func houseSettings(o practice.Organisation) map[string]string {
	return map[string]string{"organisation": o.Name, "guardian": o.Guardian, "otherway": o.OtherWay, "legal": o.Legal, "support": o.Support, "retention": strconv.Itoa(o.RetentionDays), "zone": o.Zone,
		"starts": clockOf(o.DayStartsAt), "ends": clockOf(o.DayEndsAt), "appears": strconv.Itoa(o.AppearsAt)}
}

func (s *Pages) showOrganisation(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.organisationForm(w, r, f, actor, nil)
}

func (s *Pages) organisationForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	o, err := s.App.Organisation(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = o.Name
	return s.Show(w, form.Status(), "organisation", organisationPage{inTeam: inTeam{f}, Form: form, Organisation: o, Now: houseSettings(o),
		Edits: actor.Steward, Kept: r.URL.Query().Get("kept") != ""})
}

func (s *Pages) saveOrganisation(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"organisation": practice.MaxName, "zone": 64, "starts": 5, "ends": 5,
		"retention": 5, "guardian": practice.MaxLine, "otherway": practice.MaxLine, "legal": practice.MaxLine, "support": practice.MaxGap, "appears": 2, "version": 32})
	if err != nil {
		return err
	}
	o := readOrganisation(form)
	o.Name = form.Typed("organisation")
	if !form.Marked() {
		_, err := s.App.EditOrganisation(r.Context(), actor, func(was practice.Organisation) (practice.Organisation, error) {
			if o.AppearsAt = was.AppearsAt; form.Typed("appears") != "" {
				o.AppearsAt = frame.Number(form.Typed("appears"))
			}
			return o, form.Over(houseSettings(was))
		})
		if err == nil {
			frame.Redirect(w, r, "/team/organisation?kept=yes")
			return nil
		}
		if !form.Both() && !form.Mark(err) {
			return err
		}
	}
	return s.organisationForm(w, r, f, actor, form)
}

// NoTeam leads the tabs to the reader's own team.
func (p organisationPage) NoTeam() practice.Team { return practice.Team{} }

// inTeam is the frame of a page about a team.
type inTeam struct{ *frame.Frame }

// PackChoices offers the packs, each with whom it suits.
func (p inTeam) PackChoices(form *frame.Form, packs []*words.Pack, chosen string) frame.Choices {
	var options []frame.Option
	for _, p := range packs {
		options = append(options, frame.Option{Value: p.ID, Text: p.Name, Small: p.Line, On: p.ID == chosen})
	}
	c := p.Choices(form, "pack", "setup.pack", options...)
	c.Look = "packs"
	return c
}

// TeamTabs says them; here is the one that is open.
func (p inTeam) TeamTabs(here string, t practice.Team) frame.Tabs {
	people, team := "/team/people", "/team"
	if t.ID != "" {
		people, team = people+"?team="+string(t.ID), team+"/"+string(t.ID)
	}
	return frame.Tabs{Label: p.Say("team.title"), Tabs: []frame.Link{
		{Text: p.Say("team.tab.people"), To: people, Here: here == "people"},
		{Text: p.Say("people.tab.team"), To: team, Here: here == "team"},
		{Text: p.Say("team.tab.words"), To: strings.Replace(team, "/team", "/team/words", 1), Here: here == "words"},
		{Text: p.Say("people.tab.organisation"), To: "/team/organisation", Here: here == "organisation"},
	}}
}
