package recall

import (
	"strings"
	"sync"

	"github.com/kljensen/snowball/english"
)

// stem brings the forms of a word together. Where the stemmer cannot, because
// the forms are irregular or spelled in two ways, the list below does.
func stem(word string) string {
	forms := irregular()
	if base, ok := forms[word]; ok {
		word = base
	} else if base, ok := forms[strings.TrimSuffix(word, "s")]; ok {
		word = base
	}
	return english.Stem(word, true)
}

// saysNothing reports whether a word is left out of every comparison: function
// words, single letters, counts, dates and times.
func saysNothing(word string) bool {
	return len(word) < 2 || stopWords()[word] || isPlainNumber(word)
}

// isPlainNumber reports whether word is a count, a time or a date. Numbers of
// three digits stay: they name status codes and calls for help.
func isPlainNumber(word string) bool {
	return len(word) != 3 && strings.IndexFunc(word, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// irregular leads from the forms of a line below to its first word.
var irregular = sync.OnceValue(func() map[string]string {
	forms := map[string]string{}
	for line := range strings.Lines(irregularForms) {
		words := strings.Fields(line)
		for _, w := range words[min(1, len(words)):] {
			forms[w] = words[0]
		}
	}
	return forms
})

// stopWords say nothing about what happened. Words that are merely frequent
// are not among them: those lose their weight by being frequent.
var stopWords = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(functionWords) {
		set[w] = true
	}
	return set
})

const functionWords = `
a about above after again against all almost along already also although always am among an and another any are
arent as at away be became because become been before being below between both but by came can cannot cant come could
couldnt did didnt do does doesnt doing done dont down during each either else enough etc even ever every few for from
further get gets getting go goes going gone got had hadnt has hasnt have havent having he her here hers herself him himself his
how however i id if ill im in into is isnt it its itself ive just keep kept let lets like made make makes making many may maybe me
might mine more most much must my myself near need needs neither never no nor not now of off often on once one only onto or
other others our ours ourselves out over own per perhaps put quite rather re really said same say says see seem seemed
seen several shall she should shouldnt since so some somebody someone something soon still such take taken than that thats
the their theirs them themselves then there therefore these they theyre thing things this those though through thus till to
together too took toward towards two under until up upon us use used uses using very via was wasnt way we well went were werent weve
what whatever when where whether which while who whole whom whose why will with within without wont would wouldnt yes
yet you your yours yourself
`

const irregularForms = `
arise arose arisen
bear bore borne
begin began begun
bend bent
bind bound
bite bit bitten
blow blew blown
break broke broken breakage
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen choice
deal dealt
dig dug
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fail failure
fall fell fallen
feed fed
feel felt
fight fought
find found
fly flew flown flight
forget forgot forgotten
freeze froze frozen
give gave given
grow grew grown growth
hang hung
hear heard
hide hid hidden
hold held
know knew known knowledge
lay laid
lead led
leak leakage
leave left
lend lent
light lit
lose lost loss
mean meant
meet met
mislead misled
misread misreading
mistake mistook mistaken
overrun overran
override overrode overridden
overtake overtook
overwrite overwrote overwritten
pay paid payment
ride rode ridden
ring rang rung
rise rose risen
run ran
seek sought
sell sold sale
send sent
shake shook shaken
shoot shot
shrink shrank shrunk
sink sank sunk
sleep slept asleep
slide slid
speak spoke spoken speech
spend spent
spill spilt spillage
spin spun
split splitting
steal stole stolen theft
stick stuck
sting stung
strike struck stricken
sweep swept
swell swollen
swim swam swum
swing swung
teach taught
tear tore torn
think thought
throw threw thrown
understand understood
undo undid undone
wake woke woken
wear wore worn
withdraw withdrew withdrawn withdrawal
write wrote written
exceed excess excessive
expire expiry expiration
store storage
use usage
press pressure
remove removal
approve approval
deny denial
arrive arrival
refuse refusal
renew renewal
detect detection undetected
expect unexpected expectation
notice unnoticed
authorise authorize unauthorised unauthorized authorisation authorization
available unavailable availability unavailability
reach unreachable
respond response unresponsive
intend unintended intent unintentional
stable unstable stability instability
reliable unreliable reliability unreliability
safe unsafe safety
correct incorrect incorrectly
complete incomplete
accurate inaccurate accuracy
consistent inconsistent consistency inconsistency
sufficient insufficient
adequate inadequate
valid invalid validity
compatible incompatible compatibility incompatibility
visible invisible visibility
able unable ability inability
certify certified certification certificate cert
secure insecure security
license licence licensing
center centre
fiber fibre
color colour
behavior behaviour
tire tyre
meter metre
program programme
defense defence
vapor vapour
harbor harbour
labor labour
aluminum aluminium
gray grey
maneuver manoeuvre
email mail
`
