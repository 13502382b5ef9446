// SPDX-License-Identifier: Apache-2.0

package signkey

import (
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
)

// samePeer refuses whoever at the other end of a socket is neither this user nor root.
func samePeer(c net.Conn) error {
	u, ok := c.(*net.UnixConn)
	if !ok {
		return errors.New("signkey: not a socket of this machine")
	}
	raw, err := u.SyscallConn()
	if err != nil {
		return err
	}
	var who *syscall.Ucred
	var asked error
	if err := raw.Control(func(fd uintptr) {
		who, asked = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	}); err != nil {
		return err
	}
	if asked != nil {
		return asked
	}
	return peerOf(int(who.Uid), os.Getuid())
}

func peerOf(uid, own int) error {
	if uid != own && uid != 0 {
		return fmt.Errorf("signkey: the user %d is at the other end", uid)
	}
	return nil
}
