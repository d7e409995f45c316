package auth

import (
	"net/http"
	"time"

	"debrief/internal/practice"
)

// How much a program may ask for within a minute.
const (
	requestsPerKey    = 600 // of one token, device or seat
	strangersPerPlace = 60  // with a secret that opens nothing
	tokensPerMember   = 10
)

// Allow counts a request that came with a secret and refuses it ("api.slow")
// where that secret asked too much within a minute. Without any it counts by
// the part of the network. The counts are in memory, under hashes.
func (a *Auth) Allow(r *http.Request, secret string) error {
	key := placeKey(r.RemoteAddr)
	if secret != "" {
		key = "secret " + hashSecret(secret)
	}
	return slow(a.pace.count("api "+key, requestsPerKey))
}

// Strange counts a request whose secret opens nothing, by the part of the
// network it came from, and refuses it where somebody seems to try them all.
func (a *Auth) Strange(r *http.Request) error {
	if wait := a.pace.count("strange "+placeKey(r.RemoteAddr), strangersPerPlace); wait > 0 {
		return slow(wait)
	}
	return practice.ErrUnauthenticated
}

// slow asks to wait, if there is anything to wait for.
func slow(wait time.Duration) error {
	if wait == 0 {
		return nil
	}
	return practice.Refuse(practice.Busy, "api.slow").With("seconds", int((wait+time.Second-1)/time.Second)).After(wait)
}
