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

// report asks for the target's files and gives the judged report they hold.
func (r *run) report(ctx context.Context, t Target) (status.Report, error) {
	p, ok := platform.ByName(t.Source.Platform)
	if !ok {
		return status.Report{}, fmt.Errorf("unknown platform %q; want one of %s", t.Source.Platform, strings.Join(platform.Names(), ", "))
	}
	site, err := newSite(p.BaseOf(t.Source), t.Source.Hosts, r.AllowPrivate)
	if err != nil {
		return status.Report{}, err
	}
	v := &visit{run: r, site: site, slug: t.Slug, client: site.client(r.Transport), place: r.gate.place(site.host), left: maxBody}
	defer v.client.CloseIdleConnections()
	if !v.place.enter(ctx) {
		return status.Report{}, errors.New("not asked: the time for the whole run was over")
	}
	defer v.place.leave()
	files, missing, err := v.files(ctx, p.Paths(t.Source))
	if err != nil {
		return status.Report{}, err
	}
	r.parsing.Lock()
	defer r.parsing.Unlock()
	report, err := p.Parse(t.Source, files)
	if err != nil {
		return status.Report{}, err
	}
	report = status.Judge(t.Source, report)
	if report.Level == status.Unknown && len(missing) > 0 {
		report.Reason += "; " + strings.Join(missing, "; ") // the likely cause
	}
	return report, nil
}

// visit is the reading of one source: who asks whom, and what it has got.
type visit struct {
	*run
	site
	slug   string
	client *http.Client
	place  *place
	left   int // bytes that the files still to come may have together
}

// files asks for all files, one after the other. Optional ones that could not
// be had are told in missing; that of the first is the error where none came.
func (v *visit) files(ctx context.Context, paths []platform.Path) (files map[string][]byte, missing []string, err error) {
	files = map[string][]byte{}
	var first error
	for n, path := range paths {
		tries := 1
		if n == 0 || !path.Optional {
			tries = maxTries
		}
		body, err := v.get(ctx, path, tries)
		if err == nil {
			files[path.Name] = body
			continue
		}
		first = cmp.Or(first, err)
		if !path.Optional {
			return nil, nil, err
		}
		missing = append(missing, path.Path+": "+err.Error())
	}
	if len(files) == 0 {
		return nil, nil, first
	}
	return files, missing, nil
}

// get asks for one file, again if that may help.
func (v *visit) get(ctx context.Context, path platform.Path, tries int) ([]byte, error) {
	for try := 1; ; try++ {
		body, refused := v.once(ctx, Request{Slug: v.slug, URL: v.base + path.Path, Try: try})
		if refused == nil {
			v.left -= len(body)
			return body, nil
		}
		if !refused.again || try == tries || !v.place.pause(ctx, refused.wait(try)) {
			return nil, refused
		}
	}
}

// once asks and tells the log.
func (v *visit) once(ctx context.Context, q Request) ([]byte, *refusal) {
	start := v.Now()
	body, code, err := v.ask(ctx, q.URL)
	q.Status, q.Bytes, q.Took = code, len(body), v.Now().Sub(start)
	if err == nil {
		v.log(q)
		return body, nil
	}
	refused := explain(err, v.host)
	q.Reason = refused.reason
	v.log(q)
	return nil, refused
}
