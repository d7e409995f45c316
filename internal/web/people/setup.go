package people

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// setupRoutes is the first page of a fresh installation.
func (s *Pages) setupRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /setup/{secret}", Handler: s.Open(s.showSetUp)},
		{Pattern: "POST /setup/{secret}", Handler: s.Open(s.setUp)},
	}
}

// setUpPage asks three things and a name; everything else has a default.
type setUpPage struct {
	inTeam
	Form   *frame.Form
	Packs  []*words.Pack
	Zone   string
	Starts string
	Ends   string
	Day    string // when the cycle began
}

// setUpFields are what the page may send.
var setUpFields = frame.Fields{
	"organisation": practice.MaxName, "pack": 40, "team": practice.MaxName, "name": practice.MaxName, "passphrase": 1024,
	"groups": 2000, "harm": 2000, "near": 2000, "other": 2000, "guardian": practice.MaxLine,
	"zone": 64, "starts": 5, "ends": 5, "cycle": 4, "began": 10, "retention": 5, "emergency": practice.MaxLine,
	"procedure": 64 << 10,
}

// Rest reports whether something is wrong with what has a default.
func (p setUpPage) Rest() bool {
	asked := []string{"organisation", "pack", "team", "name"}
	return p.Form.Marked() && slices.ContainsFunc(p.Form.Wrong, func(w frame.Wrong) bool { return !slices.Contains(asked, w.Field) })
}

func (s *Pages) showSetUp(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	if err := s.Auth.CheckSetUp(r.Context(), r.PathValue("secret")); err != nil {
		return err
	}
	return s.setUpForm(w, f, nil)
}

func (s *Pages) setUpForm(w http.ResponseWriter, f *frame.Frame, form *frame.Form) error {
	f.Title = f.Say("setup.title")
	w.Header().Set("Cache-Control", "no-store")
	return s.Show(w, form.Status(), "setup", setUpPage{inTeam: inTeam{f}, Form: form, Packs: s.Words.Packs,
		Zone: "UTC", Starts: "09:00", Ends: "17:00", Day: f.Now.Format(time.DateOnly)})
}

func (s *Pages) setUp(w http.ResponseWriter, r *http.Request, f *frame.Frame) error {
	if err := s.Auth.CheckSetUp(r.Context(), r.PathValue("secret")); err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, setUpFields)
	if err != nil {
		return err
	}
	for _, name := range []string{"organisation", "team", "name"} {
		if form.Typed(name) == "" && form.At(name) == "" {
			form.Mark(practice.Refuse(practice.Invalid, "required").At(name))
		}
	}
	n, passphrase := s.newOrganisation(form), r.PostFormValue("passphrase")
	if passphrase != "" {
		form.Mark(auth.CheckPassphrase(passphrase, true, n.Steward, n.Name))
	}
	if err := n.Check(); !form.Marked() && !form.Mark(err) && err != nil {
		return err
	}
	if form.Marked() {
		form.Forget("passphrase")
		return s.setUpForm(w, f, form)
	}
	actor, err := s.App.SetUp(r.Context(), n)
	if form.Mark(renamed(err, "markdown", "procedure")) {
		form.Forget("passphrase")
		return s.setUpForm(w, f, form)
	}
	if err != nil {
		return err
	}
	cookie, err := s.Auth.LetIn(r.Context(), actor, auth.Arrival{Agent: r.UserAgent()})
	if err != nil {
		return err
	}
	s.Auth.SetCookie(w, cookie)
	if passphrase == "" {
		err = s.Auth.RemindOfPassphrase(r.Context(), actor)
	} else {
		err = s.Auth.ChangePassphrase(r.Context(), actor, "", "", passphrase)
	}
	if err != nil {
		return err // they are in, and can set one on their own page
	}
	frame.Redirect(w, r, "/")
	return nil
}

// newOrganisation reads the form. What was left empty and has a default takes
// that of the pack.
func (s *Pages) newOrganisation(form *frame.Form) practice.NewOrganisation {
	pack := s.Words.Pack(form.Typed("pack"))
	team := readTeam(form, pack)
	if len(team.Groups) == 0 {
		team.Groups = groupsOf(pack.Groups)
	}
	if form.Typed("harm") == "" {
		team.Triggers = append(team.Triggers, triggersOf(practice.TriggerHarm, pack.Harms)...)
	}
	if form.Typed("near") == "" {
		team.Triggers = append(team.Triggers, triggersOf(practice.TriggerNearMiss, pack.NearMisses)...)
	}
	o := readOrganisation(form)
	o.Name = form.Typed("organisation")
	if form.Typed("retention") == "" {
		o.RetentionDays = pack.RetentionDays
	}
	began, err := form.DayOrNone("began", o.Location())
	if form.Mark(err); !began.IsZero() {
		team.CycleStartAt = began
	}
	return practice.NewOrganisation{Organisation: o, Team: team, Steward: form.Typed("name"),
		Procedure: form.Typed("procedure"), Checklist: pack.FirstProcedure}
}

// readOrganisation reads what a steward may set for everybody.
func readOrganisation(form *frame.Form) practice.Organisation {
	return practice.Organisation{
		Zone:          form.Typed("zone"),
		DayStartsAt:   minutes(form.Typed("starts")),
		DayEndsAt:     minutes(form.Typed("ends")),
		RetentionDays: frame.Number(form.Typed("retention")),
		Guardian:      form.Typed("guardian"),
		OtherWay:      form.Typed("otherway"),
		Legal:         form.Typed("legal"),
		Support:       form.Typed("support"),
	}
}

// readTeam reads how a team works.
func readTeam(form *frame.Form, pack *words.Pack) practice.Team {
	t := practice.Team{
		Name: form.Typed("team"), Pack: pack.ID, Emergency: form.Typed("emergency"),
		CycleDays: pack.CycleDays, Groups: groupsOf(frame.LinesOf(form.Typed("groups"))),
	}
	if days := form.Typed("cycle"); days != "" {
		t.CycleDays = frame.Number(days)
	}
	if hours := form.Typed("hours"); hours != "" {
		t.WorkHours = frame.Number(hours)
	}
	t.Triggers = append(t.Triggers, triggersOf(practice.TriggerHarm, frame.LinesOf(form.Typed("harm")))...)
	t.Triggers = append(t.Triggers, triggersOf(practice.TriggerNearMiss, frame.LinesOf(form.Typed("near")))...)
	t.Triggers = append(t.Triggers, triggersOf(practice.TriggerOther, frame.LinesOf(form.Typed("other")))...)
	return t
}

func groupsOf(names []string) []practice.Group {
	var groups []practice.Group
	for _, name := range names {
		groups = append(groups, practice.Group{Name: name})
	}
	return groups
}

func triggersOf(kind practice.TriggerKind, texts []string) []practice.Trigger {
	var triggers []practice.Trigger
	for _, text := range texts {
		triggers = append(triggers, practice.Trigger{Kind: kind, Text: text})
	}
	return triggers
}

// minutes reads "09:30" as minutes after midnight, and what is no time as -1,
// which no rule lets pass.
func minutes(clock string) int {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

// clockOf writes minutes after midnight the way a time field wants them.
func clockOf(minutes int) string {
	return time.Date(2000, 1, 1, 0, minutes, 0, 0, time.UTC).Format("15:04")
}

// failedAt puts a refusal without a field where people look for it.
func failedAt(err error, field string) error {
	var refusal *practice.Error
	if errors.As(err, &refusal) && refusal.Field == "" && (refusal.Kind == practice.Conflict || refusal.Kind == practice.Invalid) {
		return refusal.At(field)
	}
	return err
}
