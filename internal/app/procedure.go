package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
)

// NewProcedure is a checklist, manual or script as somebody brings it in.
type NewProcedure struct {
	Team     practice.TeamID // empty: no team has taken it yet
	Title    string          // empty: the page's own title
	Name     string          // the title where the page has none either
	Markdown string          // as people write it
	Typed    bool            // written into a field: where there is no list, every line is a step
	Owner    practice.MemberID
}

// CreateProcedure keeps a procedure, every word as it came.
func (a *App) CreateProcedure(ctx context.Context, actor practice.Actor, n NewProcedure) (practice.Procedure, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Procedure{}, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Procedure, error) {
		if err := n.by(actor); err != nil {
			return practice.Procedure{}, err
		}
		id, err := once(tx, actor, "procedure.create", func() (string, error) {
			p, err := createProcedure(tx, n)
			return string(p.ID), err
		})
		if err != nil {
			return practice.Procedure{}, err
		}
		return tx.Procedure(practice.ProcedureID(id))
	})
}

// by sets the team the procedure is for. The operator may bring one in for none.
func (n *NewProcedure) by(actor practice.Actor) (err error) {
	if !actor.Operator {
		n.Team, err = actor.For(n.Team)
	}
	return err
}

func createProcedure(tx *store.Tx, n NewProcedure) (practice.Procedure, error) {
	page, err := n.page()
	if err != nil {
		return practice.Procedure{}, err
	}
	if n.Owner != "" {
		if m, err := tx.Member(n.Owner); err != nil || !m.Active {
			return practice.Procedure{}, practice.Refuse(practice.Invalid, "member.unknown").At("owner")
		}
	}
	done, err := tx.CreateProcedure(practice.Procedure{Team: n.Team, Title: n.title(page), Owner: n.Owner}, page,
		practice.Revision{Reason: practice.ReasonFirst})
	if err != nil {
		return practice.Procedure{}, err
	}
	return done.Procedure, tx.Emit(practice.Event{Kind: "procedure.created", About: string(done.Procedure.ID), In: string(n.Team),
		Data: practice.Args{"steps": len(page.Steps)}})
}

// page reads what was brought in.
func (n NewProcedure) page() (prose.Procedure, error) {
	if strings.TrimSpace(n.Markdown) == "" {
		return prose.Procedure{}, practice.Refuse(practice.Invalid, "procedure.empty").At("markdown")
	}
	page, err := readPage(n.Markdown)
	if err != nil || !n.Typed || !isPlainLines(page) {
		return page, err
	}
	var b strings.Builder
	for line := range strings.Lines(n.Markdown) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("- [ ] " + line + "\n")
		}
	}
	return readPage(b.String())
}

// readPage parses Markdown and says what is wrong with it beside its field.
func readPage(markdown string) (prose.Procedure, error) {
	page, err := prose.ParseProcedure([]byte(markdown))
	var refusal *practice.Error
	if errors.As(err, &refusal) {
		if refusal.Code == "too.long" {
			refusal = practice.Refuse(practice.Invalid, "procedure.large")
		}
		return page, refusal.At("markdown")
	}
	return page, err
}

// isPlainLines reports whether a page is nothing but lines of words.
func isPlainLines(page prose.Procedure) bool {
	for _, b := range page.Blocks {
		if b.Kind != prose.Paragraph && b.Kind != prose.Blank {
			return false
		}
	}
	return true
}

// title is what people call it: as they said, as the page says, as its file is
// called, or how it begins.
func (n NewProcedure) title(page prose.Procedure) string {
	name := strings.NewReplacer("-", " ", "_", " ").Replace(n.Name)
	for _, t := range []string{n.Title, page.Title, name} {
		if t = strings.TrimSpace(t); t != "" {
			return practice.Title(t)
		}
	}
	return practice.Title(prose.Plain(n.Markdown))
}

