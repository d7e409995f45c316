package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Repeated returns where an earlier request with the same key led to, or
// [practice.ErrNotFound] if this is the first. The caller's key should contain
// who is asking, so that nobody finds another's result by guessing.
func (tx *Tx) Repeated(key, route string) (location string, err error) {
	err = tx.row(`SELECT location FROM repeat WHERE key = $1 AND route = $2`, hashed(key), route).Scan(&location)
	return location, err
}

// Remember keeps where a request led to, in the transaction that did its work,
// so that the same request does nothing when it is sent again. Of the time the
// day is kept. If the same is
// under way on another node just now, Update begins again and finds it.
func (tx *Tx) Remember(key, route, location string) error {
	_, err := tx.exec(`INSERT INTO repeat (key, route, location, at) VALUES ($1, $2, $3, $4)`,
		hashed(key), route, location, tx.now.Truncate(day))
	if isUnique(err) {
		tx.failed = fmt.Errorf("%w: %w", errAgain, err)
		return tx.failed
	}
	return err
}

func hashed(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}
