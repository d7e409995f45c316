package app

import (
	"errors"
	"image"
	"image/color"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"debrief/internal/practice"
)

// The test's own kind of picture counts how many are being unpacked.
var inHand, most atomic.Int32

var ownKinds = sync.OnceFunc(func() {
	image.RegisterFormat("counted", "counted", func(io.Reader) (image.Image, error) {
		most.Store(max(most.Load(), inHand.Add(1)))
		defer inHand.Add(-1)
		for range 1000 { // let the others try
			most.Store(max(most.Load(), inHand.Load()))
		}
		return image.NewGray(image.Rect(0, 0, 9, 9)), nil
	}, func(io.Reader) (image.Config, error) {
		return image.Config{ColorModel: color.GrayModel, Width: 9, Height: 9}, nil
	})
	image.RegisterFormat("deep", "deep", nil, func(io.Reader) (image.Config, error) {
		return image.Config{ColorModel: color.NRGBA64Model, Width: 4000, Height: 4000}, nil
	})
})

// Unpacking takes much memory, so it is done for one at a time.
func TestNewPicture_oneAtATime(t *testing.T) {
	ownKinds()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if _, err := NewPicture(strings.NewReader("counted")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d at a time", most.Load())
	}
}

func TestNewPicture_tooManyPoints(t *testing.T) {
	ownKinds()
	if _, err := NewPicture(strings.NewReader("deep")); !errors.Is(err, practice.Refuse(practice.Invalid, "picture.wide")) {
		t.Errorf("got %v", err)
	}
}
