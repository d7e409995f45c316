package store

import (
	"fmt"

	"debrief/internal/practice"
)

// ImportedPrints returns the fingerprint of every imported failure by its id
// where it came from.
func (tx *Tx) ImportedPrints() (map[string]string, error) {
	type pair struct{ ref, print string }
	all, err := list(tx, func(r scanner) (p pair, err error) {
		return p, r.Scan(&p.ref, &p.print)
	}, `SELECT ref, import_print FROM failure WHERE ref IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	prints := make(map[string]string, len(all))
	for _, p := range all {
		prints[p.ref] = p.print
	}
	return prints, nil
}

// SaveImported gives an imported failure the words its source has now. Its id
// and number, and what people tied to it, stay.
func (tx *Tx) SaveImported(f practice.Failure) error {
	p := f.Provenance
	n, err := tx.exec(`UPDATE failure SET title = $2, body = $3, recognised_at = $4, org = $5, url = $6, licence = $7,
			attribution = $8, import_kind = $9, import_number = $10, import_source = $11, import_print = $12
		WHERE ref = $1`,
		p.Ref, f.Title, f.Text, f.RecognisedAt, p.Org, p.URL, p.Licence, p.Attribution, p.Kind, p.Number, p.Source, p.Print)
	if err != nil {
		return fmt.Errorf("save imported failure: %w", err)
	}
	if n == 0 {
		return practice.ErrNotFound
	}
	return nil
}
