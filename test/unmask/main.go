package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"debrief/internal/practice"
)

func main() {
	orgs := flag.Int("orgs", 100, "how many organisations")
	weeks := flag.Int("weeks", 8, "how long each of them works")
	flag.Parse()
	dir, err := os.MkdirTemp("", "unmask-")
	if err == nil {
		defer os.RemoveAll(dir)
		err = run(dir, *orgs, *weeks)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string, orgs, weeks int) error {
	all := score{}
	for i := range orgs {
		t, err := lived(context.Background(), filepath.Join(dir, strconv.Itoa(i)+".db"), 12+i*48/max(1, orgs-1), weeks, uint64(i))
		if err != nil {
			return err
		}
		if err := errors.Join(t.judge(all), t.store.Close()); err != nil {
			return err
		}
	}
	fmt.Print(all.table())
	for name, tries := range all {
		if mean, half := tries.interval(); !isControl(name) && mean+half > gate || isControl(name) && mean-half <= gate {
			return fmt.Errorf("%s: %.3f ± %.3f", name, mean, half)
		}
	}
	return nil
}

// lived is an organisation that has worked for so many weeks.
func lived(ctx context.Context, address string, people, weeks int, seed uint64) (*town, error) {
	t, err := found(ctx, address, people, seed)
	if err != nil {
		return nil, err
	}
	return t, t.work(weeks)
}

// gate is the most that a copy may add to a guess.
const gate = 0.01

// tries are the advantages of a strategy, one for each text it was tried on.
type tries []float64

// score is the tries by the name of the strategy.
type score map[string]tries

// interval is the mean and half the width of its 95 % interval.
func (t tries) interval() (mean, half float64) {
	if len(t) < 2 {
		return 0, math.Inf(1)
	}
	for _, v := range t {
		mean += v / float64(len(t))
	}
	for _, v := range t {
		half += (v - mean) * (v - mean) / float64(len(t)-1)
	}
	return mean, 1.96 * math.Sqrt(half/float64(len(t)))
}

func isControl(name string) bool { return strings.HasPrefix(name, "control:") }

// table is the result in Markdown.
func (s score) table() string {
	out := "| Strategy | Texts | Advantage over a guess | 95 % |\n|---|---|---|---|\n"
	for _, name := range slices.Sorted(maps.Keys(s)) {
		mean, half := s[name].interval()
		out += fmt.Sprintf("| %s | %d | %.4f | %.4f to %.4f |\n", name, len(s[name]), mean, mean-half, mean+half)
	}
	return out
}

// judge lets every strategy loose on what is at rest, and each on a copy into
// which its own leak was planted.
func (t *town) judge(all score) error {
	rows, err := steal(t.address)
	if err != nil {
		return err
	}
	l := loot{rows: rows, log: t.log.String()}
	for _, p := range t.people {
		l.people = append(l.people, p.Member)
	}
	of := map[string]row{}
	for _, r := range rows {
		if r.table == "failure" || r.table == "answer" {
			of[r.values["body"]] = r
		}
	}
	for i, secret := range t.secrets {
		r, ok := of[secret.text]
		if !ok {
			return fmt.Errorf("%q never appeared", secret.text)
		}
		base := hit(l.guess(secret.shown), secret.who)
		for name, s := range strategies {
			all["reports: "+name] = append(all["reports: "+name], gain(s(l, r, secret.shown), secret.who, base))
			if plant := leaks[name]; plant != nil && i%2 == 0 {
				leaky, lr := plant(l, r, secret)
				all["control: "+name] = append(all["control: "+name], gain(s(leaky, lr, secret.shown), secret.who, base))
			}
		}
	}
	for _, a := range t.answers {
		r, ok := of[a.text]
		if !ok {
			return fmt.Errorf("answer %q is not there", a.text)
		}
		came := l.came(r.values["review"])
		base := 1 / float64(len(came))
		for name, s := range strategies {
			if name == "request log" || name == "last-seen" {
				continue
			}
			all["answers: "+name] = append(all["answers: "+name], gain(s(l, r, a.at), a.who, base))
		}
	}
	return nil
}

// came are those who took their place in a review: the organisation knows them.
func (l loot) came(review string) (who []practice.MemberID) {
	for _, i := range l.table("invitation") {
		if i.values["review"] == review {
			who = append(who, practice.MemberID(i.values["member"]))
		}
	}
	return who
}

// hit is the chance that somebody picked out of these is the one.
func hit(who []practice.MemberID, one practice.MemberID) float64 {
	if !slices.Contains(who, one) {
		return 0
	}
	return 1 / float64(len(who))
}

// gain is what a strategy adds to a guess; one that names nobody guesses.
func gain(who []practice.MemberID, one practice.MemberID, base float64) float64 {
	if len(who) == 0 {
		return 0
	}
	return hit(who, one) - base
}

// leaks plant what a strategy looks for: each must be caught.
var leaks = map[string]func(l loot, of row, secret act) (loot, row){
	"same transaction": func(l loot, of row, secret act) (loot, row) {
		of.tx = 1 << 60
		return l.with(of, row{table: "planted", tx: of.tx, values: map[string]string{"member": string(secret.who)}}), of
	},
	"row order": func(l loot, of row, secret act) (loot, row) {
		mine := row{table: of.table, values: map[string]string{"id": "planted", "reporter": string(secret.who)}}
		of.values = maps.Clone(of.values)
		of.values["id"] = "planted too"
		l.rows = append(slices.Clone(l.rows), mine, of)
		return l, of
	},
	"time in the id": func(l loot, of row, secret act) (loot, row) {
		of.values = maps.Clone(of.values)
		of.values["id"] = practice.NewID("flr", secret.at, zeros{})
		return l.beside(secret), of
	},
	"timestamp": func(l loot, of row, secret act) (loot, row) {
		return l.beside(secret).with(of, row{table: "planted", values: map[string]string{"id": of.values["id"],
			"at": strconv.FormatInt(secret.at.UnixMicro(), 10)}}), of
	},
	"size": func(l loot, of row, secret act) (loot, row) {
		of.values = maps.Clone(of.values)
		of.values["body"] += string(make([]byte, 777))
		return l.with(of, row{table: "planted", values: map[string]string{"size": strconv.Itoa(len(of.values["body"])), "member": string(secret.who)}}), of
	},
	"request log": func(l loot, of row, secret act) (loot, row) {
		l.log = "time=" + secret.at.Format(time.RFC3339) + " route=\"POST /r/{word}\"\n" + l.log
		return l.beside(secret), of
	},
	"last-seen": func(l loot, of row, secret act) (loot, row) {
		of.tx = 1 << 60
		return l.with(of, row{table: "device", tx: of.tx - 1, values: map[string]string{"member": string(secret.who),
			"seen_day": strconv.FormatInt(secret.shown.Truncate(24*time.Hour).UnixMicro(), 10)}}), of
	},
}

// with is a copy with one more row.
func (l loot) with(_ row, more row) loot {
	l.rows = append(slices.Clone(l.rows), more)
	return l
}

// beside is a copy in which the writer did something by name just before, as
// many do: without that no clock tells anything.
func (l loot) beside(secret act) loot {
	return l.with(row{}, row{table: "failure", values: map[string]string{"id": "planted", "reporter": string(secret.who),
		"reported_at": strconv.FormatInt(secret.at.Add(-20*time.Second).UnixMicro(), 10)}})
}

// zeros is no randomness at all.
type zeros struct{}

// Read fills b with zeros.
func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }
