package preview

import (
	"fmt"
	"net"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// ServeHTTP implements http.Handler.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case !local(r.Host):
		// A foreign name that leads to this machine would let a foreign page read
		// what is written here.
		http.Error(w, "this preview answers only to localhost", http.StatusForbidden)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this preview can only be read", http.StatusMethodNotAllowed)
	case r.URL.Path == eventsPath:
		s.events(w, r)
	case r.URL.Path == stylePath:
		write(w, http.StatusOK, stylePath, []byte(panelStyle))
	case r.URL.Path == scriptPath:
		write(w, http.StatusOK, scriptPath, []byte(reloadScript))
	default:
		s.page(w, r)
	}
}

// local tells whether the Host of a request is this machine's own name, with
// any port: a tunnel may lead here.
func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	switch strings.ToLower(strings.Trim(host, "[]")) {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	return false
}

// page answers for an address of the site.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	e, err := s.current(r.Context())
	if err != nil { // nobody waits any more, or the preview ends
		http.Error(w, "the preview has ended", http.StatusServiceUnavailable)
		return
	}
	if e.site == nil {
		e.send(w, http.StatusInternalServerError, r.URL.Path, File{Path: "index.html", Data: []byte(alone)}, nil)
		return
	}
	f, ok, err := e.at(r.URL.Path)
	switch {
	case ok:
		e.send(w, http.StatusOK, r.URL.Path, f, err)
		return
	case err != nil:
		e.send(w, http.StatusInternalServerError, r.URL.Path, File{Path: "index.html", Data: []byte(alone)}, err)
		return
	}
	if to, ok := e.moved(r.URL.Path); ok {
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, to, http.StatusMovedPermanently)
		return
	}
	f, ok, err = e.at("/404.html")
	if !ok {
		f = File{Path: "404.html", Data: []byte(alone)}
	}
	e.send(w, http.StatusNotFound, r.URL.Path, f, err)
}

// send sends a file with the headers of the host, and a page with what a
// preview adds; problem is shown in it.
func (e *edition) send(w http.ResponseWriter, status int, address string, f File, problem error) {
	if strings.HasSuffix(f.Path, ".html") {
		f.Data = inject(allowOwnIn(f.Data), e.panel.with(problem), e.number)
	}
	setHeaders(w.Header(), e.rules, address)
	w.Header().Set("Cache-Control", "no-store")
	write(w, status, f.Path, f.Data)
}

// types are the content types by the ending of the name. The system's own table
// would make them another machine's matter.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".md": "text/markdown; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml; charset=utf-8",
	".json": "application/json", ".webmanifest": "application/manifest+json",
	".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".jpg": "image/jpeg", ".webp": "image/webp", ".avif": "image/avif",
	".woff2": "font/woff2", ".pdf": "application/pdf",
	"": "text/plain; charset=utf-8", // _headers, _redirects
}

func write(w http.ResponseWriter, status int, name string, data []byte) {
	h := w.Header()
	if h.Get("Content-Type") == "" {
		kind, ok := types[path.Ext(name)]
		if !ok {
			kind = "application/octet-stream"
		}
		h.Set("Content-Type", kind)
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	_, _ = w.Write(data) // a reader who went away is no news
}

// events tells a page which edition is shown, now and whenever there is
// another.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	fmt.Fprint(w, "retry: 500\n\n") // milliseconds until a page looks for a server that went away
	for told := ""; ; {
		number, ended := s.latest()
		if number != told {
			fmt.Fprintf(w, "data: %s\n\n", number)
			told = number
		}
		if http.NewResponseController(w).Flush() != nil {
			return
		}
		select {
		case <-ended:
		case <-r.Context().Done():
			return
		}
	}
}