// Manual is a procedure as its page shows it.
type Manual struct {
	Procedure practice.Procedure
	Revision  practice.Revision
	Steps     []practice.ProcedureStep
	Owner     practice.Member
	SignBy    practice.Member
	UsedAt    int  // the revision the reader last looked at; 0 for never
	Mine      bool // the reader may change it
	Longer    int  // how many lines it has, where its last change made a long list longer
}

// Procedure returns a procedure by the name in its address. The whole
// organisation reads it.
func (a *App) Procedure(ctx context.Context, actor practice.Actor, slug string) (Manual, error) {
	return read(ctx, a, func(tx *store.Tx) (Manual, error) {
		r, p, err := procedureFor(tx, actor, slug)
		if err != nil {
			return Manual{}, err
		}
		return r.manual(tx, p)
	})
}

// procedureFor finds a procedure by the name in its address, and who reads it.
func procedureFor(tx *store.Tx, actor practice.Actor, slug string) (r reader, p practice.Procedure, err error) {
	if p, err = tx.ProcedureBySlug(slug); err != nil {
		return r, p, err
	}
	r, err = newReader(tx, actor)
	return r, p, err
}

func (r reader) manual(tx *store.Tx, p practice.Procedure) (Manual, error) {
	m := Manual{Procedure: p, Mine: mayChange(r.Actor, p)}
	var err error
	if m.Revision, err = tx.Revision(p.ID, p.Revision); err != nil {
		return m, err
	}
	if m.Steps, err = tx.Steps(p.ID, false); err != nil {
		return m, err
	}
	if m.Longer, err = longer(tx, m.Revision); err != nil {
		return m, err
	}
	r.steps(m.Steps)
	if m.UsedAt, err = tx.Used(r.Member, p.ID); err != nil {
		return m, err
	}
	if m.Owner, err = memberOrNobody(tx, p.Owner); err != nil {
		return m, err
	}
	m.SignBy, err = memberOrNobody(tx, p.SignOff.By)
	return m, err
}

// longer asks once, whatever way a version came by: from a room, by hand, pasted, imported,
// taken over from another team or through the API.
func longer(tx *store.Tx, now practice.Revision) (int, error) {
	if now.Number == 1 {
		return practice.Longer(0, len(now.Steps)), nil
	}
	was, err := tx.Revision(now.Procedure, now.Number-1)
	if err != nil || len(was.Steps) == 0 { // its lines are not known
		return 0, err
	}
	return practice.Longer(len(was.Steps), len(now.Steps)), nil
}

func memberOrNobody(tx *store.Tx, id practice.MemberID) (practice.Member, error) {
	if id == "" {
		return practice.Member{}, nil
	}
	return tx.Member(id)
}

// UseProcedure remembers that the actor looked at the revision in use, so that
// the page can say later what changed since.
func (a *App) UseProcedure(ctx context.Context, actor practice.Actor, id practice.ProcedureID) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Procedure(id)
		if err != nil {
			return err
		}
		_, err = tx.Use(actor.Member, p.ID, p.Revision)
		return err
	})
}

// Procedures returns the procedures in use with their steps.
func (a *App) Procedures(ctx context.Context, actor practice.Actor) ([]Manual, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Manual, error) {
		ps, err := tx.Procedures()
		if err != nil {
			return nil, err
		}
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		out := make([]Manual, 0, len(ps))
		for _, p := range ps {
			m, err := r.manual(tx, p)
			if err != nil {
				return nil, err
			}
			out = append(out, m)
		}
		return out, nil
	})
}

// Shelf returns the procedures in use as a list shows them.
func (a *App) Shelf(ctx context.Context, _ practice.Actor) ([]store.Shelved, error) {
	return read(ctx, a, func(tx *store.Tx) ([]store.Shelved, error) { return tx.Shelf() })
}

// Changeable returns the procedures in use that the actor may change.
func (a *App) Changeable(ctx context.Context, actor practice.Actor) ([]store.Shelved, error) {
	all, err := a.Shelf(ctx, actor)
	return slices.DeleteFunc(all, func(s store.Shelved) bool { return !mayChange(actor, s.Procedure) }), err
}

