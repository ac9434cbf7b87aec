package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"faultbook/internal/platform"
	"faultbook/internal/status"
)

// visit is the reading of one source: who asks whom, and what it has got.
type visit struct {
	*run
	site
	slug   string
	client *http.Client
	place  *place
	shelf  shelf
	had    map[string]answer // what a search has got, by address
	asked  map[string]bool   // what a search need not ask
}

// outcome is what a visit gave.
type outcome struct {
	unchanged  bool               // the source says that nothing has changed since the last reading
	report     status.Report      // judged; with unchanged none
	validators *status.Validators // nil: the next reading has to be in full
}

// visit asks for the target's files and reads them.
func (r *run) visit(ctx context.Context, t Target) (outcome, error) {
	p, ok := platform.ByName(t.Source.Platform)
	if !ok {
		return outcome{}, fmt.Errorf("unknown platform %q; want one of %s", t.Source.Platform, strings.Join(platform.Names(), ", "))
	}
	v, err := r.at(t.Slug, p.BaseOf(t.Source), t.Source.Hosts)
	if err != nil {
		return outcome{}, err
	}
	defer v.leave()
	if err := v.enter(ctx); err != nil {
		return outcome{}, err
	}
	paths := p.Paths(t.Source)
	last := r.lastReading(t, paths)
	got, err := v.files(ctx, paths, last)
	switch {
	case err != nil:
		return outcome{}, err
	case got.unchanged:
		return outcome{unchanged: true}, nil
	}
	report, err := v.parse(p, t.Source, got)
	if err != nil {
		return outcome{}, err
	}
	return outcome{report: report, validators: r.validatorsOf(t, report, paths, got)}, nil
}

// at is a visit to the site that base is on; nobody has been asked yet.
func (r *run) at(slug, base string, others []string) (*visit, error) {
	s, err := newSite(base, others, r.AllowPrivate)
	if err != nil {
		return nil, err
	}
	s.resolver = r.resolver
	return &visit{run: r, site: s, slug: slug, client: s.client(r.Transport), place: r.gate.place(s.host), shelf: shelf{stock: r.stock, most: maxBody}, had: map[string]answer{}, asked: map[string]bool{}}, nil
}

func (v *visit) enter(ctx context.Context) error {
	if !v.place.enter(ctx) {
		return errors.New("not asked: the time for the whole run was over")
	}
	return nil
}

// leave ends the visit. What it has read is gone then.
func (v *visit) leave() {
	v.shelf.clear()
	v.place.leave()
	v.client.CloseIdleConnections()
}

// parse reads and judges what was got. An answer of another platform is not
// read, but named. One that is refused only for what the source is told to look
// for in it is not strange.
func (v *visit) parse(p platform.Platform, source status.Source, got answers) (status.Report, error) {
	v.parsing.Lock()
	defer v.parsing.Unlock()
	report, err := p.Parse(source, got.files)
	if err != nil {
		like := v.like(p, source, got)
		return status.Report{}, &refusal{reason: err.Error(), strange: like != p.Name, like: like}
	}
	report = status.Judge(source, report)
	if report.Level == status.Unknown && len(got.missing) > 0 {
		report.Reason += "; " + strings.Join(got.missing, "; ") // the likely cause
	}
	return report, nil
}

// like is the platform that answers so, or nothing.
func (v *visit) like(p platform.Platform, source status.Source, got answers) string {
	byAddress := map[string][]byte{}
	for _, path := range p.Paths(source) {
		if body, ok := got.files[path.Name]; ok {
			byAddress[v.base+path.Path] = body
		}
	}
	name, _ := platform.Detect(v.base, byAddress)
	return name
}

// answers are the files of one source.
type answers struct {
	unchanged  bool // all of them are as they were; none was sent
	files      map[string][]byte
	validators map[string]status.Validator // of those that have one
	missing    []string                    // optional ones that could not be had, and why
}

// files asks for all files, one after the other; for those that last tells of,
// whether they have changed. Where some have, the others are asked for as well.
// Of optional files that could not be had the first tells why, if none came.
func (v *visit) files(ctx context.Context, paths []platform.Path, last map[string]status.Validator) (answers, error) {
	got := answers{files: map[string][]byte{}, validators: map[string]status.Validator{}}
	var same []platform.Path // as they were
	var first error
	for n, path := range paths {
		since := status.Validator{}
		if len(same) == n { // once something has changed, all is wanted
			since = last[path.Name]
		}
		unchanged, err := v.file(ctx, path, tries(n, path), since, &got)
		switch {
		case unchanged:
			same = append(same, path)
		case err != nil && !path.Optional:
			return answers{}, err
		}
		first = cmp.Or(first, err)
	}
	if len(paths) > 0 && len(same) == len(paths) {
		return answers{unchanged: true}, nil
	}
	for _, path := range same {
		if _, err := v.file(ctx, path, tries(0, path), status.Validator{}, &got); err != nil && !path.Optional {
			return answers{}, err
		}
	}
	if len(got.files) == 0 {
		return answers{}, first
	}
	return got, nil
}

// tries is how often the n-th file of a source may be asked for.
func tries(n int, path platform.Path) int {
	if n == 0 || !path.Optional {
		return maxTries
	}
	return 1
}

// file asks for one file and adds it to what was got.
func (v *visit) file(ctx context.Context, path platform.Path, tries int, since status.Validator, got *answers) (unchanged bool, err error) {
	a, err := v.get(ctx, v.base+path.Path, tries, since)
	switch {
	case err != nil:
		got.missing = append(got.missing, path.Path+": "+err.Error())
		return false, err
	case a.unchanged:
		return true, nil
	}
	got.files[path.Name] = a.body
	if a.validator != (status.Validator{}) {
		a.validator.File = path.Name
		got.validators[path.Name] = a.validator
	}
	return false, nil
}

// get asks for one file, again if that may help.
func (v *visit) get(ctx context.Context, address string, tries int, since status.Validator) (answer, error) {
	if a, ok := v.had[address]; ok {
		return a, nil
	}
	for try := 1; ; try++ {
		a, refused := v.once(ctx, Request{Slug: v.slug, URL: address, Try: try}, since)
		if refused == nil {
			v.shelf.keep(a.body)
			return a, nil
		}
		v.shelf.giveBack()
		if !refused.again || try == tries || !v.place.pause(ctx, refused.wait(try)) {
			return answer{}, refused
		}
	}
}

// once asks and tells the log.
func (v *visit) once(ctx context.Context, q Request, since status.Validator) (answer, *refusal) {
	start := v.Now()
	a, code, err := v.ask(ctx, q.URL, since)
	q.Status, q.Bytes, q.Took = code, len(a.body), v.Now().Sub(start)
	if err == nil {
		v.log(q)
		return a, nil
	}
	refused := explain(err, v.host)
	refused.code = code
	q.Reason = refused.reason
	v.log(q)
	return answer{}, refused
}
