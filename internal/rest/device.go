package rest

import (
	"context"
	"errors"
	"net/http"
	"time"

	"debrief/internal/auth"
	"debrief/internal/practice"
)

// arrival is how the device behind a request comes in.
func arrival(ctx context.Context) auth.Arrival {
	return auth.Arrival{Agent: requestIn(ctx).UserAgent()}
}

// setCookies are what a browser is to keep.
type setCookies []string

func (c setCookies) cookies() []string { return c }

func cookiesOf(all ...*http.Cookie) setCookies {
	var out setCookies
	for _, c := range all {
		if c != nil {
			out = append(out, c.String())
		}
	}
	return out
}

type deviceView struct {
	ID      practice.DeviceID `json:"id"`
	Member  practice.MemberID `json:"member"`
	Label   string            `json:"label"`
	LetInAt time.Time         `json:"let_in_at"`
	SeenAt  time.Time         `json:"seen_at,omitzero"`
	EndsAt  time.Time         `json:"ends_at"`
	RestsAt time.Time         `json:"rests_at,omitzero"`
	By      practice.MemberID `json:"let_in_by,omitempty"`
	This    bool              `json:"this"` // it sent the request
}

func showDevice(d practice.Device, this practice.DeviceID) deviceView {
	return deviceView{d.ID, d.Member, d.Label, d.LetInAt, d.SeenAt, d.EndsAt, d.RestsAt, d.By, d.ID == this}
}

type newDevice struct {
	Body struct {
		Name       string `json:"name,omitempty" example:"Noor"`
		Passphrase string `json:"passphrase,omitempty"`
		Link       string `json:"link,omitempty"`
		Knock      string `json:"knock,omitempty"`
	}
}

// inView is who came in; the cookie that comes with it is the device.
type inView struct {
	Member  practice.MemberID `json:"member"`
	Name    string            `json:"name"`
	Steward bool              `json:"steward"`
	setCookies
}

type namedDevice struct {
	One
	Body struct {
		Label string `json:"label,omitempty" at:"name" example:"The tablet in the workshop"`
	}
}

type spoken struct {
	Body struct {
		Passphrase string `json:"passphrase,omitempty"`
	}
}

type newPassphrase struct {
	Body struct {
		Before     string `json:"before,omitempty"`
		Passphrase string `json:"passphrase,omitempty"`
	}
}

type newLink struct {
	One
	Body struct {
		Use practice.LinkUse `json:"use,omitempty"`
	}
}

// linkView is a link that opens once; its secret is shown this once.
type linkView struct {
	Link string `json:"link"`
	Path string `json:"path"` // where it opens in a browser
}

// provedView comes with the cookie that proves a device for ten minutes.
type provedView struct {
	Proved bool `json:"proved"`
	setCookies
}

// errLinkOld is for a link that was opened, is over or never was.
var errLinkOld = practice.Refuse(practice.Conflict, "link.once").At("link")

// devices is the table of browsers and programs that were let in.
func (s *Rest) devices() {
	stranger(s, create("/devices"), s.letIn)
	person(s, get("/devices"), func(ctx context.Context, actor practice.Actor, in *ListOfMember) (page[deviceView], error) {
		list, err := s.Auth.Devices(ctx, actor, in.of(actor))
		if err != nil {
			return page[deviceView]{}, err
		}
		this := s.thisDevice(requestIn(ctx))
		return pageOf(in.Paging, list, func(d practice.Device) practice.DeviceID { return d.ID },
			func(d practice.Device) deviceView { return showDevice(d, this) })
	})
	person(s, put("/devices/{id}"), func(ctx context.Context, actor practice.Actor, in *namedDevice) (none, error) {
		return none{}, s.Auth.NameDevice(ctx, actor, practice.DeviceID(in.ID), in.Body.Label)
	})
	person(s, remove("/devices/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (outView, error) {
		id, this := practice.DeviceID(in.ID), s.thisDevice(requestIn(ctx))
		if in.ID == "this" {
			id = this
		}
		out := outView{}
		if id == this {
			out.setCookies = cookiesOf(s.Auth.NoCookies()...)
		}
		return out, s.Auth.EndDevice(ctx, actor, id)
	})
	person(s, create("/members/{id}/links"), func(ctx context.Context, actor practice.Actor, in *newLink) (linkView, error) {
		secret, err := s.Auth.MakeLink(ctx, actor, memberID(actor, in.ID), in.Body.Use)
		return linkView{secret, "/in/" + secret}, err
	})
	s.passphrases()
}

// outView comes with the cookies of a device that is out.
type outView struct{ setCookies }

// letIn lets a device in: with a link that opens once, with a knock somebody
// said yes to, or with a name and a passphrase.
func (s *Rest) letIn(ctx context.Context, in *newDevice) (inView, error) {
	b, secret, err := in.Body, "", error(nil)
	switch {
	case b.Link != "":
		secret, err = s.Auth.OpenLink(ctx, b.Link, b.Passphrase, arrival(ctx))
		if errors.Is(err, practice.ErrNotFound) {
			err = errLinkOld
		}
	case b.Knock != "":
		secret, err = s.Auth.ComeIn(ctx, b.Knock, arrival(ctx))
	default:
		secret, err = s.Auth.SignIn(ctx, auth.SignIn{Name: b.Name, Passphrase: b.Passphrase, Remote: requestIn(ctx).RemoteAddr, Agent: requestIn(ctx).UserAgent()})
	}
	if err != nil {
		return inView{}, err
	}
	return s.in(ctx, secret)
}

// in says who came in with a secret.
func (s *Rest) in(ctx context.Context, secret string) (inView, error) {
	cookies := s.Auth.Cookies(secret)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		return inView{}, err
	}
	r.AddCookie(cookies[0])
	actor, _, err := s.Auth.ByCookie(r)
	return inView{actor.Member, actor.Name, actor.Steward, cookiesOf(cookies...)}, err
}

// thisDevice is the one that sent a request; a token is none.
func (s *Rest) thisDevice(r *http.Request) practice.DeviceID {
	_, this, err := s.Auth.ByCookie(r)
	if err != nil {
		return ""
	}
	return this
}

// passphrases is the table of what only the person at a device knows.
func (s *Rest) passphrases() {
	person(s, post("/proof"), func(ctx context.Context, _ practice.Actor, in *spoken) (provedView, error) {
		proof, err := s.Auth.Prove(requestIn(ctx), in.Body.Passphrase)
		return provedView{err == nil, cookiesOf(proof)}, err
	})
	person(s, put("/passphrase"), func(ctx context.Context, actor practice.Actor, in *newPassphrase) (provedView, error) {
		err := s.Auth.ChangePassphrase(ctx, actor, s.thisDevice(requestIn(ctx)), in.Body.Before, in.Body.Passphrase)
		if err != nil {
			return provedView{}, err
		}
		return provedView{true, cookiesOf(s.Auth.ProofOf(requestIn(ctx)))}, nil
	})
}
