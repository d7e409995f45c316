package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"debrief/internal/intake"
	"debrief/internal/notify"
	"debrief/internal/practice"
	"debrief/internal/rest"
	"debrief/internal/server"
	"debrief/internal/web"
	"debrief/internal/web/frame"
	"debrief/internal/words"
)

// serveCommand is the server.
type serveCommand struct {
	database
	Addr          string         `default:"127.0.0.1:8080" env:"DEBRIEF_ADDR" help:"cli.help.addr"`
	BaseURL       string         `name:"base-url" env:"DEBRIEF_BASE_URL" help:"cli.help.base-url"`
	UnnamedURL    string         `name:"unnamed-url" env:"DEBRIEF_UNNAMED_URL" help:"cli.help.unnamed-url"`
	TLSCert       string         `name:"tls-cert" env:"DEBRIEF_TLS_CERT" type:"existingfile" help:"cli.help.tls-cert"`
	TLSKey        string         `name:"tls-key" env:"DEBRIEF_TLS_KEY" type:"existingfile" help:"cli.help.tls-key"`
	ACME          string         `name:"acme" env:"DEBRIEF_ACME" help:"cli.help.acme" placeholder:"HOST"`
	ACMEAddr      string         `name:"acme-addr" default:":80" env:"DEBRIEF_ACME_ADDR" help:"cli.help.acme-addr"`
	ACMEDirectory string         `name:"acme-directory" env:"DEBRIEF_ACME_DIRECTORY" help:"cli.help.acme-directory" placeholder:"ADDRESS"`
	Phone         bool           `env:"DEBRIEF_PHONE" help:"cli.help.phone"`
	TrustProxy    []netip.Prefix `name:"trust-proxy" env:"DEBRIEF_TRUST_PROXY" help:"cli.help.trust-proxy"`
	Metrics       string         `name:"metrics-token" env:"DEBRIEF_METRICS_TOKEN" help:"cli.help.metrics-token" placeholder:"WORD"`
	Index         string         `env:"DEBRIEF_INDEX" help:"cli.help.index" placeholder:"FILE"`
	Backups       string         `env:"DEBRIEF_BACKUPS" help:"cli.help.backups" placeholder:"FOLDER"`
	Keep          int            `name:"keep-backups" default:"14" env:"DEBRIEF_KEEP_BACKUPS" help:"cli.help.keep-backups"`
	Erased        string         `env:"DEBRIEF_ERASED" help:"cli.help.erased-serve" placeholder:"FILE"`
	LogRequests   bool           `name:"log-requests" env:"DEBRIEF_LOG_REQUESTS" help:"cli.help.log-requests"`
	TabletIdle    time.Duration  `name:"tablet-idle" default:"90s" env:"DEBRIEF_TABLET_IDLE" help:"cli.help.tablet-idle"`
	phrases       `embed:""`
	provider      `embed:""`
	SMTP          string        `name:"smtp" env:"DEBRIEF_SMTP" help:"cli.help.smtp"`
	ChatPeers     []notify.Peer `name:"chat-peer" env:"DEBRIEF_CHAT_PEER" help:"cli.help.chat-peer"`

	phones *phones // with --phone
}

// usualAddr is where the server listens when nobody says otherwise.
const usualAddr = "127.0.0.1:8080"

// Run answers until it is told to stop. With a certified host it is reached at
// that, where nobody said otherwise.
func (c *serveCommand) Run(s *shell, catalogue *words.Catalogue) error {
	if c.ACME != "" {
		c.BaseURL = cmp.Or(c.BaseURL, "https://"+c.ACME)
		if c.Addr == usualAddr {
			c.Addr = ":443"
		}
	}
	if c.Phone {
		if err := c.forPhones(s); err != nil {
			return err
		}
	}
	if c.UnnamedURL != "" && c.BaseURL == "" {
		s.note("cli.unnamed.alone")
		return said(exitUsage)
	}
	return c.serve(s, catalogue, nil)
}

// serve opens the database, lets prepare put something into it, and answers
// until it is told to stop. What prepare returns is where to begin.
func (c *serveCommand) serve(s *shell, catalogue *words.Catalogue, prepare func(*node) (string, error)) error {
	log := c.log(s)
	secure, listening, err := c.tls(s, log)
	if err != nil {
		return err
	}
	if err := c.night().check(); err != nil {
		return err
	}
	mailer, err := c.mailer()
	if err != nil {
		return err
	}
	https := secure != nil || strings.HasPrefix(c.BaseURL, "https://")
	n, err := c.node(s, nodeOptions{secure: https, phrases: c.reader, mails: mailer != nil, log: log, prepare: prepare})
	if err != nil {
		return err
	}
	defer n.close()
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return err
	}
	defer l.Close() // where it comes to no serving
	listening()
	address := c.address(l, secure != nil)
	link, err := n.doors.OpenSetUp(s)
	if err != nil {
		return err
	}
	face, err := c.face(n, catalogue, secure, prepare != nil,
		seldom(func() { s.say("cli.setup", "link", address+"/setup/"+link) }))
	if err != nil {
		return err
	}
	n.work(notify.New(notify.Options{App: n.app, Words: catalogue, Base: address, Mail: mailer,
		Chat: notify.NewChat(c.ChatPeers), Log: log, Now: time.Now}).Jobs())
	if n.begin != "" {
		s.say("cli.demo", "link", address+n.begin)
	}
	if len(n.ledger) == 0 {
		s.note("cli.erased.none")
	}
	if err := c.greet(s, address, link); err != nil {
		return err
	}
	return face.Serve(s, l)
}

