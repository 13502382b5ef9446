// SPDX-License-Identifier: Apache-2.0

package convert

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// script sets the limits in a shell of its own and becomes the program: address space,
// seconds of processor, size of any file it writes (in blocks of 512 bytes), no core.
const script = `ulimit -v "$1"; ulimit -t "$2"; ulimit -f "$3"; ulimit -c 0; shift 3; exec "$@"`

// start runs the program in a group of its own, so that all of it can be ended, and in
// name spaces without any network. Where the system does not let us make those (some
// containers), it runs without: the document was tamed and the profile follows no links.
func (o *Office) start(ctx context.Context, program string, args []string, with func(*exec.Cmd)) (*exec.Cmd, error) {
	limits := []string{"-c", script, "sh", kilobytes(o.Memory), strconv.Itoa(int(o.Time/time.Second) + 1), strconv.FormatInt(2*o.Output/512, 10), program}
	var err error
	for _, alone := range []bool{true, false} {
		cmd := exec.CommandContext(ctx, "/bin/sh", append(limits, args...)...)
		with(cmd)
		said := &tail{}
		cmd.Stdout, cmd.Stderr = said, said
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		if alone {
			cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET
			cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}}
			cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}}
		}
		cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
		cmd.WaitDelay = 5 * time.Second
		if err = cmd.Start(); err == nil {
			return cmd, nil
		}
		if !errors.Is(err, syscall.EPERM) && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EACCES) {
			break
		}
	}
	return nil, err
}
