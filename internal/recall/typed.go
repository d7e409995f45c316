package recall

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// typed is what somebody typed into the search field, taken apart.
type typed struct {
	words   []string   // to be found, whole, in any inflection
	begun   string     // the last word if it may go on; also among words
	phrases [][]string // in quotation marks: word for word
	kinds   []Kind     // meant by words that name a kind of thing
	names   []string   // what may be the name of one thing, as nameKey writes it
}

// readTyped takes apart what was typed. Words that name a kind of thing in
// other people's language ("postmortem", "SEV1") ask for that kind. Words that
// say little ("problem", "contains", numbers) are left out, unless there are no
// others.
func readTyped(text string) typed {
	t := typed{names: namesIn(text)}
	var little, numbers []string
	for i, part := range strings.Split(strings.NewReplacer("“", `"`, "”", `"`, "„", `"`).Replace(text), `"`) {
		if i%2 == 1 {
			if words := split(part); len(words) > 0 {
				t.phrases = append(t.phrases, words)
			}
			continue
		}
		words := split(part)
		t.begun = ""
		if last, _ := utf8.DecodeLastRuneInString(part); len(words) > 0 && isWord(last) && !unicode.IsSpace(last) {
			t.begun = words[len(words)-1]
		}
		words, kinds := takeKinds(words)
		t.kinds = append(t.kinds, kinds...)
		for _, w := range words {
			switch {
			case sayLittle()[w]:
				little = append(little, w)
			case !saysNothing(w):
				t.words = append(t.words, w)
			case !stopWords()[w]:
				numbers = append(numbers, w) // and single letters: the parts of a name
			}
		}
	}
	if len(t.words)+len(t.phrases)+len(t.kinds) == 0 {
		if t.words = little; len(little) == 0 && len(numbers) > 0 {
			t.phrases = [][]string{numbers}
		}
	}
	if !slices.Contains(t.words, t.begun) {
		t.begun = ""
	}
	return t
}

// namesIn returns what may be names of things: words with a number in or
// behind them.
func namesIn(text string) []string {
	var names []string
	words := strings.Fields(text)
	for i, w := range words {
		key := nameKey(w)
		if key == "" && i > 0 {
			key = nameKey(words[i-1] + w)
		}
		if key != "" {
			names = append(names, key)
		}
	}
	return names
}

// nameKey brings the ways of writing one name together, "F-012", "f12" and
// "F 12"; empty for what has no letter or no digit and so is no name.
func nameKey(name string) string {
	var key strings.Builder
	letters, digits, begun := false, false, false
	for _, r := range strings.ToLower(name) {
		switch {
		case unicode.IsDigit(r):
			digits = true
			if begun = begun || r != '0'; begun {
				key.WriteRune(r)
			}
			continue
		case unicode.IsLetter(r):
			letters = true
			key.WriteRune(r)
		}
		begun = false
	}
	if !letters || !digits {
		return ""
	}
	return key.String()
}

// takeKinds removes the words that name a kind of thing.
func takeKinds(words []string) (rest []string, kinds []Kind) {
	for i := 0; i < len(words); {
		n := min(3, len(words)-i)
		for ; n > 0; n-- {
			if k, ok := kindNames()[strings.Join(words[i:i+n], " ")]; ok {
				kinds = append(kinds, k...)
				break
			}
		}
		if n == 0 {
			rest = append(rest, words[i])
			n = 1
		}
		i += n
	}
	return rest, kinds
}

// kindNames leads from what people type to what this program calls it.
var kindNames = sync.OnceValue(func() map[string][]Kind {
	names := map[string][]Kind{}
	for list, kinds := range map[string][]Kind{
		"failure,failures,incident,incidents,sev0,sev1,sev2,sev3,sev 1,sev 2,p0,p1,p2,ticket,tickets,mishap,mishaps,near misses,accident report":                                                          {Failure},
		"review,reviews,postmortem,postmortems,post mortem,post mortems,retrospective,retrospectives,retro,retros,rca,root cause analysis,after action review,aar,pir,hotwash,incident review,debriefing": {Review},
		"procedure,procedures,runbook,runbooks,playbook,playbooks,checklist,checklists,sop,sops,handbook,standard operating procedure,work instruction,how to":                                            {Procedure, Step},
		"step,steps,action item,action items,corrective action,corrective actions,preventive action,remediation,follow up,follow ups":                                                                     {Step, Safeguard},
		"safeguard,safeguards,guardrail,guardrails,mitigation,mitigations,countermeasure,countermeasures,control measure":                                                                                 {Safeguard},
		"constraint,constraints,limitation,limitations,boundary,known limitation,known limitations,accepted risk":                                                                                         {Constraint},
		"finding,findings,learning,learnings,lesson,lessons,lesson learned,lessons learned,insight,insights,takeaway,takeaways":                                                                           {Finding},
		"gap,gaps,root cause,root causes,contributing factor,contributing factors,causal factor":                                                                                                          {Gap},
	} {
		for name := range strings.SplitSeq(list, ",") {
			names[name] = kinds
		}
	}
	return names
})

// sayLittle are words that people type around what they look for.
var sayLittle = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`
about all anything article articles case cases cause caused causes concerning contain contained containing contains details document documents
event events everything example examples fact facts find first general happen happened happening happens help history important info information
involve involved involving issue issues item items kind last latest list look looking main matter mention mentioned mentions new occur occurred old
page part people place please problem problems question questions reason reasons recent recently record records regarding related report reported
reports result results search searching see show similar situation situations something specific stuff text thing things time times title topic
topics type types various way ways word words work working year years`) {
		set[w] = true
	}
	return set
})
