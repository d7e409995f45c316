package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// nightly is the folder of the backups that the server makes by itself; without
// one it makes none.
type nightly struct {
	folder string
	keep   int // how many
}

// The most that can be kept: after so many days a backup keeps what was erased
// everywhere else.
const mostBackups = int(oldestBackup / (24 * time.Hour))

// check refuses a number that keeps none, or keeps them for too long.
func (b nightly) check() error {
	if b.folder != "" && (b.keep < 1 || b.keep > mostBackups) {
		return fmt.Errorf("--keep-backups: 1 to %d", mostBackups)
	}
	return nil
}

// most is how many stay; 0 where none are made.
func (b nightly) most() int {
	if b.folder == "" {
		return 0
	}
	return b.keep
}

// The names of backups that the server made, and may therefore delete.
const (
	backupName  = "debrief-2006-01-02.backup"
	backupNames = "debrief-????-??-??.backup"
)

// backUp makes the backup of a day, if there is none yet, and deletes those that
// are not kept any more. How it went is told either way.
func (n *node) backUp(ctx context.Context) error {
	path := filepath.Join(n.night.folder, time.Now().UTC().Format(backupName))
	_, err := os.Stat(path)
	if err == nil {
		return nil
	}
	var size int64
	if errors.Is(err, fs.ErrNotExist) {
		size, err = n.backUpTo(ctx, path)
	}
	if err == nil {
		err = n.night.prune()
	}
	return errors.Join(err, n.app.BackedUp(context.WithoutCancel(ctx), size, err))
}

func (n *node) backUpTo(ctx context.Context, path string) (size int64, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return 0, err
	}
	if _, err := n.store.BackupFile(ctx, path); err != nil {
		return 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// prune deletes all but the newest, and what a server that was killed had begun.
func (b nightly) prune() error {
	begun, err := filepath.Glob(filepath.Join(b.folder, backupNames+".part"))
	if err != nil {
		return err
	}
	all, err := filepath.Glob(filepath.Join(b.folder, backupNames))
	if err != nil {
		return err
	}
	slices.Sort(all) // by day
	for _, path := range append(begun, all[:max(0, len(all)-b.keep)]...) {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}
