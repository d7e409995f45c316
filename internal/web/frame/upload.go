package frame

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"debrief/internal/app"
	"debrief/internal/practice"
)

// Upload is a file of a form, as far as it is kept: a byte more than anybody
// takes, so that what is too large can be told from what fits.
type Upload struct {
	Name string // as the browser sent it
	Data []byte
}

// mostKept is how much of a file is kept, in bytes.
const mostKept = app.MaxPictureBytes + 1

// File returns the file of a field. It returns practice.ErrNotFound where none was
// chosen.
func (m *Form) File(name string) (Upload, error) {
	if m == nil || len(m.files[name].Data) == 0 {
		return Upload{}, practice.ErrNotFound
	}
	return m.files[name], nil
}

// parts reads a form with files. A file that goes on beyond what a request may
// hold ends the reading and is no error here: whoever takes the file refuses it
// beside its field, with all that was typed before it.
func parts(r *http.Request) (url.Values, map[string]Upload, error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, nil, ErrForm
	}
	typed, files, room := url.Values{}, map[string]Upload{}, int64(FormLimit)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return typed, files, nil
		}
		if err != nil {
			return nil, nil, badBody(err)
		}
		if part.FileName() != "" {
			file, err := upload(part)
			files[part.FormName()] = file
			if errors.Is(badBody(err), errTooLarge) {
				return typed, files, nil
			}
			if err != nil {
				return nil, nil, ErrForm
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, room+1))
		if room -= int64(len(text)); err != nil || room < 0 {
			return nil, nil, badBody(errors.Join(err, errTooLarge))
		}
		typed.Add(part.FormName(), string(text))
	}
}

// upload reads a file to its end and keeps its beginning.
func upload(part *multipart.Part) (Upload, error) {
	data, err := io.ReadAll(io.LimitReader(part, mostKept))
	if err == nil {
		_, err = io.Copy(io.Discard, part)
	}
	return Upload{Name: part.FileName(), Data: data}, err
}

// badBody says why a body could not be read.
func badBody(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &tooLarge), errors.Is(err, errTooLarge):
		return errTooLarge
	}
	return ErrForm
}
