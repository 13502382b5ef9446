// SPDX-License-Identifier: Apache-2.0

//go:build !linux

package convert

import (
	"context"
	"os/exec"
	"time"
)

// start runs the program; time is bounded here, memory only where the system does it.
func (o *Office) start(ctx context.Context, program string, args []string, with func(*exec.Cmd)) (*exec.Cmd, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	with(cmd)
	said := &tail{}
	cmd.Stdout, cmd.Stderr = said, said
	cmd.WaitDelay = 5 * time.Second
	return cmd, cmd.Start()
}
