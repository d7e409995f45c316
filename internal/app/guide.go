package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Guiding is who leads a review from outside, or is asked to.
type Guiding struct {
	practice.Guide
	Name   string
	Active bool // is still one of the house
}

// Leads reports whether they do: they said yes, have not gone and may read it.
func (g Guiding) Leads(f practice.Failure) bool { return g.Outside && g.Active && g.Reads(f) }

// guidedBy returns who leads a review; the zero value where the script does.
func guidedBy(tx *store.Tx, id practice.ReviewID) (Guiding, error) {
	g, err := tx.Guide(id)
	if isNotFound(err) {
		return Guiding{}, nil
	} else if err != nil {
		return Guiding{}, err
	}
	m, err := tx.Member(g.Member)
	return Guiding{g, m.Name, m.Active}, err
}

// NameGuide asks one person to lead a review from outside, in the place of whoever was
// asked before. The convener does, until it begins, or in writing until it opens its
// first answers.
func (a *App) NameGuide(ctx context.Context, actor practice.Actor, id practice.ReviewID, who practice.MemberID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		r, f, err := convenes(tx, actor, id)
		if err != nil {
			return err
		}
		return nameGuide(tx, f, r, who)
	})
}

// nameGuide asks somebody to lead a review, where somebody is named who is not asked yet.
func nameGuide(tx *store.Tx, f practice.Failure, r practice.Review, who practice.MemberID) error {
	before, err := guidedBy(tx, r.ID)
	if err != nil || before.Member == who {
		return err
	}
	if err := mayGuide(tx, f, r, who); err != nil {
		return err
	}
	if err := endGuide(tx, f, r, before); err != nil {
		return err
	}
	err = errors.Join(tx.SaveGuide(practice.Guide{Review: r.ID, Member: who}), tx.Tell(askedToGuide(who, f, r), r.ID))
	if err != nil {
		return err
	}
	return tx.Emit(practice.Event{Kind: "review.guide", About: string(r.ID), In: string(f.Team)})
}

// askedToGuide is the notice that asks somebody to lead a review.
func askedToGuide(m practice.MemberID, f practice.Failure, r practice.Review) practice.Notice {
	n := asked(m, f, r)
	n.Code, n.Link, n.Args["at"] = "notice.guide", practice.GuidePath(f.Number), r.MeetAt.UnixMicro()
	return n
}

// mayGuide refuses whoever cannot lead a review from outside, and one that has begun.
func mayGuide(tx *store.Tx, f practice.Failure, r practice.Review, who practice.MemberID) error {
	if err := r.MayGuide(); err != nil {
		return err
	}
	m, err := tx.Member(who)
	if isNotFound(err) {
		return practice.Refuse(practice.Invalid, "member.unknown").At("guide")
	} else if err != nil {
		return err
	}
	people, err := invitedTo(tx, r.ID)
	if err != nil {
		return err
	}
	return m.CheckGuide(f, people)
}

// endGuide takes back who leads a review, and what they were told about it.
func endGuide(tx *store.Tx, f practice.Failure, r practice.Review, g Guiding) error {
	if g.Member == "" {
		return nil
	}
	return errors.Join(tx.EndGuide(r.ID), tx.Untell(g.Member, practice.GuidePath(f.Number)),
		tx.Emit(practice.Event{Kind: "review.guide", About: string(r.ID), In: string(f.Team)}))
}

// EndGuide lets the script lead a review again: its convener says so, or whoever was
// asked to lead it says no, and the other one is told. It is done as long as
// NameGuide is.
func (a *App) EndGuide(ctx context.Context, actor practice.Actor, id practice.ReviewID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		g, r, f, err := guides(tx, actor, id)
		tell := tellScriptLeads
		if isNotFound(err) {
			if g, r, f, err = namedBy(tx, actor, id); err == nil && g.Member == "" {
				return nil
			}
			tell = tellLedNoMore
		}
		if err == nil {
			err = r.MayGuide()
		}
		if err != nil {
			return err
		}
		return errors.Join(endGuide(tx, f, r, g), tell(tx, f, r, g))
	})
}

