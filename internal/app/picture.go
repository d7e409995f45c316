package app

import (
	"bytes"
	"context"
	"image"
	"image/color"
	_ "image/gif" // a picture may arrive as GIF; its first frame is kept
	"image/jpeg"
	"image/png"
	"io"
	"sync"

	"debrief/internal/practice"
	"debrief/internal/store"
)

// Picture is a picture as this server wrote it: the pixels and nothing else,
// no place, no time, no device.
type Picture struct {
	Kind string
	Data []byte
}

// The largest picture that is read, in bytes as it comes and as it is when it
// is unpacked, and the longest side of the one that is kept.
const (
	MaxPictureBytes = 10 << 20
	maxUnpacked     = 96 << 20
	longestSide     = 1600
)

// unpacking is held by whoever unpacks a picture: a small file may become a
// large one, and many at once would be more than a server has.
var unpacking sync.Mutex

// NewPicture reads a picture and writes it anew, smaller where it is large.
// Whatever else the file carried is gone.
func NewPicture(r io.Reader) (*Picture, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxPictureBytes+1))
	if err != nil {
		return nil, practice.Refuse(practice.Invalid, "picture.broken").At("picture")
	}
	if len(raw) > MaxPictureBytes {
		return nil, practice.Refuse(practice.Invalid, "picture.large").At("picture").With("max", MaxPictureBytes>>20)
	}
	head, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, practice.Refuse(practice.Invalid, "picture.kind").At("picture")
	}
	if head.Width*head.Height > maxUnpacked/perPixel(head, raw) {
		return nil, practice.Refuse(practice.Invalid, "picture.wide").At("picture")
	}
	unpacking.Lock()
	defer unpacking.Unlock()
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, practice.Refuse(practice.Invalid, "picture.broken").At("picture")
	}
	img = shrink(upright(img, raw))
	var out bytes.Buffer
	if kind == "png" {
		err = png.Encode(&out, img)
		return &Picture{Kind: "image/png", Data: out.Bytes()}, err
	}
	err = jpeg.Encode(&out, img, &jpeg.Options{Quality: 85})
	return &Picture{Kind: "image/jpeg", Data: out.Bytes()}, err
}

// perPixel is how many bytes each pixel of a picture takes to unpack.
func perPixel(head image.Config, raw []byte) int {
	switch head.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.RGBAModel, color.NRGBAModel, color.CMYKModel:
		return 4
	case color.YCbCrModel:
		if bytes.Contains(raw, []byte{0xff, 0xc2}) { // in several passes, whose sums are kept
			return 8
		}
	}
	return 2
}

// shrink halves a picture by whole steps until its longest side fits, each
// pixel the mean of those it replaces.
func shrink(img image.Image) image.Image {
	b := img.Bounds()
	n := (max(b.Dx(), b.Dy()) + longestSide - 1) / longestSide
	if n <= 1 {
		return img
	}
	out := image.NewRGBA64(image.Rect(0, 0, b.Dx()/n, b.Dy()/n))
	for y := range out.Bounds().Dy() {
		for x := range out.Bounds().Dx() {
			out.SetRGBA64(x, y, mean(img, b.Min.X+x*n, b.Min.Y+y*n, n))
		}
	}
	return out
}

// File returns a picture to whoever may read the strip it belongs to.
func (a *App) File(ctx context.Context, actor practice.Actor, id practice.FileID) (Picture, error) {
	return read(ctx, a, func(tx *store.Tx) (Picture, error) {
		kind, data, of, err := tx.File(id)
		if err != nil {
			return Picture{}, err
		}
		if _, err := readable(tx, actor, of); err != nil {
			return Picture{}, err
		}
		return Picture{Kind: kind, Data: data}, nil
	})
}
