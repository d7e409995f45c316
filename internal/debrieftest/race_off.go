//go:build !race

package debrieftest

const raceDetector = false
