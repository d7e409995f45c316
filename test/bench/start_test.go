package bench

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"debrief/internal/debrieftest"
)

// BenchmarkStart measures the time from starting the process to the first byte
// of a page, the memory it holds when idle, and the size of the binary.
func BenchmarkStart(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "debrief")
	if err := debrieftest.BuildStripped(binary); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	database := filepath.Join(b.TempDir(), "debrief.db")
	var took []time.Duration
	var resident []float64
	for range rounds + 1 { // the first one makes the database
		began := time.Now()
		site, err := debrieftest.Open(debrieftest.Options{Binary: binary, Database: database})
		if err != nil {
			b.Fatal(err)
		}
		res, err := http.Get(site.URL + "/")
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		res.Body.Close()
		<-time.After(5 * time.Second)
		resident = append(resident, residentMiB(b, site.PID()))
		if err := site.Stop(); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("first start %v, then %v; MiB %v", took[0], took[1:], resident)
	b.ReportMetric(float64(median(took[1:]))/1e6, "start-ms")
	b.ReportMetric(median(resident[1:]), "idle-MiB")
	b.ReportMetric(float64(info.Size())/(1<<20), "binary-MiB")
	b.ReportMetric(0, "ns/op")
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
