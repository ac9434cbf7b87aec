package platform

import (
	"slices"

	"faultbook/internal/status"
)

// inOrder sorts the lists of a report as a report has them: incidents and
// their updates newest first, windows of maintenance soonest first. What has
// the same time stays as the source has it.
func inOrder(r *status.Report) {
	newestFirst := func(a, b status.Incident) int { return b.Started.Compare(a.Started) }
	slices.SortStableFunc(r.Incidents, newestFirst)
	slices.SortStableFunc(r.Past, newestFirst)
	slices.SortStableFunc(r.Maintenance, func(a, b status.Incident) int { return a.Started.Compare(b.Started) })
	for _, list := range [][]status.Incident{r.Incidents, r.Past, r.Maintenance} {
		for _, i := range list {
			newestUpdateFirst(i.Updates)
		}
	}
}

func newestUpdateFirst(updates []status.Update) {
	slices.SortStableFunc(updates, func(a, b status.Update) int { return b.At.Compare(a.At) })
}
