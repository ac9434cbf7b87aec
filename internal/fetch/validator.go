package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"regexp"
	"time"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// fullEvery is how often a source is read in full although it says that nothing
// has changed. A server whose validators are wrong is found out within it.
const fullEvery = 24 * time.Hour

// lastReading are the validators of the target's last good reading by the name
// of their file, if all files may be asked for with them: they are of this very
// source, not old, and there is one for each file. Else nothing.
func (r *run) lastReading(t Target, paths []platform.Path) map[string]status.Validator {
	record := r.Previous.Providers[t.Slug]
	last := record.Fetch.Validators
	switch {
	case last == nil || last.Of != r.nameOf(t.Source):
		return nil
	case record.URL != t.Source.URL || record.Platform != t.Source.Platform || record.CheckedAt.IsZero():
		return nil
	case last.FullAt.After(r.Now()) || r.Now().Sub(last.FullAt) >= fullEvery:
		return nil
	}
	files := map[string]status.Validator{}
	for _, v := range last.Files {
		if usable(v) {
			files[v.File] = v
		}
	}
	for _, path := range paths {
		if _, ok := files[path.Name]; !ok {
			return nil
		}
	}
	return files
}

// validatorsOf are the validators to keep of a reading. Only a reading that
// says all there is to say may be confirmed without being sent again: one of
// unknown level, without a file that is asked for, or with an end to its
// use is read in full next time.
func (r *run) validatorsOf(t Target, report status.Report, paths []platform.Path, got answers) *status.Validators {
	if report.Level == status.Unknown || !report.StaleAfter.IsZero() || len(got.missing) > 0 {
		return nil
	}
	made := &status.Validators{Of: r.nameOf(t.Source), FullAt: r.Now()}
	for _, path := range paths {
		v, ok := got.validators[path.Name]
		if !ok {
			return nil
		}
		made.Files = append(made.Files, v)
	}
	return made
}

// nameOf names a source with everything that decides what is asked of it and
// how it is judged. The program belongs to it: a newer one may read the same
// answer better.
func (r *run) nameOf(source status.Source) string {
	text, err := json.Marshal(struct {
		Source status.Source
		By     string
	}{source, r.UserAgent})
	if err != nil {
		panic("fetch: a source cannot be written as JSON: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// validatorOf is what an answer came with to ask for it again, as it came.
func validatorOf(header http.Header) status.Validator {
	v := status.Validator{ETag: header.Get("ETag"), Modified: header.Get("Last-Modified")}
	if !etagForm.MatchString(v.ETag) {
		v.ETag = ""
	}
	if !settled(v.Modified, header.Get("Date")) {
		v.Modified = ""
	}
	return v
}

// etagForm is an entity tag, strong or weak, or a word that some servers send
// without the quotes. It is not "*", which would mean any.
var etagForm = regexp.MustCompile(`^((W/)?"[\x21\x23-\x7e]{0,150}"|[0-9A-Za-z._:+/=-]{1,150})$`)

// settled tells whether a date of last change tells versions apart. A file may
// change twice within one second (RFC 9110, section 8.8.2.2).
func settled(modified, date string) bool {
	changed, err := http.ParseTime(modified)
	if err != nil {
		return false
	}
	sent, err := http.ParseTime(date)
	return err == nil && !sent.Before(changed.Add(time.Second))
}

// usable tells whether a validator may be sent. What a snapshot holds is
// checked again: it may come from anywhere.
func usable(v status.Validator) bool {
	_, err := http.ParseTime(v.Modified)
	etag, date := etagForm.MatchString(v.ETag), err == nil
	return (etag || date) && (etag || v.ETag == "") && (date || v.Modified == "")
}

// setCondition asks for a file only if it has changed since it had this
// validator, and tells whether it has one.
func setCondition(header http.Header, since status.Validator) bool {
	if since.ETag != "" {
		header.Set("If-None-Match", since.ETag)
	}
	if since.Modified != "" {
		header.Set("If-Modified-Since", since.Modified)
	}
	return since.ETag != "" || since.Modified != ""
}
