package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Grouped is a group of people whom procedures affect, with what its page needs.
type Grouped struct {
	practice.Party
	Names      map[practice.MemberID]string
	Procedures []practice.Procedure // that affect it
	Mine       bool                 // the reader says what it is
}

// Parties returns the groups whom procedures affect, in the whole organisation.
func (a *App) Parties(ctx context.Context, actor practice.Actor) ([]Grouped, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Grouped, error) {
		all, err := tx.Parties()
		if err != nil {
			return nil, err
		}
		var out []Grouped
		for _, p := range all {
			one, err := grouped(tx, actor, p)
			if err != nil {
				return nil, err
			}
			out = append(out, one)
		}
		return out, nil
	})
}

// Party returns one of them.
func (a *App) Party(ctx context.Context, actor practice.Actor, id practice.PartyID) (Grouped, error) {
	return read(ctx, a, func(tx *store.Tx) (Grouped, error) {
		p, err := tx.Party(id)
		if err != nil {
			return Grouped{}, err
		}
		return grouped(tx, actor, p)
	})
}

func grouped(tx *store.Tx, actor practice.Actor, p practice.Party) (out Grouped, err error) {
	out = Grouped{Party: p, Names: map[practice.MemberID]string{}, Mine: mayEditParty(tx, actor, p) == nil}
	people := slices.Clone(p.Members)
	for _, v := range p.Voices {
		people = append(people, v.Member)
	}
	if err := nameAll(tx, out.Names, people...); err != nil {
		return out, err
	}
	out.Procedures, err = tx.Affects(p.ID)
	return out, err
}

// nameAll finds what people are called.
func nameAll(tx *store.Tx, names map[practice.MemberID]string, people ...practice.MemberID) error {
	for _, id := range people {
		if id == "" || names[id] != "" {
			continue
		}
		m, err := tx.Member(id)
		if err != nil {
			return err
		}
		names[id] = m.Name
	}
	return nil
}

// AddParty keeps a group that is new.
func (a *App) AddParty(ctx context.Context, actor practice.Actor, p practice.Party) (practice.Party, error) {
	if err := mayWrite(actor); err != nil {
		return p, err
	}
	return write(ctx, a, func(tx *store.Tx) (practice.Party, error) {
		id, err := once(tx, actor, "party.add", func() (string, error) {
			p, err := addParty(tx, p)
			return string(p.ID), err
		})
		if err != nil {
			return p, err
		}
		return tx.Party(practice.PartyID(id))
	})
}

func addParty(tx *store.Tx, p practice.Party) (practice.Party, error) {
	if p.Days == 0 {
		p.Days = practice.PartyDays
	}
	p.Voices = nil
	if err := first(p.Check(), theyAreHere(tx, p.Members)); err != nil {
		return p, err
	}
	p, err := tx.AddParty(p)
	if err != nil {
		return p, err
	}
	return p, tx.Emit(practice.Event{Kind: "group.added", About: string(p.ID)})
}

// first is the first error of some.
func first(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// theyAreHere refuses people who are not, or no longer.
func theyAreHere(tx *store.Tx, people []practice.MemberID) error {
	for _, id := range people {
		if m, err := tx.Member(id); err != nil || !m.Active {
			return practice.Refuse(practice.Invalid, "member.unknown").At("members")
		}
	}
	return nil
}

// EditParty says anew what a group is called, who belongs to it and how long it takes to
// answer. As soon as anybody of it has an account, that is the group's own to say.
func (a *App) EditParty(ctx context.Context, actor practice.Actor, p practice.Party) error {
	return a.onParty(ctx, actor, p.ID, func(tx *store.Tx, was practice.Party) error {
		if p.Version != 0 && p.Version != was.Version {
			return practice.ErrChanged.At("name")
		}
		if known, err := tx.PartyNamed(p.Name); err == nil && known.ID != was.ID {
			return practice.Refuse(practice.Conflict, "party.known").At("name").With("name", known.Name)
		}
		if asked, err := askedNow(tx, was.ID); err != nil || asked && len(was.Members) > 0 && len(p.Members) == 0 {
			return errors.Join(err, practice.Refuse(practice.Conflict, "party.emptied").At("members"))
		}
		was.Name, was.Outside, was.Days, was.Members = strings.Join(strings.Fields(p.Name), " "), strings.TrimSpace(p.Outside), p.Days, p.Members
		if err := first(was.Check(), theyAreHere(tx, was.Members)); err != nil {
			return err
		}
		return errors.Join(tx.SaveParty(was), tx.Emit(practice.Event{Kind: "group.changed", About: string(was.ID)}))
	})
}

// ChooseVoice keeps whom a group chose to speak for it, when and how. Somebody of that
// name without an account is let in by a signed link, round by round.
func (a *App) ChooseVoice(ctx context.Context, actor practice.Actor, id practice.PartyID, name string, v practice.Voice) error {
	return a.onParty(ctx, actor, id, func(tx *store.Tx, p practice.Party) error {
		m, err := tx.MemberByName(name)
		if isNotFound(err) {
			m, err = tx.Guest(name)
		}
		if err != nil {
			return err
		}
		if !m.Active {
			return practice.Refuse(practice.Invalid, "member.unknown").At("name")
		}
		v.Member = m.ID
		if p, err = p.Choose(v, tx.Now()); err != nil {
			return err
		}
		return errors.Join(tx.SaveParty(p), tx.Emit(practice.Event{Kind: "group.chose", About: string(p.ID)}))
	})
}

// onParty lets whoever says what a group is do so.
func (a *App) onParty(ctx context.Context, actor practice.Actor, id practice.PartyID, do func(tx *store.Tx, p practice.Party) error) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Party(id)
		if err != nil {
			return err
		}
		if err := mayEditParty(tx, actor, p); err != nil {
			return err
		}
		return do(tx, p)
	})
}

