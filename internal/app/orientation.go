package app

import (
	"encoding/binary"
	"image"
	"image/color"
)

// mean is the colour of n by n pixels taken together.
func mean(img image.Image, x0, y0, n int) color.RGBA64 {
	var r, g, b, a uint64
	for y := y0; y < y0+n; y++ {
		for x := x0; x < x0+n; x++ {
			pr, pg, pb, pa := img.At(x, y).RGBA()
			r, g, b, a = r+uint64(pr), g+uint64(pg), b+uint64(pb), a+uint64(pa)
		}
	}
	k := uint64(n) * uint64(n)
	return color.RGBA64{R: uint16(r / k), G: uint16(g / k), B: uint16(b / k), A: uint16(a / k)}
}

// upright turns a photo the way it was held. Phones write that into the
// metadata, which is about to be thrown away.
func upright(img image.Image, raw []byte) image.Image {
	o := orientation(raw)
	if o < 2 || o > 8 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if o >= 5 {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := turned(o, x, y, w, h)
			out.Set(x, y, img.At(b.Min.X+sx, b.Min.Y+sy))
		}
	}
	return out
}

// turned returns where pixel x, y of the upright picture, w by h, stands in
// the one with EXIF orientation o.
func turned(o, x, y, w, h int) (sx, sy int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, w - 1 - x
	case 7:
		return h - 1 - y, w - 1 - x
	}
	return h - 1 - y, x
}

// orientation finds the EXIF orientation of a JPEG, or 1.
func orientation(raw []byte) int {
	for i := 2; i+4 <= len(raw) && raw[i] == 0xff; {
		size := int(binary.BigEndian.Uint16(raw[i+2:]))
		end := i + 2 + size
		if size < 2 || end > len(raw) {
			return 1
		}
		if body := raw[i+4 : end]; raw[i+1] == 0xe1 && len(body) > 14 && string(body[:6]) == "Exif\x00\x00" {
			return tiffOrientation(body[6:])
		}
		i = end
	}
	return 1
}

// tiffOrientation reads tag 0x0112 of the first directory of a TIFF block.
func tiffOrientation(t []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if t[0] == 'I' {
		order = binary.LittleEndian
	}
	dir := int(order.Uint32(t[4:]))
	if dir < 8 || dir+2 > len(t) {
		return 1
	}
	for n, e := int(order.Uint16(t[dir:])), dir+2; n > 0 && e+12 <= len(t); n, e = n-1, e+12 {
		if order.Uint16(t[e:]) == 0x0112 {
			return int(order.Uint16(t[e+8:]))
		}
	}
	return 1
}
