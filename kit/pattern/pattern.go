// SPDX-License-Identifier: Apache-2.0

// Package pattern holds regular expressions that are compiled when they are first used.
//
// A start of the program looks at none of them: compiling all takes longer than opening the
// database.
//
// May enter: regular expressions fixed in the program. May not: expressions that people type.
package pattern

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression; its methods are those of regexp.Regexp.
type Pattern struct {
	get func() *regexp.Regexp
}

// Of is the pattern of a text that is part of the program; a bad one panics at its first use.
func Of(text string) Pattern {
	return Pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })}
}

func (p Pattern) MatchString(s string) bool            { return p.get().MatchString(s) }
func (p Pattern) FindString(s string) string           { return p.get().FindString(s) }
func (p Pattern) FindStringIndex(s string) []int       { return p.get().FindStringIndex(s) }
func (p Pattern) FindStringSubmatch(s string) []string { return p.get().FindStringSubmatch(s) }
func (p Pattern) FindStringSubmatchIndex(s string) []int {
	return p.get().FindStringSubmatchIndex(s)
}
func (p Pattern) FindAllStringIndex(s string, n int) [][]int { return p.get().FindAllStringIndex(s, n) }
func (p Pattern) ReplaceAllString(s, with string) string     { return p.get().ReplaceAllString(s, with) }
func (p Pattern) Split(s string, n int) []string             { return p.get().Split(s, n) }
func (p Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.get().FindAllStringSubmatchIndex(s, n)
}
func (p Pattern) ReplaceAllStringFunc(s string, f func(string) string) string {
	return p.get().ReplaceAllStringFunc(s, f)
}
