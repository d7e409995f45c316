//go:build !linux

package store

// refuseNetwork asks nothing here: only Linux tells us what a folder is on.
func refuseNetwork(string) error { return nil }

// freeSpace is not asked here.
func freeSpace(string) int64 { return -1 }
