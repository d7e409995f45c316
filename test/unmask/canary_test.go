package unmask

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/kljensen/snowball/english"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// marker begins every word that is to go, so that one look through a file finds
// all of them, in whatever form.
const marker = "quibblesnatch"

// phrase is words that stand in no other text.
func (e *erasure) phrase(words int) string {
	const letters = "bcdfghjklmnprstvwz"
	var all []string
	for range words {
		n := len(e.words)
		word := marker + string([]byte{letters[n%18], letters[n/18%18], letters[n/324%18]}) + "ing"
		e.words, all = append(e.words, word), append(all, word)
	}
	return strings.Join(all, " ")
}

// closed is a closed review about a new report of the first person, in whose
// texts stands what say makes.
func (e *erasure) closed(say func() string) (f practice.Failure, r practice.Review) {
	e.Helper()
	me := e.actor(0)
	e.must(e.store.Update(e.ctx, func(tx *store.Tx) (err error) {
		f, err = tx.AddFailure(practice.Failure{ID: practice.FailureID(tx.NewID("flr")), Team: me.Teams[0], Title: "It", Text: "It " + say(), Stage: practice.StageAfter,
			RecognisedAt: tx.Now(), Source: practice.SourceReport, Reporter: me.Member, TouchedOther: say(), Alias: say(), TriageWhy: say()})
		if err != nil {
			return err
		}
		r = practice.Review{ID: practice.ReviewID(tx.NewID("rev")), Failure: f.ID, Form: practice.FormLive, Lead: me.Member, MeetAt: tx.Now(), Box: practice.DefaultBox,
			Phase: practice.PhaseClosed, StartedAt: tx.Now(), ClosedAt: tx.Now(), Trace: say(), LateWhy: say(), FewWhy: say(), NothingWhy: say()}
		return errors.Join(tx.AddReview(r, []practice.MemberID{me.Member}),
			tx.SpendInvitation(practice.Invitation{Review: r.ID, Member: me.Member, Closeness: practice.Did}))
	}))
	return f, r
}

// raw puts what goes by itself into a closed review: answers, judgements and five
// minutes, and returns the gap.
func (e *erasure) raw(tx *store.Tx, f practice.Failure, gap practice.Gap, say func() string) error {
	return errors.Join(tx.AddGap(gap),
		tx.SetAnswers(gap.Review, practice.PhaseGap, []practice.Answer{{ID: practice.AnswerID(tx.NewBlindID("ans")), Text: say(), Actual: say(), Where: say(), Shows: say(), Place: 1}}),
		tx.Judge(practice.Judgement{ID: practice.AnswerID(tx.NewBlindID("ans")), Gap: gap.ID, Mark: "m", Round: 1, Kind: practice.Inherent, Reason: say(), Needs: say()}),
		tx.AddHot(practice.Hot{Failure: f.ID, Meant: say(), Parted: say(), Change: say(), Carrier: say(), Day: tx.Now().Truncate(24 * time.Hour)}))
}

// fields are all that goes when its time is over, in every field there is.
func (e *erasure) fields() func() {
	nothing := func() string { return "" }
	f, r := e.closed(nothing)
	e.must(e.store.Update(e.ctx, func(tx *store.Tx) error {
		return e.raw(tx, f, practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID}, func() string { return e.phrase(perText) })
	}))
	return func() {
		e.now = e.now.AddDate(0, 0, 91)
		e.must(e.app.Dispose(e.ctx))
	}
}

// redactions take one phrase out of each field in which something about a failure
// can be said.
func (e *erasure) redactions() func() {
	var phrases []string
	say := func() string {
		phrases = append(phrases, e.phrase(8))
		return phrases[len(phrases)-1]
	}
	f, r := e.closed(say)
	me := e.actor(0)
	e.must(e.store.Update(e.ctx, func(tx *store.Tx) error {
		gap := practice.Gap{ID: practice.GapID(tx.NewID("gap")), Review: r.ID, Intended: say(), Actual: say(), Where: say(), Differ: say(), Needs: say(),
			Quotes: []string{say(), say()}, Route: practice.Route{Kind: practice.RouteNothing, Why: say()}}
		if err := e.raw(tx, f, gap, say); err != nil {
			return err
		}
		was, now := f, f
		now.Version, now.Text = was.Version+1, was.Text
		_, finding := tx.AddFinding(practice.Finding{ID: practice.FindingID(tx.NewID("fnd")), Team: f.Team, Tried: say(), Expected: say(), Got: say(), Known: []string{say()},
			Next: say(), Because: []string{say()}, Under: say(), Sure: say(), At: tx.Now(), Gap: gap.ID, Failure: f.ID})
		return errors.Join(finding,
			tx.EditFailure(now, practice.Former{Failure: f.ID, Version: was.Version, Text: say(), Stage: f.Stage, RecognisedAt: f.RecognisedAt, Until: tx.Now()}),
			tx.AddFact(practice.Fact{ID: practice.FactID(tx.NewID("fct")), Failure: f.ID, At: tx.Now(), Text: say(), Link: say(), Pasted: say(), Author: me.Member}),
			tx.AddMessage(practice.Message{ID: practice.MessageID(tx.NewBlindID("msg")), Failure: f.ID, Day: tx.Now(), Text: say()}),
			tx.SaveText(practice.AgreedText{Review: r.ID, Phase: practice.PhaseHappened, Text: say(), Differ: say(), Version: 1}, 0),
			tx.AddCarry(practice.Carry{ID: practice.CarryID(tx.NewID("cry")), Review: r.ID, Failure: f.ID, Team: f.Team, Carrier: me.Member, Moment: say(), Act: say(),
				Proof: say(), Why: say(), DueAt: tx.Now(), NamedAt: tx.Now(), State: practice.CarryOffered}),
			tx.SaveHold(practice.Hold{ID: practice.HoldID(tx.NewID("hld")), Failure: f.ID, Why: say(), At: tx.Now(), EndedAt: tx.Now(), EndedWhy: say()}))
	}))
	return func() {
		for _, phrase := range phrases {
			_, err := e.app.RemovePersonalData(e.ctx, me, f.ID, practice.NewRedaction{Words: phrase, Sure: true})
			e.must(err)
		}
	}
}