// OnShelf is how many stand on each shelf of the manual.
type OnShelf = store.OnShelf

// OnShelf counts what stands in the manual.
func (a *App) OnShelf(ctx context.Context, _ practice.Actor) (OnShelf, error) {
	return read(ctx, a, func(tx *store.Tx) (OnShelf, error) { return tx.OnShelf() })
}

// Safeguards returns the changes made elsewhere.
func (a *App) Safeguards(ctx context.Context, actor practice.Actor) ([]practice.Safeguard, error) {
	return read(ctx, a, func(tx *store.Tx) ([]practice.Safeguard, error) {
		r, err := newReader(tx, actor)
		if err != nil {
			return nil, err
		}
		all, err := tx.Safeguards()
		for _, g := range all {
			r.scars(g.Scars)
		}
		return all, err
	})
}

// mayChange reports whether the actor may change a procedure: it is one of
// their teams', or no team has taken it yet.
func mayChange(actor practice.Actor, p practice.Procedure) bool {
	return actor.Operator || p.Team == "" || actor.In(p.Team)
}

// theirs returns a procedure the actor may change.
func theirs(tx *store.Tx, actor practice.Actor, id practice.ProcedureID) (practice.Procedure, error) {
	p, err := tx.Procedure(id)
	if err == nil && !mayChange(actor, p) {
		return p, practice.Refuse(practice.Forbidden, "procedure.others")
	}
	return p, err
}

// OwnProcedure names who looks after a procedure, and who still has to sign
// it off. What is in use stays in use while it is awaited. A team takes a
// procedure that none has taken yet.
func (a *App) OwnProcedure(ctx context.Context, actor practice.Actor, p practice.Procedure) error {
	return a.EditOwner(ctx, actor, p.ID, func(practice.Procedure) (practice.Procedure, error) { return p, nil })
}

// mayOwn refuses an owner who is not of the team, and to take a procedure out of the
// hands of somebody who looks after it: that is theirs to say, or a steward's.
func mayOwn(tx *store.Tx, actor practice.Actor, was practice.Procedure, to practice.MemberID) error {
	from, err := ownerHere(tx, was)
	if err != nil || to == was.Owner {
		return err
	}
	if from != "" && from != actor.Member && !actor.Steward && !actor.Operator {
		return practice.Refuse(practice.Forbidden, "owner.theirs").At("owner")
	}
	was.Owner = to
	if here, err := ownerHere(tx, was); err != nil || here != to {
		return errors.Join(err, practice.Refuse(practice.Invalid, "owner.team").At("owner"))
	}
	return nil
}

// ownProcedure writes the owner and the sign-off of p over what was.
func ownProcedure(tx *store.Tx, actor practice.Actor, was, p practice.Procedure) error {
	for _, who := range []struct {
		field string
		id    practice.MemberID
	}{{"owner", p.Owner}, {"signby", p.SignOff.By}} {
		if m, err := memberOrNobody(tx, who.id); err != nil || who.id != "" && !m.Active {
			return practice.Refuse(practice.Invalid, "member.unknown").At(who.field)
		}
	}
	if was.Team == "" && p.Team != "" {
		team, err := actor.For(p.Team)
		if err != nil {
			return err
		}
		was.Team = team
	}
	if err := mayOwn(tx, actor, was, p.Owner); err != nil {
		return err
	}
	if strings.TrimSpace(p.Title) != "" {
		was.Title = practice.Title(p.Title)
	}
	owner := was.Owner
	was.Owner = p.Owner
	if err := askSignOff(tx, &was, p.SignOff); err != nil {
		return err
	}
	if err := tx.SaveProcedure(was, was.Revision); err != nil {
		return err
	}
	if owner != was.Owner {
		if err := errors.Join(tellOwner(tx, actor, was), tellFormerOwner(tx, actor, owner, was)); err != nil {
			return err
		}
	}
	return tx.Emit(practice.Event{Kind: "procedure.owned", About: string(was.ID), In: string(was.Team)})
}

