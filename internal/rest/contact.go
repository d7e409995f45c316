package rest

import (
	"context"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// contactView is how and when messages reach one person, and their calendar.
type contactView struct {
	Mails    bool      `json:"mails"`
	Mail     string    `json:"mail,omitempty"`
	Asked    string    `json:"asked,omitempty"`
	How      string    `json:"how" enum:"now,weekly,muted"`
	Zone     string    `json:"zone,omitempty"`
	From     int       `json:"quiet_from"`
	To       int       `json:"quiet_to"`
	Calendar *feedView `json:"calendar,omitempty"`
}

// feedView is one's own calendar. Its address is shown when it is made, and
// then never again.
type feedView struct {
	Titles bool      `json:"titles"`
	MadeOn time.Time `json:"made_on"`
}

func showReach(r app.Reach) contactView {
	c := r.Contact
	v := contactView{Mails: r.Mails, Mail: c.Mail, Asked: c.Asked, How: "now", Zone: c.Zone, From: c.QuietFrom, To: c.QuietTo}
	switch {
	case c.Muted:
		v.How = "muted"
	case c.Weekly:
		v.How = "weekly"
	}
	if r.Feed != nil {
		v.Calendar = &feedView{r.Feed.Titles, r.Feed.MadeAt}
	}
	return v
}

type editedContact struct {
	Body struct {
		How  string `json:"how" enum:"now,weekly,muted"`
		Zone string `json:"zone,omitempty" example:"Europe/Berlin"`
		From int    `json:"quiet_from" at:"quiet" example:"1260"`
		To   int    `json:"quiet_to" example:"420"`
	}
}

type newMail struct {
	Body struct {
		Mail string `json:"mail" example:"ilse@example.org"`
	}
}

type editedFeed struct {
	Body struct {
		Titles bool `json:"titles"`
	}
}

// madeFeed is the address of a calendar, below this server's own.
type madeFeed struct {
	Path string `json:"path"`
}

// contact is the table of what reaches one person.
func (s *Rest) contact() {
	person(s, get("/contact"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (contactView, error) {
		r, err := s.App.Reach(ctx, actor)
		return showReach(r), err
	})
	person(s, put("/contact"), func(ctx context.Context, actor practice.Actor, in *editedContact) (none, error) {
		b := in.Body
		return none{}, s.App.SaveContact(ctx, actor, practice.Contact{Muted: b.How == "muted", Weekly: b.How == "weekly",
			Zone: b.Zone, QuietFrom: b.From, QuietTo: b.To})
	})
	person(s, post("/contact/mail"), func(ctx context.Context, actor practice.Actor, in *newMail) (none, error) {
		return none{}, s.App.AskMail(ctx, actor, in.Body.Mail)
	})
	person(s, remove("/contact/mail"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (none, error) {
		return none{}, s.App.ForgetMail(ctx, actor)
	})
	person(s, create("/contact/calendar"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (madeFeed, error) {
		secret, err := s.App.RenewFeed(ctx, actor)
		return madeFeed{"/calendar/" + secret + ".ics"}, err
	})
	person(s, put("/contact/calendar"), func(ctx context.Context, actor practice.Actor, in *editedFeed) (none, error) {
		return none{}, s.App.ShowTitles(ctx, actor, in.Body.Titles)
	})
	person(s, remove("/contact/calendar"), func(ctx context.Context, actor practice.Actor, _ *struct{}) (none, error) {
		return none{}, s.App.EndFeed(ctx, actor)
	})
}
