package app_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
)

// A long list that gets longer asks which line goes, whatever way the line came by; one that is
// short, or got shorter, does not.
func TestProcedure_longer(t *testing.T) {
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		a, steward := setUp(t, s)
		ctx := t.Context()
		lines := func(n int) string {
			var b strings.Builder
			for i := range n {
				b.WriteString("- [ ] Do number " + strconv.Itoa(i+1) + "\n")
			}
			return b.String()
		}
		asks := func(slug string, want int) app.Manual {
			t.Helper()
			m, err := a.Procedure(ctx, steward, slug)
			is(t, "read", err, "")
			if m.Longer != want {
				t.Errorf("%d lines in version %d ask for %d, not %d", len(m.Steps), m.Revision.Number, m.Longer, want)
			}
			return m
		}
		long, err := a.CreateProcedure(ctx, steward, app.NewProcedure{Title: "Long", Markdown: lines(practice.LongList + 1)})
		is(t, "brought in", err, "")
		asks(long.Slug, practice.LongList+1)
		p, err := a.CreateProcedure(ctx, steward, app.NewProcedure{Title: "Short", Markdown: lines(practice.LongList - 1)})
		is(t, "brought in", err, "")
		m := asks(p.Slug, 0)
		paste := func(n, base int) {
			t.Helper()
			_, err := a.PasteProcedure(ctx, steward, p.ID, app.Pasted{Base: base, Markdown: lines(n)})
			is(t, "paste", err, "")
		}
		paste(practice.LongList, m.Revision.Number)
		m = asks(p.Slug, 0)
		_, err = a.ChangeWithoutFailure(ctx, steward, practice.OtherChange{Reason: practice.ReasonWording, From: time.Now(),
			StepChange: practice.StepChange{Procedure: p.ID, Base: m.Revision.Number, Act: practice.ActAdd, Step: m.Steps[0].ID, Text: "One more"}})
		is(t, "by hand", err, "")
		m = asks(p.Slug, practice.LongList+1)
		paste(practice.LongList+3, m.Revision.Number)
		m = asks(p.Slug, practice.LongList+3)
		paste(practice.LongList+2, m.Revision.Number)
		asks(p.Slug, 0)
	})
}
