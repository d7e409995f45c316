package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"debrief/internal/debrieftest"
)

// forms is a person at a browser without scripts: forms go out, pages come back.
type forms struct {
	browser *http.Client
}

// foundOn is a line of the search page that leads to a failure.
var foundOn = regexp.MustCompile(`<li class="hit">.*?href="/f/(\d+)"`)

// shownOnce is a new token on its page.
var shownOnce = regexp.MustCompile(`id="secret">([^<]+)<`)

// setUp sets the organisation up and lets the first person in, by forms and,
// with a token, by the API.
func setUp(site *debrieftest.Site) (faces, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return faces{}, err
	}
	f := forms{&http.Client{
		Jar:           jar,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	ctx := context.Background()
	if _, err = f.post(ctx, site.SetUp, url.Values{
		"organisation": {"Crash"}, "pack": {"default"}, "team": {"Vans"}, "name": {"Ines"}, "zone": {"UTC"}, "starts": {"09:00"}, "ends": {"17:00"},
	}); err != nil {
		return faces{}, err
	}
	page, _, err := f.send(ctx, site.URL+"/you/tokens", url.Values{"purpose": {"crash"}, "scope": {"read", "report"}}, http.StatusOK)
	if err != nil {
		return faces{}, err
	}
	token := shownOnce.FindStringSubmatch(page)
	if token == nil {
		return faces{}, fmt.Errorf("no token on the page: %.2000s", page)
	}
	a := api{token[1]}
	return faces{[]face{f, a}, a.alike}, nil
}

func (f forms) report(ctx context.Context, base string, n note) (string, error) {
	to, err := f.post(ctx, base+"/report", url.Values{"what": {n.text}, "when": {"now"}, "stage": {"after"}, "once": {n.key}})
	if err != nil {
		return "", err
	}
	id, ok := strings.CutPrefix(to, "/f/")
	if id = strings.TrimSuffix(id, "/in"); !ok || id == "" {
		return "", fmt.Errorf("the report led to %q", to)
	}
	return id, nil
}

func (f forms) failure(ctx context.Context, base, id string) (string, error) {
	return f.get(ctx, base+"/f/"+id)
}

func (f forms) search(ctx context.Context, base, word string) ([]string, error) {
	page, err := f.get(ctx, base+"/search?q="+url.QueryEscape(word))
	var ids []string
	for _, hit := range foundOn.FindAllStringSubmatch(page, -1) {
		ids = append(ids, hit[1])
	}
	return slices.Compact(ids), err
}

// post sends a form that leads to another page, and returns which.
func (f forms) post(ctx context.Context, address string, form url.Values) (string, error) {
	_, to, err := f.send(ctx, address, form, http.StatusSeeOther)
	return to, err
}

// send sends a form and returns the page, or where it leads.
func (f forms) send(ctx context.Context, address string, form url.Values, want int) (page, to string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return f.do(req, want)
}

func (f forms) get(ctx context.Context, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	page, _, err := f.do(req, http.StatusOK)
	return page, err
}

func (f forms) do(req *http.Request, want int) (page, to string, err error) {
	res, err := f.browser.Do(req)
	if err != nil {
		return "", "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != want {
		err = fmt.Errorf("%s %s: %s: %.2000s", req.Method, req.URL.Path, res.Status, text)
	}
	return string(text), res.Header.Get("Location"), err
}
