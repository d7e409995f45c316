//go:build race

package prose

// slower is how much more memory all takes under the race detector, which
// throws away half of what could be used again.
const slower = 20
