package main

import (
	"crypto/tls"
	"net/http"
	"time"
)

// readyCommand is what a container asks about itself, where there is nothing else
// that could ask.
type readyCommand struct {
	URL  string `arg:"" optional:"" name:"address" default:"http://127.0.0.1:8080" help:"cli.help.ready-url"`
	ACME string `name:"acme" env:"DEBRIEF_ACME" help:"cli.help.ready-acme" placeholder:"HOST"`
}

// Run asks, and trusts whatever certificate is there: it is for a name, and this
// is the machine itself. A server that was certified by itself shows it to whoever
// asks for that name, and to nobody else.
func (c *readyCommand) Run(s *shell) error {
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, ServerName: c.ACME}}}
	r, err := http.NewRequestWithContext(s, http.MethodGet, c.URL+"/readyz", nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return said(exitProblem)
	}
	return nil
}
