package practice

// Identity is who a member is for a provider at which people sign in: its own
// word for them, which means something there and nowhere else. No address and no
// name is part of it, because those are given to others after a while.
type Identity struct {
	Issuer  string `json:"issuer"`
	Subject string `json:"subject"`
}
