//go:build !unix

package store

// alone only does it: elsewhere one process at a time opens a new database.
func alone(_ string, do func() error) error { return do() }
