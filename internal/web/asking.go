package web

import (
	"net/http"
	"strconv"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// askingRoutes is for whoever was there and is not invited.
func (s *Web) askingRoutes() []Route {
	return []Route{
		{Pattern: "POST /f/{number}/room/there", handler: s.member(s.askIn)},
		{Pattern: "GET /f/{number}/room/asks/{member}", handler: s.member(s.showAsking)},
		{Pattern: "POST /f/{number}/room/asks/{member}", handler: s.member(s.answerAsking)},
	}
}

// uninvited is the door for somebody of the team who is not invited: if they
// were there, they can say so.
func (s *Web) uninvited(w http.ResponseWriter, f *Frame, number int, refusal *practice.Error) error {
	said := f.Refuse(refusal)
	for i := range said.Ways {
		if said.Ways[i].Name == "there" {
			said.Ways[i].To, said.Ways[i].Post, said.Ways[i].Key = practice.RoomPath(number)+"/there", true, f.Once()
		}
	}
	f.Title = said.Title
	return s.showRefusal(w, f, refusal, said)
}

// askedPage says who was told.
type askedPage struct {
	*Frame
	Number int
	Names  []string
}

func (s *Web) askIn(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return practice.ErrNotFound
	}
	if _, err := readForm(r, f, fields{}); err != nil {
		return err
	}
	names, err := s.App.AskIn(r.Context(), actor, number)
	if err != nil {
		return err
	}
	if len(names) == 0 { // invited by now, or nobody else to ask
		redirect(w, r, practice.RoomPath(number)+"/asks/"+string(actor.Member))
		return nil
	}
	f.Title = f.Say("room.there.asked")
	return s.show(w, http.StatusOK, "asked", askedPage{Frame: f, Number: number, Names: names})
}

// askingPage is somebody who asks in, before whoever may invite them.
type askingPage struct {
	*Frame
	A      app.Asking
	Leader *practice.Error // only the inviter sees why somebody is not invited
}

// To is where the page's buttons lead.
func (p askingPage) To() string {
	return practice.RoomPath(p.A.Failure.Number) + "/asks/" + string(p.A.Member.ID)
}

func (s *Web) showAsking(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	p, err := s.askingPage(r, f, actor)
	if err != nil {
		return err
	}
	return s.show(w, http.StatusOK, "asking", p)
}

func (s *Web) askingPage(r *http.Request, f *Frame, actor practice.Actor) (askingPage, error) {
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return askingPage{}, practice.ErrNotFound
	}
	f.Lead("record", practice.RecordPath(number))
	f.Lead("failure", practice.FailurePath(number))
	p := askingPage{Frame: f}
	p.A, err = s.App.Asking(r.Context(), actor, number, practice.MemberID(r.PathValue("member")))
	f.Title = p.A.Failure.Title
	return p, err
}

// answerAsking invites somebody, or says that they get the result.
func (s *Web) answerAsking(w http.ResponseWriter, r *http.Request, f *Frame, actor practice.Actor) error {
	p, err := s.askingPage(r, f, actor)
	if err != nil {
		return err
	}
	form, err := readForm(r, f, fields{"do": 10})
	if err != nil {
		return err
	}
	number, id := p.A.Failure.Number, p.A.Member.ID
	if form.Typed("do") == "result" {
		err = s.App.LeaveOut(r.Context(), actor, number, id)
	} else {
		err = s.App.InviteOne(r.Context(), actor, number, app.NewGuest{Member: id, There: form.Typed("do") == "there"})
	}
	if refusal := refused(err); refusal != nil && refusal.Code == "invite.leader" {
		p.Leader = refusal
		return s.show(w, http.StatusConflict, "asking", p)
	}
	if err != nil {
		return err
	}
	redirect(w, r, "/")
	return nil
}
