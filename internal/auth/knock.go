package auth

import (
	"context"
	"net/http"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// How many words a team's code has, and the pair that two screens show: fifty
// bits to find a code by trying, and enough to tell two phones in one hall
// apart.
const (
	codeWords = 4
	pairWords = 2
)

// errCodeOld is the one answer to a code that is over, was renewed or never
// was, so that trying teaches nothing.
var errCodeOld = practice.Refuse(practice.Conflict, "code.old").At("code")

// TeamCode returns what the actor's team hands out so that people can ask to
// come in. A first one is made where there is none; one that is over is shown
// as it is.
func (a *Auth) TeamCode(ctx context.Context, actor practice.Actor, team practice.TeamID) (practice.TeamCode, error) {
	if !mayLetIn(actor, team) {
		return practice.TeamCode{}, practice.ErrNotFound
	}
	var c practice.TeamCode
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		c, err = tx.TeamCode(team)
		return err
	})
	if practice.KindOf(err) == practice.NotFound {
		return a.RenewTeamCode(ctx, actor, team)
	}
	return c, err
}

// RenewTeamCode gives a team a new code. The old one leads nowhere from then
// on, printed squares included; who knocked with it waits on.
func (a *Auth) RenewTeamCode(ctx context.Context, actor practice.Actor, team practice.TeamID) (practice.TeamCode, error) {
	if !mayLetIn(actor, team) {
		return practice.TeamCode{}, practice.ErrNotFound
	}
	c := practice.TeamCode{Team: team, Words: a.draw(codeWords)}
	return c, a.update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Team(team); err != nil {
			return err
		}
		c.EndsAt = tx.Now().Add(practice.CodeLife)
		return tx.SaveTeamCode(c)
	})
}

// mayLetIn reports whether the actor hands out the code of a team and shares a
// tablet with it: its people, and stewards, who set teams up. A token never does.
func mayLetIn(actor practice.Actor, team practice.TeamID) bool {
	return len(actor.Scopes) == 0 && (actor.In(team) || actor.Steward)
}

// draw makes words to read and compare.
func (a *Auth) draw(n int) string {
	return strings.Join(a.words().Draw(n, a.random), " ")
}

// Asking is somebody who holds a team's code.
type Asking struct {
	Code   string // as typed or scanned: any case, spaces or dashes
	Name   string
	Remote string // the address it came from, as in http.Request.RemoteAddr
	Agent  string // the browser's User-Agent; only a label is made of it
	Known  string // what [Auth.ComeBack] sealed, if a yes is to open that way too
}

// CodeOf returns the team whose code somebody holds. It refuses "code.old",
// and "knock.slow" where one place tries too many.
func (a *Auth) CodeOf(ctx context.Context, code, remote string) (practice.Team, error) {
	if wait := a.pace.count("code "+placeKey(remote), triesPerPlace); wait > 0 {
		return practice.Team{}, slowKnock(wait)
	}
	var t practice.Team
	said, _ := a.words().Read(code)
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		t, err = teamOfCode(tx, said)
		return err
	})
	return t, err
}

func teamOfCode(tx *store.Tx, said string) (practice.Team, error) {
	c, err := tx.TeamCodeByWords(said)
	if practice.KindOf(err) == practice.NotFound {
		return practice.Team{}, errCodeOld
	}
	if err != nil {
		return practice.Team{}, err
	}
	return tx.Team(c.Team)
}

func slowKnock(wait time.Duration) error {
	return practice.Refuse(practice.Busy, "knock.slow").With("n", int((wait+time.Minute-1)/time.Minute)).After(wait)
}

// Knock asks to come in. It makes no account: somebody of the team says yes
// first, and then the device shows the secret this returns to [Auth.ComeIn].
// What is asked and answered is the same whoever the team knows by that name.
func (a *Auth) Knock(ctx context.Context, n Asking) (practice.Knock, string, error) {
	if wait := a.pace.count("knock "+placeKey(n.Remote), knocksPerPlace); wait > 0 {
		return practice.Knock{}, "", slowKnock(wait)
	}
	if err := practice.CheckName(n.Name); err != nil {
		return practice.Knock{}, "", err
	}
	k := practice.Knock{Name: strings.Join(strings.Fields(n.Name), " "), Label: deviceLabel(n.Agent)}
	if n.Known != "" {
		if err := a.unseal(ctx, sealIdentity, n.Known, &k.Identity); err != nil {
			return practice.Knock{}, "", err
		}
	}
	secret := newSecret(a.random)
	k, err := a.knock(ctx, n.Code, k, hashSecret(secret))
	return k, secret, err
}

