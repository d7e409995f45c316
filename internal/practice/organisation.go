package practice

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Organisation is one installation.
type Organisation struct {
	Name          string
	Zone          string // IANA name, such as "Europe/Berlin"
	DayStartsAt   int    // minutes after midnight when people are at work
	DayEndsAt     int
	RetentionDays int    // how long raw answers stay readable to those who took part
	Guardian      string // whom misuse is reported to, and how to reach them; may be empty
	OtherWay      string // whom to turn to where it is about the guardian; may be empty
	Support       string // whom people can turn to where somebody was hurt or worse, a line each
	Legal         string // what people read where they write about how far the law reaches; empty: our own words
	AppearsAt     int    // the hour of the day, 1 to 24, at which what has no name appears; 0: at every full hour
	SetUpAt       time.Time
}

// Location returns the organisation's time zone, or UTC where the name means
// nothing to this machine.
func (o Organisation) Location() *time.Location {
	if loc, err := time.LoadLocation(o.Zone); err == nil {
		return loc
	}
	return time.UTC
}

// Team is the people who share reports, rooms and procedures. Its pack is the
// words they see.
type Team struct {
	ID           TeamID
	Name         string
	Pack         string
	Emergency    string    // the line shown to whoever reports something still going on
	CycleDays    int       // how long the next cycle is
	CycleStartAt time.Time // of the one it is in
	CycleEndAt   time.Time // when the next one starts; zero before the first was kept
	Groups       []Group
	Triggers     []Trigger
	WorkHours    int    // one of it works in a week; 0 where nobody said
	EarlyWhy     string // why it was begun before the first team had changed anything; may be empty

	// Words are the team's own over those of its pack, by concept: "incident",
	// or "incident | incidents".
	Words map[string]string

	// Phrases is the team's own list of what is remarked on while somebody of it
	// writes alone, and of what is not; it is read after the server's.
	Phrases string
}

// NextCycle returns the first start of a cycle after now: the moment by which
// a learning has to be in place.
func (t Team) NextCycle(now time.Time) time.Time {
	switch {
	case t.CycleEndAt.After(now):
		return t.CycleEndAt
	case t.CycleDays < 1 || t.CycleStartAt.IsZero():
		return now.AddDate(0, 0, 14)
	}
	return t.FirstCycle(now, time.UTC).EndAt
}

// Group is people a failure can touch or a procedure can affect.
type Group struct {
	ID   GroupID
	Name string
	Gone bool // not offered any more, but failures name it
}

// Offered are the groups a report or a procedure can choose.
func (t Team) Offered() []Group {
	var groups []Group
	for _, g := range t.Groups {
		if !g.Gone {
			groups = append(groups, g)
		}
	}
	return groups
}

// Trigger is a sentence the team wrote in advance: what makes a failure
// significant.
type Trigger struct {
	Kind TriggerKind
	Text string
}

// TriggerKind tells harm from the near miss that taught as much.
type TriggerKind string

// The kinds of trigger. A team has at least one of each of the first two.
const (
	TriggerHarm     TriggerKind = "harm"
	TriggerNearMiss TriggerKind = "near_miss"
	TriggerOther    TriggerKind = "other"
)

// CheckTriggers refuses a list that would let every failure pass as small:
// there is at least one for harm and one for a near miss.
func CheckTriggers(ts []Trigger) error {
	var harm, near bool
	for _, t := range ts {
		if strings.TrimSpace(t.Text) == "" {
			return Refuse(Invalid, "required").At("triggers")
		}
		harm = harm || t.Kind == TriggerHarm
		near = near || t.Kind == TriggerNearMiss
	}
	if !harm || !near {
		return Refuse(Invalid, "triggers.both").At("triggers")
	}
	return nil
}

// Member is a person the organisation knows.
type Member struct {
	ID      MemberID
	Name    string
	Active  bool
	Steward bool
	Records bool // keeps records: may hold what would go by itself
	Erased  bool // they asked to be forgotten: their name is no name
	Guest   bool // a name without an account: nothing lets them in but a signed link
	Teams   []TeamID
	Leads   []MemberID // whose work, pay or role this person decides about
}

// Belongs reports whether somebody is of the organisation now: not gone, and no guest.
func (m Member) Belongs() bool { return m.Active && !m.Guest }

// The longest names people can give, in characters.
const (
	MaxName   = 80
	MaxWord   = 40  // of a team's own
	MaxPeople = 200 // names in one list
)

// Check refuses what an organisation cannot do without.
func (o Organisation) Check() error {
	switch {
	case strings.TrimSpace(o.Name) == "":
		return Refuse(Invalid, "required").At("organisation")
	case tooLong(o.Name, MaxName):
		return Refuse(Invalid, "too.long").At("organisation").With("max", MaxName)
	case tooLong(o.Guardian, MaxLine):
		return Refuse(Invalid, "too.long").At("guardian").With("max", MaxLine)
	case tooLong(o.OtherWay, MaxLine):
		return Refuse(Invalid, "too.long").At("otherway").With("max", MaxLine)
	case tooLong(o.Legal, MaxLine):
		return Refuse(Invalid, "too.long").At("legal").With("max", MaxLine)
	case tooLong(o.Support, MaxGap):
		return Refuse(Invalid, "too.long").At("support").With("max", MaxGap)
	case o.RetentionDays < 1 || o.RetentionDays > 3650:
		return Refuse(Invalid, "retention.range").At("retention")
	case o.AppearsAt < 0 || o.AppearsAt > 24:
		return Refuse(Invalid, "required").At("appears")
	case o.DayStartsAt < 0 || o.DayEndsAt > 24*60 || o.DayStartsAt >= o.DayEndsAt:
		return Refuse(Invalid, "hours.range").At("hours")
	}
	if _, err := time.LoadLocation(o.Zone); err != nil || o.Zone == "" || o.Zone == "Local" {
		return Refuse(Invalid, "zone.unknown").At("zone")
	}
	return nil
}

