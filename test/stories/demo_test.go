package stories

import (
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/words"
)

// One person alone walks the demo from the printed link to the closed record,
// on a phone and on a screen.
func TestDemo(t *testing.T) {
	for name, width := range map[string]int{"phone": debrieftest.Phone, "desktop": debrieftest.Desktop} {
		t.Run(name, func(t *testing.T) {
			catalogue, err := words.Load()
			if err != nil {
				t.Fatal(err)
			}
			s := &story{t, catalogue.Speaker("en", "tech", time.UTC), debrieftest.Start(t, debrieftest.Options{Demo: true})}
			d := s.somebody(width)
			d.Open(s.site.SetUp)
			d.Click(s.Say("people.link.do"))
			d.See(s.Say("story.title"))
			d.Look("demo-now")
			if n := d.Evaluate(`document.querySelectorAll("main .btn.go").length`); n != "1" {
				t.Errorf("the first page has %s main buttons", n)
			}
			d.Click(s.Say("home.item.door"))
			s.walksAlone(d)
			d.Look("demo-closed")
			d.Open("/")
			d.See(s.Say("story.end"))
			d.Look("demo-end")
		})
	}
}

// walksAlone goes through the demo's room, one step of the practice a page.
func (s *story) walksAlone(d *debrieftest.Device) {
	s.Helper()
	d.Click(s.Say("room.wait.closeness.did"))
	d.Click(s.Say("room.wait.begin"))
	for _, q := range [][2]string{
		{"question.1", "The migration runs on the test database before noon."},
		{"question.2", "It ran on production at once. The prompt of both terminals looked the same."},
	} {
		key, text := q[0], q[1]
		d.See(s.Say("room.write.mine"))
		d.Type("[name=text]", text)
		d.Click(s.Say("room.write.mine"))
		d.See(s.Say("room.agree.stand"))
		d.Type("#text", text)
		d.Click(s.Say("room.agree.stand"))
		d.Click(s.Say("room.agree.next", "what", s.Say(key+".next")))
	}
	d.Type("#text", "The migration reaches the test database")
	d.Type("#actual", "It reached production")
	d.Type("#where", "At the terminal, before pressing Enter")
	d.Click(s.Say("room.write.mine"))
	d.See(s.Say("room.gap.from"))
	d.Click(s.Say("room.gap.from"))
	d.Click(s.Say("room.gap.next"))
	d.See(s.Say("room.judge.title"))
	d.Click("input[name=kind][value=avoidable]")
	d.Click(s.Say("room.judge.mine"))
	d.Click(s.Say("room.sort.agree.last", "kind", s.Say("kind.avoidable")))
	d.See(s.Say("embed.avoidable.lede"))
	d.Click(s.Say("procedure.edit"))
	d.Type("li.edit [name=text]", "Close every connection that is not the one you need.")
	d.Click(s.Say("embed.step.do"))
	d.See(s.Say("embed.done"))
	d.Look("demo-changed")
	d.Click(s.Say("embed.next.carry"))
	d.Look("demo-carry")
	d.Type("[name=carrier]", "Chidi")
	d.Type("[name=act]", "close the old terminals with everybody")
	d.Type("[name=moment]", "At the next hand-over")
	d.Click(s.Say("close.aloud"))
	d.Click(s.Say("close.do.name"))
	d.See(s.Say("carry.aloud"))
	d.Look("demo-named")
	d.Click(s.Say("close.do"))
	d.See(s.Say("record.carrier"))
}
