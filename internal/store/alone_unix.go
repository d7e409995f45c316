//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// alone does something while no other process does the same in the folder. It waits
// for whoever is at it; the system lets go for a process that dies.
func alone(dir string, do func() error) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err := syscall.Flock(int(d.Fd()), syscall.LOCK_EX); err != nil {
		return errors.Join(os.NewSyscallError("flock", err), d.Close())
	}
	return errors.Join(do(), d.Close())
}
