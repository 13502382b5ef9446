// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"soviec/office/document"
	"soviec/office/org/orgtest"
)

// The command line as it is typed, on both engines. $OFFICE, $OTHER and $EMPTY are the
// flags of three places: one with the model office, one with two agencies, one in which
// nothing lies yet.
func TestScripts(t *testing.T) {
	for _, e := range bothEngines {
		t.Run(e.String(), func(t *testing.T) {
			emptySettings(t, e) // passes over an engine that this machine lacks before a script begins
			testscript.Run(t, testscript.Params{
				Dir:  "testdata",
				Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"soviec": scriptCommand},
				Setup: func(env *testscript.Env) error {
					for _, name := range []string{"OFFICE", "OTHER", "EMPTY"} {
						s := emptySettings(t, e)
						env.Setenv(name, strings.Join(s.flags(), "\t"))
						if name == "EMPTY" {
							continue
						}
						if err := openOffice(t, s, name == "OTHER"); err != nil {
							return err
						}
					}
					return pictures(filepath.Join(env.WorkDir, "tep"), "cv 1.png", "2019/Hai.PNG")
				},
			})
		})
	}
}

// pictures are the smallest files that the office takes in.
func pictures(dir string, names ...string) error {
	var raw bytes.Buffer
	if err := png.Encode(&raw, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		return err
	}
	for _, name := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, append(raw.Bytes(), name...), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func scriptCommand(ts *testscript.TestScript, neg bool, args []string) {
	var all []string
	for _, a := range args { // the flags of a place are one word
		for word := range strings.SplitSeq(a, "\t") {
			if strings.HasSuffix(word, ".xlsx") || strings.HasSuffix(word, ".csv") {
				word = ts.MkAbs(word)
			}
			if dir, ok := strings.CutPrefix(word, "./"); ok {
				word = ts.MkAbs(dir)
			}
			all = append(all, word)
		}
	}
	code := run(context.Background(), all, ts.Stdout(), ts.Stderr())
	ts.Setenv("CODE", strconv.Itoa(code))
	if (code != 0) != neg {
		ts.Fatalf("soviec ended with %d", code)
	}
}

// openOffice opens the model office, or two of them.
func openOffice(t testing.TB, s Settings, two bool) error {
	clock := orgtest.At(t, "2026-11-23 08:00")
	p, err := assemble(context.Background(), s, clock.Now)
	if err != nil {
		return err
	}
	defer p.close()
	_, people := orgtest.Found(t, p.book)
	orgtest.Do(t, p.book, people["son"], document.Found)
	if two {
		_, people := orgtest.FoundAs(t, p.book, ".2")
		orgtest.Do(t, p.book, people["son"], document.Found)
	}
	return nil
}
