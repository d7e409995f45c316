package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Meeting is a review as it stands in a calendar.
type Meeting struct {
	Review  practice.Review
	Failure practice.Failure
	Title   string // what went wrong; empty where calendars are not to say it
	Guided  bool   // whoever reads it leads it from outside, or is asked to
}

// Path is where a meeting leads.
func (m Meeting) Path() string {
	if m.Guided {
		return practice.GuidePath(m.Failure.Number)
	}
	return practice.RoomPath(m.Failure.Number)
}

// keptMeetings is how long a meeting stays in the calendars of people.
const keptMeetings = 31 * 24 * time.Hour

// RenewFeed gives the actor's calendar a new secret address, or its first, and
// returns the secret, which is shown this once. The one before opens nothing any
// more.
func (a *App) RenewFeed(ctx context.Context, actor practice.Actor) (string, error) {
	if err := inPerson(actor); err != nil {
		return "", err
	}
	return write(ctx, a, func(tx *store.Tx) (string, error) {
		f, err := tx.Feed(actor.Member)
		if err != nil && !isNotFound(err) {
			return "", err
		}
		f.Member, f.MadeAt = actor.Member, tx.Now().Truncate(24*time.Hour)
		secret := tx.NewBlindID("cal")
		return secret, tx.SaveFeed(f, feedHash(secret))
	})
}

// ShowTitles chooses whether the actor's calendar says what went wrong, or only
// that people meet.
func (a *App) ShowTitles(ctx context.Context, actor practice.Actor, titles bool) error {
	if err := inPerson(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error { return tx.SaveFeedTitles(actor.Member, titles) })
}

// EndFeed ends the actor's calendar: its address opens nothing any more.
func (a *App) EndFeed(ctx context.Context, actor practice.Actor) error {
	if err := inPerson(actor); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error { return tx.EndFeed(actor.Member) })
}

// FeedOf returns what stands in the calendar with the secret: the reviews its
// person is invited to, calls or leads from outside, from a month back on. Whoever asks is nobody in
// particular; the secret reads this and nothing else.
func (a *App) FeedOf(ctx context.Context, _ practice.Actor, secret string) ([]Meeting, error) {
	return read(ctx, a, func(tx *store.Tx) ([]Meeting, error) {
		feed, err := tx.FeedByHash(feedHash(secret))
		if err != nil {
			return nil, err
		}
		m, err := tx.Member(feed.Member)
		if err != nil || !m.Active {
			return nil, practice.ErrNotFound
		}
		reviews, err := tx.ReviewsWith(m.ID, tx.Now().Add(-keptMeetings))
		if err != nil {
			return nil, err
		}
		reader := practice.Actor{Member: m.ID, Teams: m.Teams}
		meetings := make([]Meeting, 0, len(reviews))
		for _, r := range reviews {
			f, err := tx.Failure(r.Failure)
			if err != nil {
				return nil, err
			}
			g, err := guidedBy(tx, r.ID)
			if err != nil {
				return nil, err
			}
			one := Meeting{Review: r, Failure: f, Guided: g.Member == m.ID}
			if one.Guided && !g.Reads(f) {
				continue
			}
			if feed.Titles && (one.Guided || f.ReadBy(reader)) {
				one.Title = f.Title
			}
			meetings = append(meetings, one)
		}
		return meetings, nil
	})
}

// MeetingOf returns the meeting of a failure that is called and not closed, as
// its team lets it out, for the team and whoever is invited.
func (a *App) MeetingOf(ctx context.Context, actor practice.Actor, number int) (Meeting, error) {
	return read(ctx, a, func(tx *store.Tx) (Meeting, error) {
		f, err := tx.FailureByNumber(number)
		if err != nil {
			return Meeting{}, err
		}
		reviews, err := tx.Reviews(f.ID)
		if err != nil {
			return Meeting{}, err
		}
		i := slices.IndexFunc(reviews, func(r practice.Review) bool { return r.Phase != practice.PhaseClosed })
		if i < 0 {
			return Meeting{}, practice.ErrNotFound
		}
		if !f.ReadBy(actor) {
			if _, err := tx.Invitation(reviews[i].ID, actor.Member); err != nil {
				return Meeting{}, err
			}
		}
		return meetingOutside(tx, reviews[i], f)
	})
}

// meetingOutside is a meeting with no more than its team lets out.
func meetingOutside(tx *store.Tx, r practice.Review, f practice.Failure) (Meeting, error) {
	m := Meeting{Review: r, Failure: f}
	c, err := tx.Channel(f.Team)
	if c.Titles && !f.Restricted() {
		m.Title = f.Title
	}
	return m, err
}

// feedHash is what the database keeps of a calendar's secret, which is random
// enough for a quick hash.
func feedHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
