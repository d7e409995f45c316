package main

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"debrief/internal/debrieftest"
)

// forms is a person at a browser without scripts.
type forms struct {
	*debrieftest.Visitor
}

// foundOn is a line of the search page that leads to a failure.
var foundOn = regexp.MustCompile(`<li class="hit">.*?href="/f/(\d+)"`)

// setUp sets the organisation up and lets the first person in, by forms and,
// with a token, by the API.
func setUp(site *debrieftest.Site) (faces, error) {
	ctx := context.Background()
	founder, err := debrieftest.SetUp(ctx, site)
	if err != nil {
		return faces{}, err
	}
	token, err := founder.Token(ctx, site.URL, "read", "report")
	a := api{token}
	return faces{[]face{forms{founder}, a}, a.alike}, err
}

func (f forms) report(ctx context.Context, base string, n note) (string, error) {
	to, err := f.Post(ctx, base+"/report", url.Values{"what": {n.text}, "when": {"now"}, "stage": {"after"}, "once": {n.key}})
	if err != nil {
		return "", err
	}
	number, ok := strings.CutPrefix(to, "/f/")
	if number = strings.TrimSuffix(number, "/in"); !ok || number == "" {
		return "", fmt.Errorf("the report led to %q", to)
	}
	return number, nil
}

func (f forms) failure(ctx context.Context, base, number string) (string, error) {
	return f.Get(ctx, base+"/f/"+number)
}

func (f forms) search(ctx context.Context, base, word string) ([]string, error) {
	page, err := f.Get(ctx, base+"/search?q="+url.QueryEscape(word))
	var numbers []string
	for _, hit := range foundOn.FindAllStringSubmatch(page, -1) {
		numbers = append(numbers, hit[1])
	}
	return slices.Compact(numbers), err
}
