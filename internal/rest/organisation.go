package rest

import (
	"context"
	"time"

	"debrief/internal/practice"
	"debrief/internal/words"
)

// OrganisationBody is what holds for every team, as somebody sets it. Times of
// day are minutes after midnight.
type OrganisationBody struct {
	Name          string `json:"name,omitempty" at:"organisation" example:"Alder & Mill"`
	Zone          string `json:"zone,omitempty" example:"Europe/Berlin"`
	DayStartsAt   int    `json:"day_starts_at,omitempty" at:"hours" example:"540"`
	DayEndsAt     int    `json:"day_ends_at,omitempty" example:"1020"`
	RetentionDays int    `json:"retention_days,omitempty" at:"retention" example:"90"`
	Guardian      string `json:"guardian,omitempty" example:"Dr. Okafor, 040 555 0100"`
	OtherWay      string `json:"other_way,omitempty" at:"otherway" example:"The works council, room 4"`
	Support       string `json:"support,omitempty" example:"Dr. Vera, 040 555 0101"`
	Legal         string `json:"legal,omitempty" example:"A court can ask for what is written here."`
	AppearsAt     int    `json:"appears_at,omitempty" at:"appears" minimum:"0" maximum:"24"`
}

func (b OrganisationBody) organisation() practice.Organisation {
	return practice.Organisation{Name: b.Name, Zone: b.Zone, DayStartsAt: b.DayStartsAt, DayEndsAt: b.DayEndsAt,
		RetentionDays: b.RetentionDays, Guardian: b.Guardian, OtherWay: b.OtherWay, Support: b.Support, Legal: b.Legal, AppearsAt: b.AppearsAt}
}

// The working day where nobody said another, in minutes after midnight.
const (
	usualStart = 9 * 60
	usualEnd   = 17 * 60
)

// begun is an organisation that is being set up: what was not said it takes
// from its first team's pack.
func (b OrganisationBody) begun(pack *words.Pack) practice.Organisation {
	if b.Zone == "" {
		b.Zone = "UTC"
	}
	if b.DayStartsAt == 0 && b.DayEndsAt == 0 {
		b.DayStartsAt, b.DayEndsAt = usualStart, usualEnd
	}
	if b.RetentionDays == 0 {
		b.RetentionDays = pack.RetentionDays
	}
	return b.organisation()
}

type organisationView struct {
	Name          string    `json:"name"`
	Zone          string    `json:"zone"`
	DayStartsAt   int       `json:"day_starts_at"`
	DayEndsAt     int       `json:"day_ends_at"`
	RetentionDays int       `json:"retention_days"`
	Guardian      string    `json:"guardian,omitempty"`
	OtherWay      string    `json:"other_way,omitempty"`
	Support       string    `json:"support,omitempty"`
	Legal         string    `json:"legal,omitempty"`
	AppearsAt     int       `json:"appears_at"`
	SetUpAt       time.Time `json:"set_up_at,omitzero"`
}

func (o organisationView) etag() string { return fingerprint(o) }

func showOrganisation(o practice.Organisation) organisationView { return organisationView(o) }

type editedOrganisation struct {
	Edited
	Body OrganisationBody
}

// organisation is the table of what holds for every team.
func (s *Rest) organisation() {
	person(s, get("/organisation"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (organisationView, error) {
		o, err := s.App.Organisation(ctx, actor)
		return showOrganisation(o), err
	})
	person(s, put("/organisation"), func(ctx context.Context, actor practice.Actor, in *editedOrganisation) (organisationView, error) {
		o, err := s.App.EditOrganisation(ctx, actor, func(was practice.Organisation) (practice.Organisation, error) {
			return in.Body.organisation(), in.over(showOrganisation(was))
		})
		return showOrganisation(o), err
	})
}
