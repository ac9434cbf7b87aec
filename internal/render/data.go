package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"faultbook/internal/site"
)

// JSON writes a value with its fields in order and a line end.
func JSON(value any) []byte {
	out, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("%T cannot be written as JSON: %v", value, err))
	}
	return append(out, '\n')
}

// FindIndex writes the index of the box as JSON, each entry in a line of its own
// after all the rest, so that a browser can open them as they arrive.
func FindIndex(index site.FindIndex) []byte {
	entries := index.Entries
	index.Entries = entries[:0]
	out := bytes.TrimSuffix(JSON(index), []byte("]}\n"))
	for i, e := range entries {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, '\n'), bytes.TrimSuffix(JSON(e), []byte("\n"))...)
	}
	return append(out, "\n]}\n"...)
}

// The Atom form of RFC 4287.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Author   atomAuthor  `xml:"author"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published,omitempty"`
	Updated   string   `xml:"updated"`
	Summary   string   `xml:"summary"`
}

// Feed writes a feed as Atom.
func Feed(f site.Feed) []byte {
	feed := atomFeed{
		Lang: f.Language, ID: f.ID, Title: f.Title, Subtitle: f.Subtitle, Updated: f.Updated.UTC().Format(time.RFC3339),
		Links:  []atomLink{{Rel: "self", Type: "application/atom+xml", Href: f.Self}, {Rel: "alternate", Type: "text/html", Href: f.Home}},
		Author: atomAuthor{f.Author},
	}
	for _, item := range f.Items {
		entry := atomEntry{ID: item.ID, Title: item.Title, Link: atomLink{Href: item.URL}, Summary: item.Summary, Updated: item.Updated.UTC().Format(time.RFC3339)}
		if !item.Published.IsZero() {
			entry.Published = item.Published.UTC().Format(time.RFC3339)
		}
		feed.Entries = append(feed.Entries, entry)
	}
	return toXML(feed)
}

// The forms of sitemaps.org.
type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapIndex struct {
	XMLName  xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []sitemapURL `xml:"sitemap"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemapLength is the most addresses that one sitemap may hold.
const sitemapLength = 50000

// Sitemaps writes sitemap.xml, and where one is too short for all addresses,
// sitemap-1.xml and so on with sitemap.xml as their index. They are given by
// name; address is the absolute address of sitemap.xml.
func Sitemaps(list []site.Address, address string) map[string][]byte {
	if len(list) <= sitemapLength {
		return map[string][]byte{"sitemap.xml": urls(list)}
	}
	files := map[string][]byte{}
	var index sitemapIndex
	for n := 1; len(list) > 0; n++ {
		part := list[:min(len(list), sitemapLength)]
		list = list[len(part):]
		name := fmt.Sprintf("sitemap-%d.xml", n)
		files[name] = urls(part)
		index.Sitemaps = append(index.Sitemaps, sitemapURL{Loc: strings.TrimSuffix(address, "sitemap.xml") + name})
	}
	files["sitemap.xml"] = toXML(index)
	return files
}

func urls(list []site.Address) []byte {
	set := urlSet{URLs: make([]sitemapURL, len(list))}
	for i, a := range list {
		set.URLs[i].Loc = a.URL
		if !a.Modified.IsZero() {
			set.URLs[i].LastMod = a.Modified.UTC().Format(time.RFC3339)
		}
	}
	return toXML(set)
}

func toXML(value any) []byte {
	body, err := xml.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("%T cannot be written as XML: %v", value, err))
	}
	return append([]byte(xml.Header), append(body, '\n')...)
}

// Guide writes llms.txt: a title, a summary in a quote, notes, then sections of
// links. The form is that of llmstxt.org.
func Guide(g site.Guide) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s\n\n> %s\n", oneLine(g.Title), oneLine(g.Description))
	for _, note := range g.Notes {
		fmt.Fprintf(&out, "\n%s\n", note)
	}
	for _, section := range g.Sections {
		fmt.Fprintf(&out, "\n## %s\n\n", oneLine(section.Heading))
		for _, link := range section.Links {
			fmt.Fprintf(&out, "- [%s](%s)", inLink.Replace(oneLine(link.Name)), link.URL)
			if link.Note != "" {
				fmt.Fprintf(&out, ": %s", link.Note)
			}
			out.WriteByte('\n')
		}
	}
	return out.Bytes()
}

// inLink keeps a name from ending the link that it is the text of.
var inLink = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)
