// SPDX-License-Identifier: Apache-2.0

package scenarios

import (
	"slices"
	"strings"

	dom "golang.org/x/net/html"
)

// all finds elements of the page by a selector: tags, .class and descendants parted
// by blanks.
func (p *page) all(selector string) []*dom.Node {
	if p.top == nil {
		return nil
	}
	return findAll(p.top, selector)
}

func findAll(top *dom.Node, selector string) []*dom.Node {
	found := []*dom.Node{top}
	for _, step := range strings.Fields(selector) {
		classes := strings.Split(step, ".")
		tag := classes[0]
		var next []*dom.Node
		for _, at := range found {
			for n := range at.Descendants() {
				if n.Type == dom.ElementNode && (tag == "" || n.Data == tag) && !slices.ContainsFunc(classes[1:], func(c string) bool { return !isOf(n, c) }) && !slices.Contains(next, n) {
					next = append(next, n)
				}
			}
		}
		found = next
	}
	return found
}

func pick(top *dom.Node, selector string) *dom.Node {
	if top == nil {
		return nil
	}
	if all := findAll(top, selector); len(all) > 0 {
		return all[0]
	}
	return nil
}

// first is the words of the first element that a selector finds.
func (p *page) first(selector string) string {
	if all := p.all(selector); len(all) > 0 {
		return text(all[0])
	}
	return ""
}

func isOf(n *dom.Node, class string) bool {
	return strings.Contains(" "+attr(n, "class")+" ", " "+class+" ")
}

func attr(n *dom.Node, name string) string {
	for _, at := range n.Attr {
		if at.Key == name {
			return at.Val
		}
	}
	return ""
}

func has(n *dom.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a dom.Attribute) bool { return a.Key == name })
}

func within(n, top *dom.Node) bool {
	for up := n.Parent; up != nil; up = up.Parent {
		if up == top {
			return true
		}
	}
	return false
}

func children(n *dom.Node) []*dom.Node {
	var out []*dom.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out = append(out, c)
	}
	return out
}

// text is all words of an element on one line.
func text(n *dom.Node) string { return words(n, func(*dom.Node) bool { return false }) }

// visible is the words of an element that name it: not what only explains (small, the
// mark of an optional field) or is for the ear alone.
func visible(n *dom.Node) string {
	return words(n, func(c *dom.Node) bool {
		return c.Data == "small" || c.Data == "del" || c.Data == "em" || isOf(c, "opt") || isOf(c, "away") || isOf(c, "urgency")
	})
}

func words(n *dom.Node, without func(*dom.Node) bool) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	var walk func(*dom.Node)
	walk = func(n *dom.Node) {
		if n.Type == dom.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == dom.ElementNode && without(c) {
				continue
			}
			walk(c)
		}
		switch n.Data {
		case "p", "li", "td", "th", "dd", "dt", "small", "option", "div", "label", "br", "blockquote":
			b.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}
