// SPDX-License-Identifier: Apache-2.0

// Package schema is the data model of the whole house, one numbered file per step, each headed by its room.
//
// May enter: tables, keys, checks, in the words that both engines understand.
// May not: programs, data of an office.
package schema

import "embed"

// Files are the migrations, in order of their names.
//
//go:embed *.sql
var Files embed.FS
