package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
)

// pulseView is what is said of a quarter: bands, and no answers. While people are asked
// there is nothing of it.
type pulseView struct {
	ID     practice.PulseID `json:"id"`
	Team   practice.TeamID  `json:"team,omitempty"` // absent: the whole organisation
	From   time.Time        `json:"from"`
	Until  time.Time        `json:"until"`
	Said   bool             `json:"said"`
	Band   practice.Band    `json:"band,omitempty"`
	Asked  int              `json:"asked,omitempty"`
	Size   int              `json:"size,omitempty"`
	Sheets *pulseCountView  `json:"sheets,omitempty"`
	Shares *pulseShareView  `json:"shares,omitempty"`
}

// pulseCountView is how many sheets are in which band, from twenty on.
type pulseCountView struct {
	Low   int `json:"low"`
	Mixed int `json:"mixed"`
	High  int `json:"high"`
	Total int `json:"total"`
}

// pulseShareView is the same of a hundred, in tens, from ten on.
type pulseShareView struct {
	Low   int `json:"low"`
	Mixed int `json:"mixed"`
	High  int `json:"high"`
}

func showPulse(r practice.PulseResult) pulseView {
	v := pulseView{ID: r.ID, Team: r.Team, From: r.From, Until: r.Until, Said: r.Said(), Band: r.Band, Asked: r.Asked, Size: r.Size}
	switch c := r.Count; {
	case r.Exact():
		v.Sheets = &pulseCountView{c.Low, c.Mixed, c.High, c.Sum}
	case r.Rough():
		v.Shares = &pulseShareView{c.Low, c.Mixed, c.High}
	}
	return v
}

// sheetView is a sheet that was taken, once.
type sheetView struct {
	Pulse  practice.PulseID `json:"pulse"`
	Ticket string           `json:"ticket"`
}

// sentSheet is a sheet as it goes into the box.
type sentSheet struct {
	AtReview
	Body struct {
		Ticket string `json:"ticket,omitempty"`
		Marks  []int  `json:"marks,omitempty"`
	}
}

// pulses is the table of the seven questions.
func (s *Rest) pulses() {
	person(s, get("/pulses"), func(ctx context.Context, actor practice.Actor, in *Paging) (page[pulseView], error) {
		all, err := s.App.Pulses(ctx, actor)
		if err != nil {
			return page[pulseView]{}, err
		}
		return pageOf(*in, all, func(r practice.PulseResult) string { return r.From.UTC().Format(time.DateOnly) + string(r.ID) }, showPulse)
	})
	person(s, create("/pulses/sheet"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (sheetView, error) {
		id, sealed, err := s.App.TakeSheet(ctx, actor)
		return sheetView{id, sealed}, err
	})
	stranger(s, post("/seats/{review}/sheet"), func(ctx context.Context, in *sentSheet) (none, error) {
		var sheet practice.Sheet
		copy(sheet[:], in.Body.Marks)
		if len(in.Body.Marks) > len(sheet) {
			return none{}, practice.SheetLacks(len(sheet))
		}
		return none{}, s.Rooms.SendSheet(ctx, practice.PulseID(in.Review), in.Body.Ticket, sheet)
	})
}
