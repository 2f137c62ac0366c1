// Package gonumtest holds package transform against gonum: its matrix
// exponential, its inverse and its quaternions, which know nothing of Lie groups.
// It is a module of its own, so that who imports viser does not get gonum.
package gonumtest
