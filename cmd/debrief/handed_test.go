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
}
