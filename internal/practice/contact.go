package practice

import (
	"net/mail"
	"strings"
	"time"
)

// Contact is how and when messages reach one person outside of their start
// page. The zero value reaches nobody: everything works without mail.
type Contact struct {
	Member    MemberID
	Mail      string // the address they confirmed; empty where there is none
	Asked     string // an address that waits to be confirmed
	AskedAt   time.Time
	Secret    string // opens the link in the mail that asks
	Muted     bool   // nothing is sent
	Weekly    bool   // what can wait comes once a week, in one mail
	Zone      string // IANA name; empty is the organisation's
	QuietFrom int    // minutes after midnight in their zone
	QuietTo   int    // equal to QuietFrom: there are no quiet hours
}

// Hours that are quiet until somebody chooses others.
const (
	QuietFrom = 21 * 60
	QuietTo   = 7 * 60
)

// The patience of an address that waits to be confirmed.
const (
	ConfirmWithin = 24 * time.Hour // mail may be slow
	AskAgainAfter = time.Minute    // so that nobody can be flooded
)

// Reachable reports whether a message may be sent to the person at all.
func (c Contact) Reachable() bool { return c.Mail != "" && !c.Muted }

// Location is the zone the person lives in.
func (c Contact) Location(o Organisation) *time.Location {
	if c.Zone == "" {
		return o.Location()
	}
	return Organisation{Zone: c.Zone}.Location()
}

// Awake returns the first moment from now on that is outside of the person's
// quiet hours, now itself where it is. A message waits until then.
func (c Contact) Awake(now time.Time, zone *time.Location) time.Time {
	at := now
	for c.quiet(at.In(zone)) { // minute by minute, whatever the clocks do meanwhile
		at = at.Truncate(time.Minute).Add(time.Minute)
	}
	return at
}

func (c Contact) quiet(at time.Time) bool {
	minute := at.Hour()*60 + at.Minute()
	if c.QuietFrom <= c.QuietTo {
		return c.QuietFrom <= minute && minute < c.QuietTo
	}
	return c.QuietFrom <= minute || minute < c.QuietTo
}

// digestHour is when the weekly mail is due, on Mondays.
const digestHour = 9

// Digest returns when the person's next weekly mail is due.
func (c Contact) Digest(now time.Time, zone *time.Location) time.Time {
	y, m, d := now.In(zone).Date()
	for day := 0; ; day++ {
		at := time.Date(y, m, d+day, digestHour, 0, 0, 0, zone)
		if at.Weekday() == time.Monday && at.After(now) {
			return c.Awake(at, zone)
		}
	}
}

// Check refuses hours and zones that are none.
func (c Contact) Check() error {
	switch {
	case c.QuietFrom < 0 || c.QuietFrom >= 24*60 || c.QuietTo < 0 || c.QuietTo >= 24*60:
		return Refuse(Invalid, "quiet.range").At("quiet")
	case c.Zone == "":
		return nil
	}
	if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "Local" {
		return Refuse(Invalid, "zone.unknown").At("zone")
	}
	return nil
}

// Ask makes a mail address wait for its owner's word.
func (c Contact) Ask(address, secret string, now time.Time) (Contact, error) {
	address = strings.TrimSpace(address)
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > 254 {
		return c, Refuse(Invalid, "mail.address").At("mail")
	}
	if now.Before(c.AskedAt.Add(AskAgainAfter)) {
		return c, Refuse(Conflict, "mail.soon").At("mail")
	}
	c.Asked, c.AskedAt, c.Secret = address, now, secret
	return c, nil
}

// Confirm is the word of whoever opened the link in time.
func (c Contact) Confirm(now time.Time) (Contact, error) {
	if c.Asked == "" || now.After(c.AskedAt.Add(ConfirmWithin)) {
		return c, Refuse(Conflict, "mail.late")
	}
	c.Mail, c.Asked, c.Secret = c.Asked, "", ""
	return c, nil
}
