package app

import (
	"slices"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// exportGroups writes the groups whom procedures affect, with who spoke for each.
func exportGroups(tx *store.Tx, take func(Exported) error) error {
	all, err := tx.Parties()
	if err != nil {
		return err
	}
	for _, p := range all {
		names := map[practice.MemberID]string{}
		people, voices := []string{}, []map[string]any{}
		for _, v := range p.Voices {
			if err := nameAll(tx, names, v.Member); err != nil {
				return err
			}
			voices = append(voices, map[string]any{"name": names[v.Member], "at": day(v.At), "how": v.How})
		}
		if err := nameAll(tx, names, p.Members...); err != nil {
			return err
		}
		for _, m := range p.Members {
			people = append(people, names[m])
		}
		slices.Sort(people)
		err := take(Exported{File: "groups.jsonl", Line: map[string]any{"id": string(p.ID), "name": p.Name, "outside": p.Outside, "days": p.Days,
			"people": people, "voices": voices}})
		if err != nil {
			return err
		}
	}
	return nil
}

// exportConsents writes what groups were asked and said about changes, but for what is
// restricted, practised or not closed.
func exportConsents(tx *store.Tx, take func(Exported) error) error {
	procedures, err := tx.Procedures()
	if err != nil {
		return err
	}
	not, err := withheld(tx, "")
	if err != nil {
		return err
	}
	for _, p := range procedures {
		rounds, err := tx.ConsentsOf(p.ID)
		if err != nil {
			return err
		}
		for _, c := range slices.Backward(rounds) {
			f, err := failureOfGap(tx, c.Gap)
			if err != nil {
				return err
			}
			if f.Drill || not[string(f.ID)] || c.Closed.IsZero() {
				continue
			}
			line, err := consentLine(tx, c)
			if err != nil {
				return err
			}
			line["failure"] = string(f.ID)
			if err := take(Exported{File: "consents.jsonl", Line: line}); err != nil {
				return err
			}
		}
	}
	return nil
}

// consentLine is one round: the texts that were put to the groups, what each said, and who
// said it for them.
func consentLine(tx *store.Tx, c practice.Consent) (map[string]any, error) {
	names := map[practice.MemberID]string{}
	groups, texts, said := []map[string]any{}, []map[string]any{}, []map[string]any{}
	for _, g := range c.Groups {
		groups = append(groups, map[string]any{"group": string(g.Party), "until": day(g.Until), "says": g.Says})
	}
	for _, t := range c.Texts {
		texts = append(texts, map[string]any{"number": t.Number, "revision": t.Revision, "at": day(t.At), "how": t.How, "text": t.Text, "tried_until": day(t.Term)})
	}
	for _, s := range c.Said {
		if err := nameAll(tx, names, s.By); err != nil {
			return nil, err
		}
		said = append(said, map[string]any{"id": s.ID, "text_number": s.Number, "kind": s.Kind, "group": string(s.Party), "by": names[s.By],
			"re": s.Re, "text": s.Text, "how": s.How, "at": day(s.At)})
	}
	on, err := tx.CheckOf(c.Gap)
	return map[string]any{"gap": string(c.Gap), "procedure": string(c.Procedure), "step": string(c.Step), "begun_at": day(c.BegunAt),
		"ended_at": day(c.EndAt), "ending": c.End, "adds_check_on": string(on), "groups": groups, "texts": texts, "said": said}, err
}
