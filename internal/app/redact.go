package app

import (
	"context"
	"errors"
	"io"
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// errCounted ends a redaction that was only counted.
var errCounted = errors.New("only counted")

// RemovePersonalData takes words, or pictures, out of everything that was said
// about a failure, for good; the places are marked. Who did it and when stays,
// what it was does not. Whoever reported or convenes it may, and who took part in
// its review. What is not sure is only counted. Words that stand nowhere the
// actor reads are refused ("redact.nowhere"), whether others read them or not.
// While the failure is on hold, nothing is taken out ("hold.stays").
func (a *App) RemovePersonalData(ctx context.Context, actor practice.Actor, id practice.FailureID, n practice.NewRedaction) (practice.Redaction, error) {
	if err := mayWrite(actor); err != nil {
		return practice.Redaction{}, err
	}
	if err := n.Check(); err != nil {
		return practice.Redaction{}, err
	}
	var done practice.Redaction
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		f, took, err := redactable(tx, actor, id)
		if err != nil {
			return err
		}
		if err := tx.Unheld(f.ID); err != nil {
			return err
		}
		done, err = redact(tx, f, n, took)
		if err != nil {
			return err
		}
		if done.Places == 0 {
			return practice.Refuse(practice.Invalid, "redact.nowhere").At("words")
		}
		if !n.Sure {
			return errCounted
		}
		done.Member = actor.Member
		done.ID = practice.RedactionID(tx.NewID("red"))
		return errors.Join(tx.AddRedaction(done), tellRedacted(tx, f), tx.Enqueue("store.scrub", tx.Now(), nil), tx.KeepLedger())
	})
	if errors.Is(err, errCounted) {
		err = nil
	}
	return done, err
}

// redactable returns a failure out of which the actor may take something, and
// whether they took part in its review.
func redactable(tx *store.Tx, actor practice.Actor, id practice.FailureID) (practice.Failure, bool, error) {
	reviews, err := tx.Reviews(id)
	if err != nil {
		return practice.Failure{}, false, err
	}
	took := false
	for _, r := range reviews {
		i, err := tx.Invitation(r.ID, actor.Member)
		if err != nil && !isNotFound(err) {
			return practice.Failure{}, false, err
		}
		took = took || i.Spent && r.Phase == practice.PhaseClosed
	}
	if took {
		f, err := own(tx, actor, id)
		return f, took, err
	}
	f, err := inHandOf(tx, actor, id)
	return f, took, err
}

// redact takes everything out and counts what the actor reads of it.
func redact(tx *store.Tx, f practice.Failure, n practice.NewRedaction, took bool) (practice.Redaction, error) {
	p, err := printOf(tx, n)
	if err != nil {
		return practice.Redaction{}, err
	}
	done := practice.Redaction{Failure: f.ID, At: tx.Now(), Print: p}
	taken, err := takeOut(tx, f, done.Print)
	if done.Places = taken.Open; took {
		done.Places += taken.Room
	}
	return done, err
}

// printOf makes the fingerprint of what shall go.
func printOf(tx *store.Tx, n practice.NewRedaction) (practice.Print, error) {
	salt := make([]byte, 32)
	_, err := io.ReadFull(tx.Random(), salt)
	return n.Print(salt), err
}

// takeOut takes out what a print is of.
func takeOut(tx *store.Tx, f practice.Failure, p practice.Print) (store.Redacted, error) {
	var taken store.Redacted
	if p.Length > 0 {
		var err error
		if taken, err = takeWords(tx, f, p); err != nil {
			return taken, err
		}
		is, err := tx.Failure(f.ID)
		if err != nil {
			return taken, err
		}
		is.Title = practice.Title(is.Text) // a name may have been cut in two by its end
		if err := tx.RewordFailure(is); err != nil {
			return taken, err
		}
	}
	if !p.Pictures {
		return taken, nil
	}
	pictures, err := tx.RemovePictures(f.ID)
	taken.Open += pictures
	return taken, err
}

// takeWords takes words out of what was said about a failure. A plan of it that was
// as frozen has the fingerprint of what is left.
func takeWords(tx *store.Tx, f practice.Failure, p practice.Print) (store.Redacted, error) {
	if f.Plan == "" {
		return tx.Redact(f, p.Take)
	}
	was, err := tx.Plan(f.Plan)
	if err != nil {
		return store.Redacted{}, err
	}
	taken, err := tx.Redact(f, p.Take)
	if err != nil || !was.Frozen() || !was.Intact() {
		return taken, err
	}
	is, err := tx.Plan(f.Plan)
	if err != nil {
		return taken, err
	}
	return taken, tx.SavePlan(is.Reprint(), is.Version)
}

// tellRedacted lets the index forget what is gone.
func tellRedacted(tx *store.Tx, f practice.Failure) error {
	about := []string{string(f.ID)}
	reviews, err := tx.Reviews(f.ID)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		if r.Phase == practice.PhaseClosed {
			about = append(about, string(r.ID))
		}
	}
	findings, err := tx.Findings()
	if err != nil {
		return err
	}
	for _, one := range findings {
		if one.Failure == f.ID {
			about = append(about, string(one.ID))
		}
	}
	if f.Plan != "" {
		about = append(about, string(f.Plan))
	}
	for _, id := range slices.Compact(about) {
		if err := tx.Emit(practice.Event{Kind: "failure.redacted", About: id, In: string(f.Team)}); err != nil {
			return err
		}
	}
	return nil
}

// Redacted is a redaction with the name of who did it.
type Redacted struct {
	practice.Redaction
	Name string
}

// Redactions is what was taken out of what is said about a failure.
type Redactions struct {
	Done []Redacted // the latest first
	May  bool       // the actor may take out more
}

// Redactions returns who took personal data out of what is said about a failure
// and when.
func (a *App) Redactions(ctx context.Context, actor practice.Actor, id practice.FailureID) (Redactions, error) {
	return read(ctx, a, func(tx *store.Tx) (Redactions, error) {
		var out Redactions
		if _, err := readable(tx, actor, id); err != nil {
			return out, err
		}
		all, err := tx.Redactions(id)
		if err != nil {
			return out, err
		}
		if out.Done, err = whoRedacted(tx, all); err != nil {
			return out, err
		}
		_, _, err = redactable(tx, actor, id)
		if out.May = err == nil; practice.KindOf(err) != practice.Internal {
			err = nil
		}
		return out, err
	})
}
