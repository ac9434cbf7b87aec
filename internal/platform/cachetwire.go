package platform

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// cachetList is a list of Cachet's. Version 2 writes the fields of an item
// beside its id, version 3 writes JSON:API: fields under "attributes", related
// items under "included".
type cachetList struct {
	Meta     cachetMeta   `json:"meta"`
	Links    *cachetEnd   `json:"links"` // of version 3
	Data     []cachetItem `json:"data"`  // nil: there is no list
	Included []cachetItem `json:"included"`
}

type cachetMeta struct {
	Total      text              `json:"total"`
	Pagination *cachetPagination `json:"pagination"` // of version 2
}

type cachetPagination struct {
	Total text      `json:"total"`
	Pages text      `json:"total_pages"`
	Links cachetEnd `json:"links"`
}

// cachetEnd tells whether a list ends here.
type cachetEnd struct {
	NextPage text `json:"next_page"` // in version 2
	Next     text `json:"next"`      // in version 3
}

type cachetItem struct {
	ID            text                      `json:"id"`
	Type          text                      `json:"type"` // of version 3 alone
	Attributes    *cachetFields             `json:"attributes"`
	Relationships map[string]cachetRelation `json:"relationships"`
	cachetFields
}

type cachetFields struct {
	Name         text         `json:"name"`
	Status       cachetStatus `json:"status"`
	StatusName   *text        `json:"status_name"` // of components
	LatestStatus cachetStatus `json:"latest_status"`
	IsResolved   text         `json:"is_resolved"` // since 2.4
	Enabled      text         `json:"enabled"`
	Message      *text        `json:"message"` // of everything but components
	Visible      *text        `json:"visible"` // of incidents
	Permalink    text         `json:"permalink"`
	ComponentID  text         `json:"component_id"`
	Components   []cachetItem `json:"components"`
	Updates      []cachetItem `json:"updates"`

	OccurredAt  text `json:"occurred_at"`
	ScheduledAt text `json:"scheduled_at"`
	CompletedAt text `json:"completed_at"`
	CreatedAt   text `json:"created_at"`
	UpdatedAt   text `json:"updated_at"`

	Occurred  cachetMoment `json:"occurred"`
	Scheduled cachetMoment `json:"scheduled"`
	Completed cachetMoment `json:"completed"`
	Created   cachetMoment `json:"created"`
	Updated   cachetMoment `json:"updated"`
}

// cachetMoment is a time of version 3, which also has it as "2 hours ago".
type cachetMoment struct {
	String text `json:"string"`
}

type cachetRelation struct {
	Data json.RawMessage `json:"data"` // a list or one item
}

// cachetStatus is a status: a number, or since version 3 that and its name in
// the language of the page.
type cachetStatus struct {
	Value text `json:"value"`
}

func (s *cachetStatus) UnmarshalJSON(data []byte) error {
	type object cachetStatus
	if data[0] == '{' {
		return json.Unmarshal(data, (*object)(s))
	}
	return json.Unmarshal(data, &s.Value)
}

// cachetFile reads a list and makes sure that it is one of what.
func cachetFile(body []byte, what string) (cachetList, error) {
	var list cachetList
	if err := decodeJSON(body, &list); err != nil {
		return cachetList{}, err
	}
	switch {
	case list.Data == nil:
		return cachetList{}, errors.New("not the shape of a Cachet answer: no data list")
	case list.Meta.Pagination == nil && list.Links == nil:
		return cachetList{}, errors.New("not the shape of a Cachet answer: nothing says where the list ends")
	}
	for _, item := range list.Data {
		if !item.is(what) {
			return cachetList{}, fmt.Errorf("not the shape of a Cachet answer: the data are no %s", what)
		}
	}
	return list, nil
}

// is tells whether the item is one of the kind what. Version 2 does not say,
// but its kinds differ in what they have.
func (c cachetItem) is(what string) bool {
	switch {
	case c.isThree():
		return c.Type == text(what)
	case what == cachetComponents:
		return c.StatusName != nil && c.Message == nil
	case what == cachetIncidents:
		return c.StatusName == nil && c.Visible != nil
	default:
		return c.StatusName == nil && c.Visible == nil && c.Message != nil
	}
}

func (c cachetItem) isThree() bool { return c.Attributes != nil }

func (c cachetItem) fields() cachetFields {
	if c.isThree() {
		return *c.Attributes
	}
	return c.cachetFields
}

// more says how the list goes on, empty where it does not. Version 3 does not
// count: it only links to the next page.
func (l cachetList) more() string {
	all, next := cachetNumber(l.Meta.Total), false
	if l.Links != nil {
		next = l.Links.Next != ""
	}
	if p := l.Meta.Pagination; p != nil {
		all = max(all, cachetNumber(p.Total))
		next = next || p.Links.NextPage != "" || cachetNumber(p.Pages) > 1
	}
	switch read := len(l.Data); {
	case all > read:
		return fmt.Sprintf("read %d of %d", read, all)
	case next:
		return fmt.Sprintf("read %d, and there is a next page", read)
	}
	return ""
}

// openFirst tells whether all open incidents are among those read although the
// list goes on: version 2.4 sorts by status if asked, so that after one that is
// fixed there are only others. Older versions ignore what they cannot sort by.
func (l cachetList) openFirst() bool {
	if len(l.Data) == 0 {
		return false
	}
	byStatus := func(a, b cachetItem) int { return cachetNumber(a.Status.Value) - cachetNumber(b.Status.Value) }
	for _, item := range l.Data {
		if item.isThree() || item.IsResolved == "" {
			return false
		}
	}
	return slices.IsSortedFunc(l.Data, byStatus) && l.Data[len(l.Data)-1].Status.Value == "4"
}

// updates are the updates of an incident.
func (l cachetList) updates(item cachetItem) []cachetFields {
	var list []cachetFields
	for _, u := range item.fields().Updates {
		list = append(list, u.fields())
	}
	for _, wanted := range item.linked("updates") {
		is := func(other cachetItem) bool { return other.Type == wanted.Type && other.ID == wanted.ID }
		if i := slices.IndexFunc(l.Included, is); i >= 0 {
			list = append(list, l.Included[i].fields())
		}
	}
	return list
}

// linked are the items that this one is related to: their types and ids.
func (c cachetItem) linked(name string) []cachetItem {
	var items []cachetItem
	if json.Unmarshal(c.Relationships[name].Data, &items) != nil {
		return nil
	}
	return items
}

func (c cachetItem) linkedIDs(name string) []text {
	var ids []text
	for _, item := range c.linked(name) {
		ids = append(ids, item.ID)
	}
	return ids
}

func (f cachetFields) message() string {
	if f.Message == nil {
		return ""
	}
	return string(*f.Message)
}

// latest is the status of the newest update, which version 2.4 tells beside
// that of the incident itself.
func (f cachetFields) latest() cachetStatus {
	if f.LatestStatus.Value != "" {
		return f.LatestStatus
	}
	return f.Status
}

// over tells whether everything said of an incident is that it is fixed.
func (f cachetFields) over() bool {
	return f.latest().Value == "4" && f.IsResolved != "false" && f.IsResolved != "0"
}

// cachetNumber is the number that t tells, 0 where it tells none.
func cachetNumber(t text) int {
	n, err := strconv.Atoi(string(t))
	if err != nil {
		return 0
	}
	return n
}
