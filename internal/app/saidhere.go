package app

import (
	"debrief/internal/practice"
	"debrief/internal/store"
)

// SaidHere is how a team says a limit or a finding that it took over from another one in
// other words. The original stays beside it.
type SaidHere struct {
	Words string // empty where it says it as it was offered
	Team  string // which one offered it
}

// heardBy is what a team says in other words, by the id of what was offered.
func heardBy(tx *store.Tx, team practice.TeamID) (map[string]SaidHere, error) {
	all, err := tx.OffersOf([]practice.TeamID{team})
	heard := map[string]SaidHere{}
	for _, o := range all {
		if o.To != team || o.State != practice.OfferAdapted || o.OfStep() {
			continue
		}
		from, err := tx.Team(o.From)
		if err != nil {
			return nil, err
		}
		heard[o.About] = SaidHere{o.Said, from.Name}
	}
	return heard, err
}

// sayHere adds to what is known how a team says it.
func sayHere(tx *store.Tx, team practice.TeamID, known []Known) error {
	heard, err := heardBy(tx, team)
	for i, k := range known {
		known[i].Here = heard[k.About]
	}
	return err
}

// likeHere adds it to limits and findings that fit a plan.
func likeHere(tx *store.Tx, team practice.TeamID, lists ...[]Likeness) error {
	heard, err := heardBy(tx, team)
	for _, some := range lists {
		for i, l := range some {
			some[i].Here = heard[string(l.Constraint.ID)+string(l.Finding.ID)]
		}
	}
	return err
}
