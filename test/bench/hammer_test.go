package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A served is something a process answers by HTTP.
type served struct {
	name string
	ask  func() error
}

// hammered asks for as long as a round takes, from so many connections, and
// returns the time per answer.
func (s served) hammered(b *testing.B, connections int) measure {
	b.Helper()
	return measure{s.name, func() time.Duration {
		const round = 2 * time.Second
		var answers atomic.Int64
		var asking sync.WaitGroup
		var failed atomic.Pointer[error]
		began := time.Now()
		for range connections {
			asking.Go(func() {
				for time.Since(began) < round && failed.Load() == nil {
					if err := s.ask(); err != nil {
						failed.Store(&err)
						return
					}
					answers.Add(1)
				}
			})
		}
		asking.Wait()
		if err := failed.Load(); err != nil {
			b.Fatalf("%s: %v", s.name, *err)
		}
		return time.Since(began) / time.Duration(answers.Load())
	}}
}

// beside compares how many answers a second there are, and how much processor
// time one takes.
func beside(b *testing.B, connections int, ours served, peers ...served) {
	b.Helper()
	var all []measure
	for _, p := range peers {
		all = append(all, p.hammered(b, connections))
	}
	compare(b, ours.hammered(b, connections), all...)
}

// residentMiB reads what a process holds in memory.
func residentMiB(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kib / 1024
}

// until asks every millisecond until there is an answer, and returns how long
// that took.
func until(began time.Time, ask func() error) (time.Duration, error) {
	for {
		err := ask()
		took := time.Since(began)
		if err == nil {
			return took, nil
		}
		if took > time.Minute {
			return took, fmt.Errorf("no answer within a minute: %w", err)
		}
		<-time.After(time.Millisecond)
	}
}
