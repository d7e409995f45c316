package people

import (
	"net/http"
	"net/url"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// channelRoutes is what of a team leaves the house, and whether it arrives.
func (s *Pages) channelRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/messages/{team}", Handler: s.Member(s.showChannel)},
		{Pattern: "POST /team/messages/{team}", Handler: s.Member(s.saveChannel)},
		{Pattern: "POST /team/messages/{team}/try", Handler: s.Member(s.tryChannel)},
		{Pattern: "POST /team/messages/{team}/end", Handler: s.Member(s.endChannel)},
		{Pattern: "GET /team/outgoing", Handler: s.Member(s.showOutgoing)},
	}
}

// channelPage is what of a team goes out.
type channelPage struct {
	*frame.Frame
	Form    *frame.Form
	Of      practice.Team
	Channel practice.Channel
	Kept    bool
	Tried   bool
}

func (s *Pages) showChannel(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	return s.channelForm(w, r, f, actor, nil)
}

func (s *Pages) channelForm(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor, form *frame.Form) error {
	id := practice.TeamID(r.PathValue("team"))
	c, err := s.App.Channel(r.Context(), actor, id)
	if err != nil {
		return err
	}
	team, err := s.App.Team(r.Context(), actor, id)
	if err != nil {
		return err
	}
	f.Title = f.Say("channel.title")
	return s.Show(w, form.Status(), "channel", channelPage{Frame: f, Form: form, Of: team, Channel: c,
		Kept: r.URL.Query().Get("kept") != "", Tried: r.URL.Query().Get("tried") != ""})
}

// Titles offers how much a message says.
func (p channelPage) Titles() frame.Choices {
	return p.Choices(p.Form, "titles", "channel.titles",
		frame.Option{Value: "no", Text: p.Say("channel.titles.no"), Small: p.Say("channel.titles.no.small"), On: !p.Channel.Titles},
		frame.Option{Value: "yes", Text: p.Say("channel.titles.yes"), Small: p.Say("channel.titles.yes.small"), On: p.Channel.Titles})
}

// Address is the field for a chat.
func (p channelPage) Address() frame.Field {
	key := "channel.address"
	if p.Channel.Address != "" {
		key = "channel.address.new"
	}
	d := p.Field(p.Form, "address", key, "").Limited(2048).Kind("url").Little()
	d.Hint = p.Say("channel.address.hint")
	return d
}

// Host is where the chat is. The rest of its address is a secret.
func (p channelPage) Host() string {
	u, err := url.Parse(p.Channel.Address)
	if err != nil {
		return ""
	}
	return u.Host
}

// Arrived says whether the last message did.
func (p channelPage) Arrived() string {
	c := p.Channel
	switch {
	case c.TriedAt.IsZero():
		return ""
	case c.Fault == "":
		return p.Say("channel.arrived", "when", p.When(c.TriedAt, p.Now))
	}
	return p.Say("channel.failed", "when", p.When(c.TriedAt, p.Now)) + " " + faultSaid(p.Frame, c.Fault)
}

// faultSaid says why a message did not arrive.
func faultSaid(f *frame.Frame, fault practice.Fault) string { return f.Say("fault." + string(fault)) } // words:use fault.*

// What are the messages that go to the chat, with this moment as their time.
func (p channelPage) What() []string {
	var all []string
	for _, key := range []string{"dispatch.chat.called", "dispatch.chat.moved", "dispatch.chat.closed"} {
		all = append(all, p.Say(key, "at", p.Now)) // words:use dispatch.chat.*
	}
	return all
}

func (s *Pages) saveChannel(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{"titles": 5, "address": 2048})
	if err != nil {
		return err
	}
	c := practice.Channel{Team: practice.TeamID(r.PathValue("team")), Titles: form.Typed("titles") == "yes", Address: form.Typed("address")}
	if !form.Marked() {
		err = s.App.SaveChannel(r.Context(), actor, c)
	}
	switch {
	case form.Mark(err) || form.Marked():
		return s.channelForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, channelAddress(r)+"?kept=yes")
	return nil
}

func (s *Pages) tryChannel(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	form, err := frame.ReadForm(r, f, frame.Fields{})
	if err != nil {
		return err
	}
	err = s.App.TryChannel(r.Context(), actor, practice.TeamID(r.PathValue("team")))
	switch {
	case form.Mark(err):
		return s.channelForm(w, r, f, actor, form)
	case err != nil:
		return err
	}
	frame.Redirect(w, r, channelAddress(r)+"?tried=yes")
	return nil
}

func (s *Pages) endChannel(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	if err := s.App.EndChannel(r.Context(), actor, practice.TeamID(r.PathValue("team"))); err != nil {
		return err
	}
	frame.Redirect(w, r, channelAddress(r)+"?kept=yes")
	return nil
}

func channelAddress(r *http.Request) string { return "/team/messages/" + r.PathValue("team") }

// outgoingPage is whether messages arrive, for stewards.
type outgoingPage struct {
	*frame.Frame
	Outgoing app.Outgoing
}

func (s *Pages) showOutgoing(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if !actor.Steward {
		return practice.ErrNotFound
	}
	o, err := s.App.Outgoing(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("outgoing.title")
	return s.Show(w, http.StatusOK, "outgoing", outgoingPage{Frame: f, Outgoing: o})
}

// Fault says why a message did not arrive.
func (p outgoingPage) Fault(fault practice.Fault) string { return faultSaid(p.Frame, fault) }
