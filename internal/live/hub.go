package live

import (
	"strings"
	"sync"

	"debrief/internal/store"
)

const (
	pending = 4   // news that may lie ready for one watcher
	kept    = 256 // news that are kept for those who come back
)

// News says that something changed, and nothing of what it is now: whoever is
// told fetches that with their own rights.
type News struct {
	ID     string // the place in the log, for Last-Event-ID; the same on every node
	Kind   string // of the event, such as "room.revealed"
	About  string
	In     string
	Resync bool // something was missed: fetch everything that shows
}

// Hub tells watchers of a topic, which is the id of what events are about or
// in, that there is news. It never waits for any of them.
type Hub struct {
	mu          sync.Mutex
	incarnation string
	before      store.Position // of the oldest news that is kept
	head        store.Position
	recent      []placed
	topics      map[string]map[*watcher]bool
	closed      bool
}

type placed struct {
	at store.Position
	News
}

// watcher is one open page. It is small: there may be ten thousand.
type watcher struct {
	news   chan News
	topics []string
	last   store.Position
	gone   bool
}

// NewHub makes a hub for the events after a position, which is where the
// follower begins too. News of another incarnation than this mean nothing.
func NewHub(incarnation string, from store.Position) *Hub {
	return &Hub{incarnation: incarnation, before: from, head: from, topics: map[string]map[*watcher]bool{}}
}

// Take tells the watchers of each event. It is a taker of [Follower].
func (h *Hub) Take(events []store.StoredEvent) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range events {
		p := placed{e.Position, News{ID: h.id(e.Position), Kind: e.Kind, About: e.About, In: e.In}}
		h.keep(p)
		for w := range h.topics[e.About] {
			w.tell(p)
		}
		if e.In != e.About {
			for w := range h.topics[e.In] {
				w.tell(p)
			}
		}
	}
}

// keep remembers the last of the news for those who were away for a moment.
func (h *Hub) keep(p placed) {
	h.head = p.at
	if len(h.recent) == 2*kept { // move them rarely
		h.before = h.recent[kept-1].at
		h.recent = append(h.recent[:0], h.recent[kept:]...)
	}
	h.recent = append(h.recent, p)
}

// tell leaves the news for the watcher. One who is behind loses what lay ready
// and gets a resync in its place.
func (w *watcher) tell(p placed) {
	if w.last == p.at { // told by its other topic
		return
	}
	w.last = p.at
	select {
	case w.news <- p.News:
		return
	default:
	}
	for range pending {
		select {
		case <-w.news:
		default:
		}
	}
	w.news <- News{ID: p.ID, Resync: true} // there is room: nobody else sends
}

// ID is the place in the log up to which everything was told. A page that is
// made now carries it and watches from there, so nothing falls in between.
func (h *Hub) ID() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.id(h.head)
}

func (h *Hub) id(p store.Position) string { return h.incarnation + "." + p.String() }

// Watch opens a channel of news about the topics, from the ID after on; empty
// means from now. If it cannot be known what was missed since, the first news
// is a resync. The channel is closed by stop, which may be called again, and
// when the hub closes.
func (h *Hub) Watch(after string, topics ...string) (news <-chan News, stop func()) {
	w := &watcher{news: make(chan News, pending), topics: topics}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		close(w.news)
		return w.news, func() {}
	}
	for _, topic := range topics {
		if h.topics[topic] == nil {
			h.topics[topic] = map[*watcher]bool{}
		}
		h.topics[topic][w] = true
	}
	if after != "" {
		h.catchUp(w, after)
	}
	return w.news, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.drop(w)
	}
}

// catchUp tells a watcher what it missed, as far as that is still known. One
// who is ahead of us comes from a faster node and has missed nothing.
func (h *Hub) catchUp(w *watcher, after string) {
	place, ours := strings.CutPrefix(after, h.incarnation+".")
	at, err := store.ParsePosition(place)
	if err != nil || !ours || at.Compare(h.before) < 0 {
		w.tell(placed{h.head, News{ID: h.id(h.head), Resync: true}})
		return
	}
	for _, p := range h.recent {
		if p.at.Compare(at) > 0 && (w.watches(p.About) || w.watches(p.In)) {
			w.tell(p)
		}
	}
}

func (w *watcher) watches(topic string) bool {
	for _, t := range w.topics {
		if t == topic {
			return true
		}
	}
	return false
}

func (h *Hub) drop(w *watcher) {
	if w.gone {
		return
	}
	w.gone = true
	close(w.news)
	for _, topic := range w.topics {
		delete(h.topics[topic], w)
		if len(h.topics[topic]) == 0 {
			delete(h.topics, topic)
		}
	}
}

// Watchers counts the open channels of a topic, for limits.
func (h *Hub) Watchers(topic string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.topics[topic])
}

// Close ends every channel, so that the pages let go of a server that stops.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, watchers := range h.topics {
		for w := range watchers {
			h.drop(w)
		}
	}
}
