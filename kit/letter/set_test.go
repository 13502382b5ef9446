// SPDX-License-Identifier: Apache-2.0

package letter_test

import "testing"

import "soviec/kit/letter"

func TestEveryTemplateIsSet(t *testing.T) {
	for _, name := range templates {
		show(t, "t"+name, set(t, sample(name), letter.Options{}).PDF)
	}
}
