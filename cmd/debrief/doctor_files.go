package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"debrief/internal/practice"
	"debrief/internal/recall"
	"debrief/internal/store"
)

// What the doctor is content with.
const (
	leastFree    = 1 << 30             // bytes left on the disk
	freshBackup  = 2 * 24 * time.Hour  // how old the newest backup may be
	oldestBackup = 35 * 24 * time.Hour // after which a backup keeps what was erased everywhere else
)

// files asks whether others on this machine may read the database.
func (d *doctor) files(database string) {
	var open []string
	for path, most := range map[string]fs.FileMode{
		filepath.Dir(database): 0o700, database: 0o600, database + "-wal": 0o600, database + "-shm": 0o600, database + ".index": 0o600,
		database + ".erased": 0o600, filepath.Join(filepath.Dir(database), certificates): 0o700,
	} {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil || info.Mode().Perm()&^most != 0 {
			open = append(open, path)
		}
	}
	if len(open) > 0 {
		d.fail("files", "open", "where", strings.Join(open, ", "))
		return
	}
	d.ok("files", "closed")
}

// key asks whether others may read the key of the certificate.
func (d *doctor) key(path string) {
	if path == "" {
		return
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		d.fail("key", "open", "where", path)
		return
	}
	d.ok("key", "closed")
}

// sqlite looks at the file and the disk it is on.
func (d *doctor) sqlite(c store.SQLiteCondition) {
	switch {
	case c.Damage != "":
		return // said already
	case c.Network != "":
		d.fail("disk", "network", "why", c.Network)
	case c.Free < 0:
		d.ok("disk", "unknown")
	case c.Free < leastFree || c.Free < 2*c.Size:
		d.warn("disk", "little", "free", int(c.Free>>20))
	default:
		d.ok("disk", "enough", "free", int(c.Free>>20))
	}
	if c.Written.After(d.now.Add(time.Minute)) {
		d.fail("clock", "behind")
	} else {
		d.ok("clock", "together")
	}
	switch {
	case c.Settings != "":
		d.fail("settings", "kept-others", "why", c.Settings)
	case c.Journal != "wal":
		d.warn("settings", "changed", "journal", c.Journal)
	default:
		d.ok("settings", "ours")
	}
}

// postgres looks at the server and at the way to it.
func (d *doctor) postgres(c store.PostgresCondition) {
	switch {
	case !c.Remote:
		d.ok("tls", "here")
	case !c.Encrypted:
		d.fail("tls", "none")
	case !c.Verified:
		d.warn("tls", "unverified")
	default:
		d.ok("tls", "verified")
	}
	switch {
	case c.Commit == "off":
		d.fail("durable", "off")
	case c.AsyncOnly:
		d.warn("durable", "async", "n", c.Standbys)
	case c.Standbys == 0:
		d.ok("durable", "alone")
	default:
		d.ok("durable", "standby", "n", c.Standbys)
	}
	switch {
	case c.Encoding != "UTF8":
		d.fail("collation", "encoding", "found", c.Encoding)
	case c.Drifted:
		d.warn("collation", "drifted", "found", c.Collation)
	default:
		d.ok("collation", "fine", "found", c.Collation)
	}
	if c.Powerful {
		d.warn("role", "powerful")
	} else {
		d.ok("role", "fitting")
	}
	if ahead := c.ClockAhead.Abs(); ahead > 2*time.Second {
		d.warn("clock", "apart", "seconds", int(ahead.Seconds()))
	} else {
		d.ok("clock", "together")
	}
}

// backups looks at the newest and the oldest in a folder.
func (d *doctor) backups(folder string) {
	if folder == "" {
		d.warn("backups", "unknown")
		return
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		d.fail("backups", "away", "where", folder)
		return
	}
	var newest, oldest store.Copy
	for _, e := range entries {
		c, err := beginningOf(filepath.Join(folder, e.Name()))
		if err != nil {
			continue // something else lies there, too
		}
		if newest.At.IsZero() || c.At.After(newest.At) {
			newest = c
		}
		if oldest.At.IsZero() || c.At.Before(oldest.At) {
			oldest = c
		}
	}
	days := func(at time.Time) int { return int(d.now.Sub(at).Hours() / 24) }
	switch {
	case newest.At.IsZero():
		d.fail("backups", "none", "where", folder)
	case d.now.Sub(newest.At) > freshBackup:
		d.fail("backups", "old", "days", days(newest.At))
	case d.now.Sub(oldest.At) > oldestBackup:
		d.warn("backups", "kept-long", "days", days(oldest.At))
	default:
		d.ok("backups", "fresh", "when", newest.At.Format(time.RFC3339))
	}
}

// erased asks of each list of what a restore does again whether it is there, can be
// written, and has all that the database knows.
func (d *doctor) erased(paths []string, known practice.Ledger) {
	if len(paths) == 0 {
		d.warn("erased", "none")
		return
	}
	for _, path := range paths {
		l, err := readLedger(path)
		if err == nil {
			err = writable(path)
		}
		if err != nil {
			d.warn("erased", "away", "why", err.Error())
			return
		}
		if n := l.Lacks(known); n > 0 {
			d.warn("erased", "behind", "where", path, "n", n)
			return
		}
	}
	d.ok("erased", "whole", "where", strings.Join(paths, ", "))
}

// writable asks whether a file can be written, or made where it is not there yet.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		_, err = os.Stat(filepath.Dir(path))
		return err
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// beginningOf reads a backup through; what is none, or not whole, is an error.
func beginningOf(path string) (store.Copy, error) {
	f, err := os.Open(path)
	if err != nil {
		return store.Copy{}, err
	}
	defer f.Close()
	return store.CheckBackup(f)
}

// loadIndex reads the kept index and says what it was made of.
func loadIndex(r io.Reader) (origin string, err error) {
	_, origin, err = recall.Load(r)
	return origin, err
}
