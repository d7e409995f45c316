package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"debrief/internal/practice"
)

// The demo's link opens, and the story behind it has a scar to show.
func TestDemo(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	read, write := io.Pipe()
	var beside bytes.Buffer
	ended := make(chan int)
	go func() {
		code := run(&shell{Context: ctx, in: strings.NewReader(""), out: write, err: &beside}, []string{"demo", "--addr", "127.0.0.1:0"})
		write.Close()
		ended <- code
	}()
	var said []byte
	for b := make([]byte, 512); !strings.Contains(string(said), "listening on "); {
		n, err := read.Read(b)
		if said = append(said, b[:n]...); err != nil {
			t.Fatalf("the demo ended: %s%s", said, beside.String())
		}
	}
	_, link, _ := strings.Cut(string(said), "story: ")
	answer, err := http.Get(strings.Fields(link)[0])
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("the link answers %s", answer.Status)
	}
	go io.Copy(io.Discard, read)
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("exit %d: %s", code, beside.String())
	}
}

// Whenever the demo is started, also just before and after midnight, its rows
// happened when its words say: two days ago, and three hours ago.
func TestDemo_wordsAndRowsAgree(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	for _, started := range []time.Time{
		time.Date(2026, 3, 1, 0, 10, 0, 0, zone), time.Date(2026, 3, 1, 23, 50, 0, 0, zone), time.Date(2026, 12, 31, 12, 0, 0, 0, zone),
	} {
		var ada practice.Actor
		n, err := openNode(t.Context(), nodeOptions{database: filepath.Join(t.TempDir(), "d.db"), log: slog.New(slog.DiscardHandler),
			prepare: func(n *node) (_ string, err error) {
				tale := tale{n: n, ctx: t.Context(), now: started}
				ada, err = tale.tell()
				return "", err
			}})
		if err != nil {
			t.Fatal(err)
		}
		first, err := n.app.Failure(t.Context(), ada, 4)
		if err != nil {
			t.Fatal(err)
		}
		reviews, err := n.app.ReviewsOf(t.Context(), ada, first.ID)
		if err != nil || len(reviews) != 1 {
			t.Fatal(err, len(reviews))
		}
		ago := started.AddDate(0, 0, -2).Format(time.DateOnly)
		for what, at := range map[string]time.Time{"happened": first.RecognisedAt, "reported": first.ReportedAt,
			"met": reviews[0].Review.MeetAt, "closed": reviews[0].Review.ClosedAt} {
			if day := at.In(zone).Format(time.DateOnly); day != ago {
				t.Errorf("started at %s: the first %s on %s", started, what, day)
			}
		}
		if at := first.RecognisedAt.In(zone).Format("15:04"); !strings.Contains(demoHappened, at) {
			t.Errorf("started at %s: it happened at %s, and the story says: %s", started, at, demoHappened)
		}
		second, err := n.app.Failure(t.Context(), ada, 5)
		if err != nil || !second.RecognisedAt.Equal(started.Add(-3*time.Hour)) {
			t.Errorf("started at %s: the second happened at %s, %v", started, second.RecognisedAt, err)
		}
		if err := n.close(); err != nil {
			t.Error(err)
		}
	}
}
