package stories

import (
	"regexp"
	"testing"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

// confirmLink stands in the mail that asks whether an address is one's own.
var confirmLink = regexp.MustCompile(`/you/mail/ask_\w+`)

// A steward gives a mail address and opens the link that goes there, chooses
// when to hear, makes a calendar, lets the team's chat have titles, and reads
// whether it all arrives.
func TestHearing_whatReachesPeople(t *testing.T) {
	mail := debrieftest.StartMail(t, true)
	s := begin(t, debrieftest.Options{Database: storetest.SQLite(t), Flags: []string{"--smtp", mail.URL}})
	ines := s.founder(debrieftest.Phone)
	ines.Open("/you")
	ines.Click(s.Say("hearing.change"))
	ines.See(s.Say("hearing.lede"))
	ines.Look("hearing-empty")
	ines.Type(s.Say("hearing.mail.field"), "ines@x.example")
	ines.Click(s.Say("hearing.mail.ask"))
	ines.See(s.Say("hearing.mail.asked", "mail", "ines@x.example"))
	ines.Open(confirmLink.FindString(mail.Wait(1)[0]))
	ines.Look("hearing-confirm")
	ines.Click(s.Say("hearing.confirm.do"))
	ines.See(s.Say("hearing.confirm.done"))

	ines.Open("/you/messages")
	ines.Click(s.Say("hearing.how.weekly"))
	ines.Click(s.Say("form.save"))
	ines.See(s.Say("you.saved"))
	ines.Click(s.Say("hearing.calendar.make"))
	ines.See(s.Say("people.once"))
	ines.Open("/you/messages")
	ines.See(s.Say("hearing.mail.to", "mail", "ines@x.example"))
	ines.Look("hearing")

	ines.Open("/team")
	ines.Click(s.Say("channel.link"))
	ines.Look("channel-empty")
	ines.Click(s.Say("channel.titles.yes"))
	ines.Type(s.Say("channel.address"), "http://127.0.0.1:1/hooks/x")
	ines.Click(s.Say("form.save"))
	ines.See(s.Say("channel.chat.is", "host", "127.0.0.1:1"))
	ines.Click(s.Say("channel.try"))
	ines.See(s.Say("channel.tried"))
	ines.Look("channel")

	ines.Open("/report")
	ines.Type(s.Say("report.what"), "The trolley stood in the rain.")
	ines.Click(s.Say("report.send"))
	ines.Open("/f/1/invite")
	ines.Click(s.Say("invite.send"))
	ines.Click(s.Say("invite.copy"))
	ines.See("The trolley stood in the rain. We meet")
	ines.Look("hearing-tell")
	ines.Open("/f/1/invite")
	ines.Look("invite-moved")
	ines.Click(s.Say("invite.off"))
	ines.See(s.Say("triage.call"))
	ines.Look("called-off")

	ines.Open("/team/outgoing")
	ines.See(s.Say("outgoing.mail.set"))
	ines.Look("outgoing")
}
