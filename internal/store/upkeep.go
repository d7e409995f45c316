package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"debrief/internal/practice"
)

// LastBackup returns how the server's own backups went; zero before the first.
func (tx *Tx) LastBackup() (practice.LastBackup, error) {
	var b practice.LastBackup
	kept, err := scanText[string](tx.row(`SELECT value FROM meta WHERE name = 'backup'`))
	switch {
	case errors.Is(err, practice.ErrNotFound):
		return b, nil
	case err != nil:
		return b, err
	}
	return b, json.Unmarshal([]byte(kept), &b)
}

// SaveLastBackup keeps how the last one went.
func (tx *Tx) SaveLastBackup(b practice.LastBackup) error {
	_, err := tx.exec(`INSERT INTO meta (name, value) VALUES ('backup', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, jsonOf(b))
	if err != nil {
		return fmt.Errorf("save the last backup: %w", err)
	}
	return nil
}
