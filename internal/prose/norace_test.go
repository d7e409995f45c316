//go:build !race

package prose

// slower is how much more memory all takes under the race detector, which is not there.
const slower = 1