// takenBack is a report under a name, edited, with a fact, that its writer takes
// back.
func (e *erasure) takenBack() func() {
	me := e.actor(1)
	f, err := e.app.ReportFailure(e.ctx, me, practice.NewFailure{Team: me.Teams[0], Text: e.text(), TouchedOther: e.phrase(perText), Stage: practice.StageAfter})
	e.must(err)
	_, err = e.app.EditReport(e.ctx, me, f.ID, func(was practice.Failure) (practice.NewFailure, error) {
		return practice.NewFailure{Team: was.Team, Text: e.text(), Stage: was.Stage, TouchedOther: was.TouchedOther}, nil
	})
	e.must(err)
	_, err = e.app.AddFact(e.ctx, me, practice.Fact{Failure: f.ID, Text: e.phrase(perText), Pasted: e.text()}, nil)
	e.must(err)
	return func() {
		_, err := e.app.TakeBackReport(e.ctx, me, f.ID)
		e.must(err)
	}
}

// person is somebody with everything that can be kept of a person, who leaves and
// asks by letter to be erased.
func (e *erasure) person() func() {
	operator := practice.Actor{Operator: true, Steward: true}
	added, err := e.app.AddMembers(e.ctx, operator, e.actor(0).Teams[0], []string{e.phrase(4)})
	e.must(err)
	m := added[0].Member
	e.must(e.store.Update(e.ctx, func(tx *store.Tx) error {
		return errors.Join(
			tx.SaveContact(practice.Contact{Member: m.ID, Mail: e.phrase(1) + "@x.example", Asked: e.phrase(1) + "@x.example", Secret: e.phrase(1)}),
			tx.AddDevice(practice.Device{ID: practice.DeviceID(tx.NewID("dev")), Member: m.ID, Label: e.phrase(2), EndsAt: tx.Now().AddDate(1, 0, 0)}, "x"),
			tx.AddToken(practice.Token{ID: practice.TokenID(tx.NewID("tok")), Member: m.ID, Name: e.phrase(2), EndsAt: tx.Now().AddDate(1, 0, 0)}, "y"),
			tx.AddIdentity(m.ID, practice.Identity{Issuer: "https://id.example", Subject: e.phrase(1)}),
			tx.AddNotice(practice.Notice{Member: m.ID, Code: "notice.convene", Args: practice.Args{"title": e.phrase(3), "number": 1}, Link: "/f/1"}),
			tx.AddNotice(practice.Notice{Member: e.actor(0).Member, Code: "notice.unsaid", Args: practice.Args{"name": m.Name, "act": "x"}, Link: "/f/1"}))
	}))
	return func() {
		e.must(e.app.LetGo(e.ctx, operator, m.ID, nil))
		e.must(e.app.EraseMember(e.ctx, operator, m.ID, practice.Erasure{Called: "someone", Why: "by letter"}))
	}
}

// found are the files in which each word stands. What stands there in a form from
// which no word can be read is found as the marker.
func (e *erasure) found() map[string][]string {
	e.Helper()
	at := map[string][]string{}
	known := map[string]bool{}
	for _, w := range e.words {
		known[w] = true
	}
	for _, path := range e.files() {
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue // PostgreSQL removed what it had replaced
		}
		e.must(err)
		for _, form := range forms(marker) {
			for rest := b; ; {
				i := bytes.Index(rest, form)
				if i < 0 {
					break
				}
				word := strings.ToLower(string(rest[i:min(len(rest), i+len(marker)+6)]))
				if !known[word] {
					word = marker
				}
				if all := at[word]; len(all) == 0 || all[len(all)-1] != filepath.Base(path) {
					at[word] = append(all, filepath.Base(path))
				}
				rest = rest[i+len(form):]
			}
		}
	}
	return at
}

// forms are a word as files may have it.
func forms(word string) (all [][]byte) {
	quoted, _ := json.Marshal(word)
	for _, w := range []string{word, strings.ToUpper(word), english.Stem(word, true), strings.Trim(string(quoted), `"`)} {
		all = append(all, []byte(w))
	}
	var little, big []byte
	for _, u := range utf16.Encode([]rune(word)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	all = append(all, little, big)
	for shift := range 3 { // base64 looks different by where a word begins
		coded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), word...))
		all = append(all, []byte(coded[4:len(coded)-4]))
	}
	return all
}
