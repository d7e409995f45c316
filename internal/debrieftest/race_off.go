//go:build !race

package debrieftest

// RaceDetector reports whether the tests, and the binary they start, run under
// it: all takes many times the time and the memory then.
const RaceDetector = false
