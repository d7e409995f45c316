package frame

import "net/http"

// What the tests of this package look at beside what everybody may see.

// LoadAssets is loadAssets.
var LoadAssets = loadAssets

// Refusals of the frame.
var (
	ErrField    = errField
	ErrMethod   = errMethod
	ErrTooLarge = errTooLarge
)

// Limits of the frame.
const (
	MostValues       = mostValues
	StreamsPerReader = streamsPerReader
	StreamsPerTopic  = streamsPerTopic
)

// The two pages of the frame.
type (
	MorePage    = morePage
	MoreRoom    = moreRoom
	RefusedPage = refusedPage
	Resend      = resend
)

// Handle adds an address of a test.
func (s *Kit) Handle(pattern string, h http.Handler) { s.Mount(Route{Pattern: pattern, Handler: h}) }

// Address is where an asset is, by its name.
func (s *Kit) Address(name string) string { return s.assets.address[name] }

// Assets are the names of all assets.
func (s *Kit) Assets() map[string]string { return s.assets.address }

// AddressIn is where an asset is among others.
func (a *assets) AddressIn(name string) string { return a.address[name] }

// Templates are the pages of the frame.
var Templates = templateFiles

// Takes reports whether one more stream on a topic may begin where there are so
// many.
func Takes(topic string, streams int) bool {
	l := lines{readers: map[string]int{}, topics: map[string]int{topic: streams}}
	return l.begin(Topic{Name: topic, Reader: "c"})
}
