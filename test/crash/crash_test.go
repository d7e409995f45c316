package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"debrief/internal/debrieftest"
	"debrief/internal/store/storetest"
)

// TestMain lets this test binary be the service as well: started as
// "serve", it is a stand-in that keeps notes in a file, honestly or not.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "serve" {
		standIn(os.Args[2:])
		return
	}
	os.Exit(debrieftest.Main(m))
}

func TestTrial_honest(t *testing.T) {
	if err := try(t, "--acknowledge=after", 5); err != nil {
		t.Error(err)
	}
}

// TestTrial_catches is the control: a service that answers before the note is
// on disk must be found out, and so must one that makes two of a note sent twice.
func TestTrial_catches(t *testing.T) {
	for flag, want := range map[string]string{
		"--acknowledge=before": "lost: ",
		"--acknowledge=twice":  "finds [",
	} {
		if err := try(t, flag, 30); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", flag, err, want)
		}
	}
}

func try(t *testing.T, flag string, cycles int) error {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	trial := &trial{
		options: debrieftest.Options{Binary: self, Database: filepath.Join(t.TempDir(), "notes"), Flags: []string{flag}},
		writers: 4,
		seed:    7,
		admit:   func(*debrieftest.Site) (faces, error) { return faces{[]face{api{}}, api{}.alike}, nil },
		say:     func(line string) { t.Log(line) },
	}
	return trial.run(cycles)
}

var cycles = flag.Int("cycles", 5, "how often to kill Debrief on each database")

// TestDebrief kills the real thing a few times; make crash does it a thousand
// times.
func TestDebrief(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		trial := &trial{
			options: debrieftest.Options{Binary: debrieftest.Binary(t), Database: database},
			writers: 4,
			seed:    1,
			admit:   setUp,
			say:     func(line string) { t.Log(line) },
		}
		if err := trial.run(*cycles); err != nil {
			t.Error(err)
		}
		if err := sound(database); err != nil {
			t.Error(err)
		}
	})
}

// TestSound_catches is its control: a file with a page overwritten.
func TestSound_catches(t *testing.T) {
	file := storetest.SQLite(t)
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte(strings.Repeat("torn", 1024)), 3*4096); err != nil {
		t.Fatal(err)
	}
	if err := sound(file); err == nil {
		t.Error("a damaged file passed")
	}
}

// A shelf is the stand-in's store: notes by id and by key, and the file.
type shelf struct {
	mu      sync.Mutex
	file    *os.File
	how     string
	notes   map[int]string // by number
	keys    map[string]int
	pending []string
}

// standIn serves notes as the API does.
func standIn(args []string) {
	var addr, file string
	s := &shelf{notes: map[int]string{}, keys: map[string]int{}}
	for i, a := range args {
		switch {
		case a == "--addr":
			addr = args[i+1]
		case a == "--database":
			file = args[i+1]
		case strings.HasPrefix(a, "--acknowledge="):
			_, s.how, _ = strings.Cut(a, "=")
		}
	}
	var err error
	if s.file, err = os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		panic(err)
	}
	for lines := bufio.NewScanner(s.file); lines.Scan(); {
		if part := strings.Split(lines.Text(), "\t"); len(part) == 4 {
			number, _ := strconv.Atoi(part[0])
			s.notes[number], s.keys[part[1]] = part[2], number
		}
	}
	go s.writeLater()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		panic(err)
	}
	fmt.Printf("listening on http://%s\n", l.Addr())
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v1/failures", s.report)
	mux.HandleFunc("GET /api/v1/failures/{id}", s.show)
	mux.HandleFunc("GET /api/v1/search", s.search)
	mux.HandleFunc("POST /api/v1/similar", s.similar)
	panic(http.Serve(l, mux))
}

func (s *shelf) report(w http.ResponseWriter, r *http.Request) {
	var body failure
	json.NewDecoder(r.Body).Decode(&body)
	number := s.keep(r.Header.Get("Idempotency-Key"), body.Text)
	if s.how == "twice" {
		<-time.After(5 * time.Millisecond) // kept, and mostly killed before it says so
	}
	json.NewEncoder(w).Encode(failure{Number: number})
}

func (s *shelf) keep(key, text string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	number := s.keys[key]
	if number == 0 || s.how == "twice" {
		number = len(s.notes) + 1
		s.notes[number], s.keys[key] = text, number
		line := fmt.Sprintf("%d\t%s\t%s\t.\n", number, key, text)
		if s.how == "before" {
			s.pending = append(s.pending, line)
		} else {
			s.file.WriteString(line)
		}
	}
	return number
}

// writeLater is what must never be: it writes what was acknowledged a moment ago.
func (s *shelf) writeLater() {
	for range time.Tick(25 * time.Millisecond) {
		s.mu.Lock()
		s.file.WriteString(strings.Join(s.pending, ""))
		s.pending = nil
		s.mu.Unlock()
	}
}

func (s *shelf) show(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	number, _ := strconv.Atoi(r.PathValue("id"))
	text, ok := s.notes[number]
	if !ok {
		http.NotFound(w, r)
		return
	}
	json.NewEncoder(w).Encode(failure{number, text})
}

func (s *shelf) search(w http.ResponseWriter, r *http.Request) {
	s.find(w, r.FormValue("q"), "to", "/f/")
}

func (s *shelf) similar(w http.ResponseWriter, r *http.Request) {
	var body failure
	json.NewDecoder(r.Body).Decode(&body)
	s.find(w, body.Text, "ref", "")
}

// find answers with all notes that have the words in them.
func (s *shelf) find(w http.ResponseWriter, words, field, prefix string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	items := []map[string]string{}
	for number, text := range s.notes {
		if strings.Contains(text, words) {
			items = append(items, map[string]string{field: prefix + strconv.Itoa(number)})
		}
	}
	json.NewEncoder(w).Encode(map[string]any{"items": items})
}
