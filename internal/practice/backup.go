package practice

import "time"

// LastBackup is how the copies went that the server makes by itself.
type LastBackup struct {
	At    time.Time // of the newest whole one; zero before the first
	Size  int64     // of it, in bytes
	Tried time.Time // when the last one was tried
	Fault string    // of the last try; empty where it went well
}
