package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/server"
	"debrief/internal/store"
	"debrief/internal/store/storetest"
	"debrief/internal/words"
)

// examined runs the doctor and returns what it found, by check.
func examined(t *testing.T, args ...string) (code int, found map[string]finding) {
	t.Helper()
	code, out := debrief(t, append([]string{"doctor", "--json"}, args...)...)
	var all []finding
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	found = map[string]finding{}
	for _, f := range all {
		found[f.Check] = f
		if f.Found == "" || strings.Contains(f.Found+f.Do, "⟦") || (f.Do == "") != (f.State == stateOK) {
			t.Errorf("%+v", f)
		}
	}
	return code, found
}

// sound is an installation with nothing wrong: two stewards, a guardian, a
// backup of today.
func sound(t *testing.T, address string) (backups string) {
	t.Helper()
	settled(t, address)
	backups = t.TempDir()
	if strings.Contains(address, "://") {
		commit(t, address, "on") // the servers of tests are in a hurry
	} else {
		must(t, os.Chmod(filepath.Dir(address), 0o700))
	}
	for _, args := range [][]string{{"user", "add", "Amal", "--steward"}, {"backup", filepath.Join(backups, "today")}} {
		if code, out := debrief(t, append(args, "--database", address)...); code != exitDone {
			t.Fatal(out)
		}
	}
	s, err := store.Open(t.Context(), store.Options{Database: address, Now: time.Now, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a := app.New(app.Options{Store: s})
	_, err = a.EditOrganisation(t.Context(), operator, func(o practice.Organisation) (practice.Organisation, error) {
		o.Guardian = "Dr. Okafor"
		return o, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return backups
}

func TestDoctor_nothingWrong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		code, found := examined(t, "--database", address, "--backups", sound(t, address), "--base-url", "https://debrief.example.org")
		for check, f := range found {
			if f.State != stateOK && check != "role" { // tests come as who may do everything
				t.Errorf("%+v", f)
			}
		}
		if code != exitDone || len(found) < 10 {
			t.Errorf("exit %d, %d checks", code, len(found))
		}
	})
}

// breaks are faults of a SQLite installation that was sound a moment ago.
var breaks = map[string]struct {
	do    func(t *testing.T, db, backups string)
	check string
	state state
	code  int
}{
	"others read the file":   {func(t *testing.T, db, _ string) { must(t, os.Chmod(db, 0o644)) }, "files", stateFail, exitProblem},
	"others read the folder": {func(t *testing.T, db, _ string) { must(t, os.Chmod(filepath.Dir(db), 0o755)) }, "files", stateFail, exitProblem},
	"another journal":        {func(t *testing.T, db, _ string) { spoil(t, db, `PRAGMA journal_mode=DELETE`) }, "settings", stateWarn, exitDone},
	"a newer schema": {func(t *testing.T, db, _ string) {
		spoil(t, db, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	}, "schema", stateFail, exitProblem},
	"an older schema":    {func(t *testing.T, db, _ string) { spoil(t, db, `DELETE FROM goose_db_version WHERE version_id > 1`) }, "schema", stateWarn, exitDone},
	"a damaged page":     {func(t *testing.T, db, _ string) { scribble(t, db, 0.5) }, "database", stateFail, exitProblem},
	"no database at all": {scratch, "database", stateFail, exitProblem},
	"no list of tables":  {func(t *testing.T, db, _ string) { scribble(t, db, 0) }, "database", stateFail, exitProblem},
	"no file":            {func(t *testing.T, db, _ string) { must(t, os.Remove(db)) }, "database", stateFail, exitReach},
	"no steward":         {func(t *testing.T, db, _ string) { spoil(t, db, `UPDATE member SET steward = FALSE`) }, "stewards", stateFail, exitProblem},
	"one steward": {func(t *testing.T, db, _ string) {
		spoil(t, db, `UPDATE member SET steward = FALSE WHERE name = 'Amal'`)
	}, "stewards", stateWarn, exitDone},
	"no guardian":        {func(t *testing.T, db, _ string) { spoil(t, db, `UPDATE organisation SET guardian = ''`) }, "guardian", stateWarn, exitDone},
	"a job given up":     {func(t *testing.T, db, _ string) { spoil(t, db, newJob+`1, 5)`) }, "jobs", stateWarn, exitDone},
	"a job that waits":   {func(t *testing.T, db, _ string) { spoil(t, db, newJob+`1, 0)`) }, "jobs", stateWarn, exitDone},
	"a file of tomorrow": {func(t *testing.T, db, _ string) { must(t, os.Chtimes(db, time.Time{}, time.Now().Add(24*time.Hour))) }, "clock", stateFail, exitProblem},
	"a broken index":     {func(t *testing.T, db, _ string) { must(t, os.WriteFile(db+".index", []byte("no index"), 0o600)) }, "index", stateWarn, exitDone},
	"nobody listed who was erased": {func(t *testing.T, db, _ string) {
		spoil(t, db, `INSERT INTO erasure (member, called, day) VALUES ('mem_1', 'someone', 1)`)
	}, "erased", stateWarn, exitDone},
	"a list that is none":   {func(t *testing.T, db, _ string) { must(t, os.Mkdir(db+".erased", 0o600)) }, "erased", stateWarn, exitDone},
	"no backup":             {func(t *testing.T, _, backups string) { must(t, os.Remove(filepath.Join(backups, "today"))) }, "backups", stateFail, exitProblem},
	"a backup that was cut": {func(t *testing.T, _, backups string) { must(t, os.Truncate(filepath.Join(backups, "today"), 100)) }, "backups", stateFail, exitProblem},
	"backups kept too long": {func(t *testing.T, db, backups string) { backupAt(t, db, backups, 40*24*time.Hour) }, "backups", stateWarn, exitDone},
	"no folder for backups": {func(t *testing.T, _, backups string) { must(t, os.RemoveAll(backups)) }, "backups", stateFail, exitProblem},
	"no backup since Tuesday": {func(t *testing.T, db, backups string) {
		must(t, os.Remove(filepath.Join(backups, "today")))
		backupAt(t, db, backups, 5*24*time.Hour)
	}, "backups", stateFail, exitProblem},
}

const newJob = `INSERT INTO job (id, kind, payload, run_at, lease, attempts, gave_up_at) VALUES ('job_1', 'x', '{}', 1, '', `

func TestDoctor_findsWhatIsWrong(t *testing.T) {
	for name, c := range breaks {
		t.Run(name, func(t *testing.T) {
			db := storetest.SQLite(t)
			backups := sound(t, db)
			args := []string{"--database", db, "--backups", backups, "--base-url", "https://debrief.example.org"}
			if code, found := examined(t, args...); code != exitDone || found[c.check].State != stateOK && found[c.check].Check != "" {
				t.Fatalf("before: exit %d, %+v", code, found[c.check])
			}
			c.do(t, db, backups)
			if code, found := examined(t, args...); found[c.check].State != c.state || code != c.code {
				t.Errorf("exit %d, want %d; found %+v", code, c.code, found[c.check])
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// spoil does something to a file that no program of ours does.
func spoil(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	_, err = db.Exec(statement)
	must(t, err)
}

// scribble writes nonsense into a file, from a part of its length on. The first
// hundred bytes say that it is a database, and stay.
func scribble(t *testing.T, path string, from float64) {
	t.Helper()
	spoil(t, path, `PRAGMA wal_checkpoint(TRUNCATE)`)
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	must(t, err)
	defer f.Close()
	info, err := f.Stat()
	must(t, err)
	_, err = f.WriteAt(bytes.Repeat([]byte("nonsense"), 4096), 100+int64(from*float64(info.Size())))
	must(t, err)
}

// backupAt makes a backup that was made so long ago.
func backupAt(t *testing.T, database, folder string, ago time.Duration) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Database: database, Now: func() time.Time { return time.Now().Add(-ago) }, Random: rand.Reader})
	must(t, err)
	defer s.Close()
	_, err = s.BackupFile(t.Context(), filepath.Join(folder, ago.String()))
	must(t, err)
}

func TestDoctor_postgres(t *testing.T) {
	code, found := examined(t, "--database", "postgres://nobody@127.0.0.1:1/nothing")
	if code != exitReach || found["database"].State != stateFail {
		t.Errorf("a server that is not there: exit %d, %+v", code, found["database"])
	}
	address := storetest.Postgres(t)
	settled(t, address)
	commit(t, address, "off")
	if code, found := examined(t, "--database", address); code != exitProblem || found["durable"].State != stateFail {
		t.Errorf("synchronous_commit off: exit %d, %+v", code, found["durable"])
	}
	if _, found := examined(t, "--database", address); found["erased"].State != stateWarn {
		t.Errorf("no list of what a restore does again: %+v", found["erased"])
	}
	list := filepath.Join(t.TempDir(), "list")
	if _, found := examined(t, "--database", address, "--erased", list); found["erased"].State != stateOK || found["jobs"].State != stateOK {
		t.Errorf("a list: %+v, %+v", found["erased"], found["jobs"])
	}
	good := store.PostgresCondition{Remote: true, Encrypted: true, Verified: true, Commit: "on", Encoding: "UTF8", Collation: "C", Standbys: 1}
	for name, c := range map[string]struct {
		spoil func(*store.PostgresCondition)
		check string
		state state
	}{
		"in the clear":        {func(p *store.PostgresCondition) { p.Encrypted = false }, "tls", stateFail},
		"who knows who":       {func(p *store.PostgresCondition) { p.Verified = false }, "tls", stateWarn},
		"async standby":       {func(p *store.PostgresCondition) { p.AsyncOnly = true }, "durable", stateWarn},
		"another encoding":    {func(p *store.PostgresCondition) { p.Encoding = "LATIN1" }, "collation", stateFail},
		"a drifted library":   {func(p *store.PostgresCondition) { p.Drifted = true }, "collation", stateWarn},
		"a powerful role":     {func(p *store.PostgresCondition) { p.Powerful = true }, "role", stateWarn},
		"a clock ahead":       {func(p *store.PostgresCondition) { p.ClockAhead = time.Minute }, "clock", stateWarn},
		"a clock behind":      {func(p *store.PostgresCondition) { p.ClockAhead = -time.Minute }, "clock", stateWarn},
		"nothing (control)":   {func(*store.PostgresCondition) {}, "tls", stateOK},
		"nothing (control 2)": {func(*store.PostgresCondition) {}, "durable", stateOK},
	} {
		p := good
		c.spoil(&p)
		d := speaking(t)
		d.postgres(p)
		for _, f := range d.found {
			if want := map[bool]state{true: c.state, false: stateOK}[f.Check == c.check]; f.State != want {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
}

// commit says when PostgreSQL acknowledges.
func commit(t *testing.T, address, when string) {
	t.Helper()
	db, err := sql.Open("pgx", address)
	must(t, err)
	defer db.Close()
	_, err = db.Exec(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = ` + when + `', current_database()); END $$`)
	must(t, err)
}

// speaking is a doctor who has looked at nothing yet.
func speaking(t *testing.T) *doctor {
	t.Helper()
	catalogue, err := words.Load()
	must(t, err)
	return &doctor{shell: &shell{Context: t.Context(), out: &bytes.Buffer{}, Speaker: catalogue.Speaker("en", "", nil)}, now: time.Now()}
}

func TestDoctor_looksAtAServer(t *testing.T) {
	whole := func(w http.ResponseWriter, r *http.Request) {
		for _, h := range server.Headers() {
			w.Header().Set(h[0], h[1])
		}
		w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		w.Header().Set("Cache-Control", "no-store")
	}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		check   string
		state   state
	}{
		"as it should be (control)": {whole, "headers", stateOK},
		"a proxy takes one out":     {func(w http.ResponseWriter, r *http.Request) { whole(w, r); w.Header().Del("Referrer-Policy") }, "headers", stateFail},
		"a proxy writes its own": {func(w http.ResponseWriter, r *http.Request) {
			whole(w, r)
			w.Header().Set("Content-Security-Policy", "default-src *")
		}, "headers", stateFail},
		"a proxy lets others read": {func(w http.ResponseWriter, r *http.Request) {
			whole(w, r)
			w.Header().Set("Access-Control-Allow-Origin", "*")
		}, "headers", stateWarn},
		"a proxy keeps answers": {func(w http.ResponseWriter, r *http.Request) { whole(w, r); w.Header().Set("Age", "60") }, "cache", stateFail},
		"a proxy says others keep them": {func(w http.ResponseWriter, r *http.Request) {
			whole(w, r)
			w.Header().Set("Cache-Control", "max-age=60")
		}, "cache", stateFail},
		"no database": {func(w http.ResponseWriter, r *http.Request) { whole(w, r); w.WriteHeader(503) }, "server", stateFail},
	} {
		here := httptest.NewTLSServer(c.handler)
		d := speaking(t)
		d.server(here.URL, here.Client())
		here.Close()
		for _, f := range d.found {
			if want := map[bool]state{true: c.state, false: stateOK}[f.Check == c.check]; f.State != want {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
	here := httptest.NewTLSServer(http.HandlerFunc(whole)) // its counts would be open, and are: to this machine, whatever its name
	defer here.Close()
	at := &http.Transport{TLSClientConfig: here.Client().Transport.(*http.Transport).TLSClientConfig,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", here.Listener.Addr().String())
		}}
	named := speaking(t)
	named.server("https://example.com", &http.Client{Transport: at}) // the certificate of such servers is for that name
	for _, f := range named.found {
		if f.State != stateOK {
			t.Errorf("under a name that leads here: %+v", f)
		}
	}
	strange := httptest.NewUnstartedServer(http.HandlerFunc(whole))
	strange.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	strange.StartTLS()
	defer strange.Close()
	d := speaking(t)
	d.server(strange.URL, &http.Client{})
	if f := d.found[0]; f.State != stateFail || f.Check != "server" || d.away {
		t.Errorf("a certificate nobody knows: %+v", f)
	}
	d = speaking(t)
	d.server("http://127.0.0.1:1", &http.Client{})
	if !d.away {
		t.Errorf("nobody there: %+v", d.found)
	}
}

func TestDoctor_proxies(t *testing.T) {
	for given, want := range map[string]state{"": stateOK, "127.0.0.1/32": stateOK, "10.0.0.0/8,0.0.0.0/0": stateFail, "::/0": stateFail} {
		t.Setenv("DEBRIEF_TRUST_PROXY", given)
		if _, found := examined(t, "--database", filepath.Join(t.TempDir(), "debrief.db")); found["proxies"].State != want {
			t.Errorf("%q: %+v", given, found["proxies"])
		}
	}
}

func TestPlainHTTP(t *testing.T) {
	for address, plain := range map[string]bool{"http://debrief.example.org": true, "https://debrief.example.org": false,
		"http://127.0.0.1:8080": false, "http://[::1]:8080": false, "http://localhost": false, "http://10.0.0.7": true, "": false} {
		if plainHTTP(address) != plain {
			t.Errorf("%q: %t", address, !plain)
		}
	}
}

// scratch writes nonsense where the file says what it is.
func scratch(t *testing.T, path, _ string) {
	t.Helper()
	spoil(t, path, `PRAGMA wal_checkpoint(TRUNCATE)`)
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	must(t, err)
	defer f.Close()
	_, err = f.WriteAt(bytes.Repeat([]byte("nonsense"), 512), 0)
	must(t, err)
}

// The doctor says whether the sign-in provider can be asked, and what it must
// know of us.
func TestDoctor_provider(t *testing.T) {
	var answers atomic.Bool
	var house *httptest.Server
	house = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if !answers.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]string{"issuer": house.URL, "authorization_endpoint": house.URL + "/ask",
			"token_endpoint": house.URL + "/code", "jwks_uri": house.URL + "/keys"})
	}))
	defer house.Close()
	secret := filepath.Join(t.TempDir(), "secret")
	must(t, os.WriteFile(secret, []byte("\n"), 0o600))
	at := []string{"--database", filepath.Join(t.TempDir(), "debrief.db"), "--oidc-issuer", house.URL, "--oidc-client", "debrief"}
	based := append(slices.Clone(at), "--base-url", "https://debrief.example.org")
	for what, c := range map[string]struct {
		args []string
		want state
	}{
		"no address of ours": {at, stateFail},
		"an empty secret":    {append(slices.Clone(based), "--oidc-secret-file", secret), stateFail},
		"no client":          {append(slices.Clone(based), "--oidc-client", ""), stateFail},
		"by plain http":      {append(slices.Clone(based), "--oidc-issuer", "http://id.example.org"), stateFail},
		"away":               {based, stateWarn},
	} {
		if _, found := examined(t, c.args...); found["oidc"].State != c.want {
			t.Errorf("%s: %+v", what, found["oidc"])
		}
	}
	answers.Store(true)
	_, found := examined(t, based...)
	if f := found["oidc"]; f.State != stateOK || !strings.Contains(f.Found, "https://debrief.example.org/in/oidc/back") {
		t.Errorf("it answers: %+v", f)
	}
	if _, found = examined(t, "--base-url", "https://debrief.example.org"); found["oidc"].Check != "" {
		t.Errorf("nobody set one up: %+v", found["oidc"])
	}
}
