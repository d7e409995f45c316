package store

import (
	"fmt"
	"syscall"
)

// refuseNetwork refuses folders on other machines: the locks that SQLite lives
// by do not hold there, and two writers would spoil the file.
func refuseNetwork(dir string) error {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return err
	}
	if name := networkName(int64(fs.Type)); name != "" {
		return fmt.Errorf("%s is on %s: SQLite needs a local disk; put the file elsewhere or use PostgreSQL", dir, name)
	}
	return nil
}

// networkName names the file systems of statfs(2) that are served by another
// machine.
func networkName(kind int64) string {
	switch uint32(kind) {
	case 0x6969:
		return "NFS"
	case 0x517b, 0xff534d42, 0xfe534d42:
		return "SMB"
	case 0x5346414f:
		return "AFS"
	case 0x73757245:
		return "Coda"
	case 0x00c36400:
		return "Ceph"
	}
	return ""
}

// freeSpace is how many bytes we may still write in a folder.
func freeSpace(dir string) int64 {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return -1
	}
	return int64(fs.Bavail) * fs.Bsize
}
