package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// api is a programme with a token.
type api struct {
	token string
}

func (c api) report(ctx context.Context, base string, n note) (string, error) {
	var answer struct{ ID string }
	err := c.do(ctx, http.MethodPost, base+"/api/v1/failures", map[string]string{"what": n.text}, n.key, &answer)
	if err == nil && answer.ID == "" {
		err = fmt.Errorf("an acknowledgement without an id")
	}
	return answer.ID, err
}

func (c api) failure(ctx context.Context, base, id string) (string, error) {
	var answer struct{ What string }
	err := c.do(ctx, http.MethodGet, base+"/api/v1/failures/"+id, nil, "", &answer)
	return answer.What, err
}

func (c api) search(ctx context.Context, base, word string) ([]string, error) {
	var answer struct{ Items []struct{ ID string } }
	err := c.do(ctx, http.MethodGet, base+"/api/v1/search?q="+url.QueryEscape(word), nil, "", &answer)
	var ids []string
	for _, i := range answer.Items {
		ids = append(ids, i.ID)
	}
	return ids, err
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
