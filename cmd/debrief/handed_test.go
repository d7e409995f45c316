package main

import (
	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
)

// handed hands a gap to one person, who names somebody outside.
func (w *town) handed(n *node, who practice.Actor, gap practice.GapID) {
	w.Helper()
	w.ids["referral"] = string(gap)
	must(w.T, n.store.Update(w.Context(), func(tx *store.Tx) error {
		return tx.AddReferral(gap, practice.Receiver{To: who.Member, At: tx.Now(), Until: tx.Now().Add(practice.ReferralTerm)})
	}))
	must(w.T, n.app.AnswerReferral(w.Context(), who, gap, app.ReferralAnswer{Says: practice.ReferralRedirect, Why: "The landlord decides.",
		Next: practice.NewReceiver{Name: "Rosa", Mail: "rosa@x.example"}}))
	w.offered(n, who)
	w.parked(n, who, gap)
}

// parked parks a conflict, which somebody settled.
func (w *town) parked(n *node, who practice.Actor, gap practice.GapID) {
	w.Helper()
	must(w.T, n.store.Update(w.Context(), func(tx *store.Tx) error {
		g, err := tx.Gap(gap)
		must(w.T, err)
		c, err := tx.AddConflict(practice.ParkedConflict{Review: g.Review, Text: "Who has the key."})
		must(w.T, err)
		w.ids["conflict"] = string(c.ID)
		c.Owner, c.Yes, c.DueOn, c.How, c.EndOn, c.Version = who.Member, true, tx.Now(), "Both have one.", tx.Now(), 2
		return tx.SaveConflict(c, 1)
	}))
}
