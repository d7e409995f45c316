package debrieftest

import (
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// A watch sees every event of a window and keeps what a page must never do.
type watch struct {
	mu        sync.Mutex
	faults    []string
	forgiven  []string
	documents map[network.RequestID]bool // requests for pages, not for their parts
	frame     cdp.FrameID                // the window's own frame
	been      int                        // pages shown so far
	asked     bool                       // for a page that the browser has not begun to load
	busy      bool                       // loading
}

// start asks the browser for the events that it does not send by itself, and ends
// those that nobody here looks at: trees of every page, and news of other windows.
func (w *watch) start() chromedp.Action[chromedp.Void] {
	return chromedp.Steps(
		call(dom.Disable, cdp.Empty{}),
		call(css.Disable, cdp.Empty{}),
		call(target.SetDiscoverTargets, target.SetDiscoverTargetsParams{}),
		call(audits.Enable, cdp.Empty{}),
		call(log.Enable, cdp.Empty{}),
		call(network.Enable, network.EnableParams{}),
	)
}

func (w *watch) see(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *page.EventFrameNavigated:
		if e.Frame.ParentID == "" {
			w.frame = e.Frame.ID
			w.been++
			w.asked = false // what is asked for while a page loads begins no loading of its own
		}
	case *page.EventNavigatedWithinDocument:
		w.been++
		w.asked = false
	case *page.EventFrameRequestedNavigation:
		w.asked = w.asked || e.FrameID == w.frame
	case *page.EventFrameStartedLoading:
		if e.FrameID == w.frame || w.frame == "" {
			w.asked, w.busy = false, true
		}
	case *page.EventFrameStoppedLoading:
		w.busy = w.busy && e.FrameID != w.frame
	case *network.EventRequestWillBeSent:
		if e.Type == network.ResourceTypeDocument {
			if w.documents == nil {
				w.documents = map[network.RequestID]bool{}
			}
			w.documents[e.RequestID] = true
		}
	case *audits.EventIssueAdded:
		if p := e.Issue.Details.ContentSecurityPolicyIssueDetails; p != nil {
			w.add("securitypolicyviolation: %s %s %s", p.ViolatedDirective, p.ContentSecurityPolicyViolationType, p.BlockedURL)
		}
	case *log.EventEntryAdded:
		w.entry(e.Entry)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert {
			w.add("console.%s: %s", e.Type, spoken(e.Args))
		}
	case *runtime.EventExceptionThrown:
		w.add("exception: %s", thrown(e.ExceptionDetails))
	}
}

// entry looks at a line of the browser's own log. A page that answers with a
// refusal is logged as an error too; that is a page like any other, and the
// story reads what it says. So is what fails while the story has taken the
// network away. And one header is heeded by https alone, which a browser notes.
func (w *watch) entry(e *log.Entry) {
	if e.Level != log.EntryLevelError {
		return
	}
	if w.documents[e.NetworkRequestID] || strings.Contains(e.Text, "net::ERR_INTERNET_DISCONNECTED") ||
		strings.Contains(e.Text, "Cross-Origin-Opener-Policy header has been ignored") {
		return
	}
	w.add("log: %s: %s %s", e.Source, e.Text, e.URL)
}

func (w *watch) add(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	for _, words := range w.forgiven {
		if strings.Contains(line, words) {
			return
		}
	}
	w.faults = append(w.faults, line)
}

// take returns the faults so far and forgets them.
func (w *watch) take() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	faults := w.faults
	w.faults = nil
	return faults
}

// loading is true from the moment something on the page asks for another one
// until that is there.
func (w *watch) loading() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.asked || w.busy
}

// pages counts the pages shown so far, those that came back included.
func (w *watch) pages() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.been
}

func (w *watch) forgive(words string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.forgiven = append(w.forgiven, words)
}

func spoken(args []*runtime.RemoteObject) string {
	var parts []string
	for _, a := range args {
		if a.Description != "" {
			parts = append(parts, a.Description)
		} else {
			parts = append(parts, string(a.Value))
		}
	}
	return strings.Join(parts, " ")
}

func thrown(e *runtime.ExceptionDetails) string {
	said := e.Text
	if e.Exception != nil && e.Exception.Description != "" {
		said += " " + e.Exception.Description
	}
	return fmt.Sprintf("%s (%s:%d)", said, e.URL, e.LineNumber+1)
}
