package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"unsafe"
)

// Constants of linux/if_tun.h.
const (
	tunSetInterface = 0x400454ca
	tunSetOffload   = 0x400454d0
	layer3          = 0x0001 // IFF_TUN
	noPacketInfo    = 0x1000
	vnetHeader      = 0x4000
	offloads        = 0x01 | 0x02 // TUN_F_CSUM, TUN_F_TSO4
)

const clientAddress = "10.77.255.1"

// Names of the namespaces and of the devices in them; networks of several processes live beside each other.
var (
	clientName = fmt.Sprintf("gml-%d-c", os.Getpid())
	serverName = fmt.Sprintf("gml-%d-s", os.Getpid())
)

// setUp makes the two namespaces and returns the TUN devices that are in them.
func setUp(config *Config) (client, server int, err error) {
	removeStale()
	if client, err = end(clientName, config.Offload); err != nil {
		return
	}
	if server, err = end(serverName, config.Offload); err != nil {
		return
	}
	for _, mirror := range config.Mirrors {
		if err = ip("-n " + serverName + " addr add " + mirror.Address + "/32 dev " + serverName); err != nil {
			return
		}
	}
	if err = ip("-n " + serverName + " route add " + clientAddress + " dev " + serverName); err != nil {
		return
	}
	err = ip("-n " + clientName + " addr add " + clientAddress + "/16 dev " + clientName)
	return
}

// end makes a namespace with a TUN device of the same name in it.
func end(name string, offload bool) (int, error) {
	fd, err := device(name, offload)
	if err != nil {
		return 0, err
	}
	for _, command := range []string{
		"netns add " + name,
		"link set " + name + " netns " + name,
		"-n " + name + " link set lo up",
		"-n " + name + " link set " + name + " up mtu 1500 txqueuelen 10000",
	} {
		if err := ip(command); err != nil {
			return 0, err
		}
	}
	return fd, inNamespace(name, calmTCP)
}

func takeDown() {
	for _, name := range []string{clientName, serverName} {
		_ = exec.Command("ip", "netns", "del", name).Run()
	}
}

// removeStale removes what killed processes have left.
func removeStale() {
	left, _ := filepath.Glob("/run/netns/gml-*")
	for _, path := range left {
		var pid int
		if _, err := fmt.Sscanf(filepath.Base(path), "gml-%d-", &pid); err == nil && syscall.Kill(pid, 0) == syscall.ESRCH {
			_ = exec.Command("ip", "netns", "del", filepath.Base(path)).Run()
		}
	}
}

// calmTCP makes one connection like the next: nothing is remembered of the last one.
func calmTCP() error {
	return os.WriteFile("/proc/sys/net/ipv4/tcp_no_metrics_save", []byte("1"), 0)
}

func ip(arguments string) error {
	if out, err := exec.Command("ip", strings.Fields(arguments)...).CombinedOutput(); err != nil {
		return fmt.Errorf("ip %s: %w: %s", arguments, err, out)
	}
	return nil
}

func device(name string, offload bool) (int, error) {
	fd, err := syscall.Open("/dev/net/tun", syscall.O_RDWR|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	if err != nil {
		return 0, fmt.Errorf("/dev/net/tun: %w", err)
	}
	var request struct {
		name  [16]byte
		flags uint16
		_     [22]byte
	}
	copy(request.name[:], name)
	request.flags = layer3 | noPacketInfo
	if offload {
		request.flags |= vnetHeader
	}
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), tunSetInterface, uintptr(unsafe.Pointer(&request))); errno != 0 {
		return 0, fmt.Errorf("device %s: %w", name, errno)
	}
	if offload {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), tunSetOffload, offloads); errno != 0 {
			return 0, fmt.Errorf("device %s, offload: %w", name, errno)
		}
	}
	return fd, nil
}

// inNamespace runs a function on a thread of its own inside a network namespace; sockets made there stay there.
func inNamespace(name string, do func() error) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // Never unlocked: the thread ends with the goroutine.
		fd, err := syscall.Open("/run/netns/"+name, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if err != nil {
			done <- err
			return
		}
		defer syscall.Close(fd)
		if _, _, errno := syscall.RawSyscall(sysSetns, uintptr(fd), syscall.CLONE_NEWNET, 0); errno != 0 {
			done <- errno
			return
		}
		done <- do()
	}()
	return <-done
}
