package platform

import (
	"cmp"
	"errors"
	"regexp"
	"slices"

	"faultbook/internal/status"
)

// upptime is Upptime (https://upptime.js.org), which checks sites from GitHub
// Actions and keeps what it found in a repository. history/summary.json there
// lists the sites with the words up, degraded and down; all three are recorded.
//
// The page that people open is made from the repository and has not got the
// file, so the address is that of the repository, as url or as api, or any
// other below which the file lies. Incidents are issues of the repository, and
// there is no time in the file: neither is here. It has no overall word either;
// the worst site speaks for the page.
func upptime() Platform {
	return Platform{
		Name:  "upptime",
		Base:  upptimeBase,
		Paths: func(status.Source) []Path { return []Path{{Name: upptimeSummary, Path: "/history/summary.json"}} },
		Parse: parseUpptime,
	}
}

const upptimeSummary = "summary" // the name of the one file in Path and Parse

// upptimeRepository is the address of a repository, or of a page below it.
var upptimeRepository = regexp.MustCompile(`^https://(?:www\.)?github\.com/([^/?#]+)/([^/?#]+?)(?:\.git)?(?:[/?#].*)?$`)

// upptimeBase is where the files of a repository are served as they are, for
// the branch that counts.
func upptimeBase(source status.Source) string {
	address := cmp.Or(source.API, source.URL)
	if name := upptimeRepository.FindStringSubmatch(address); name != nil {
		return "https://raw.githubusercontent.com/" + name[1] + "/" + name[2] + "/HEAD"
	}
	return address
}

type upptimeSite struct {
	Name   text `json:"name"`
	Slug   text `json:"slug"`
	Status text `json:"status"`
	Uptime text `json:"uptime"` // such as "99.93%"
}

func parseUpptime(_ status.Source, files map[string][]byte) (status.Report, error) {
	sites, err := decodeObjects[upptimeSite](files[upptimeSummary], "an Upptime summary")
	switch {
	case err != nil:
		return status.Report{}, err
	case len(sites) == 0:
		return status.Report{}, errors.New("the list of sites is empty")
	case !slices.ContainsFunc(sites, func(s upptimeSite) bool { return s.Slug != "" && s.Uptime != "" }):
		return status.Report{}, errors.New("not the shape of an Upptime summary: no entry with slug and uptime")
	}
	var report status.Report
	for _, s := range sites {
		name := cmp.Or(word(s.Name), word(s.Slug))
		report.Components = append(report.Components, status.Component{ID: word(s.Slug), Name: name, Word: word(s.Status), Level: upptimeLevel(s.Status)})
	}
	report.Indicator = worstPart(report.Components)
	return report, nil
}

func upptimeLevel(word text) status.Level {
	switch word {
	case "up":
		return status.Operational
	case "degraded": // it answers, but slowly
		return status.Degraded
	case "down":
		return status.MajorOutage
	}
	return status.Unknown
}
