package measure

// Rank is the rank of the interval of a median of n, and how sure that one is.
func Rank(n int) (r int, sure float64) {
	r = rank(n)
	return r, 1 - 2*atMost(r-1, n, 0.5)
}
