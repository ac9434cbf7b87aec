package check

import (
	"fmt"
	"regexp"
	"slices"

	"faultbook/internal/book"
	"faultbook/internal/diag"
)

// filler: a cause or a fix says something that is about this error. What could
// stand on every page helps on none.
var filler = rule{"filler", diag.Warning, func(g *graph, r *report) {
	g.eachText(func(e *book.Entry, t *book.Text) {
		for _, p := range slices.Concat(items(t.Causes, "causes"), items(t.Fixes, "fixes")) {
			if empty.MatchString(plain(p.source)) {
				r.at(e.File, fmt.Sprintf("%q could stand on every page; want what is about this error", p.source),
					"name the page, parameter, header or command; or say when to do it and what to send along; or leave it out", p.path...)
			}
		}
	})
}}

// empty is an item that consists of nothing else than such a sentence. With a
// reason, a condition or a place behind it, it says something.
var empty = regexp.MustCompile(`^(please )?((then|or|and|otherwise|else|finally|if (the (problem|error|issue)|this|it) persists) )?(` +
	`(contact|email|ask|call|reach out to|write to|get in touch with|open a ticket with) ((the|their|its|your|our) )?((\w+ ){0,2}(support|customer service|help desk|helpdesk|provider|administrator))( team)?` +
	`( (for (help|assistance|more information)|if (the (problem|error|issue)|this|it) (persists|continues)|about (it|this)))?` +
	`|(try|retry|wait)( (it|again|and|the request|your request|retry|try))*( (later|again|in a (few|little) (minutes|while|moments)|after (some time|a while)))*` +
	`|(check|read|see|consult) (the|your|their|our) ((\w+ )?(documentation|docs|manual|code|settings|configuration|setup|internet connection|network|connection|logs|status page))( (again|carefully))?` +
	`|(something|an (unknown |unexpected )?error) (went wrong|occurred|happened)` +
	`|(unknown|various|other|many|several)( (causes?|reasons?|errors?|problems?))?` +
	`|(a|an|some)? ?(problem|issue|error|bug)s?( (with|on|in) the (server|api|provider|service|request|system|side))?` +
	`|(use|update to|upgrade to|install) the (latest|newest) version( of the (sdk|library|client))?` +
	`|(restart|reboot) (the|your) (app|application|program|computer|server)` +
	`|(google|search for) (it|the error)( message)?` +
	`|be patient|good luck|nothing|none|tbd|todo)$`)
