package store

import "debrief/internal/practice"

// What was said in an unnamed question stays where it was said, as what was tapped does,
// also when its failure is restricted later: what is left must not show what went.
var trailUses = trailQuery[practice.TrailUse]{`SELECT said_at, yes > partly + nope FROM use_check
	WHERE said_at > 0 AND yes + partly + nope > 0 AND review IN (SELECT review.id FROM review JOIN failure ON failure.id = review.failure
		WHERE failure.team = $1) ORDER BY said_at, yes > partly + nope`,
	func(row scanner) (u practice.TrailUse, err error) { return u, row.Scan(at{&u.SaidAt}, &u.InUse) }}

// What another team offered is tried, too, and rests on a failure of theirs: it is not in it.
var trailTrials = trailQuery[practice.TrailTrial]{`SELECT review.failure, trial.until_at, trial.end_at, trial.kept,
		trial.replaced <> '' OR trial.gap IN (SELECT gap FROM consent WHERE ending = 'replaced')
	FROM trial JOIN gap ON gap.id = trial.gap JOIN review ON review.id = gap.review
	WHERE review.phase = 'closed' AND trial.gap NOT IN (SELECT gap FROM consent WHERE proven) AND review.failure IN ` + trailed + ` ORDER BY trial.until_at, trial.gap`,
	func(row scanner) (t practice.TrailTrial, err error) {
		return t, row.Scan(&t.Failure, at{&t.Until}, at{&t.EndAt}, &t.Kept, &t.Replaced)
	}}

// A failure stands behind a change of a step that was core then, with those that waited
// for it: theirs went into the same revision. Of each change one failure at least is one
// of the team that is measured.
var trailCore = trailQuery[practice.TrailCore]{`SELECT scar.step, scar.revision, scar.failure, min(scar.at),
		EXISTS (SELECT 1 FROM trial WHERE trial.step = scar.step AND trial.revision = scar.revision AND trial.harm <> ''),
		scar.failure IN ` + trailedClosed + `
	FROM scar WHERE EXISTS (SELECT 1 FROM scar AS own WHERE own.step = scar.step AND own.revision = scar.revision AND own.failure IN ` + trailedClosed + `)
		AND (SELECT core FROM core_mark WHERE core_mark.step = scar.step AND core_mark.at <= scar.at ORDER BY core_mark.at DESC, core_mark.id DESC LIMIT 1)
	GROUP BY scar.step, scar.revision, scar.failure ORDER BY min(scar.at), scar.failure, scar.step`,
	func(row scanner) (c practice.TrailCore, err error) {
		return c, row.Scan(&c.Step, &c.Revision, &c.Failure, at{&c.At}, &c.Harm, &c.Ours)
	}}

// trailedClosed are those of the failures that are measured which have a closed review.
const trailedClosed = `(SELECT review.failure FROM review WHERE review.phase = 'closed' AND review.failure IN ` + trailed + `)`
