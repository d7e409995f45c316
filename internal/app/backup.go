package app

import (
	"context"
	"io"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// keptPath is where stewards read about backups.
const keptPath = "/team/kept"

// Upkeep is what a steward reads about the copies of everything.
type Upkeep struct {
	practice.LastBackup
	Nightly bool // this server makes them by itself
}

// Upkeep returns how the backups went: for stewards.
func (a *App) Upkeep(ctx context.Context, actor practice.Actor) (Upkeep, error) {
	if err := asSteward(actor); err != nil {
		return Upkeep{}, practice.ErrNotFound
	}
	return read(ctx, a, func(tx *store.Tx) (Upkeep, error) {
		last, err := tx.LastBackup()
		return Upkeep{last, a.backups > 0}, err
	})
}

// Backup writes a complete copy, as of one moment: a steward's act, who says
// their passphrase first ("prove.first"). It holds what a steward cannot read
// here, so the other stewards are told before its first byte is written.
func (a *App) Backup(ctx context.Context, actor practice.Actor, w io.Writer) error {
	if err := asSteward(actor); err != nil {
		return err
	}
	if !actor.Proved && !actor.Operator {
		return practice.ErrUnproved
	}
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		return tellStewards(tx, actor.Member, practice.Notice{Code: "notice.backup-taken", Args: practice.Args{"name": actor.Name}})
	})
	if err != nil {
		return err
	}
	_, err = a.store.Backup(ctx, w)
	return err
}

// BackedUp keeps how the server's own backup went, with its size in bytes or its
// fault. Stewards are told of a fault once, until one goes well again. It is
// nobody's act.
func (a *App) BackedUp(ctx context.Context, size int64, fault error) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		last, err := tx.LastBackup()
		if err != nil {
			return err
		}
		last.Tried = tx.Now()
		if fault == nil {
			last.At, last.Size, last.Fault = tx.Now(), size, ""
			if err := tx.SettleNotices(keptPath); err != nil {
				return err
			}
			return tx.SaveLastBackup(last)
		}
		known := last.Fault != ""
		last.Fault = fault.Error()
		if err := tx.SaveLastBackup(last); err != nil || known {
			return err
		}
		return tellStewards(tx, "", practice.Notice{Code: "notice.backup-failed", Link: keptPath, Args: practice.Args{"why": last.Fault}})
	})
}

// tellStewards puts a line on the start page of every steward but one.
func tellStewards(tx *store.Tx, but practice.MemberID, n practice.Notice) error {
	people, err := tx.Members()
	if err != nil {
		return err
	}
	for _, m := range people {
		if !m.Active || !m.Steward || m.ID == but {
			continue
		}
		n.ID, n.Member = "", m.ID
		if err := tx.AddNotice(n); err != nil {
			return err
		}
	}
	return nil
}
