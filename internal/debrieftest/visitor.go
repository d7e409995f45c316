package debrieftest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// A Visitor is a person at a browser without scripts: forms go out, pages come
// back. What it asks for is a whole address, for a site that starts again is at
// another.
type Visitor struct {
	browser *http.Client
}

// NewVisitor is somebody who was not here before.
func NewVisitor() *Visitor {
	jar, _ := cookiejar.New(nil) // errs for no options
	return &Visitor{&http.Client{
		Jar:           jar,
		Transport:     &http.Transport{MaxIdleConnsPerHost: 64},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// SetUp sets a site up and returns its founder.
func SetUp(ctx context.Context, site *Site) (*Visitor, error) {
	v := NewVisitor()
	_, err := v.Post(ctx, site.SetUp, url.Values{
		"organisation": {"Harbour Bikes"}, "pack": {"default"}, "team": {"Workshop"}, "name": {"Ines"},
		"zone": {"UTC"}, "starts": {"09:00"}, "ends": {"17:00"},
	})
	return v, err
}

// Get returns a page, and errs for any other answer.
func (v *Visitor) Get(ctx context.Context, address string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	res, page, err := v.Do(req)
	return page, expected(res, page, err, http.StatusOK)
}

// Post sends a form and returns the address it leads to. It errs for any other
// answer.
func (v *Visitor) Post(ctx context.Context, address string, form url.Values) (string, error) {
	res, page, err := v.send(ctx, address, form)
	if err := expected(res, page, err, http.StatusSeeOther); err != nil {
		return "", err
	}
	return res.Header.Get("Location"), nil
}

// shownOnce is a new token on its page.
var shownOnce = regexp.MustCompile(`id="secret">([^<]+)<`)

// Token makes a token for the API, for the scopes.
func (v *Visitor) Token(ctx context.Context, base string, scopes ...string) (string, error) {
	res, page, err := v.send(ctx, base+"/you/tokens", url.Values{"purpose": {"a programme"}, "scope": scopes})
	if err := expected(res, page, err, http.StatusOK); err != nil {
		return "", err
	}
	token := shownOnce.FindStringSubmatch(page)
	if token == nil {
		return "", fmt.Errorf("no token on the page: %.2000s", page)
	}
	return token[1], nil
}

func (v *Visitor) send(ctx context.Context, address string, form url.Values) (*http.Response, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.Do(req)
}

// Do sends any request and returns the answer with its body as text.
func (v *Visitor) Do(req *http.Request) (*http.Response, string, error) {
	res, err := v.Open(req)
	if err != nil {
		return nil, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res, string(text), err
}

func expected(res *http.Response, page string, err error, status int) error {
	if err == nil && res.StatusCode != status {
		err = fmt.Errorf("%s %s: %s: %.2000s", res.Request.Method, res.Request.URL.Path, res.Status, page)
	}
	return err
}

// Open sends any request and leaves the body of its answer to be read and closed.
func (v *Visitor) Open(req *http.Request) (*http.Response, error) { return v.browser.Do(req) }
