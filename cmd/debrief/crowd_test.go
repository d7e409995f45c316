package main

import (
	"database/sql"
	"encoding/base64"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"debrief/internal/auth"
	"debrief/internal/practice"
	"debrief/internal/room"
	"debrief/internal/store"
)

// crowd lets those into the town that testdata/records.txt asks about, and what nobody but
// the program itself can make: what is sealed, and what waits.
func (w *town) crowd() {
	w.Helper()
	n, err := openNode(w.Context(), nodeOptions{database: w.file, log: slog.New(slog.DiscardHandler)})
	must(w.T, err)
	w.write(`UPDATE member SET steward = FALSE WHERE name = 'Ada'`)
	home, night := practice.TeamID(w.ids["team"]), practice.TeamID(w.one(`SELECT id FROM team WHERE name = 'Night'`))
	for name, query := range map[string]string{"past": `SELECT id FROM review WHERE closed_at > 0`, "f4": `SELECT id FROM failure WHERE number = 4`,
		"f5": `SELECT id FROM failure WHERE number = 5`, "f6": `SELECT id FROM failure WHERE number = 6`, "code": `SELECT words FROM code`, "learnt-limit": `SELECT id FROM boundary`,
		"later": `SELECT id FROM step WHERE retired = 0 ORDER BY place LIMIT 1 OFFSET 3`} {
		w.ids[name] = w.one(query)
	}
	w.ids["soon"], w.ids["day"] = time.Now().Add(24*time.Hour).UTC().Format(time.RFC3339), time.Now().AddDate(0, 0, 2).Format(time.DateOnly)
	for name, team := range map[string]practice.TeamID{"plain": home, "there": home, "misuser": home, "left": home, "guard": night} {
		_, err := n.app.AddMembers(w.Context(), operator, team, []string{"The " + name})
		must(w.T, err)
	}
	for kind, name := range map[string]string{"member": "The plain", "there": "The there", "misuser": "The misuser", "left": "The left", "guard": "The guard", "host": "Ada", "carrier": "Ben"} {
		w.enters(n, kind, name)
	}
	w.takesPart(n)
	w.guards(n)
	w.restricted(n)
	w.unnamed(n)
	w.calls(n)
	must(w.T, n.app.LetGo(w.Context(), operator, practice.MemberID(w.ids["left"]), nil))
	must(w.T, n.close())
}

// enters lets somebody in at a device.
func (w *town) enters(n *node, kind, name string) {
	w.Helper()
	m, err := n.app.MemberByName(w.Context(), operator, name)
	must(w.T, err)
	w.ids[kind] = string(m.ID)
	secret, err := n.doors.LetIn(w.Context(), practice.Actor{Member: m.ID, Name: m.Name}, auth.Arrival{})
	must(w.T, err)
	var kept []string
	for _, c := range n.doors.Cookies(secret) {
		kept = append(kept, c.Name+"="+c.Value)
	}
	w.cookies[kind] = strings.Join(kept, "; ")
}

// takesPart is who was in the closed room, and who is asked into the open one; whoever was
// there has three programs, and a guest came by a link.
func (w *town) takesPart(n *node) {
	w.Helper()
	past, open := practice.ReviewID(w.ids["past"]), practice.ReviewID(w.ids["room"])
	for _, kind := range []string{"there", "misuser", "left"} {
		m := practice.MemberID(w.ids[kind])
		must(w.T, n.store.Update(w.Context(), func(tx *store.Tx) error {
			was := practice.Invitation{Review: past, Member: m, Closeness: practice.Saw}
			return errors.Join(tx.AddInvitation(was), tx.SpendInvitation(was), tx.AddInvitation(practice.Invitation{Review: open, Member: m}))
		}))
	}
	for _, scope := range []practice.Scope{practice.ScopeRead, practice.ScopeReport, practice.ScopeWrite} {
		scopes := []practice.Scope{practice.ScopeRead, scope}
		if scope == practice.ScopeReport {
			scopes = scopes[1:]
		}
		_, secret, err := n.doors.MakeToken(w.Context(), operator, practice.MemberID(w.ids["there"]), practice.NewToken{Name: string(scope), Scopes: scopes})
		must(w.T, err)
		w.ids["token-"+string(scope)] = secret
	}
	guest, err := n.app.InviteGuest(w.Context(), practice.Actor{Member: practice.MemberID(w.ids["host"]), Teams: []practice.TeamID{practice.TeamID(w.ids["team"])}}, 5, "Rosalind")
	must(w.T, err)
	w.ids["link"] = guest.Sealed
	w.write(`UPDATE pass SET about = '`+w.ids["past"]+`' WHERE id = '`+string(guest.Pass.ID)+`'`,
		`UPDATE invitation SET review = '`+w.ids["past"]+`', closeness = 'saw', spent = TRUE WHERE member = '`+string(guest.Member.ID)+`'`,
		`UPDATE review SET phase = 'intended', started_at = meet_at WHERE id = '`+w.ids["room"]+`'`)
}

