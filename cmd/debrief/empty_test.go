package main

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// An empty form is taken or answered at a field, in our words: never by a page
// that says only that something was wrong.
func TestForms_empty(t *testing.T) {
	w := newTown(t)
	house, pages, _ := w.house()
	v := w.tour(house, pages)
	sent := 0
	for _, pattern := range v.left {
		who, page := v.letIn(pattern, v.at(pattern))
		if !page {
			continue
		}
		_, text := v.send(who, http.MethodGet, v.at(pattern), nil)
		for _, form := range anyForm.FindAllStringSubmatch(text, -1) {
			action, fields := emptied(form[0], v.at(pattern))
			if fields == nil {
				continue
			}
			status, answer := v.send(who, http.MethodPost, action, fields)
			sent++
			if status != http.StatusSeeOther && status != http.StatusOK && !strings.Contains(answer, `class="wrong"`) {
				t.Errorf("%s: an empty form to %s is answered with %d and no word at a field", pattern, action, status)
			}
			w.again()
		}
	}
	if sent < 20 {
		t.Errorf("only %d forms", sent)
	}
}

var (
	anyForm   = regexp.MustCompile(`(?s)<form[^>]*method="post".*?</form>`)
	itsAction = regexp.MustCompile(`^<form[^>]*\saction="([^"]*)"`)
	textField = regexp.MustCompile(`<textarea[^>]*\sname="([^"]*)"|<input[^>]*\sname="([^"]*)"[^>]*type="(?:text|date|time|url|email|password|number)"`)
	sentAsIs  = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"|<input type="radio" name="([^"]*)" value="([^"]*)"[^>]* checked`)
	firstDo   = regexp.MustCompile(`<button[^>]*\sname="([^"]*)" value="([^"]*)"`)
)

// emptied is what a form sends when nobody wrote a word into it; nil where there
// is nothing to write.
func emptied(form, page string) (action string, fields url.Values) {
	for _, m := range textField.FindAllStringSubmatch(form, -1) {
		if fields == nil {
			fields = url.Values{}
		}
		fields.Set(m[1]+m[2], "")
	}
	if fields == nil {
		return "", nil
	}
	for _, m := range sentAsIs.FindAllStringSubmatch(form, -1) {
		fields.Add(m[1]+m[3], html.UnescapeString(m[2]+m[4]))
	}
	if m := firstDo.FindStringSubmatch(form); m != nil {
		fields.Add(m[1], html.UnescapeString(m[2]))
	}
	action = page
	if m := itsAction.FindStringSubmatch(form); m != nil {
		action = html.UnescapeString(m[1])
	}
	return action, fields
}

// send asks for an address as somebody, and reads the answer.
func (v *tour) send(who, method, address string, fields url.Values) (status int, text string) {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), method, v.base+address, strings.NewReader(fields.Encode()))
	must(v.T, err)
	r.Header.Set("Cookie", v.cookie(who))
	if fields != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	got, err := browser.Do(r)
	must(v.T, err)
	defer got.Body.Close()
	all, err := io.ReadAll(got.Body)
	must(v.T, err)
	return got.StatusCode, string(all)
}
