// SPDX-License-Identifier: Apache-2.0

package view

import (
	"bytes"
	"encoding/json"
)

// Worker is the script that a device runs by itself, once its person has turned on push
// or reading offline. It must lie at the root: /sw.js.
func (v *Views) Worker() []byte {
	body, err := assetFiles.ReadFile("base/sw.js")
	if err != nil {
		return nil
	}
	return bytes.ReplaceAll(body, []byte("ICON"), []byte(v.Asset("icon-192.png")))
}

// Manifest lets a device keep the program as an application of its own.
func (v *Views) Manifest() []byte {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	raw, _ := json.Marshal(struct {
		ID         string `json:"id"`
		Name       string `json:"name"`
		Short      string `json:"short_name"`
		Lang       string `json:"lang"`
		Start      string `json:"start_url"`
		Scope      string `json:"scope"`
		Display    string `json:"display"`
		Background string `json:"background_color"`
		Theme      string `json:"theme_color"`
		Icons      []icon `json:"icons"`
	}{"/", "Sổ Việc", "Sổ Việc", "vi", "/", "/", "standalone", "#faf8f3", "#b3261e", []icon{
		{v.Asset("icon-192.png"), "192x192", "image/png", ""},
		{v.Asset("icon-512.png"), "512x512", "image/png", ""},
		{v.Asset("icon-maskable.png"), "512x512", "image/png", "maskable"},
	}})
	return raw
}
