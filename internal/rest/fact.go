package rest

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"debrief/internal/app"
	"debrief/internal/practice"
)

type factView struct {
	ID     practice.FactID `json:"id"`
	At     time.Time       `json:"at"`
	Text   string          `json:"text"`
	Link   string          `json:"link,omitempty"`
	Pasted string          `json:"pasted,omitempty"`
	File   practice.FileID `json:"file,omitempty"`
}

func showFact(f practice.Fact) factView {
	return factView{f.ID, f.At, f.Text, f.Link, f.Pasted, f.File}
}

// newerFact puts facts in the order things happened.
func newerFact(f practice.Fact) string {
	return f.At.UTC().Format(time.RFC3339Nano) + " " + string(f.ID)
}

type newFact struct {
	One
	Body struct {
		At     time.Time `json:"at,omitempty" at:"time"`
		Text   string    `json:"text,omitempty" example:"The tank was empty."`
		Link   string    `json:"link,omitempty" example:"https://monitor.example.org/tank"`
		Pasted string    `json:"pasted,omitempty"`
	}
}

// newPicture is a fact with its picture, as a form.
type newPicture struct {
	One
	RawBody huma.MultipartFormFiles[struct {
		Picture huma.FormFile `form:"picture" contentType:"image/png,image/jpeg,image/gif" required:"true"`
		At      time.Time     `form:"at" required:"false" at:"time"`
		Text    string        `form:"text" required:"false"`
	}]
}

// pictureFile is a picture as this server wrote it.
type pictureFile struct {
	Kind     string `header:"Content-Type"`
	Policy   string `header:"Content-Security-Policy"`
	Download string `header:"Content-Disposition"`
	Body     []byte
}

type atFile struct {
	ID practice.FileID `path:"id"`
}

type atRoomFile struct {
	AtReview
	ID practice.FileID `path:"id"`
}

// facts is the table of the strip "facts so far".
func (s *Rest) facts() {
	onFailure(s, get("/failures/{id}/facts"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *listOfOne) (page[factView], error) {
		facts, err := s.App.Facts(ctx, actor, f.ID)
		if err != nil {
			return page[factView]{}, err
		}
		return pageOf(in.Paging, facts, newerFact, showFact)
	})
	onFailure(s, create("/failures/{id}/facts"), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newFact) (factView, error) {
		fact, err := s.App.AddFact(ctx, actor, practice.Fact{Failure: f.ID, At: in.Body.At, Text: in.Body.Text,
			Link: in.Body.Link, Pasted: in.Body.Pasted}, nil)
		return showFact(fact), err
	})
	onFailure(s, create("/failures/{id}/pictures").uploading(), func(ctx context.Context, actor practice.Actor, f practice.Failure, in *newPicture) (factView, error) {
		form := in.RawBody.Data()
		picture, err := app.NewPicture(form.Picture)
		if err != nil {
			return factView{}, err
		}
		fact, err := s.App.AddFact(ctx, actor, practice.Fact{Failure: f.ID, At: form.At, Text: form.Text}, picture)
		return showFact(fact), err
	})
	s.files()
	person(s, remove("/facts/{id}"), func(ctx context.Context, actor practice.Actor, in *One) (none, error) {
		return none{}, s.App.RemoveFact(ctx, actor, practice.FactID(in.ID))
	})
}

// files answers with pictures, which a browser is to save and not to show: to
// people, and to a seat beside question two.
func (s *Rest) files() {
	o := s.forPeople(get("/files/{id}"))
	o.Responses = pictureAnswer()
	huma.Register(s.api, o, func(ctx context.Context, in *atFile) (*pictureFile, error) {
		p, err := s.App.File(ctx, actorIn(ctx), in.ID)
		return s.showPicture(p.Kind, p.Data, err)
	})
	o = s.forSeats(get("/seats/{review}/files/{id}"))
	o.Responses = pictureAnswer()
	huma.Register(s.api, o, func(ctx context.Context, in *atRoomFile) (*pictureFile, error) {
		p, err := s.Rooms.Picture(ctx, seatIn(ctx), in.ID)
		return s.showPicture(p.Kind, p.Data, err)
	})
}

func pictureAnswer() map[string]*huma.Response {
	binary := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	return map[string]*huma.Response{"200": {Content: map[string]*huma.MediaType{"image/png": binary, "image/jpeg": binary}}}
}

func (s *Rest) showPicture(kind string, data []byte, err error) (*pictureFile, error) {
	if err != nil {
		return nil, s.problemOf(err, nil)
	}
	return &pictureFile{Kind: kind, Policy: "sandbox; default-src 'none'", Download: "attachment", Body: data}, nil
}
