package room

import (
	"net/http"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

// askingRoutes is for whoever was there and is not invited.
func (s *Pages) askingRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "POST /f/{number}/room/there", Handler: s.Member(s.askIn)},
		{Pattern: "GET /f/{number}/room/asks/{member}", Handler: s.Member(s.showAsking)},
		{Pattern: "POST /f/{number}/room/asks/{member}", Handler: s.Member(s.answerAsking)},
	}
}

// uninvited is the door for somebody of the team who is not invited: if they
// were there, they can say so.
func (s *Pages) uninvited(w http.ResponseWriter, f *frame.Frame, number int, refusal *practice.Error) error {
	said := f.Refuse(refusal)
	for i := range said.Ways {
		if said.Ways[i].Name == "there" {
			said.Ways[i].To, said.Ways[i].Post, said.Ways[i].Key = practice.RoomPath(number)+"/there", true, f.Once()
		}
	}
	f.Title = said.Title
	return s.ShowRefusal(w, f, refusal, said)
}

// askedPage says who was told.
type askedPage struct {
	*frame.Frame
	Number int
	Names  []string
}

func (s *Pages) askIn(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	number, err := frame.NumberIn(r, "number")
	if err != nil {
		return err
	}
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	names, err := s.App.AskIn(r.Context(), actor, number)
	if err != nil {
		return err
	}
	if len(names) == 0 { // invited by now, or nobody else to ask
		frame.Redirect(w, r, practice.RoomPath(number)+"/asks/"+string(actor.Member))
		return nil
	}
	f.Title = f.Say("room.there.asked")
	return s.Show(w, http.StatusOK, "asked", askedPage{Frame: f, Number: number, Names: names})
}

// askingPage is somebody who asks in, before whoever may invite them.
type askingPage struct {
	*frame.Frame
	A      app.Asking
	Leader *practice.Error // only the inviter sees why somebody is not invited
}

// To is where the page's buttons lead.
func (p askingPage) To() string {
	return practice.RoomPath(p.A.Failure.Number) + "/asks/" + string(p.A.Member.ID)
}

func (s *Pages) showAsking(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	p, err := s.askingPage(r, f, actor)
	if err != nil {
		return err
	}
	return s.Show(w, http.StatusOK, "asking", p)
}

func (s *Pages) askingPage(r *http.Request, f *frame.Frame, actor practice.Actor) (askingPage, error) {
	number, err := frame.NumberIn(r, "number")
	if err != nil {
		return askingPage{}, err
	}
	f.Lead("record", practice.RecordPath(number))
	f.Lead("failure", practice.FailurePath(number))
	p := askingPage{Frame: f}
	p.A, err = s.App.Asking(r.Context(), actor, number, practice.MemberID(r.PathValue("member")))
	f.Title = p.A.Failure.Title
	return p, err
}

// answerAsking invites somebody, or says that they get the result.
func (s *Pages) answerAsking(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	p, err := s.askingPage(r, f, actor)
	if err != nil {
		return err
	}
	form, err := frame.ReadForm(r, f, frame.Fields{"do": 10})
	if err != nil {
		return err
	}
	number, id := p.A.Failure.Number, p.A.Member.ID
	if form.Typed("do") == "result" {
		err = s.App.LeaveOut(r.Context(), actor, number, id)
	} else {
		err = s.App.InviteOne(r.Context(), actor, number, app.NewGuest{Member: id, There: form.Typed("do") == "there"})
	}
	if refusal := frame.Refused(err); refusal != nil && refusal.Code == "invite.leader" {
		p.Leader = refusal
		return s.Show(w, http.StatusConflict, "asking", p)
	}
	if err != nil {
		return err
	}
	frame.Redirect(w, r, "/")
	return nil
}
