package debrieftest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// A Cost is what a site spent on something: processor time, in hundredths of a
// second, and how far its memory grew meanwhile, in bytes.
type Cost struct {
	Processor time.Duration
	Memory    int64
}

// Cost does something and returns what it cost the site, with everything else
// the site did meanwhile. Only Linux tells.
func (s *Site) Cost(do func()) (Cost, error) {
	// 5 has the kernel forget how large the process ever was.
	if err := os.WriteFile(s.proc("clear_refs"), []byte("5"), 0); err != nil {
		return Cost{}, err
	}
	memory, err := s.memory("VmRSS:")
	if err != nil {
		return Cost{}, err
	}
	processor, err := s.processor()
	if err != nil {
		return Cost{}, err
	}
	do()
	var c Cost
	if c.Memory, err = s.memory("VmHWM:"); err != nil {
		return Cost{}, err
	}
	c.Processor, err = s.processor()
	return Cost{c.Processor - processor, c.Memory - memory}, err
}

func (s *Site) proc(file string) string {
	return filepath.Join("/proc", strconv.Itoa(s.process.Pid), file)
}

// memory reads a line of the process's status.
func (s *Site) memory(line string) (int64, error) {
	status, err := os.ReadFile(s.proc("status"))
	if err != nil {
		return 0, err
	}
	for l := range bytes.Lines(status) {
		if part := bytes.Fields(l); len(part) == 3 && string(part[0]) == line {
			n, err := strconv.ParseInt(string(part[1]), 10, 64)
			return n << 10, err
		}
	}
	return 0, fmt.Errorf("no %s in the status of process %d", line, s.process.Pid)
}

// processor is the time used so far, which the kernel counts in ticks.
func (s *Site) processor() (time.Duration, error) {
	stat, err := os.ReadFile(s.proc("stat"))
	if err != nil {
		return 0, err
	}
	// The name of the programme, in parentheses, may hold spaces.
	after := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	const user, system, tick = 11, 12, 10 * time.Millisecond
	if len(after) <= system {
		return 0, fmt.Errorf("%s: %s", s.proc("stat"), stat)
	}
	var ticks int
	for _, part := range [][]byte{after[user], after[system]} {
		n, err := strconv.Atoi(string(part))
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * tick, nil
}
