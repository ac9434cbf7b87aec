// Faultbook turns error entries and the providers' status pages into a static
// website. `faultbook help` shows its commands.
//
// Each command stands in a file of its own and only turns flags into a call of
// a room and the outcome into words. What the program needs of the world is in
// world.go. Results go to standard output, everything else to standard error;
// the exit code is 0 when all is fine, 1 when something is wrong, 2 when the
// command line is wrong.
package main

import "os"

func main() { os.Exit(run(realWorld(), os.Args[1:])) }
