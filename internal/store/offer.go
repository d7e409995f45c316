package store

import (
	"errors"
	"fmt"
	"time"

	"debrief/internal/practice"
)

const offerColumns = `id, about, coalesce(failure, ''), team, to_team, body, why, at, state, said, reason, end_at,
	coalesce(step, ''), revision, coalesce(proposal, '')`

func scanOffer(r scanner) (o practice.Offer, err error) {
	return o, r.Scan(&o.ID, &o.About, &o.Failure, &o.From, &o.To, &o.Words, &o.Why, at{&o.At}, &o.State, &o.Said, &o.Reason, at{&o.EndAt},
		&o.Step, &o.Revision, &o.Proposal)
}

// AddOffer puts something to a team. It refuses with "offer.there" what that team was
// offered already, and has not declined.
func (tx *Tx) AddOffer(o practice.Offer) (practice.Offer, error) {
	o.ID, o.At, o.State = practice.OfferID(tx.NewID("ofr")), tx.Now(), practice.OfferWaits
	n, err := tx.exec(`INSERT INTO offer (id, about, failure, team, to_team, body, why, at, state, said, reason, end_at, step, revision, proposal)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', 0, NULL, 0, NULL) ON CONFLICT DO NOTHING`,
		o.ID, o.About, orNull(o.Failure), o.From, o.To, o.Words, o.Why, o.At, o.State)
	if err != nil {
		return o, fmt.Errorf("add offer: %w", err)
	}
	if n == 0 {
		return o, practice.Refuse(practice.Conflict, "offer.there").At("to")
	}
	return o, nil
}

// Offer returns one by its id.
func (tx *Tx) Offer(id practice.OfferID) (practice.Offer, error) {
	return scanOffer(tx.row(`SELECT `+offerColumns+` FROM offer WHERE id = $1`, id))
}

// OffersOf returns what some teams offered and were offered, the newest first.
func (tx *Tx) OffersOf(teams []practice.TeamID) ([]practice.Offer, error) {
	return list(tx, scanOffer, `SELECT `+offerColumns+` FROM offer WHERE team IN `+tx.among(1)+` OR to_team IN `+tx.among(2)+`
		ORDER BY at DESC, id DESC`, jsonOf(append([]practice.TeamID{}, teams...)), jsonOf(append([]practice.TeamID{}, teams...)))
}

// OffersAsking returns what waits for an answer of some teams, the oldest first.
func (tx *Tx) OffersAsking(teams []practice.TeamID) ([]practice.Offer, error) {
	return list(tx, scanOffer, `SELECT `+offerColumns+` FROM offer WHERE to_team IN `+tx.among(1)+` AND state = $2 ORDER BY at, id`,
		jsonOf(append([]practice.TeamID{}, teams...)), practice.OfferWaits)
}

// OffersAbout returns to whom one thing was offered, the newest first.
func (tx *Tx) OffersAbout(about string) ([]practice.Offer, error) {
	return list(tx, scanOffer, `SELECT `+offerColumns+` FROM offer WHERE about = $1 ORDER BY at DESC, id DESC`, about)
}

// KnownTo returns the ids of what a team took over from others since a moment.
func (tx *Tx) KnownTo(t practice.TeamID, since time.Time) ([]string, error) {
	return list(tx, scanText[string], `SELECT about FROM offer WHERE to_team = $1 AND state IN ('adopted', 'adapted') AND end_at >= $2 ORDER BY about`, t, since)
}

// OfferProposed returns the one of which a proposal is the answer, or none.
func (tx *Tx) OfferProposed(p practice.ProposedID) (practice.Offer, error) {
	o, err := scanOffer(tx.row(`SELECT `+offerColumns+` FROM offer WHERE proposal = $1`, p))
	if errors.Is(err, practice.ErrNotFound) {
		return practice.Offer{}, nil
	}
	return o, err
}

// SaveOffer writes back what became of one that was read as was. It returns
// [practice.ErrChanged] where somebody was faster.
func (tx *Tx) SaveOffer(o, was practice.Offer) error {
	n, err := tx.exec(`UPDATE offer SET state = $2, said = $3, reason = $4, end_at = $5, step = $6, revision = $7, proposal = $8
		WHERE id = $1 AND state = $9`,
		o.ID, o.State, o.Said, o.Reason, o.EndAt, orNull(o.Step), o.Revision, orNull(o.Proposal), was.State)
	if err != nil {
		return fmt.Errorf("save offer: %w", err)
	}
	if n == 0 {
		return practice.ErrChanged
	}
	return nil
}

// given are the failures of other teams behind the steps of a procedure that were taken
// over from these. Nothing is said of how they hold here: only what was learned here is
// asked about.
func (tx *Tx) given(p practice.ProcedureID) ([]practice.Scar, error) {
	return list(tx, func(r scanner) (s practice.Scar, err error) {
		return s, r.Scan(&s.Offer, &s.Step, &s.Failure, &s.Number, &s.Title, &s.Team, &s.Of, &s.Given, &s.Revision, at{&s.At})
	}, `SELECT offer.id, offer.step, failure.id, failure.number, failure.title, offer.team, team.name, offer.to_team, offer.revision, offer.end_at
		FROM offer JOIN step ON step.id = offer.step JOIN failure ON failure.id = offer.failure JOIN team ON team.id = offer.team
		WHERE step.procedure = $1 AND offer.state IN ('consent', 'adopted', 'adapted') ORDER BY offer.end_at, offer.id`, p)
}

// OffersFrom returns to whom was offered what came of a failure, the newest first.
func (tx *Tx) OffersFrom(f practice.FailureID) ([]practice.Offer, error) {
	return list(tx, scanOffer, `SELECT `+offerColumns+` FROM offer WHERE failure = $1 ORDER BY at DESC, id DESC`, f)
}

// offersGone takes away what came of a failure and was offered, with how it was tried.
var offersGone = []string{
	`DELETE FROM consent_said WHERE gap IN ` + offersOfFailure,
	`DELETE FROM consent_text WHERE gap IN ` + offersOfFailure,
	`DELETE FROM consent_asked WHERE gap IN ` + offersOfFailure,
	`DELETE FROM consent WHERE gap IN ` + offersOfFailure,
	`DELETE FROM trial WHERE gap IN ` + offersOfFailure,
	`DELETE FROM people_check WHERE gap IN ` + offersOfFailure,
	`DELETE FROM offer WHERE failure = $1`,
}