// Check refuses what a team cannot do without: a name, a length of its cycle,
// and triggers for harm and for a near miss.
func (t Team) Check() error {
	switch {
	case strings.TrimSpace(t.Name) == "":
		return Refuse(Invalid, "required").At("team")
	case tooLong(t.Name, MaxName):
		return Refuse(Invalid, "too.long").At("team").With("max", MaxName)
	case tooLong(t.Emergency, MaxLine):
		return Refuse(Invalid, "too.long").At("emergency").With("max", MaxLine)
	case t.CycleDays < 1 || t.CycleDays > longestCycle:
		return Refuse(Invalid, "cycle.range").At("cycle")
	case t.WorkHours < 0 || t.WorkHours > weekHours:
		return Refuse(Invalid, "worked.range").At("hours").With("max", weekHours)
	}
	for _, g := range t.Groups {
		if tooLong(g.Name, MaxName) {
			return Refuse(Invalid, "too.long").At("groups").With("max", MaxName)
		}
	}
	for concept, word := range t.Words {
		if tooLong(word, 2*MaxWord) || strings.ContainsFunc(word, unicode.IsControl) {
			return Refuse(Invalid, "too.long").At(concept).With("max", MaxWord)
		}
	}
	if tooLong(t.Phrases, MaxPhrases) {
		return Refuse(Invalid, "too.long").At("phrases").With("max", MaxPhrases)
	}
	return CheckTriggers(t.Triggers)
}

// weekHours is how many hours a week has.
const weekHours = 168

// MaxPhrases is how many characters a team's own list of phrases has at most.
const MaxPhrases = 10_000

// A second team begins well after the first has closed this many reviews and
// put one change in use: the practice spreads by what it changed, not by being
// announced.
const firstReviews = 3

// CheckSecondTeam refuses a further team that comes early without a reason. A
// reason is always enough, and is kept.
func CheckSecondTeam(teams, closed, inUse int, why string) error {
	early := teams > 0 && (closed < firstReviews || inUse < 1)
	if early && strings.TrimSpace(why) == "" {
		return Refuse(Conflict, "team.early").At("why").With("closed", closed)
	}
	if tooLong(why, MaxLine) {
		return Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	return nil
}

// CheckName refuses a name that is empty, too long, or could not be read
// aloud.
func CheckName(name string) error {
	switch {
	case FoldName(name) == "":
		return Refuse(Invalid, "required").At("name")
	case tooLong(name, MaxName):
		return Refuse(Invalid, "too.long").At("name").With("max", MaxName)
	case strings.ContainsFunc(name, unicode.IsControl):
		return Refuse(Invalid, "name.control").At("name")
	}
	return nil
}

// FoldName is the form under which two spellings of a name are the same
// person: no capitals, single spaces.
func FoldName(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}

// Calls reports whether a typed name means somebody: all of their name, what stands
// before the brackets, or the alias in them. Heron and Ana Brandt both mean
// "Ana Brandt (Heron)".
func Calls(name, typed string) bool {
	name, typed = FoldName(name), FoldName(typed)
	inside, closes := strings.CutSuffix(name, ")")
	own, alias, opens := strings.Cut(inside, "(")
	return typed != "" && (typed == name || closes && opens && (typed == strings.TrimSpace(own) || typed == strings.TrimSpace(alias)))
}

// tooLong counts characters, not bytes.
func tooLong(s string, most int) bool { return utf8.RuneCountInString(s) > most }

// NewOrganisation is what set-up asks and what it fills in by itself.
type NewOrganisation struct {
	Organisation
	Team      Team
	Steward   string // the name of the person setting up
	Procedure string // Markdown of a first checklist, or one line, or empty
	Checklist string // what that is called where the text has no title
}

// Check refuses what set-up cannot do without.
func (n NewOrganisation) Check() error {
	for _, err := range []error{n.Organisation.Check(), n.Team.Check(), CheckName(n.Steward)} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Names reads a pasted list: a name a line, with whatever bullet or number
// stands in front. Empty lines and repetitions fall out.
func Names(text string) ([]string, error) {
	var names []string
	seen := map[string]bool{}
	at := 0
	for line := range strings.Lines(text) {
		at++
		name := strings.Join(strings.Fields(bullet.ReplaceAllString(line, "")), " ")
		if name == "" || seen[FoldName(name)] {
			continue
		}
		if tooLong(name, MaxName) {
			return nil, Refuse(Invalid, "names.line").At("names").With("line", at).With("max", MaxName)
		}
		if err := CheckName(name); err != nil {
			return nil, err
		}
		seen[FoldName(name)] = true
		names = append(names, name)
	}
	switch {
	case len(names) == 0:
		return nil, Refuse(Invalid, "required").At("names")
	case len(names) > MaxPeople:
		return nil, Refuse(Invalid, "names.many").At("names").With("max", MaxPeople)
	}
	return names, nil
}

// bullet is what lists put in front of a name.
var bullet = regexp.MustCompile(`^\s*([-*•·]|\d{1,3}[.)])\s+`)
