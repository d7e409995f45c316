package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"debrief/internal/practice"
)

// Chat hands lines to the incoming webhooks of chats, each in the shape it takes.
type Chat struct {
	client *http.Client
	dialer *net.Dialer
}

// NewChat makes a Chat that goes to public addresses on ports 80 and 443, and
// to peers, which the operator named.
func NewChat(peers []Peer) *Chat {
	dialer := &net.Dialer{Timeout: patience, Control: guard(peers).control}
	return &Chat{dialer: dialer, client: &http.Client{
		Timeout: patience,
		// An answer that sends us elsewhere is an answer: who sends us could send us
		// anywhere.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:       nil, // a proxy would go where we do not
			DialContext: dialer.DialContext,
			// Every message goes through the guard again.
			DisableKeepAlives:      true,
			TLSHandshakeTimeout:    patience,
			MaxResponseHeaderBytes: 16 << 10,
		},
	}}
}

// Send hands one line to the chat at an address.
func (c *Chat) Send(ctx context.Context, address, text string) error {
	if !practice.WebAddress(address) {
		return failed{practice.FaultBlocked, errors.New("not an address of the web")}
	}
	body, err := json.Marshal(shaped(address, text))
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return failed{practice.FaultBlocked, err}
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "debrief")
	answer, err := c.client.Do(r)
	if err != nil {
		return failed{chatFault(err), bare(err)}
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10)) // what they say changes nothing
	return judged(answer.StatusCode)
}

// workflow matches the hosts at which a workflow of Teams takes messages.
var workflow = regexp.MustCompile(`\.(logic\.azure|powerplatform)\.[a-z.]+$`)

// link matches the address that a line ends with.
var link = regexp.MustCompile(`https?://\S+$`)

// shaped puts a line into the shape that the chat at an address takes. Slack,
// Mattermost and the bridges of Matrix take text. A workflow of Teams takes cards,
// answers everything else as if it had arrived, and drops it.
func shaped(address, text string) any {
	if u, err := url.Parse(address); err != nil || !workflow.MatchString(strings.ToLower(u.Hostname())) {
		return map[string]string{"text": text}
	}
	type part = map[string]any
	block := part{"type": "TextBlock", "wrap": true, "text": link.ReplaceAllString(text, "[$0]($0)")}
	card := part{"type": "AdaptiveCard", "version": "1.2", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "body": []part{block}}
	return part{"type": "message", "attachments": []part{{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}}}
}

// judged says what a status means.
func judged(status int) error {
	err := fmt.Errorf("the chat answered %d", status)
	switch {
	case status/100 == 2:
		return nil
	case status/100 == 3:
		return failed{practice.FaultMoved, err}
	case status/100 == 5, status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests:
		return failed{practice.FaultBusy, err}
	}
	return failed{practice.FaultRefused, err}
}

func chatFault(err error) practice.Fault {
	switch {
	case errors.Is(err, errBlocked):
		return practice.FaultBlocked
	case isTLS(err):
		return practice.FaultTLS
	}
	return practice.FaultUnreachable
}

// bare is an error of the client without the address, which is a secret and has
// no place in a log.
func bare(err error) error {
	if u := errors.Unwrap(err); u != nil {
		return u
	}
	return err
}

// Peer is addresses and a port that the operator lets us go to although they
// are not public.
type Peer struct {
	Addresses netip.Prefix
	Port      uint16
}

// UnmarshalText reads "10.0.0.5:8065", "10.0.0.0/8:8065" or "[fd00::/8]:443".
func (p *Peer) UnmarshalText(text []byte) error {
	host, port, err := net.SplitHostPort(string(text))
	if err != nil {
		return err
	}
	if p.Addresses, err = netip.ParsePrefix(host); err != nil {
		address, err := netip.ParseAddr(host)
		if err != nil {
			return err
		}
		p.Addresses = netip.PrefixFrom(address, address.BitLen())
	}
	at, err := netip.ParseAddrPort("0.0.0.0:" + port)
	p.Port = at.Port()
	return err
}
