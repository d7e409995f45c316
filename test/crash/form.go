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

// setUp sets the organisation up and lets the first person in.
func setUp(site *debrieftest.Site) (face, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	f := forms{&http.Client{
		Jar:           jar,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	_, err = f.post(context.Background(), site.SetUp, url.Values{
		"organisation": {"Crash"}, "pack": {"default"}, "team": {"Vans"}, "name": {"Ines"}, "zone": {"UTC"}, "starts": {"09:00"}, "ends": {"17:00"},
	})
	return f, err
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

// post sends a form and returns where it led to.
func (f forms) post(ctx context.Context, address string, form url.Values) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	page, res, err := f.do(req)
	if err != nil {
		return "", err
	}
	if res.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("POST %s: %s: %.2000s", req.URL.Path, res.Status, page)
	}
	return res.Header.Get("Location"), nil
}

func (f forms) get(ctx context.Context, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	page, res, err := f.do(req)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("GET %s: %s", req.URL.Path, res.Status)
	}
	return page, err
}

func (f forms) do(req *http.Request) (string, *http.Response, error) {
	res, err := f.browser.Do(req)
	if err != nil {
		return "", nil, err
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	return string(page), res, err
}
