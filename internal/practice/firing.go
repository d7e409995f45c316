package practice

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Firing is a condition of a plan that came true: one failure, and how often it was
// said again before it was quiet.
type Firing struct {
	Plan    PlanID
	Signal  int // the first is 1; [StopSignal] is the condition on which the work ends
	Failure FailureID
	Count   int
	FirstAt time.Time
	LastAt  time.Time
}

// StopSignal stands for the condition on which the work ends.
const StopSignal = 0

// QuietAfter is how long nothing is heard of a condition before it makes another
// failure.
const QuietAfter = 24 * time.Hour

// LongestFiring is how long one failure stands for a condition that never gets quiet.
// After that it is told anew: what goes on for weeks is not what happened once.
const LongestFiring = 7 * 24 * time.Hour

// Counts reports whether a condition that comes true now counts on this failure. Once
// people have looked at it, whatever comes true after that is another one.
func (f Firing) Counts(of Failure, now time.Time) bool {
	return f.Failure != "" && of.Standing == Reported && now.Before(f.LastAt.Add(QuietAfter)) && now.Before(f.FirstAt.Add(LongestFiring))
}

// Fired says that a condition of a plan came true.
type Fired struct {
	Signal int
	Text   string // what was seen; may be empty
}

// Condition returns what a plan says of one of its conditions, as a text. It refuses
// one that the plan has not, and any while the plan is a draft.
func (p Plan) Condition(signal int) (string, error) {
	switch {
	case !p.Frozen():
		return "", Refuse(Conflict, "plan.draft")
	case signal == StopSignal && p.Intent.Stop != "":
		return p.Intent.Stop, nil
	case signal < 1 || signal > len(p.Intent.Signals):
		return "", Refuse(Invalid, "monitor.signal").At("signal").With("n", len(p.Intent.Signals))
	}
	s := p.Intent.Signals[signal-1]
	if s.From == "" {
		return s.What, nil
	}
	return s.What + ": " + s.From, nil
}

// Monitor is a program outside that may say that a condition of a plan came true.
type Monitor struct {
	ID      MonitorID
	Plan    PlanID
	Salt    string    // of its secret
	Former  string    // of the one before, which is good for a while after a renewal
	Until   time.Time // when that is over
	MadeAt  time.Time
	HeardAt time.Time // when it was last heard; zero until it was
}

// Overlap is how long the secret before a renewal stays good, so that nothing is
// lost while it is exchanged.
const Overlap = 24 * time.Hour

// Renew gives a monitor another secret.
func (m Monitor) Renew(salt string, now time.Time) Monitor {
	m.Former, m.Until, m.Salt, m.MadeAt = m.Salt, now.Add(Overlap), salt, now
	return m
}

// Secret is what a monitor signs with. It is made from what all nodes share, so that
// no page or export can show it again; who has the whole database can make it too.
func (m Monitor) Secret(key []byte) []byte { return monitorSecret(key, m.ID, m.Salt) }

func monitorSecret(key []byte, id MonitorID, salt string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(string(id) + "." + salt))
	return mac.Sum(nil)
}

// secretPrefix is what the secrets of this way to sign begin with.
const secretPrefix = "whsec_"

// Show is the secret as people copy it into a program.
func (m Monitor) Show(key []byte) string {
	return secretPrefix + base64.StdEncoding.EncodeToString(m.Secret(key))
}

// Delivery is one message of a monitor, as it came.
type Delivery struct {
	Monitor   MonitorID
	ID        string // the sender's own, of the message
	Timestamp string // seconds since 1970
	Signature string // one or more of "v1,…", with spaces between them
	Body      []byte
}

// The limits of a delivery.
const (
	MaxDelivery    = 64 << 10 // bytes of its body
	DeliveryWithin = 5 * time.Minute
	maxDeliveryID  = 256
	mostSignatures = 8 // of one delivery; more are not looked at
)

// Signed reports whether a delivery was signed with a secret of the monitor. It takes
// as long for a wrong signature as for a right one, and for a monitor that is none.
func (d Delivery) Signed(m Monitor, key []byte, now time.Time) bool {
	is := false
	for i, salt := range []string{m.Salt, m.Former} {
		mac := hmac.New(sha256.New, monitorSecret(key, d.Monitor, salt))
		mac.Write([]byte(d.ID + "." + d.Timestamp + "."))
		mac.Write(d.Body)
		want := mac.Sum(nil)
		good := salt != "" && (i == 0 || now.Before(m.Until))
		for n, one := range strings.Fields(d.Signature) {
			text, v1 := strings.CutPrefix(one, "v1,")
			sent, err := base64.StdEncoding.DecodeString(text)
			if hmac.Equal(sent, want) && err == nil && v1 && good && n < mostSignatures {
				is = true
			}
		}
	}
	return is && d.ID != "" && len(d.ID) <= maxDeliveryID
}

// Read takes out of a signed delivery what it says. It refuses what is not of now,
// and what has another shape.
func (d Delivery) Read(now time.Time) (Fired, error) {
	seconds, err := strconv.ParseInt(d.Timestamp, 10, 64)
	at := time.Unix(seconds, 0)
	if err != nil || at.Before(now.Add(-DeliveryWithin)) || at.After(now.Add(DeliveryWithin)) {
		return Fired{}, Refuse(Invalid, "monitor.late")
	}
	var body struct {
		Signal *int   `json:"signal"`
		Stop   bool   `json:"stop"`
		Text   string `json:"text"`
	}
	if err := json.Unmarshal(d.Body, &body); err != nil || (body.Signal == nil) != body.Stop || body.Signal != nil && *body.Signal < 1 {
		return Fired{}, Refuse(Invalid, "monitor.shape")
	}
	fired := Fired{Text: strings.TrimSpace(strings.ToValidUTF8(body.Text, ""))}
	if body.Signal != nil {
		fired.Signal = *body.Signal
	}
	return fired, fired.Check()
}

// Check refuses more text than fits.
func (f Fired) Check() error {
	if tooLong(f.Text, MaxAnswer) {
		return Refuse(Invalid, "too.long").At("text").With("max", MaxAnswer)
	}
	return nil
}