// guards makes somebody of another team a guardian, who is told something and closes raw
// answers to one of those who were there.
func (w *town) guards(n *node) {
	w.Helper()
	words, key, err := n.rooms.DrawReceipt(w.Context())
	must(w.T, err)
	w.ids["seven"] = words
	w.write(`INSERT INTO guardian (member, named_by, agreed, lookup, sealing, end_by) VALUES ('` + w.ids["guard"] + `', NULL, TRUE, '` + key.Lookup + `', '` +
		base64.StdEncoding.EncodeToString(key.Public()) + `', NULL)`)
	_, err = n.rooms.TellGuardian(w.Context(), practice.Stranger{}, practice.NewMisuse{Text: "Zqmisuse: it was used against me."})
	must(w.T, err)
	_, err = n.rooms.Report(w.Context(), practice.Stranger{}, room.NewReport{Address: w.ids["address"], Unnamed: practice.Unnamed{Text: "Zqunnamed quokka ran.", Stage: practice.StageAfter}})
	must(w.T, err)
	must(w.T, n.rooms.Release(w.Context(), time.Now().Truncate(time.Hour)))
	desk, err := n.rooms.Desk(w.Context(), practice.Stranger{}, words)
	must(w.T, err)
	_, err = n.rooms.Handle(w.Context(), practice.Stranger{}, words, practice.Handling{Case: desk.Cases[0].ID, Seen: desk.Cases[0].State, Text: "I looked into it.", State: practice.MisuseConfirmed, Pause: practice.NoTeam, Close: practice.MemberID(w.ids["misuser"])})
	must(w.T, err)
	w.ids["case"] = string(desk.Cases[0].ID)
}

// restricted is a failure that only some may read.
func (w *town) restricted(n *node) {
	w.Helper()
	host := practice.Actor{Member: practice.MemberID(w.ids["host"]), Teams: []practice.TeamID{practice.TeamID(w.ids["team"])}}
	f, err := n.app.ReportFailure(w.Context(), host, practice.NewFailure{Team: host.Teams[0], Stage: practice.StageAfter, Text: "Zqrestricted quokka: who has the codes."})
	must(w.T, err)
	_, err = n.app.RestrictFailure(w.Context(), host, f.ID, []practice.MemberID{practice.MemberID(w.ids["there"])})
	must(w.T, err)
	w.ids["few"] = strconv.Itoa(f.Number)
}

// calls is a review that somebody called, and that has not begun.
func (w *town) calls(n *node) {
	w.Helper()
	host := practice.Actor{Member: practice.MemberID(w.ids["host"]), Teams: []practice.TeamID{practice.TeamID(w.ids["team"])}}
	r, err := n.app.CallReview(w.Context(), host, practice.NewReview{Failure: practice.FailureID(w.ids["f6"]), MeetAt: time.Now().Add(4 * time.Hour), Box: practice.DefaultBox,
		People: []practice.MemberID{host.Member, practice.MemberID(w.ids["there"])}})
	must(w.T, err)
	w.ids["called"] = string(r.ID)
}

// unnamed is a report that still waits, beside the one that appeared.
func (w *town) unnamed(n *node) {
	w.Helper()
	_, err := n.rooms.Report(w.Context(), practice.Stranger{}, room.NewReport{Address: w.ids["address"], Unnamed: practice.Unnamed{Text: "Zqwaiting quokka ran.", Stage: practice.StageAfter}})
	must(w.T, err)
	w.ids["unnamed"] = w.one(`SELECT number FROM failure WHERE body LIKE 'Zqunnamed%'`)
}

// told puts the words of each record into the town.
func (w *town) told(all []*entry) {
	w.Helper()
	for _, e := range all {
		e.mark = w.filled(e.mark, "nobody")
		for _, set := range e.sets {
			w.write(strings.ReplaceAll(w.filled(set, "nobody"), "MARK", e.mark+" quokka"))
		}
	}
}

// one reads one value out of the town.
func (w *town) one(query string) (value string) {
	w.Helper()
	db, err := sql.Open("sqlite", w.file+"?_pragma=busy_timeout(60000)")
	must(w.T, err)
	defer db.Close()
	must(w.T, db.QueryRow(query).Scan(&value))
	return value
}

// write changes the town past everything that looks at it.
func (w *town) write(statements ...string) {
	w.Helper()
	db, err := sql.Open("sqlite", w.file+"?_pragma=busy_timeout(60000)")
	must(w.T, err)
	defer db.Close()
	for _, statement := range statements {
		done, err := db.Exec(statement)
		if err != nil {
			w.Fatalf("%s: %v", statement, err)
		}
		if changed, _ := done.RowsAffected(); changed == 0 {
			w.Errorf("nothing is changed by: %s", statement)
		}
	}
}
