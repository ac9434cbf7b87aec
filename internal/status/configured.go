package status

// Configured are the components of a report that speak for the API, in the
// order in which the source names them. Groups with children are never among
// them, because a report leaves groups out.
func Configured(source Source, report Report) []Component {
	var list []Component
	for _, want := range source.Components {
		list = append(list, matching(report.Components, want)...)
	}
	return list
}
