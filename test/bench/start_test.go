package bench

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// stripped is the binary as people get it, built once.
var stripped = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "debrief-bench-")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "debrief")
	return file, debrieftest.BuildStripped(file)
})

func binary(b *testing.B) string {
	b.Helper()
	file, err := stripped()
	if err != nil {
		b.Fatal(err)
	}
	return file
}

// BenchmarkStart measures the time from starting the process to the first byte
// of a page, the memory it holds when idle, and the size of the binary; beside
// it Gitea's.
func BenchmarkStart(b *testing.B) {
	file := binary(b)
	info, err := os.Stat(file)
	if err != nil {
		b.Fatal(err)
	}
	database := filepath.Join(b.TempDir(), "debrief.db")
	var resident, peers []float64
	ours := measure{"Debrief", func() time.Duration {
		began := time.Now()
		site, err := debrieftest.Open(debrieftest.Options{Binary: file, Database: database})
		if err == nil {
			err = answered(http.Get(site.URL + "/"))
		}
		took := time.Since(began)
		if err != nil {
			b.Fatal(err)
		}
		<-time.After(idle)
		resident = append(resident, residentMiB(b, site.PID()))
		if err := site.Stop(); err != nil {
			b.Fatal(err)
		}
		return took
	}}
	ours.once() // makes the database
	var others []measure
	if g := gitea(b); g != nil {
		others = append(others, measure{"Gitea", func() time.Duration {
			took, err := g.restart()
			if err != nil {
				b.Fatal(err)
			}
			<-time.After(idle)
			peers = append(peers, residentMiB(b, g.process.Pid))
			return took
		}})
	}
	compare(b, ours, others...)
	b.ReportMetric(median(resident), "idle-MiB")
	if len(peers) > 0 {
		b.ReportMetric(median(peers), "Gitea-idle-MiB")
	}
	b.ReportMetric(float64(info.Size())/(1<<20), "binary-MiB")
}

// idle is how long a process is left alone before its memory is looked at.
const idle = 5 * time.Second

// BenchmarkStart_full starts the server on a hundred thousand failures, with
// the index it kept and without: how long until the first page, until the first
// answer to "has this happened before?", and what it then holds in memory.
func BenchmarkStart_full(b *testing.B) {
	file, database := binary(b), filepath.Join(b.TempDir(), "debrief.db")
	site, err := debrieftest.Open(debrieftest.Options{Binary: file, Database: database})
	if err != nil {
		b.Fatal(err)
	}
	ines, err := debrieftest.SetUp(b.Context(), site)
	if err != nil {
		b.Fatal(err)
	}
	if err := site.Stop(); err != nil {
		b.Fatal(err)
	}
	bringCorpus(b, database, size(b))
	for _, with := range []bool{false, true} {
		var page, answer []time.Duration
		var resident []float64
		for range rounds {
			if !with {
				if err := os.Remove(database + ".index"); err != nil && !os.IsNotExist(err) {
					b.Fatal(err)
				}
			}
			began := time.Now()
			if err := site.Restart(); err != nil {
				b.Fatal(err)
			}
			if _, err := ines.Get(b.Context(), site.URL+"/"); err != nil {
				b.Fatal(err)
			}
			page = append(page, time.Since(began))
			took, err := until(began, func() error {
				_, err := ines.Get(b.Context(), site.URL+"/search?q=svc17")
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
			answer = append(answer, took)
			resident = append(resident, residentMiB(b, site.PID()))
			if err := site.Stop(); err != nil {
				b.Fatal(err)
			}
		}
		name := map[bool]string{true: "kept", false: "anew"}[with]
		b.Logf("%s: page %v, answer %v, MiB %v", name, page, answer, resident)
		b.ReportMetric(float64(median(page))/1e6, name+"-page-ms")
		b.ReportMetric(float64(median(answer))/1e6, name+"-answer-ms")
		b.ReportMetric(median(resident), name+"-MiB")
	}
	b.ReportMetric(0, "ns/op")
	fmt.Println()
}