// tellOwner tells somebody that a procedure is theirs to look after, unless it was
// their own word.
func tellOwner(tx *store.Tx, actor practice.Actor, p practice.Procedure) error {
	if p.Owner == "" || p.Owner == actor.Member {
		return nil
	}
	return tx.Tell(practice.Notice{Member: p.Owner, Code: "notice.owner", Link: practice.ProcedurePath(p.Slug),
		Args: practice.Args{"procedure": p.Title}}, "")
}

// tellFormerOwner tells somebody that a procedure is not theirs to look after any more.
func tellFormerOwner(tx *store.Tx, actor practice.Actor, was practice.MemberID, p practice.Procedure) error {
	m, err := memberOrNobody(tx, was)
	if err != nil || !m.Active || was == actor.Member {
		return err
	}
	return tx.Tell(practice.Notice{Member: was, Code: "notice.unowned", Link: practice.ProcedurePath(p.Slug),
		Args: practice.Args{"procedure": p.Title, "name": actor.Name}}, "")
}

// askSignOff asks somebody to sign a procedure off, and tells them. Asking for
// the same again changes nothing.
func askSignOff(tx *store.Tx, p *practice.Procedure, ask practice.SignOff) error {
	if err := ask.Check(); err != nil {
		return err
	}
	if ask.By == p.SignOff.By && ask.Until.Equal(p.SignOff.Until) {
		return nil
	}
	p.SignOff = practice.SignOff{By: ask.By, Until: ask.Until}
	if ask.By == "" {
		return nil
	}
	return tx.Tell(practice.Notice{Member: ask.By, Code: "notice.signoff", Link: practice.ProcedurePath(p.Slug),
		Args: practice.Args{"procedure": p.Title, "at": ask.Until.UnixMicro()}}, "")
}

// SignProcedure is the yes of the one whose sign-off is awaited.
func (a *App) SignProcedure(ctx context.Context, actor practice.Actor, id practice.ProcedureID) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Procedure(id)
		if err != nil {
			return err
		}
		if p.SignOff.By == "" || p.SignOff.By != actor.Member || !p.SignOff.At.IsZero() {
			return practice.Refuse(practice.Conflict, "procedure.nosign")
		}
		p.SignOff.At = tx.Now()
		if err := errors.Join(tx.SaveProcedure(p, p.Revision), tx.SettleNotices(practice.ProcedurePath(p.Slug))); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "procedure.signed", About: string(p.ID), In: string(p.Team)})
	})
}

// RetireProcedure takes a procedure out of use, or back in. Its page and its
// history stay.
func (a *App) RetireProcedure(ctx context.Context, actor practice.Actor, id practice.ProcedureID, out bool) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := theirs(tx, actor, id)
		if err != nil || out == !p.RetireAt.IsZero() {
			return err
		}
		if err := mayRevise(tx, actor, p); err != nil {
			return err
		}
		p.RetireAt = time.Time{}
		if out {
			if err := nothingTried(tx, p); err != nil {
				return err
			}
			p.RetireAt = tx.Now()
		}
		if err := tx.SaveProcedure(p, p.Revision); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "procedure.retired", About: string(p.ID), In: string(p.Team), Data: practice.Args{"out": out}})
	})
}

// nothingTried refuses to take a procedure out of use while a change of it is tried: what
// the groups were asked about would be gone before they answer.
func nothingTried(tx *store.Tx, p practice.Procedure) error {
	rounds, err := tx.ConsentsOf(p.ID)
	if err != nil {
		return err
	}
	trials, err := tx.TrialsAsking()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(rounds, practice.Consent.Open) || slices.ContainsFunc(trials, func(t practice.Trial) bool { return t.Procedure == p.ID }) {
		return practice.Refuse(practice.Conflict, "procedure.tried")
	}
	return nil
}
