package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// internet serves every host of a script from one file, which is read for each
// request. Its lines are
//
//	ADDRESS STATUS [LOCATION]
//	ADDRESS <HTML>
//	ADDRESS down            hangs up
//
// What no line speaks of is there, or as the line for * says.
func internet(ts *testscript.TestScript, args []string) {
	file := ts.MkAbs(args[0])
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := os.ReadFile(file)
		if err != nil {
			panic(fmt.Sprintf("the script's internet: %v", err))
		}
		answerLine(w, lineFor(string(text), "https://"+r.Host+r.URL.Path))
	}))
	ts.Defer(server.Close)
	ts.Setenv("INTERNET", server.Listener.Addr().String())
}

// lineFor is what a file says of an address.
func lineFor(text, address string) string {
	any := ""
	for line := range strings.Lines(text) {
		name, says, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch name {
		case address:
			return says
		case "*":
			any = says
		}
	}
	return any
}

func answerLine(w http.ResponseWriter, says string) {
	w.Header().Set("Content-Type", "text/html")
	status, location, _ := strings.Cut(says, " ")
	code, err := strconv.Atoi(status)
	switch {
	case says == "down":
		panic(http.ErrAbortHandler)
	case err == nil:
		if location != "" {
			w.Header().Set("Location", location)
		}
		w.WriteHeader(code)
	default:
		fmt.Fprint(w, says)
	}
}

// through is a network in which every host is that server, and TLS is plain.
func through(address string) http.RoundTripper {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", address)
	}
	return &http.Transport{DialContext: dial, DialTLSContext: dial}
}
