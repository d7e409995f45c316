package app

import (
	"context"

	"debrief/internal/practice"
	"debrief/internal/prose"
	"debrief/internal/store"
)

// Taken is what became of the reviews of one file.
type Taken struct {
	New, Changed, Same int
}

// ImportReviews keeps reviews that were written elsewhere as failures: found
// and shown, with their source and licence, and counted in no measure. All of
// them are kept or none. One that is there already, unchanged, is left as it
// is; one that was edited since gets its new words and keeps its number and
// what people tied to it.
func (a *App) ImportReviews(ctx context.Context, actor practice.Actor, reviews []prose.Imported) (Taken, error) {
	if !actor.Operator {
		return Taken{}, practice.ErrForbidden
	}
	return write(ctx, a, func(tx *store.Tx) (Taken, error) {
		var t Taken
		prints, err := tx.ImportedPrints()
		if err != nil {
			return t, err
		}
		for _, it := range reviews {
			before, known := prints[it.ID]
			switch {
			case known && before == it.Print:
				t.Same++
				continue
			case known:
				t.Changed++
				err = changeImported(tx, it)
			default:
				t.New++
				err = addImported(tx, it)
			}
			if err != nil {
				return t, err
			}
			prints[it.ID] = it.Print
		}
		return t, nil
	})
}

func addImported(tx *store.Tx, it prose.Imported) error {
	f := failureFrom(it)
	f.ID = practice.FailureID(tx.NewID("flr"))
	f.ReportedAt = tx.Now()
	f, err := tx.AddFailure(f)
	if err != nil {
		return err
	}
	return emitImported(tx, f)
}

func changeImported(tx *store.Tx, it prose.Imported) error {
	if err := tx.SaveImported(failureFrom(it)); err != nil {
		return err
	}
	f, err := tx.FailureByRef(it.ID)
	if err != nil {
		return err
	}
	return emitImported(tx, f)
}

func emitImported(tx *store.Tx, f practice.Failure) error {
	return tx.Emit(practice.Event{Kind: "review.imported", About: string(f.ID), Data: practice.Args{"source": f.Source}})
}

// failureFrom makes the failure of a review that was written elsewhere. It is
// over: nobody convenes it, and no clock runs.
func failureFrom(it prose.Imported) practice.Failure {
	return practice.Failure{
		Title: it.Title, Text: it.Text, Stage: practice.StageAfter, RecognisedAt: it.Date,
		Source: practice.SourceImported, Triage: practice.TriageKept, Standing: practice.Reported,
		Provenance: practice.Provenance{Ref: it.ID, Number: it.Ref, Org: it.Org, URL: it.URL, Source: it.Source,
			Licence: it.Licence, Attribution: it.Attribution, Kind: it.Kind, Print: it.Print},
	}
}
