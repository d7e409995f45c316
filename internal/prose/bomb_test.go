package prose

import (
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// What a hostile page may cost: so many times the processor time of a long
// ordinary one, which holds on any machine, and so much memory.
const (
	bombTimes  = 20
	bombMemory = 64 << 20
)

// longPage is half a megabyte that somebody may well have written.
var longPage = strings.Repeat("Some words, *marked*, and a [link](https://a.example).\n\n", 10000)

// ordinary is the processor time that the long page takes.
var ordinary = sync.OnceValue(func() time.Duration {
	return min(cost(func() { Plain(longPage) }), cost(func() { Plain(longPage) }), cost(func() { Plain(longPage) }))
})

// within fails the test when f takes more processor time or memory than any
// page may. It tries three times, for the collector's work is counted too.
func within(t *testing.T, name string, f func()) {
	t.Helper()
	may := bombTimes * ordinary()
	var took time.Duration
	for range 3 {
		before := grown()
		took = cost(f)
		if used := grown() - before; used > bombMemory*slower {
			t.Errorf("%s: %d MiB", name, used>>20)
		}
		if took <= may {
			return
		}
	}
	t.Errorf("%s takes %v, a long ordinary page %v", name, took, ordinary())
}

// cost is the processor time that f takes of this process.
func cost(f func()) time.Duration {
	start := processorTime()
	f()
	return processorTime() - start
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// grown is all memory ever asked for: more than is ever in use at a time.
func grown() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.TotalAlloc)
}