// node opens what answers are made from; the flags say the rest of how.
func (c *serveCommand) node(ctx context.Context, o nodeOptions) (_ *node, err error) {
	if o.provider, err = c.provider.open(c.BaseURL, o.log); err != nil {
		return nil, err
	}
	if idle := cmp.Or(c.TabletIdle, practice.TabletIdle); idle < 5*time.Second || idle > 10*time.Minute {
		return nil, fmt.Errorf("--tablet-idle: 5s to 10m, not %s", c.TabletIdle)
	}
	if err := c.phrases.open(); err != nil {
		return nil, err
	}
	o.database, o.index, o.night, o.erased, o.idle = c.Database, cmp.Or(c.Index, c.beside()), c.night(), c.Erased, c.TabletIdle
	return openNode(ctx, o)
}

// night is where backups go, and how many stay.
func (c *serveCommand) night() nightly { return nightly{c.Backups, c.Keep} }

// log goes beside the output.
func (c *serveCommand) log(s *shell) *slog.Logger {
	level := slog.LevelInfo
	if c.LogRequests {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: level}))
}

// seldom is a function that does something once a minute at most, however often it
// is called.
func seldom(do func()) func() {
	var mu sync.Mutex
	var last time.Time
	return func() {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(last) > time.Minute {
			last = now
			do()
		}
	}
}

// face is everything that answers requests; story: its start page says where the
// demo begins; fresh hears of whoever comes before set-up.
func (c *serveCommand) face(n *node, catalogue *words.Catalogue, secure *tls.Config, story bool, fresh func()) (*server.Server, error) {
	pages, err := web.New(frame.Options{
		App: n.app, Rooms: n.rooms, Auth: n.doors, Base: strings.TrimSuffix(c.BaseURL, "/"), Unnamed: strings.TrimSuffix(c.UnnamedURL, "/"),
		Words: catalogue, Phrases: c.reader, Now: time.Now, Random: rand.Reader, Log: n.log, Live: n.hub, Story: story, Fresh: fresh,
	})
	if err != nil {
		return nil, err
	}
	api := rest.New(rest.Options{App: n.app, Rooms: n.rooms, Auth: n.doors, Words: catalogue, Log: n.log, Now: time.Now})
	monitors := &intake.Intake{App: n.app, Auth: n.doors, Refuse: api.Refuse, Log: n.log}
	return server.New(server.Options{Web: pages, API: api, Intake: monitors, Log: n.log, Now: time.Now, Random: rand.Reader,
		BaseURL: c.BaseURL, UnnamedURL: c.UnnamedURL, TLS: secure, Proxies: c.TrustProxy, Ready: n.store.Ping,
		Gauges: n.gauges, MetricsToken: c.Metrics})
}

// gauges count the work that waits. No person is in any of them.
func (n *node) gauges(ctx context.Context) ([]server.Gauge, error) {
	jobs, err := n.store.CountJobs(ctx)
	return []server.Gauge{{Name: "jobs_waiting", Value: jobs.Waiting}, {Name: "jobs_late", Value: jobs.Late},
		{Name: "jobs_given_up", Value: jobs.GivenUp}}, err
}

// greet says where the server is, and on a fresh database where to begin.
func (c *serveCommand) greet(s *shell, address, link string) error {
	begin := address
	if link != "" {
		begin = address + "/setup/" + link
		s.say("cli.setup", "link", begin)
	}
	if c.phones != nil {
		if err := c.phones.show(s, begin); err != nil {
			return err
		}
	}
	if !strings.HasPrefix(address, "https://") {
		s.say("cli.plain")
	}
	_, err := fmt.Fprintln(s.out, "listening on "+address) // read by programs, in no language
	return err
}

// mailer is the way to the mail server, if one was named.
func (c *serveCommand) mailer() (*notify.Mailer, error) {
	if c.SMTP == "" {
		return nil, nil
	}
	m, err := notify.NewMailer(c.SMTP, nil)
	if err != nil {
		return nil, fmt.Errorf("--smtp: %w", err)
	}
	return m, nil
}

// address is where the server can be found: the base address if it was given,
// else where it listens.
func (c *serveCommand) address(l net.Listener, secure bool) string {
	if c.BaseURL != "" {
		return strings.TrimSuffix(c.BaseURL, "/")
	}
	if secure {
		return "https://" + l.Addr().String()
	}
	return "http://" + l.Addr().String()
}
