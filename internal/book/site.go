package book

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"faultbook/internal/diag"
	"faultbook/internal/frontmatter"
	"faultbook/internal/status"
)

// siteForm is site.toml as it is written.
type siteForm struct {
	Title       string            `toml:"title,required"`
	Tagline     string            `toml:"tagline,required"`
	Description string            `toml:"description,required"`
	Base        string            `toml:"base,required"`
	Language    string            `toml:"language"`
	Repository  string            `toml:"repository"`
	License     string            `toml:"license"`
	LicenseURL  string            `toml:"license_url"`
	Contact     string            `toml:"contact"`
	FAQJSONLD   bool              `toml:"faq_jsonld"`
	HSTSPreload bool              `toml:"hsts_preload"`
	Schedule    scheduleForm      `toml:"schedule"`
	Live        liveForm          `toml:"live"`
	Budget      budgetForm        `toml:"budget"`
	Check       map[string]string `toml:"check"`
	Review      reviewForm        `toml:"review"`
	Wrapper     []wrapperForm     `toml:"wrapper"`
	Stranger    []wrapperForm     `toml:"stranger"`
}

type wrapperForm struct {
	Name  string   `toml:"name,required"`
	Marks []string `toml:"marks,required"`
}

type scheduleForm struct {
	Every    string `toml:"every"`
	ValidFor string `toml:"valid_for"`
	AgeCap   string `toml:"age_cap"`
}

type liveForm struct {
	URL string `toml:"url"`
}

// reviewForm says when somebody should look at an entry again.
type reviewForm struct {
	Days int `toml:"days"`
}

type budgetForm struct {
	Deploys int `toml:"deploys"`
}

func readSite(doc *frontmatter.Doc) (Site, []diag.Finding) {
	form := siteForm{Language: "en", Schedule: scheduleForm{Every: "1h"}}
	r := newReading(doc, nil, siteDecoder.Decode(doc, &form))
	site := Site{
		Title: form.Title, Tagline: form.Tagline, Description: form.Description, Base: strings.TrimSuffix(form.Base, "/"), Language: form.Language,
		Repository: strings.TrimSuffix(form.Repository, "/"), License: form.License, LicenseURL: form.LicenseURL, Contact: form.Contact,
		FAQJSONLD: form.FAQJSONLD, HSTSPreload: form.HSTSPreload, Check: form.Check, ReviewDays: form.Review.Days, LiveURL: strings.TrimSuffix(form.Live.URL, "/"), Deploys: form.Budget.Deploys,
	}
	r.filled(form.Title, "title")
	r.filled(form.Tagline, "tagline")
	r.filled(form.Description, "description")
	r.filled(form.Language, "language")
	if problem := BaseProblem(form.Base); problem != "" {
		r.find("address", fmt.Sprintf("%q %s", form.Base, problem), "the address the site is published under, such as https://errors.example.com", "base")
	}
	for key, address := range map[string]string{"repository": form.Repository, "license_url": form.LicenseURL} {
		if address != "" {
			r.https(address, key)
		}
	}
	if form.Contact != "" && !strings.HasPrefix(form.Contact, "mailto:") {
		r.https(form.Contact, "contact")
	}
	if form.Live.URL != "" {
		r.https(form.Live.URL, "live", "url")
	}
	if form.Review.Days < 0 {
		r.find("duration", fmt.Sprintf("%d is no number of days", form.Review.Days), "write how old the evidence of an entry may be, such as 365, or leave it out", "review", "days")
	}
	site.Wrappers, site.Strangers = r.wrappers(form.Wrapper, "wrapper"), r.wrappers(form.Stranger, "stranger")
	if form.Budget.Deploys < 0 || form.Budget.Deploys > status.BuildsMax {
		r.find("budget", fmt.Sprintf("%d deploys a month; want 1 to %d, or 0 for no limit", form.Budget.Deploys, status.BuildsMax), "what the host's plan pays for, merges included: 20 on Netlify's free plan", "budget", "deploys")
	}
	site.Schedule.Every = r.duration(form.Schedule.Every, "schedule", "every")
	site.Schedule.ValidFor = r.duration(form.Schedule.ValidFor, "schedule", "valid_for")
	site.Schedule.AgeCap = r.duration(form.Schedule.AgeCap, "schedule", "age_cap")
	return site, r.findings
}

func (r *reading) wrappers(forms []wrapperForm, key string) []Wrapper {
	var list []Wrapper
	for i, w := range forms {
		r.filled(w.Name, key, i, "name")
		r.marks(w.Marks, key, i, "marks")
		list = append(list, Wrapper(w))
	}
	return list
}

func (r *reading) duration(text string, path ...any) time.Duration {
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < time.Minute {
		r.find("duration", fmt.Sprintf("%q is no duration of a minute or more", text), "write a number with its unit, such as 30m or 6h", path...)
		return 0
	}
	return d
}

// BaseProblem tells what is wrong with a base address, or nothing. Plain http
// is fine for one's own machine; a path is fine; a query or fragment is not.
func BaseProblem(base string) string {
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Host == "":
		return "is no address"
	case u.Scheme != "https" && u.Scheme != "http":
		return "is neither https nor http"
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return "holds more than a host and a path"
	case strings.ContainsAny(base, " \t\n<>\"'`\\") || strings.Contains(u.Path, "//") || strings.Contains(u.Path, ".."):
		return "holds a character or a part that no path of a site has"
	}
	return ""
}
