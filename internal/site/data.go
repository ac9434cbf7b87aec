package site

import (
	"encoding/json"
	"strconv"
	"time"

	"faultbook/internal/book"
)

// The JSON-LD of schema.org, as search engines read it: what stands in the page
// again, never more. JSON made by encoding/json escapes <, > and &, so that no
// text can end the script element.

type graph struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

type article struct {
	Type        []string `json:"@type"`
	Headline    string   `json:"headline"`
	Description string   `json:"description"`
	Image       string   `json:"image"`
	Published   string   `json:"datePublished"`
	Modified    string   `json:"dateModified"`
	Author      person   `json:"author"`
	License     string   `json:"license,omitempty"`
	Language    string   `json:"inLanguage"`
	Main        string   `json:"mainEntityOfPage"`
}

type person struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

type crumbs struct {
	Type  string  `json:"@type"`
	Items []crumb `json:"itemListElement"`
}

type crumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item,omitempty"`
}

type faqPage struct {
	Type string     `json:"@type"`
	Main []question `json:"mainEntity"`
}

type question struct {
	Type   string `json:"@type"`
	Name   string `json:"name"`
	Answer answer `json:"acceptedAnswer"`
}

type answer struct {
	Type string `json:"@type"`
	Text string `json:"text"`
}

type website struct {
	Type        string `json:"@type"`
	Name        string `json:"name"`
	URL         string `json:"url"`
	Description string `json:"description"`
	Language    string `json:"inLanguage"`
}

func data(parts ...any) HTML {
	out, err := json.Marshal(graph{"https://schema.org", parts})
	if err != nil {
		panic("structs of strings cannot be written as JSON: " + err.Error())
	}
	return HTML(out)
}

// midnight is a day as structured data wants it: with a time and a zone.
func midnight(d book.Date) string { return d.Time().Format(time.RFC3339) }

func (s *Site) entryData(e *entry, text *book.Text, v *EntryView) HTML {
	parts := []any{article{
		Type: []string{"TechArticle", "Article"}, Headline: cutText(e.Title, 110), Description: e.Summary, Image: s.links.Image,
		Published: midnight(e.Added), Modified: midnight(e.modified()),
		Author:  person{"Organization", s.Book.Site.Title, s.absolute(s.path())},
		License: s.Book.Site.LicenseURL, Language: v.Lang, Main: v.Canonical,
	}, s.crumbList(&v.Frame, v.Canonical)}
	if s.Book.Site.FAQJSONLD {
		faq := faqPage{Type: "FAQPage"}
		for _, q := range v.FAQ {
			faq.Main = append(faq.Main, question{"Question", q.Q, answer{"Answer", string(q.A)}})
		}
		parts = append(parts, faq)
	}
	return data(parts...)
}

func (s *Site) crumbData(f *Frame, path string) HTML {
	return data(s.crumbList(f, s.absolute(path)))
}

func (s *Site) crumbList(f *Frame, here string) crumbs {
	out := crumbs{Type: "BreadcrumbList"}
	for i, link := range f.Trail.Links {
		out.Items = append(out.Items, crumb{"ListItem", i + 1, link.Name, s.absolute(link.Path)})
	}
	out.Items = append(out.Items, crumb{"ListItem", len(out.Items) + 1, f.Here, here})
	return out
}

func (s *Site) siteData() HTML {
	site := s.Book.Site
	return data(website{"WebSite", site.Title, s.absolute(s.path()), site.Description, site.Language})
}

// span is a duration in words of units: 90 min, 2 h.
func span(d time.Duration) string {
	if d%time.Hour == 0 {
		return strconv.Itoa(int(d/time.Hour)) + " h"
	}
	return strconv.Itoa(int(d/time.Minute)) + " min"
}
