package store

// UseCounts is how often something is made use of, by its id: a procedure by how many
// people looked at it, what is known from before by how many plans say something to it.
type UseCounts map[string]int

// UseCounts counts what is made use of. Nobody is in it.
func (tx *Tx) UseCounts() (UseCounts, error) {
	type use struct {
		what string
		n    int
	}
	all, err := list(tx, func(r scanner) (u use, err error) { return u, r.Scan(&u.what, &u.n) },
		`SELECT procedure, count(*) FROM used GROUP BY procedure UNION ALL SELECT about, count(*) FROM inherited GROUP BY about`)
	counts := UseCounts{}
	for _, u := range all {
		counts[u.what] = u.n
	}
	return counts, err
}
