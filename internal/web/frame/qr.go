package frame

import (
	"image/color"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// QR is part/qr: an address as a square that a phone reads. It is a drawing,
// so that it prints sharp and needs no image of its own.
type QR struct {
	Size  int    // modules along each side
	Path  string // the dark ones
	Label string
}

// QR draws an address. One too long to be drawn is left out: it stands beside
// it in words.
func (f *Frame) QR(address, label string) QR {
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return QR{}
	}
	size := code.Bounds().Dx()
	var b strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			run := 0
			for x+run < size && code.At(x+run, y) == color.Black {
				run++
			}
			if run > 0 {
				b.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h" + strconv.Itoa(run) + "v1h-" + strconv.Itoa(run) + "z")
				x += run
			}
		}
	}
	return QR{Size: size, Path: b.String(), Label: label}
}

// Outer is the side with a quiet zone around it.
func (q QR) Outer() int { return q.Size + 4 }
