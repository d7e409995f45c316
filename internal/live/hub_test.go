package live_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"debrief/internal/live"
	"debrief/internal/practice"
	"debrief/internal/store"
)

func event(seq int64, about, in string) store.StoredEvent {
	return store.StoredEvent{
		Position: store.Position{Seq: seq},
		Event:    practice.Event{Kind: "room.revealed", About: about, In: in},
	}
}

func take(h *live.Hub, events ...store.StoredEvent) { h.Take(events) }

// ready is what lies ready for a watcher, in short.
func ready(news <-chan live.News) (all []string) {
	for {
		select {
		case n, open := <-news:
			switch {
			case !open:
				return append(all, "closed")
			case n.Resync:
				all = append(all, n.ID+" resync")
			default:
				all = append(all, n.ID+" "+n.About)
			}
		default:
			return all
		}
	}
}

func expect(t *testing.T, news <-chan live.News, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, ready(news)); diff != "" {
		t.Error(diff)
	}
}

func TestHub_topics(t *testing.T) {
	h := live.NewHub("inc_a", store.Position{})
	failure, _ := h.Watch("", "flr_1")
	team, _ := h.Watch("", "tea_1")
	both, _ := h.Watch("", "flr_1", "tea_1")
	take(h, event(1, "flr_1", "tea_1"), event(2, "flr_2", "tea_1"), event(3, "flr_3", ""), event(4, "flr_1", "flr_1"))
	expect(t, failure, "inc_a.0-1 flr_1", "inc_a.0-4 flr_1")
	expect(t, team, "inc_a.0-1 flr_1", "inc_a.0-2 flr_2")
	expect(t, both, "inc_a.0-1 flr_1", "inc_a.0-2 flr_2", "inc_a.0-4 flr_1")
}

func TestHub_stop(t *testing.T) {
	h := live.NewHub("inc_a", store.Position{})
	news, stop := h.Watch("", "flr_1")
	other, _ := h.Watch("", "flr_1")
	stop()
	stop()
	take(h, event(1, "flr_1", ""))
	expect(t, news, "closed")
	expect(t, other, "inc_a.0-1 flr_1")
	if n := h.Watchers("flr_1"); n != 1 {
		t.Errorf("%d watchers", n)
	}
	h.Close()
	expect(t, other, "closed")
	late, stop := h.Watch("", "flr_1")
	expect(t, late, "closed")
	stop()
	take(h, event(2, "flr_1", ""))
}

// One who does not read holds nobody up, and is told once that they missed
// something.
func TestHub_slowWatcher(t *testing.T) {
	h := live.NewHub("inc_a", store.Position{})
	slow, _ := h.Watch("", "flr_1")
	quick, _ := h.Watch("", "flr_1")
	for i := range int64(1000) {
		take(h, event(i+1, "flr_1", ""))
		expect(t, quick, fmt.Sprintf("inc_a.0-%d flr_1", i+1))
	}
	got := ready(slow)
	if len(got) > 4 || got[0][len(got[0])-6:] != "resync" {
		t.Errorf("got %q", got)
	}
	take(h, event(1001, "flr_1", ""))
	expect(t, slow, "inc_a.0-1001 flr_1")
}

func TestHub_comesBack(t *testing.T) {
	h := live.NewHub("inc_a", store.Position{Xid: 7, Seq: 9})
	at := func(seq int64) store.StoredEvent {
		e := event(seq, fmt.Sprint("flr_", seq%2), "")
		e.Position.Xid = 7
		return e
	}
	if h.ID() != "inc_a.7-9" {
		t.Errorf("the hub is at %s", h.ID())
	}
	for seq := int64(10); seq < 14; seq++ {
		take(h, at(seq))
	}
	for _, c := range []struct {
		why, after string
		want       []string
	}{
		{"nothing missed", "inc_a.7-13", nil},
		{"one missed", "inc_a.7-11", []string{"inc_a.7-13 flr_1"}},
		{"from the beginning", "inc_a.7-9", []string{"inc_a.7-11 flr_1", "inc_a.7-13 flr_1"}},
		{"from before the hub began", "inc_a.7-8", []string{"inc_a.7-13 resync"}},
		{"from a node that is ahead", "inc_a.8-1", nil},
		{"from before a restore", "inc_b.7-12", []string{"inc_a.7-13 resync"}},
		{"not one of ours", "1041", []string{"inc_a.7-13 resync"}},
		{"for the first time", "", nil},
	} {
		news, stop := h.Watch(c.after, "flr_1")
		if diff := cmp.Diff(c.want, ready(news)); diff != "" {
			t.Errorf("%s: %s", c.why, diff)
		}
		stop()
	}
	for seq := int64(14); seq < 2000; seq++ {
		take(h, at(seq))
	}
	news, _ := h.Watch("inc_a.7-13", "flr_1")
	expect(t, news, "inc_a.7-1999 resync")
	news, _ = h.Watch("inc_a.7-1996", "flr_1")
	expect(t, news, "inc_a.7-1997 flr_1", "inc_a.7-1999 flr_1")
}

// Nobody who reads ever misses the last of the news, whatever the others do.
func TestHub_fromManyGoroutines(t *testing.T) {
	h := live.NewHub("inc_a", store.Position{})
	const events = 2000
	var watching, publishing sync.WaitGroup
	for range 16 {
		watching.Go(func() { // stays to the end
			news, stop := h.Watch("inc_a.0-0", "flr_1")
			defer stop()
			last := ""
			for n := range news {
				last = n.ID
				if last == fmt.Sprintf("inc_a.0-%d", events) {
					return
				}
			}
			t.Errorf("closed after %s", last)
		})
	}
	stopped := make(chan struct{})
	for range 16 {
		publishing.Go(func() { // comes and goes
			for {
				select {
				case <-stopped:
					return
				default:
				}
				news, stop := h.Watch(h.ID(), "flr_1", fmt.Sprint("flr_", rand.IntN(3)))
				if rand.IntN(2) == 0 {
					go stop()
				}
				if rand.IntN(2) == 0 {
					ready(news)
				}
				stop()
			}
		})
	}
	for i := range int64(events) {
		take(h, event(i+1, "flr_1", "tea_1"))
	}
	watching.Wait()
	close(stopped)
	publishing.Wait()
	h.Close()
	if n := h.Watchers("flr_1"); n != 0 {
		t.Errorf("%d watchers are left", n)
	}
}

// BenchmarkHub tells ten thousand watchers of one event.
func BenchmarkHub(b *testing.B) {
	const watchers = 10_000
	h := live.NewHub("inc_a", store.Position{})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	all := make([]<-chan live.News, watchers)
	for i := range all {
		all[i], _ = h.Watch("", "rev_1")
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	for i := int64(1); b.Loop(); i++ {
		take(h, event(i, "rev_1", ""))
		for _, news := range all {
			<-news
		}
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/watchers, "B/watcher")
}
