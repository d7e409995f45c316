package practice

// Actor is a person who is known to the server and does something under their
// own name. Whatever takes an Actor never takes a [Seat]: that is how the
// unnamed stay unnamed.
type Actor struct {
	Member   MemberID // empty for the operator
	Name     string
	Steward  bool     // may set up teams and let people in; reads nothing more for it
	Records  bool     // may hold what would go by itself; reads nothing more for it
	Operator bool     // the command line on the server itself; nobody who comes by the network
	Teams    []TeamID // the teams whose reports, rooms and procedures they read
	Scopes   []Scope  // what an API token may do; empty means everything the person may
	Proved   bool     // they said their passphrase or came in within the last minutes; what only they may do needs it
	Pass     Pass     // they came by a signed link, which is good for its one thing and for nothing else
	Tablet   TabletID // their name was picked at this one, which proves nothing
	Once     string   // the sender's key of this request: what it creates is created once; may be empty
}

// Scope is one thing an API token may do.
type Scope string

// The scopes of API tokens.
const (
	ScopeRead   Scope = "read"
	ScopeReport Scope = "report"
	ScopeWrite  Scope = "write"
)

// Program reports whether the actor is an API token, and not somebody with a page.
func (a Actor) Program() bool { return len(a.Scopes) > 0 && a.Tablet == "" && a.Pass.Use == "" }

// In reports whether the actor belongs to the team.
func (a Actor) In(team TeamID) bool {
	for _, t := range a.Teams {
		if t == team {
			return true
		}
	}
	return false
}

// For returns the team that the actor makes something for: the one they named, or
// their only one. It refuses, at the field "team", whoever is in none, in several
// and named none, or not in the one they named.
func (a Actor) For(named TeamID) (TeamID, error) {
	switch {
	case len(a.Teams) == 0:
		return "", Refuse(Invalid, "team.none").At("team")
	case named == "" && len(a.Teams) > 1:
		return "", Refuse(Invalid, "team.which").At("team")
	case named == "":
		return a.Teams[0], nil
	case !a.In(named):
		return "", Refuse(Invalid, "team.others").At("team")
	}
	return named, nil
}

// May reports whether the actor's token, if they came with one, allows scope.
func (a Actor) May(scope Scope) bool {
	if len(a.Scopes) == 0 {
		return true
	}
	for _, s := range a.Scopes {
		if s == scope {
			return true
		}
	}
	return false
}
