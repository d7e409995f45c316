package store

import (
	"encoding/hex"
	"fmt"
	"io"
)

// Secret returns 32 random bytes that all nodes share under a name. They are
// made the first time somebody asks, so they can only be asked for in an Update.
func (tx *Tx) Secret(name string) ([]byte, error) {
	var fresh [32]byte
	if _, err := io.ReadFull(tx.random, fresh[:]); err != nil {
		return nil, fmt.Errorf("make secret of %s: %w", name, err)
	}
	_, err := tx.exec(`INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, hex.EncodeToString(fresh[:]))
	if err != nil {
		return nil, fmt.Errorf("make secret of %s: %w", name, err)
	}
	return tx.keptSecret(name)
}

// keptSecret is Secret where somebody asked before, and [practice.ErrNotFound]
// else.
func (tx *Tx) keptSecret(name string) ([]byte, error) {
	kept, err := scanText[string](tx.row(`SELECT value FROM meta WHERE name = $1`, name))
	if err != nil {
		return nil, err
	}
	return hex.DecodeString(kept)
}
