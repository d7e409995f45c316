package practice

import "slices"

// InSeries names the series of a plan: all that do the same again and again have one
// name. It is no chain, so that it can form no ring and nothing breaks it.
func (p Plan) InSeries() PlanID {
	if p.Series != "" {
		return p.Series
	}
	return p.ID
}

// Like says that a plan does again what another one of its team does, with all that do.
func (p Plan) Like(other Plan) (Plan, error) {
	switch {
	case p.ID == other.ID:
		return p, Refuse(Invalid, "series.itself").At("like")
	case p.Team != other.Team:
		return p, Refuse(Invalid, "plan.unknown").At("like")
	}
	p.Series = other.InSeries()
	p.Version++
	return p, nil
}

// Unlike says that a plan does again what no other one does, and gives it a name of its own:
// others may go on under that of its id.
func (p Plan) Unlike(name PlanID) Plan {
	p.Series = name
	p.Version++
	return p
}

// ByWork puts plans into the order of their work, the first first; drafts come last.
func ByWork(all []Plan) {
	slices.SortStableFunc(all, func(a, b Plan) int {
		switch {
		case a.Frozen() && b.Frozen():
			return a.FrozenAt.Compare(b.FrozenAt)
		case a.Frozen():
			return -1
		case b.Frozen():
			return 1
		}
		return a.Number - b.Number
	})
}
