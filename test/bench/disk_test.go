package bench

import (
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// startDisk writes a page of four kibibytes over itself and waits until the
// disk says it has it: the least that can be done for one durable write. Of
// several at once each waits its turn.
func startDisk(b *testing.B) served {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "page"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	var turn sync.Mutex
	page := make([]byte, 4096)
	return served{"fdatasync", func() error {
		turn.Lock()
		defer turn.Unlock()
		page[0]++
		if _, err := f.WriteAt(page, 0); err != nil {
			return err
		}
		return syscall.Fdatasync(int(f.Fd()))
	}}
}

// counter returns a function that counts, for many at once.
func counter() func() int {
	var n atomic.Int64
	return func() int { return int(n.Add(1)) }
}
