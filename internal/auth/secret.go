package auth

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"hash/crc32"
	"io"
	"strings"
)

// tokenPrefix lets secret scanners find a token that slipped into a
// repository.
const tokenPrefix = "dbf_"

// newSecret makes 256 random bits for a cookie or a link. It has letters and
// digits only, because programs that make addresses into links stop at others.
func newSecret(random io.Reader) string {
	return tokenEncoding.EncodeToString(random256(random))
}

// hashSecret is what the database keeps of a secret. A slow hash would add
// nothing: nobody guesses 256 bits.
func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// newTokenSecret makes an API token: prefix, 256 random bits, and a checksum
// so that a scanner can tell a token from something that looks like one.
func newTokenSecret(random io.Reader) string {
	body := tokenEncoding.EncodeToString(random256(random))
	return tokenPrefix + body + tokenSum(body)
}

// isToken reports whether s is complete: right prefix, right length, right
// checksum. What is not never reaches the database.
func isToken(s string) bool {
	body, ok := strings.CutPrefix(s, tokenPrefix)
	if !ok || len(body) != 52+7 {
		return false
	}
	return tokenSum(body[:52]) == body[52:]
}

// tokenEncoding has no characters that a double click would stop at.
var tokenEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// tokenSum is CRC-32 in seven characters.
func tokenSum(body string) string {
	n := crc32.ChecksumIEEE([]byte(body))
	return tokenEncoding.EncodeToString([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
}

// random256 reads 32 bytes. A source that fails must stop the process: going
// on would hand out secrets that can be guessed.
func random256(random io.Reader) []byte {
	b := make([]byte, 32)
	if _, err := io.ReadFull(random, b); err != nil {
		panic("auth: no randomness: " + err.Error())
	}
	return b
}