// mayEditParty decides who says what a group is. While it is asked, that is the group's own
// to say, or a steward's where nobody of it has an account: whoever asks must not choose
// who answers. Its first voice it may be given by anybody, or it could not answer at all.
func mayEditParty(tx *store.Tx, actor practice.Actor, p practice.Party) error {
	voice, err := memberOrNobody(tx, p.Voice().Member)
	if err != nil || p.Has(actor.Member) {
		return err
	}
	if err := p.MayEdit(actor.Member); err != nil {
		return err
	}
	asked, err := askedNow(tx, p.ID)
	if err == nil && (voice.Belongs() || asked && voice.Active && !actor.Steward) {
		err = practice.Refuse(practice.Forbidden, "party.own").With("group", p.Name)
	}
	return err
}

// askedNow reports whether an open round asks a group.
func askedNow(tx *store.Tx, id practice.PartyID) (bool, error) {
	all, err := tx.Affects(id)
	for _, p := range all {
		asked, err := running(tx, p.ID)
		if err != nil || slices.Contains(asked, id) {
			return err == nil, err
		}
	}
	return false, err
}

// Say is who has a say about one procedure, with everybody it could name.
type Say struct {
	practice.Authority
	Of      practice.Procedure
	Parties []practice.Party
	Names   map[string]string // of people and teams, by their ids
	Running []practice.PartyID
	Left    []practice.Left // groups that were taken off, and are asked all the same
	Owner   string          // who looks after the procedure; empty where nobody does
	Team    bool            // the reader may change the procedure
	Mine    bool            // and says who has a say
	Changes bool            // and changes it, where not the whole team does
	Who     []string        // who does, by name; none: the whole team
}

// Authority returns who has a say about a procedure. The whole organisation reads it.
func (a *App) Authority(ctx context.Context, actor practice.Actor, slug string) (Say, error) {
	return read(ctx, a, func(tx *store.Tx) (Say, error) {
		p, err := tx.ProcedureBySlug(slug)
		if err != nil {
			return Say{}, err
		}
		return sayAbout(tx, actor, p)
	})
}

func sayAbout(tx *store.Tx, actor practice.Actor, p practice.Procedure) (out Say, err error) {
	out = Say{Of: p, Names: map[string]string{}, Mine: mayChange(actor, p) && mayDecide(tx, actor, p) == nil}
	out.Team = mayChange(actor, p)
	owner, err := memberOrNobody(tx, p.Owner)
	if err != nil {
		return out, err
	}
	out.Owner = owner.Name
	if out.Authority, err = tx.Authority(p.ID); err != nil {
		return out, err
	}
	out.Changes = out.Team && (actor.Operator || out.MayChange(p, actor.Member) == nil)
	for _, id := range out.Authority.Who(p) {
		m, err := tx.Member(id)
		if err != nil {
			return out, err
		}
		out.Who = append(out.Who, m.Name)
	}
	if out.Parties, err = tx.Parties(); err != nil {
		return out, err
	}
	if out.Running, err = running(tx, p.ID); err != nil {
		return out, err
	}
	if out.Left, err = tx.StillAsked(p.ID); err != nil {
		return out, err
	}
	for _, id := range append(idsOf(out.May), out.Told...) {
		if out.Names[id], err = nameOfAny(tx, id); err != nil {
			return out, err
		}
	}
	return out, nil
}