// AcceptGuide is the yes of whoever is asked to lead a review, said once: they were not
// part of it, or why they lead it although they were. From then on they do. Who was
// invited since they were asked counts.
func (a *App) AcceptGuide(ctx context.Context, actor practice.Actor, id practice.ReviewID, why string) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		g, r, f, err := guides(tx, actor, id)
		if err != nil || g.Outside {
			return err
		}
		if err := mayGuide(tx, f, r, actor.Member); err != nil {
			return err
		}
		if g.Guide, err = g.Accept(f, why); err != nil {
			return err
		}
		told := practice.Notice{Member: r.Lead, Code: "notice.guide-yes", Link: practice.FailurePath(f.Number), Args: practice.Args{"name": actor.Name, "title": f.Title}}
		leads := askedToGuide(actor.Member, f, r)
		leads.Code = "notice.guide-leads"
		if err := errors.Join(tx.SaveGuide(g.Guide), tx.SettleNotices(leads.Link), tx.AddNotice(leads), tx.AddNotice(told)); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "review.guide", About: string(r.ID), In: string(f.Team)})
	})
}

// guides returns what the actor leads, or is asked to, with what it is about. For
// everybody else there is nothing, and for whom it is restricted to others there is
// nothing any more.
func guides(tx *store.Tx, actor practice.Actor, id practice.ReviewID) (g Guiding, r practice.Review, f practice.Failure, err error) {
	if g, r, f, err = guiding(tx, id); err != nil {
		return g, r, f, err
	}
	if g.Member == "" || g.Member != actor.Member || !g.Reads(f) || r.Phase == practice.PhaseOff {
		return Guiding{}, practice.Review{}, practice.Failure{}, practice.ErrNotFound
	}
	return g, r, f, nil
}

// namedBy returns who leads what the actor called.
func namedBy(tx *store.Tx, actor practice.Actor, id practice.ReviewID) (g Guiding, r practice.Review, f practice.Failure, err error) {
	if g, r, f, err = guiding(tx, id); err == nil {
		f, err = convened(tx, actor, f.ID)
	}
	return g, r, f, err
}

// guiding reads a review, who leads it and what it is about.
func guiding(tx *store.Tx, id practice.ReviewID) (g Guiding, r practice.Review, f practice.Failure, err error) {
	if r, err = tx.Review(id); err != nil {
		return g, r, f, err
	}
	if g, err = guidedBy(tx, id); err != nil {
		return g, r, f, err
	}
	f, err = tx.Failure(r.Failure)
	return g, r, f, err
}

// Guided is a review before whoever leads it from outside. It has what has left the
// room as agreed, and what everybody in it is told; nothing that one person wrote, and
// nothing by which somebody could be told from another.
type Guided struct {
	Review   practice.Review
	Number   int // of the failure
	Title    string
	Team     practice.Team
	Outside  bool
	Guardian string   // whom misuse is told to; may be empty
	Talks    []string // who asks to talk beforehand
	Note     string   // for the actor alone, until the room closes
	Asked    int      // people
	Seats    int      // that are taken
	Written  int      // answers to the question the room is at, open or not; 0 where nobody is told how many
	Blame    bool     // somebody in the room says that this is turning into blame
	Move     bool     // somebody in the room asks to move on
	Texts    []practice.AgreedText
	Gaps     []practice.Gap // those the room took up
	Sorted   int            // how many of them have a kind, or are kept open
}

// Guided returns the review of a failure that the actor leads from outside, or is asked
// to. Once it is closed there is its record.
func (a *App) Guided(ctx context.Context, actor practice.Actor, number int) (Guided, error) {
	return read(ctx, a, func(tx *store.Tx) (Guided, error) {
		f, err := tx.FailureByNumber(number)
		if err != nil {
			return Guided{}, err
		}
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return Guided{}, err
		}
		if len(reviews) == 0 {
			return Guided{}, practice.ErrNotFound
		}
		g, r, _, err := guides(tx, actor, openOf(reviews).ID)
		if err != nil {
			return Guided{}, err
		}
		if r.Phase == practice.PhaseClosed {
			return Guided{}, practice.Refuse(practice.Conflict, "review.closed").With("number", f.Number)
		}
		out := Guided{Review: r.Outside(), Number: f.Number, Title: f.Title, Outside: g.Outside}
		if out.Team, err = tx.Team(f.Team); err != nil || !g.Outside {
			return out, err
		}
		house, err := tx.House()
		if err != nil {
			return out, err
		}
		out.Guardian = house.Guardian
		return out, errors.Join(out.beforehand(tx), out.inside(tx, r))
	})
}

// beforehand reads what there is before the room.
func (g *Guided) beforehand(tx *store.Tx) error {
	asks, err := tx.Talks(g.Review.ID)
	if err != nil {
		return err
	}
	for _, id := range asks {
		m, err := tx.Member(id)
		if err != nil {
			return err
		}
		g.Talks = append(g.Talks, m.Name)
	}
	slices.Sort(g.Talks)
	g.Note, err = tx.GuideNote(g.Review.ID)
	return err
}

