package server

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// addPatient adds what takes its time: until it is told to stop, however often it
// is told, and with all the time it asks for.
func addPatient(api *http.ServeMux) {
	api.HandleFunc("GET /api/waits", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	api.HandleFunc("GET /api/deaf", func(w http.ResponseWriter, _ *http.Request) {
		<-time.After(2 * time.Minute)
		w.Header().Set("X-Late", "yes")
		io.WriteString(w, "too late")
	})
	api.HandleFunc("GET /api/nearly", func(w http.ResponseWriter, _ *http.Request) {
		http.NewResponseController(w).SetReadDeadline(time.Time{}) // which shortens nothing
		<-time.After(workTime - time.Second)
		io.WriteString(w, "just in time")
	})
	api.HandleFunc("GET /api/stream", func(w http.ResponseWriter, r *http.Request) {
		line := http.NewResponseController(w)
		for range 4 {
			line.SetWriteDeadline(time.Now().Add(time.Minute))
			io.WriteString(w, "still here. ")
			line.Flush()
			select {
			case <-time.After(30 * time.Second):
			case <-r.Context().Done():
				return
			}
		}
	})
	api.HandleFunc("POST /api/file", func(w http.ResponseWriter, r *http.Request) {
		http.NewResponseController(w).SetReadDeadline(time.Now().Add(time.Minute))
		text, _ := io.ReadAll(r.Body)
		select {
		case <-time.After(20 * time.Second):
			w.Write(text)
		case <-r.Context().Done():
		}
	})
}

func TestServe_answersForWhatTakesTooLong(t *testing.T) {
	for _, c := range []struct {
		path, header string // with a body, it comes after 50 seconds
		status       int
		after        time.Duration // until all of the answer is there
		says         string
	}{
		{"/api/nearly", "", 200, workTime - time.Second, "just in time"},
		{"/api/waits", "", 503, workTime, ""},
		{"/api/deaf", "", 503, workTime + graceTime, ""},
		{"/more", "X-Slow: yes\r\n", 503, workTime, "This took too long."},
		{"/api/stream", "", 200, 2 * time.Minute, strings.Repeat("still here. ", 4)},
		{"/api/file", "Content-Length: 5\r\n", 200, 70 * time.Second, "taken"},
	} {
		t.Run(strings.TrimPrefix(c.path, "/"), func(t *testing.T) {
			inBubble(t, func(t *testing.T, p *debrieftest.Pipes, _ func() error) {
				line := dial(t, p)
				began := time.Now()
				go func() {
					body := strings.HasPrefix(c.header, "Content-Length")
					io.WriteString(line, map[bool]string{false: "GET ", true: "POST "}[body]+c.path+" HTTP/1.1\r\nHost: depot\r\n"+c.header+"\r\n")
					if body {
						<-time.After(50 * time.Second)
						io.WriteString(line, c.says)
					}
				}()
				got, err := http.ReadResponse(bufio.NewReader(line), nil)
				if err != nil {
					t.Fatal(err)
				}
				text, err := io.ReadAll(got.Body)
				if took := time.Since(began); err != nil || took != c.after {
					t.Errorf("answered after %s, not after %s: %v", took, c.after, err)
				}
				if got.StatusCode != c.status || !strings.Contains(string(text), c.says) || got.Header.Get("X-Late") != "" {
					t.Errorf("%d %q %q", got.StatusCode, text, got.Header)
				}
				if lost := missing(got.Header); len(lost) > 0 {
					t.Errorf("without %v", lost)
				}
				line.Close()
				<-time.After(2 * time.Minute) // whatever is still at work ends
			})
		})
	}
}
