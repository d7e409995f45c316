package room

import (
	"testing"
	"time"
)

func TestOnces_forgetInGenerations(t *testing.T) {
	var o Onces
	if !o.First("a") || o.First("a") {
		t.Error("a key is new once")
	}
	o.Forget("a")
	if !o.First("a") {
		t.Error("what did not happen may happen again")
	}
	for range rememberOnce {
		o.First(time.Now().String())
	}
	if len(o.now)+len(o.last) > rememberOnce {
		t.Errorf("%d keys are remembered", len(o.now)+len(o.last))
	}
}
