package bench

import (
	"database/sql"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// bareDatabase is the environment variable that makes this programme the bare
// server instead: net/http, html/template and reads of a SQLite file, and nothing
// else. No page of ours with as many reads can be much faster than that.
const bareDatabase = "BENCH_BARE_DATABASE"

// The bare page lists as many failures as our start page does, asks the database
// as often, and is about as long.
const (
	bareRows  = 20
	bareReads = 22
)

var barePage = template.Must(template.New("").Parse(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{.House}}</title></head>
<body><header><a href="/">{{.House}}</a><nav><a href="/">Now</a><a href="/p">Procedures</a><a href="/more">More</a></nav><p>{{.Name}}</p></header>
<main><h1>Now</h1><ul>{{range .Rows}}<li><p class="title"><a href="/f/{{.Number}}">{{.Title}}</a></p><p class="meta">F-{{.Number}} · {{.At}}</p>
<form method="post" action="/f/{{.Number}}/keep"><input type="hidden" name="once" value="{{.Title}}"><button class="btn" name="decision" value="kept">Keep it</button>
<a class="btn quiet" href="/f/{{.Number}}#triage">Does it need half an hour together?</a></form></li>{{end}}</ul></main></body></html>`))

// bare serves the bare page and does not return.
func bare(database string) {
	db, err := sql.Open("sqlite", database)
	if err != nil {
		panic(err)
	}
	type row struct {
		Number    int
		Title, At string
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		var page struct {
			House, Name string
			Rows        []row
		}
		cookie, err := r.Cookie("session")
		if err == nil {
			err = db.QueryRow(`SELECT name FROM session WHERE hash = $1`, cookie.Value).Scan(&page.Name)
		}
		for n := 1; n < bareReads-1 && err == nil; n++ {
			err = db.QueryRow(`SELECT name FROM house WHERE id = $1`, n).Scan(&page.House)
		}
		var rows *sql.Rows
		if err == nil {
			rows, err = db.Query(`SELECT number, title, at FROM failure ORDER BY number DESC LIMIT $1`, bareRows)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var one row
			rows.Scan(&one.Number, &one.Title, &one.At)
			page.Rows = append(page.Rows, one)
		}
		barePage.Execute(w, page)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("listening on http://" + l.Addr().String())
	panic(http.Serve(l, nil))
}

// startBare starts the bare server on a file with some failures in it, and
// returns how to ask it for its page.
func startBare(b *testing.B) served {
	b.Helper()
	file := filepath.Join(b.TempDir(), "bare.db")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		b.Fatal(err)
	}
	for _, q := range []string{`PRAGMA journal_mode = WAL`, `CREATE TABLE session (hash TEXT PRIMARY KEY, name TEXT)`, `CREATE TABLE house (id INTEGER PRIMARY KEY, name TEXT)`,
		`CREATE TABLE failure (number INTEGER PRIMARY KEY, title TEXT, at TEXT)`, `INSERT INTO session VALUES ('secret', 'Ines')`} {
		must(b, db, q)
	}
	for n := range bareReads {
		must(b, db, `INSERT INTO house VALUES ($1, 'Harbour Bikes')`, n)
	}
	for i := range 200 {
		must(b, db, `INSERT INTO failure VALUES ($1, $2, $3)`, i+1, fmt.Sprintf("The box of brake pads number %d stayed on the shelf", i), "Mon 8 June, 07:30")
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	address, _, stop := another(b, bareDatabase+"="+file)
	b.Cleanup(stop)
	client := keepAlive()
	return served{"bare page", func() error {
		req, err := http.NewRequest(http.MethodGet, address+"/", nil)
		if err != nil {
			return err
		}
		req.AddCookie(&http.Cookie{Name: "session", Value: "secret"})
		return answered(client.Do(req))
	}}
}

// another starts this programme as a server, told so by its environment.
func another(b *testing.B, as string) (address string, pid int, stop func()) {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), as)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	stop = func() { cmd.Process.Kill(); cmd.Wait() }
	line := make([]byte, 200)
	n, err := out.Read(line)
	_, address, ok := strings.Cut(strings.TrimSpace(string(line[:n])), "listening on ")
	if err != nil || !ok {
		stop()
		b.Fatalf("the bare server said %q, %v", line[:n], err)
	}
	return address, cmd.Process.Pid, stop
}

// keepAlive is a client that keeps its connections.
func keepAlive() *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// answered reads an answer to its end and errs unless it is a good one.
func answered(res *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 400 {
		err = fmt.Errorf("%s: %s: %.300s", res.Request.URL.Path, res.Status, text)
	}
	return err
}
