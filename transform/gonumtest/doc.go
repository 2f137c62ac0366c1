// Package gonumtest compares package transform with gonum's matrix exponential, inverse and quaternions. It is a module
// of its own, so that importing viser does not add gonum.
package gonumtest
