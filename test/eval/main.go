// Command eval scores "have we been in this ditch before?" and what is noticed in
// sentences on real records with hand labels, which are not part of this repository:
//
//	go run ./test/eval DATA
//	go run ./test/eval DATA weights
//
// The second learns what each sign of a sentence weighs anew, for internal/language/weights.txt.
// DATA holds postmortems/*.jsonl and labels/{recurrence,blame,specificity}.jsonl. Every member of
// every labelled group asks for the others. Figures are means over all pairs
// of group and member; the intervals resample whole groups, with a fixed seed.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	do := run
	if len(os.Args) == 3 && os.Args[2] == "weights" {
		do = printWeights
	} else if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./test/eval DATA [weights]")
		os.Exit(2)
	}
	if err := do(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(3)
	}
}

// run reads the data, asks every engine every question and prints the tables.
func run(out io.Writer, folder string) error {
	d, err := load(folder)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d records to search in, %d groups, %d pairs of group and member\n", len(d.pool), len(d.groups), d.pairs())
	fmt.Fprintln(out, `"debrief" asks for a record that is in the index and leaves it out of the answer;`)
	fmt.Fprintln(out, `"debrief, just in" asks for one that the index has never seen.`)
	engines := d.engines()
	for _, f := range forms() {
		d.printForm(out, f, engines)
	}
	fmt.Fprintln(out, "\nsettings chosen on some groups, scored on others (just in, title and first 60 words)")
	d.printFolds(out)
	fmt.Fprintln(out, "\nnew ground (just in, title and first 60 words)")
	d.printGround(out)
	return printLanguage(out, folder)
}

func (d data) printForm(out io.Writer, f form, engines []engine) {
	fmt.Fprintf(out, "\nasked with %s\n%-18s %-18s %5s  %-18s  %-18s\n", f.name, "engine", "scope", "pairs", "hit@5", "recall@10")
	for _, e := range engines {
		all := d.ask(e, f)
		for _, s := range scopes() {
			if a := all.within(s.holds); len(a) > 0 {
				fmt.Fprintf(out, "%-18s %-18s %5d  %-18s  %-18s\n", e.name, s.name, len(a), a.interval(answer.hit5), a.interval(answer.recall10))
			}
		}
		fmt.Fprintf(out, "%-18s a look-alike above every member: %s\n", e.name, all.lookalikes())
	}
}
