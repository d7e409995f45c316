package main

import (
	"errors"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// offered puts what a third team learned to the team of who asks, once as it waits, once as they
// took it over in other words and once as they declined it.
func (w *town) offered(n *node, who practice.Actor) {
	w.Helper()
	must(w.T, n.store.Update(w.Context(), func(tx *store.Tx) error {
		far := practice.Team{ID: practice.TeamID(tx.NewID("tea")), Name: "Far", Pack: "tech", CycleDays: 7}
		scars, err := tx.LatestScars(who.Teams, 1)
		must(w.T, errors.Join(err, tx.AddTeam(far)))
		about := string(scars[0].ID)
		w.ids["learnt"] = about
		for says, as := range map[practice.OfferSays]string{"": about, practice.OfferAdapt: "con_gone", practice.OfferDecline: "fnd_gone"} {
			o, err := tx.AddOffer(practice.Offer{About: as, Failure: scars[0].Failure, From: far.ID, To: who.Teams[0], Words: "Look twice.", Why: "It was dark."})
			if err != nil {
				return err
			}
			if says == "" {
				w.ids["offer"] = string(o.ID)
				continue
			}
			is, err := o.Answer(says, "We look once.", tx.Now())
			if err := errors.Join(err, tx.SaveOffer(is, o)); err != nil {
				return err
			}
		}
		return nil
	}))
}
