package people

import (
	"fmt"
	"net/http"
	"time"

	"debrief/internal/app"
	"debrief/internal/practice"
	"debrief/internal/web/frame"
)

func (s *Pages) keptRoutes() []frame.Route {
	return []frame.Route{
		{Pattern: "GET /team/kept", Handler: s.Member(s.showKept)},
		{Pattern: "POST /team/kept/backup", Handler: s.Member(s.takeBackup)},
	}
}

// keptPage is what is kept, and the copies of it.
type keptPage struct {
	inTeam
	Upkeep app.Upkeep
}

func (s *Pages) showKept(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	upkeep, err := s.App.Upkeep(r.Context(), actor)
	if err != nil {
		return err
	}
	f.Title = f.Say("kept.title")
	return s.Show(w, http.StatusOK, "kept", keptPage{inTeam: inTeam{f}, Upkeep: upkeep})
}

// Size is how large the last backup is.
func (p keptPage) Size() string { return fmt.Sprintf("%d kB", (p.Upkeep.Size+1023)>>10) }

// NoTeam leads the tabs to the reader's own team.
func (p keptPage) NoTeam() practice.Team { return practice.Team{} }

// takeTime is how long the download of a backup may last.
const takeTime = 30 * time.Minute

// takeBackup answers with a copy of everything, as it is being read.
func (s *Pages) takeBackup(w http.ResponseWriter, r *http.Request, f *frame.Frame, actor practice.Actor) error {
	if _, err := frame.ReadForm(r, f, frame.Fields{}); err != nil {
		return err
	}
	out := &download{to: w, begin: func() {
		_ = http.NewResponseController(w).SetWriteDeadline(s.Now().Add(takeTime))
		w.Header().Set("Content-Type", "application/gzip")
		w.Header().Set("Content-Disposition", `attachment; filename="`+s.Now().UTC().Format("debrief-2006-01-02.backup")+`"`)
		w.Header().Set("Cache-Control", "no-store")
	}}
	err := s.App.Backup(r.Context(), actor, out)
	if err != nil && out.begun {
		s.Log.Error("backup", "err", err)
		panic(http.ErrAbortHandler) // half a file must not look like a whole one
	}
	return err
}

// download begins an answer with its first byte: until then it can still be a
// refusal.
type download struct {
	to    http.ResponseWriter
	begin func()
	begun bool
}

func (d *download) Write(b []byte) (int, error) {
	if !d.begun {
		d.begun = true
		d.begin()
	}
	return d.to.Write(b)
}
