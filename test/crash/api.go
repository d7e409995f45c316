package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// api is a programme with a token.
type api struct {
	token string
}

type failure struct {
	Number int
	Text   string
}

func (c api) report(ctx context.Context, base string, n note) (string, error) {
	var answer failure
	err := c.do(ctx, http.MethodPost, base+"/api/v1/failures", map[string]string{"text": n.text, "stage": "after"}, n.key, &answer)
	if err == nil && answer.Number == 0 {
		err = fmt.Errorf("an acknowledgement without a number")
	}
	return strconv.Itoa(answer.Number), err
}

func (c api) failure(ctx context.Context, base, ref string) (string, error) {
	var answer failure
	err := c.do(ctx, http.MethodGet, base+"/api/v1/failures/"+ref, nil, "", &answer)
	return answer.Text, err
}

func (c api) search(ctx context.Context, base, word string) ([]string, error) {
	var answer struct{ Items []struct{ To string } }
	err := c.do(ctx, http.MethodGet, base+"/api/v1/search?q="+url.QueryEscape(word), nil, "", &answer)
	var numbers []string
	for _, i := range answer.Items {
		numbers = append(numbers, strings.TrimPrefix(i.To, "/f/"))
	}
	return numbers, err
}

// alike returns the number of the failure that is most like the text.
func (c api) alike(ctx context.Context, base, text string) (string, error) {
	var answer struct{ Items []struct{ Ref string } }
	err := c.do(ctx, http.MethodPost, base+"/api/v1/similar", map[string]any{"text": text, "limit": 1}, "", &answer)
	if err != nil || len(answer.Items) == 0 {
		return "", err
	}
	var one failure
	err = c.do(ctx, http.MethodGet, base+"/api/v1/failures/"+answer.Items[0].Ref, nil, "", &one)
	return strconv.Itoa(one.Number), err
}

func (c api) do(ctx context.Context, method, address string, body any, key string, answer any) error {
	var text bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&text).Encode(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, address, &text)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s: %s", method, address, res.Status, said)
	}
	return json.Unmarshal(said, answer)
}
