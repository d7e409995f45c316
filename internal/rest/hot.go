package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
)

// hotView is what was written in the five minutes after an action. Its kind and
// its change are proposals.
type hotView struct {
	Meant   string           `json:"meant,omitempty"`
	Parted  string           `json:"parted,omitempty"`
	Kind    practice.Verdict `json:"kind,omitempty"`
	Change  string           `json:"change,omitempty"`
	Carrier string           `json:"carrier,omitempty"`
	Day     time.Time        `json:"day,omitzero"`
}

// showHot returns nil where there were none.
func showHot(h practice.Hot) *hotView {
	if h.Failure == "" {
		return nil
	}
	return &hotView{h.Meant, h.Parted, h.Kind, h.Change, h.Carrier, h.Day}
}

type newHot struct {
	Body struct {
		Team     practice.TeamID  `json:"team,omitempty"`
		Meant    string           `json:"meant,omitempty"`
		Happened string           `json:"happened,omitempty" example:"12 signed. The leaflets ran out early."`
		Parted   string           `json:"parted,omitempty"`
		Kind     practice.Verdict `json:"kind,omitempty"`
		Change   string           `json:"change,omitempty"`
		Carrier  string           `json:"carrier,omitempty" example:"Juniper"`
		Day      time.Time        `json:"day,omitempty"`
		Drill    bool             `json:"drill,omitempty"`
		Severe   bool             `json:"severe,omitempty"`
	}
}

// hot is the table of the five minutes after an action.
func (s *Rest) hot() {
	person(s, create("/failures/hot").with(practice.ScopeReport), func(ctx context.Context, actor practice.Actor, in *newHot) (failureView, error) {
		b := in.Body
		f, err := s.App.SendHot(ctx, actor, practice.NewHot{Team: b.Team, Meant: b.Meant, Happened: b.Happened, Parted: b.Parted,
			Kind: b.Kind, Change: b.Change, Carrier: b.Carrier, Day: b.Day, Drill: b.Drill, Severe: b.Severe})
		return showFailure(f), err
	})
	onFailure(s, get("/failures/{id}/hot"), func(ctx context.Context, actor practice.Actor, f practice.Failure, _ *One) (hotView, error) {
		h, err := s.App.Hot(ctx, actor, f.ID)
		if v := showHot(h); v != nil {
			return *v, err
		}
		return hotView{}, err
	})
}
