//go:build !linux

package publish_test

// systemRoles are the parts that only this system can play.
var systemRoles = roles{}
