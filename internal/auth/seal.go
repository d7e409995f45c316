package auth

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"time"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// What is sealed. One is not good for another.
const (
	sealTrip     = "trip"     // a browser on its way to a provider
	sealIdentity = "identity" // who came back from it
	sealWish     = "wish"     // that a device asked for its way there itself
)

// errSeal is for what we did not seal, or too long ago.
var errSeal = practice.Refuse(practice.Forbidden, "provider.refused")

// sealedFor is something that a browser keeps for us, with its end.
type sealedFor struct {
	Until time.Time
	What  json.RawMessage
}

// seal makes a text of something that only we can read, and that nobody can
// change.
func (a *Auth) seal(ctx context.Context, use string, what any, life time.Duration) (string, error) {
	box, err := a.box(ctx)
	if err != nil {
		return "", err
	}
	inner, err := json.Marshal(what)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(sealedFor{a.now().Add(life), inner})
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(box.Seal(nil, nil, text, []byte(use))), nil
}

// unseal reads what was sealed for the same use and is not over. It refuses
// everything else ("provider.refused").
func (a *Auth) unseal(ctx context.Context, use, sealed string, into any) error {
	box, err := a.box(ctx)
	if err != nil {
		return err
	}
	shut, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return errSeal
	}
	text, err := box.Open(nil, nil, shut, []byte(use))
	if err != nil {
		return errSeal
	}
	var s sealedFor
	if err := json.Unmarshal(text, &s); err != nil {
		return err
	}
	if !a.now().Before(s.Until) {
		return errSeal
	}
	return json.Unmarshal(s.What, into)
}

func (a *Auth) box(ctx context.Context) (cipher.AEAD, error) {
	key, err := a.keyOf(ctx, &a.trips, func(tx *store.Tx) ([]byte, error) { return tx.Secret("trips") })
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}
