package bench

import (
	"context"
	"fmt"
	"net/url"
	"testing"

	"debrief/internal/debrieftest"
)

// BenchmarkPage asks the real server for the start page of somebody whose team
// has two hundred reports, and for the report form, signed in, over eight
// connections; beside them a bare page with as many reads as the start page, and
// Gitea's list of issues.
func BenchmarkPage(b *testing.B) {
	site, ines := founded(b)
	for i := range 200 {
		file(b, site, ines, i)
	}
	page := func(name, address string) served {
		return served{name, func() error {
			_, err := ines.Get(context.Background(), site.URL+address)
			return err
		}}
	}
	peers := []served{page("report form", "/report"), startBare(b)}
	if g := gitea(b); g != nil {
		for i := range 200 {
			if err := g.issue(fmt.Sprintf("The box of brake pads number %d stayed on the shelf", i)); err != nil {
				b.Fatal(err)
			}
		}
		peers = append(peers, served{"Gitea issues", g.page})
	}
	beside(b, 8, page("start page", "/"), peers...)
}

// BenchmarkReport files reports with the real server, over one connection and
// over eight, each acknowledged when it is on the disk; beside it issues filed
// with Gitea, and what the disk itself takes to be sure of a page.
func BenchmarkReport(b *testing.B) {
	g := gitea(b)
	for _, connections := range []int{1, 8} {
		b.Run(fmt.Sprintf("connections=%d", connections), func(b *testing.B) {
			site, ines := founded(b)
			n := counter()
			ours := served{"report", func() error { return report(site, ines, n()) }}
			peers := []served{startDisk(b)}
			if g != nil {
				peers = append(peers, served{"Gitea issue", func() error { return g.issue(words(n())) }})
			}
			beside(b, connections, ours, peers...)
		})
	}
}

// founded is a fresh site and its founder.
func founded(b *testing.B) (*debrieftest.Site, *debrieftest.Visitor) {
	b.Helper()
	site := debrieftest.Start(b, debrieftest.Options{Binary: binary(b)})
	ines, err := debrieftest.SetUp(context.Background(), site)
	if err != nil {
		b.Fatal(err)
	}
	return site, ines
}

func file(b *testing.B, site *debrieftest.Site, ines *debrieftest.Visitor, n int) {
	b.Helper()
	if err := report(site, ines, n); err != nil {
		b.Fatal(err)
	}
}

func report(site *debrieftest.Site, ines *debrieftest.Visitor, n int) error {
	_, err := ines.Post(context.Background(), site.URL+"/report", url.Values{"what": {words(n)}, "when": {"now"}, "stage": {"after"}})
	return err
}

// words are a report nobody filed before.
func words(n int) string {
	return fmt.Sprintf("The box of brake pads number %d stayed on the shelf. Nobody had looked at the list on the door.", n)
}
