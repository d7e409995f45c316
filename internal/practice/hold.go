package practice

import (
	"strings"
	"time"
)

// Hold keeps everything of one failure from going by itself, and from being
// taken away. It is put on by somebody who keeps records, and is no secret:
// whoever reads the failure reads it, with the reason.
type Hold struct {
	ID       HoldID    `json:"id"`
	Failure  FailureID `json:"failure"`
	Why      string    `json:"why"`
	By       MemberID  `json:"by,omitempty"` // empty where they were erased since
	At       time.Time `json:"at"`
	Until    time.Time `json:"until,omitzero"`     // midnight of its last day; zero: until somebody ends it
	EndedBy  MemberID  `json:"ended_by,omitempty"` // empty: by itself
	EndedAt  time.Time `json:"ended_at,omitzero"`  // zero while it lasts
	EndedWhy string    `json:"ended_why,omitempty"`
}

// NewHold is a hold as somebody asks for it.
type NewHold struct {
	Why   string
	Until time.Time // midnight of its last day; zero: until somebody ends it
}

// Check refuses a hold without a reason, and one whose last day is over.
func (n NewHold) Check(now time.Time) error {
	if err := checkWhy(n.Why); err != nil {
		return err
	}
	if !n.Until.IsZero() && !now.Before(n.Until.AddDate(0, 0, 1)) {
		return Refuse(Invalid, "hold.past").At("until")
	}
	return nil
}

// End ends a hold, for a reason.
func (h Hold) End(by MemberID, why string, now time.Time) (Hold, error) {
	if err := checkWhy(why); err != nil {
		return h, err
	}
	h.EndedBy, h.EndedWhy, h.EndedAt = by, strings.TrimSpace(why), now
	return h, nil
}

// Lasts reports whether it keeps anything.
func (h Hold) Lasts() bool { return h.ID != "" && h.EndedAt.IsZero() }

// Over reports whether its last day has passed.
func (h Hold) Over(now time.Time) bool {
	return h.Lasts() && !h.Until.IsZero() && !now.Before(h.Until.AddDate(0, 0, 1))
}

// checkWhy refuses a reason that says nothing, or too much.
func checkWhy(why string) error {
	switch {
	case strings.TrimSpace(why) == "":
		return Refuse(Invalid, "hold.why").At("why")
	case tooLong(why, MaxLine):
		return Refuse(Invalid, "too.long").At("why").With("max", MaxLine)
	}
	return nil
}