// KnockAs asks for one more team on behalf of somebody who is in already.
func (a *Auth) KnockAs(ctx context.Context, actor practice.Actor, code string) (practice.Knock, error) {
	if actor.Member == "" || len(actor.Scopes) > 0 {
		return practice.Knock{}, practice.ErrForbidden
	}
	return a.knock(ctx, code, practice.Knock{Name: actor.Name, Member: actor.Member}, "")
}

func (a *Auth) knock(ctx context.Context, code string, k practice.Knock, hash string) (practice.Knock, error) {
	said, _ := a.words().Read(code)
	k.Words, k.State = a.draw(pairWords), practice.KnockWaiting
	return k, a.update(ctx, func(tx *store.Tx) error {
		t, err := teamOfCode(tx, said)
		if err != nil {
			return err
		}
		if k.Member != "" {
			if err := tx.RemoveKnocksOf(k.Member, t.ID); err != nil {
				return err
			}
		}
		waiting, err := tx.Knocks(t.ID)
		if err != nil {
			return err
		}
		if len(waiting) >= practice.MaxKnocks {
			return practice.Refuse(practice.Busy, "knock.many")
		}
		k.ID, k.Team = practice.KnockID(tx.NewBlindID("knk")), t.ID
		k.At, k.EndsAt = tx.Now(), tx.Now().Add(practice.KnockLife)
		if err := tx.AddKnock(k, hash); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "knock.asked", About: string(k.ID), In: string(t.ID)})
	})
}

// Knocked says where the asking of a device stands. It returns
// [practice.ErrNotFound] once its time is over.
func (a *Auth) Knocked(ctx context.Context, secret string) (practice.Knock, practice.Team, error) {
	var k practice.Knock
	var t practice.Team
	err := a.view(ctx, func(tx *store.Tx) (err error) {
		if k, err = knockOf(tx, secret); err != nil {
			return err
		}
		t, err = tx.Team(k.Team)
		return err
	})
	return k, t, err
}

func knockOf(tx *store.Tx, secret string) (practice.Knock, error) {
	k, err := tx.KnockByHash(hashSecret(secret))
	if err == nil && !tx.Now().Before(k.EndsAt) {
		err = practice.ErrNotFound
	}
	return k, err
}

// TakeKnockBack ends what a device asked, as if it had not.
func (a *Auth) TakeKnockBack(ctx context.Context, secret string) error {
	return a.update(ctx, func(tx *store.Tx) error {
		k, err := knockOf(tx, secret)
		if err != nil {
			return err
		}
		if err := tx.RemoveKnock(k.ID); err != nil {
			return err
		}
		return tx.Emit(practice.Event{Kind: "knock.gone", About: string(k.ID), In: string(k.Team)})
	})
}

// ComeIn lets in the device of somebody to whom the team said yes, once, and
// returns the secret for its cookie. Until then it refuses "knock.waits"; a no
// is "knock.refused".
func (a *Auth) ComeIn(ctx context.Context, secret string, how Arrival) (string, error) {
	cookie := newSecret(a.random)
	err := a.come(ctx, func(tx *store.Tx) error {
		k, err := knockOf(tx, secret)
		switch {
		case err != nil:
			return err
		case k.State == practice.KnockRefused:
			return practice.Refuse(practice.Conflict, "knock.refused")
		case k.State != practice.KnockLetIn:
			return practice.Refuse(practice.Conflict, "knock.waits")
		}
		if err := tx.RemoveKnock(k.ID); err != nil {
			return err
		}
		if k.Identity.Subject != "" {
			if err := link(tx, k.Member, k.Identity, a.at); err != nil && practice.KindOf(err) != practice.Conflict {
				return err // it is somebody else's by now; their yes holds all the same
			}
		}
		how.By = k.By
		return letIn(tx, k.Member, cookie, how)
	})
	if err != nil {
		return "", err
	}
	return cookie, nil
}

// AtDoor is a cookie that only the pages below /join see: the code somebody
// scanned, so that it stands in no address, or what they knocked with. A life of
// zero takes it back.
func (a *Auth) AtDoor(name, value string, life time.Duration) *http.Cookie {
	c := a.cookie("debrief-"+name, value, life)
	if c.Path = "/join"; life == 0 {
		c.MaxAge = -1
	}
	return c
}
