package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/store/storetest"
)

// leaves is all that leaves the house, by its way: the export, the file of what was erased
// that lies beside the database, and what each person takes along of their own.
func (w *town) leaves(address string) map[string]string {
	w.Helper()
	n, err := openNode(w.Context(), nodeOptions{database: address, log: slog.New(slog.DiscardHandler)})
	must(w.T, err)
	defer n.close()
	var exported strings.Builder
	must(w.T, n.app.Export(w.Context(), operator, func(e app.Exported) error {
		_, err := fmt.Fprintln(&exported, e.File, e.Line, e.Page)
		return err
	}))
	ledger, err := n.app.Ledger(w.Context())
	must(w.T, err)
	all := map[string]string{"export": exported.String(), "ledger": asText(w.T, ledger)}
	for _, by := range who {
		id := practice.MemberID(w.ids[by])
		if id == "" || by == "left" || by == "tablet" {
			continue
		}
		mine, err := n.app.Mine(w.Context(), practice.Actor{Member: id, Proved: true})
		must(w.T, err)
		all["own:"+by] = asText(w.T, mine)
	}
	return all
}

func asText(t *testing.T, of any) string {
	t.Helper()
	text, err := json.Marshal(of)
	must(t, err)
	return string(text)
}

// strays are the records whose words leave by other ways than the file says.
func strays(all []*entry, leaves map[string]string, restored bool) (out []string) {
	for _, e := range all {
		want, by := strings.ReplaceAll(strings.Join(e.out, " "), "~", ""), []string(nil)
		if restored && strings.HasPrefix(strings.Join(e.out, " "), "~") {
			want = ""
		}
		for way, text := range leaves {
			if strings.Contains(text, e.mark) {
				by = append(by, way)
			}
		}
		slices.Sort(by)
		if got := strings.Join(by, " "); got != want {
			out = append(out, fmt.Sprintf("%s leaves by %q, not %q", e.name, got, want))
		}
	}
	return out
}

// Of each kind of record the file says by which ways its words leave the house: nothing
// else is in an export, in what lies beside the database, or in what somebody takes along
// of their own. It is the same on both databases.
func TestRecords_whatLeaves(t *testing.T) {
	w := newTown(t)
	w.more()
	all := entries(t)
	w.crowd()
	w.told(all)
	copied, second := filepath.Join(t.TempDir(), "town.backup"), storetest.Postgres(t)
	for _, args := range [][]string{{"backup", "--database", w.file, copied}, {"restore", "--database", second, copied}} {
		if _, beside, code := command(t, "", args...); code != exitDone {
			t.Fatal(beside)
		}
	}
	for name, address := range map[string]string{"SQLite": w.file, "PostgreSQL": second} {
		leaves := w.leaves(address)
		for _, one := range strays(all, leaves, address == second) {
			t.Errorf("%s: %s", name, one)
		}
		for way := range leaves { // the control: by this way everything leaves
			other := map[string]string{way: ""}
			for _, e := range all {
				other[way] += e.mark + "\n"
			}
			if n := len(strays(all, other, address == second)); n < len(all)/2 {
				t.Errorf("%s: of %d records that leave by %s %d are found", name, len(all), way, n)
			}
		}
	}
}