// inside reads where the room is: counts that its seats are shown too, texts it has
// agreed on and left behind, gaps it took up.
func (g *Guided) inside(tx *store.Tx, r practice.Review) error {
	turnout, err := tx.Turnout(r.ID)
	if err != nil {
		return err
	}
	seats, err := tx.Seats(r.ID)
	if err != nil {
		return err
	}
	g.Asked, g.Seats = turnout.Asked, len(seats)
	if err := g.counts(tx, r); err != nil {
		return err
	}
	texts, err := tx.AgreedTexts(r.ID)
	if err != nil {
		return err
	}
	g.Texts = slices.DeleteFunc(texts, func(t practice.AgreedText) bool { return t.Text == "" || !t.Phase.Before(r.Phase) })
	for i := range g.Texts {
		g.Texts[i].Stand = 0
	}
	if !practice.PhaseGap.Before(r.Phase) {
		return nil
	}
	gaps, err := tx.Gaps(r.ID)
	for _, gap := range gaps {
		if gap.Taken {
			if gap.Verdict != "" {
				g.Sorted++
			}
			g.Gaps = append(g.Gaps, practice.Gap{ID: gap.ID, Review: gap.Review, Intended: gap.Intended, Actual: gap.Actual, Where: gap.Where, Taken: true})
		}
	}
	return err
}

// counts reads how many wrote, and whether a button was pressed that everybody in the
// room sees. While people write over days it reads neither: at a moment it would tell
// who was at it.
func (g *Guided) counts(tx *store.Tx, r practice.Review) error {
	if !r.Counts() {
		return nil
	}
	for button, pressed := range map[string]*bool{practice.PressBlame: &g.Blame, practice.PressMove: &g.Move} {
		hands, err := tx.Hands(r.ID, button, r.PressedAt(button))
		if err != nil {
			return err
		}
		*pressed = len(hands) > 0
	}
	if !r.Phase.HasAnswers() {
		return nil
	}
	answers, err := tx.Answers(r.ID, r.Phase)
	g.Written = len(answers)
	return err
}

// NoteAsGuide keeps what the actor wrote down for themselves about a review they lead.
// It is in nobody else's reach by name, and goes when the room closes.
func (a *App) NoteAsGuide(ctx context.Context, actor practice.Actor, id practice.ReviewID, text string) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	if text = strings.TrimSpace(text); utf8.RuneCountInString(text) > practice.MaxNote {
		return practice.Refuse(practice.Invalid, "too.long").At("note").With("max", practice.MaxNote)
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		g, r, _, err := guides(tx, actor, id)
		switch {
		case err != nil:
			return err
		case !g.Outside:
			return practice.ErrNotFound
		case r.Phase == practice.PhaseClosed:
			return practice.Refuse(practice.Conflict, "review.closed")
		}
		return tx.SaveGuideNote(id, text)
	})
}

// AskTalk asks whoever leads a review from outside to talk with the actor beforehand,
// or takes that back. The guide alone is told who asks.
func (a *App) AskTalk(ctx context.Context, actor practice.Actor, id practice.ReviewID, asks bool) error {
	if err := mayWrite(actor); err != nil && !actor.Holds(practice.PassSeat, string(id)) {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Invitation(id, actor.Member); err != nil {
			return err
		}
		g, err := tx.Guide(id)
		if err != nil {
			return err
		}
		if !g.Outside {
			return practice.ErrNotFound
		}
		r, err := tx.Review(id)
		if err != nil {
			return err
		}
		if err := r.MayTalkFirst(); err != nil {
			return err
		}
		if err := tx.SaveTalk(id, actor.Member, asks); err != nil || !asks {
			return err
		}
		f, err := tx.Failure(r.Failure)
		if err != nil {
			return err
		}
		told := practice.Notice{Member: g.Member, Code: "notice.talk", Link: practice.GuidePath(f.Number), Args: practice.Args{"title": f.Title}}
		waiting, err := tx.Notices(g.Member)
		if err != nil || slices.ContainsFunc(waiting, func(n practice.Notice) bool { return n.Code == told.Code && n.Link == told.Link }) {
			return err
		}
		return tx.AddNotice(told) // who asks stands on the page it leads to, and nowhere else
	})
}

// talkWith reads, for somebody at the door of a room, who leads it from outside and
// whether they asked to talk with them; nothing where the script leads.
func talkWith(tx *store.Tx, id practice.ReviewID, m practice.MemberID) (guide practice.Led, asked bool, err error) {
	if guide, err = tx.LedBy(id); err != nil || guide.Name == "" {
		return guide, false, err
	}
	asks, err := tx.Talks(id)
	return guide, slices.Contains(asks, m), err
}
