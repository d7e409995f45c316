package prose

import (
	"runtime"
	"syscall"
	"testing"
	"time"
)

// What a hostile page may cost.
const (
	bombTime   = 250 * time.Millisecond
	bombMemory = 64 << 20
)

// within fails the test when f takes more processor time or memory than any
// page may. It tries three times, for the collector's work is counted too.
func within(t *testing.T, name string, f func()) {
	t.Helper()
	var took time.Duration
	for range 3 {
		before := grown()
		start := processorTime(t)
		f()
		took = (processorTime(t) - start) / slower
		if used := grown() - before; used > bombMemory*slower {
			t.Errorf("%s: %d MiB", name, used>>20)
		}
		if took <= bombTime {
			return
		}
	}
	t.Errorf("%s: %v", name, took)
}

// processorTime is what this process has used of it.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// grown is all memory ever asked for: more than is ever in use at a time.
func grown() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.TotalAlloc)
}