// nameOfAny is what a person or a team is called.
func nameOfAny(tx *store.Tx, id string) (string, error) {
	if strings.HasPrefix(id, "tea_") {
		t, err := tx.Team(practice.TeamID(id))
		return t.Name, err
	}
	m, err := tx.Member(practice.MemberID(id))
	return m.Name, err
}

// running are the groups that an open round about a procedure asks.
func running(tx *store.Tx, p practice.ProcedureID) (all []practice.PartyID, err error) {
	rounds, err := tx.ConsentsOf(p)
	for _, c := range rounds {
		for _, g := range c.Groups {
			if c.Open() {
				all = append(all, g.Party)
			}
		}
	}
	return all, err
}

// SaveAuthority says who has a say about a procedure. A group that is being asked about a
// change of it cannot be left out, one that is left out is asked for a cycle more, and one
// that is new is asked, too.
func (a *App) SaveAuthority(ctx context.Context, actor practice.Actor, n practice.Authority) error {
	if err := mayWrite(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := theirs(tx, actor, n.Procedure)
		if err != nil {
			return err
		}
		if err := mayDecide(tx, actor, p); err != nil {
			return err
		}
		was, err := tx.Authority(p.ID)
		if err != nil {
			return err
		}
		if err := mayAsk(tx, was, n); err != nil {
			return err
		}
		if err := mayName(tx, p, n.May); err != nil {
			return err
		}
		for _, id := range n.Told {
			if _, err := nameOfAny(tx, id); err != nil {
				return practice.Refuse(practice.Invalid, "member.unknown").At("told")
			}
		}
		return errors.Join(tx.SaveAuthority(n), askMore(tx, p, n), tx.Emit(practice.Event{Kind: "procedure.authority", About: string(p.ID), In: string(p.Team)}))
	})
}

// idsOf are people as ids among others.
func idsOf(people []practice.MemberID) (ids []string) {
	for _, m := range people {
		ids = append(ids, string(m))
	}
	return ids
}

// mayName refuses to let somebody change a procedure who is not, or no longer, in its team.
func mayName(tx *store.Tx, p practice.Procedure, people []practice.MemberID) error {
	team, err := tx.MembersOf(p.Team)
	for _, id := range people {
		at := slices.IndexFunc(team, func(m practice.Member) bool { return m.ID == id })
		if at < 0 || team[at].Guest {
			err = errors.Join(err, practice.Refuse(practice.Invalid, "authority.team").At("may"))
		}
	}
	return err
}

// mayAsk refuses groups that are not there, and to leave out one that is being asked.
func mayAsk(tx *store.Tx, was, n practice.Authority) error {
	asked, err := running(tx, n.Procedure)
	if err != nil {
		return err
	}
	for _, id := range n.Asked {
		if _, err := tx.Party(id); err != nil {
			return practice.Refuse(practice.Invalid, "party.unknown").At("asked")
		}
	}
	for _, id := range was.Asked {
		if slices.Contains(asked, id) && !slices.Contains(n.Asked, id) {
			return practice.Refuse(practice.Conflict, "party.asked").At("asked")
		}
	}
	return nil
}

// askMore puts the open rounds of a procedure to the groups that are new.
func askMore(tx *store.Tx, p practice.Procedure, n practice.Authority) error {
	rounds, err := tx.ConsentsOf(p.ID)
	if err != nil {
		return err
	}
	for _, was := range rounds {
		c := was
		for _, id := range n.Asked {
			g, err := tx.Party(id)
			if err != nil {
				return err
			}
			c = c.Add(id, g.Days, tx.Now())
		}
		if len(c.Groups) > len(was.Groups) {
			if err := errors.Join(tx.SaveConsent(c, was), tx.TellVoices(c, was)); err != nil {
				return err
			}
		}
	}
	return nil
}

// WhoAre finds people, and teams where they may be named, by what they are called.
func (a *App) WhoAre(ctx context.Context, actor practice.Actor, names []string, field string, teams bool) ([]string, error) {
	return read(ctx, a, func(tx *store.Tx) ([]string, error) {
		var ids []string
		all, err := tx.Teams()
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if i := slices.IndexFunc(all, func(t practice.Team) bool { return teams && practice.FoldName(t.Name) == practice.FoldName(name) }); i >= 0 {
				ids = append(ids, string(all[i].ID))
				continue
			}
			m, err := tx.MemberByName(name)
			if isNotFound(err) || err == nil && !m.Active {
				return nil, practice.Refuse(practice.Invalid, "who.unknown").At(field).With("name", name)
			}
			if err != nil {
				return nil, err
			}
			ids = append(ids, string(m.ID))
		}
		return ids, nil
	})
}
