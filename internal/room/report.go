package room

import (
	"context"
	"errors"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// NewReport is a report as somebody without a name sends it.
type NewReport struct {
	practice.Unnamed
	Address string // the word of the team's address
	Mark    string // shows that the sender reads the team's pages, and not who; may be empty

	now time.Time
}

// Reported is what comes back: the words of the receipt, this once.
type Reported struct {
	Words   string
	Appears time.Time // at the latest
	Earlier []Earlier // failures that share words with it; only for the team
}

// Earlier is a failure that shares words with a text.
type Earlier struct {
	Failure practice.Failure
	Perhaps bool     // not clearly like it
	Words   []string // the most telling first
}

// House is where an address leads: whose it is, and when what is sent there
// appears.
type House struct {
	Organisation practice.Organisation
	Team         practice.Team
	Few          bool      // of its people: what is sent there is not really without a name
	Appears      time.Time // at the latest
}

// At returns where an address leads. An old one, or one that never was, leads
// nowhere ("address.old").
func (rooms *Rooms) At(ctx context.Context, address string) (House, error) {
	var h House
	err := rooms.store.View(ctx, func(tx *store.Tx) (err error) {
		h, err = houseAt(tx, address)
		return err
	})
	return h, err
}

func houseAt(tx *store.Tx, address string) (House, error) {
	t, err := tx.TeamAt(address)
	if errors.Is(err, practice.ErrNotFound) {
		return House{}, errAddress
	} else if err != nil {
		return House{}, err
	}
	return houseOf(tx, t)
}

func houseOf(tx *store.Tx, t practice.Team) (House, error) {
	o, err := tx.Organisation()
	if err != nil {
		return House{}, err
	}
	people, err := tx.MembersOf(t.ID)
	return House{Organisation: o, Team: t, Few: practice.Few(len(people)), Appears: o.Appears(tx.Now())}, err
}

var errAddress = practice.Refuse(practice.Conflict, "address.old")

// Report keeps a report without a name. Once it returns, the report is on the
// disk, where it waits with others for the hour: it has no number, no time and
// no event until then. Sending it twice keeps it once.
func (rooms *Rooms) Report(ctx context.Context, who practice.Stranger, n NewReport) (Reported, error) {
	n.Unnamed = n.Tidy()
	var house House
	err := rooms.store.View(ctx, func(tx *store.Tx) (err error) {
		if house, err = houseAt(tx, n.Address); err != nil {
			return err
		}
		n.now = tx.Now()
		if err = n.Check(n.now); err != nil {
			return err
		}
		return rooms.hurdle.take(who, mostReports, "report.slow", tx.Now(), tx.Random())
	})
	if err != nil {
		return Reported{}, err
	}
	n.Touched = slices.DeleteFunc(slices.Clone(n.Touched), func(id practice.GroupID) bool {
		return !slices.ContainsFunc(house.Team.Offered(), func(g practice.Group) bool { return g.ID == id })
	})
	r, err := rooms.sent.once(who.Once, func() (Reported, error) { return rooms.pool(ctx, house, n.Unnamed) })
	if err != nil {
		return r, err
	}
	r.Earlier, err = rooms.earlier(ctx, house.Team.ID, n)
	return r, err
}

// pool puts a report among those that wait, with a receipt of its own.
func (rooms *Rooms) pool(ctx context.Context, house House, u practice.Unnamed) (Reported, error) {
	words, key, err := rooms.DrawReceipt(ctx)
	r := Reported{Words: words, Appears: house.Appears}
	if err != nil {
		return Reported{}, err
	}
	return r, rooms.store.Update(ctx, func(tx *store.Tx) error {
		return tx.AddWaiting(practice.Waiting{ID: tx.NewBlindID("wtg"), Kind: practice.WaitingReport, Lookup: key.Lookup,
			Public: key.Public(), Team: house.Team.ID, Report: u})
	})
}

// key stretches the words of a receipt.
func (rooms *Rooms) key(ctx context.Context, said string) (practice.ReceiptKey, error) {
	secret, err := rooms.secret(ctx)
	if err != nil {
		return practice.ReceiptKey{}, err
	}
	stretched, err := rooms.stretch(ctx, practice.ReceiptSalt(secret), said)
	if err != nil {
		return practice.ReceiptKey{}, err
	}
	return practice.NewReceiptKey(stretched)
}

// mostEarlier is how many earlier failures whoever reported something is shown.
const mostEarlier = 5

// earlier asks whether something like it happened before: of the text in
// memory, so that nobody has to wait for the hour, and for the team alone.
func (rooms *Rooms) earlier(ctx context.Context, team practice.TeamID, n NewReport) ([]Earlier, error) {
	secret, err := rooms.secret(ctx)
	if err != nil || rooms.similar == nil || !practice.IsTeamMark(n.Mark, secret, team, n.now) {
		return nil, err
	}
	withheld := map[string]bool{}
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		ids, err := tx.Withheld("")
		for _, id := range ids {
			withheld[id] = true
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	hits, err := rooms.similar(ctx, recall.Query{Title: practice.Title(n.Text), Text: n.Text, Limit: mostEarlier,
		Filter: recall.Filter{Kinds: []recall.Kind{recall.Failure}, Allow: func(d *recall.Doc) bool {
			return d.Team == "" || d.Team == string(team) && !withheld[d.ID]
		}}})
	if err != nil {
		return nil, err
	}
	var found []Earlier
	err = rooms.store.View(ctx, func(tx *store.Tx) error {
		for _, h := range hits {
			f, err := tx.Failure(practice.FailureID(h.ID))
			if h.ByChance() || errors.Is(err, practice.ErrNotFound) {
				continue
			} else if err != nil {
				return err
			}
			found = append(found, Earlier{Failure: f, Perhaps: h.Perhaps, Words: h.Why})
		}
		return nil
	})
	return found, err
}
