package main

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestSeldom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		times := 0
		again := seldom(func() { times++ })
		for range 5 {
			again()
			again()
			<-time.After(61 * time.Second)
		}
		if times != 5 {
			t.Errorf("done %d times in five minutes", times)
		}
	})
}
