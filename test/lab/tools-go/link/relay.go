package main

import (
	"container/heap"
	"log"
	"math/rand/v2"
	"net/netip"
	"runtime"
	"syscall"
	"time"
	"unsafe"
)

// A packet waits until it is due.
type packet struct {
	due  time.Duration // since the start
	to   int           // file descriptor
	data []byte
}

type queue []packet

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].due < q[j].due }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(p any)        { *q = append(*q, p.(packet)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	(*q)[len(*q)-1] = packet{}
	*q = (*q)[:len(*q)-1]
	return last
}

// A lane is one direction of a mirror's line.
type lane struct {
	delay     time.Duration
	perByte   float64 // nanoseconds
	backlog   time.Duration
	loss      float64
	freeAfter time.Duration // when the bottleneck has sent what it holds
}

// due says when a packet that arrives now leaves the line, or false when it is lost.
func (l *lane) due(now time.Duration, bytes int) (time.Duration, bool) {
	if l.loss > 0 && rand.Float64() < l.loss {
		return 0, false
	}
	start := max(now, l.freeAfter)
	if l.perByte > 0 && start-now > l.backlog {
		return 0, false
	}
	l.freeAfter = start + time.Duration(float64(bytes)*l.perByte)
	return l.freeAfter + l.delay, true
}

// relay hands packets over between the two devices until one of them is gone. One thread does it all: the kernel's timer for
// poll is exact to about 50 µs, Go's own to a millisecond only.
func relay(config *Config, client, server int) {
	runtime.LockOSThread()
	beFirst()
	up, down := lanes(config), lanes(config)
	header := 0
	if config.Offload {
		header = 10 // struct virtio_net_hdr
	}
	start := time.Now()
	waiting := queue{}
	buffer := make([]byte, 1<<17)
	receive := func(from, to, address int, lanes map[netip.Addr]*lane) bool {
		for range 64 {
			n, err := syscall.Read(from, buffer)
			if err == syscall.EAGAIN {
				return true
			}
			if err != nil {
				return false
			}
			if n < header+20 || buffer[header]>>4 != 4 {
				continue // not IPv4
			}
			mirror, _ := netip.AddrFromSlice(buffer[header+address : header+address+4])
			lane := lanes[mirror]
			if lane == nil {
				continue
			}
			if due, ok := lane.due(time.Since(start), n-header); ok {
				heap.Push(&waiting, packet{due, to, append([]byte(nil), buffer[:n]...)})
			}
		}
		return true
	}
	for {
		for len(waiting) > 0 && waiting[0].due <= time.Since(start) {
			next := heap.Pop(&waiting).(packet)
			_, _ = syscall.Write(next.to, next.data) // A full device drops it, as a router would.
		}
		timeout := time.Second
		if len(waiting) > 0 {
			timeout = max(0, waiting[0].due-time.Since(start))
		}
		if err := poll(client, server, timeout); err != nil {
			log.Printf("poll: %v", err)
			return
		}
		// The mirror is the destination on the way up, the source on the way down.
		if !receive(client, server, 16, up) || !receive(server, client, 12, down) {
			return
		}
	}
}

// beFirst raises this thread's priority a little, so that a busy machine lengthens the lines less. Never to real time: the kernel's
// own network threads would wait for it, and it for them. Where that is not allowed the lines are a little less exact.
func beFirst() {
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, syscall.Gettid(), -15)
}

func lanes(config *Config) map[netip.Addr]*lane {
	all := map[netip.Addr]*lane{}
	for _, mirror := range config.Mirrors {
		lane := &lane{
			delay:   time.Duration(mirror.RttMs / 2 * float64(time.Millisecond)),
			backlog: time.Duration(mirror.QueueMs * float64(time.Millisecond)),
			loss:    mirror.Loss,
		}
		if mirror.Mbit > 0 {
			lane.perByte = 8000 / mirror.Mbit
		}
		all[netip.MustParseAddr(mirror.Address)] = lane
	}
	return all
}

func poll(first, second int, timeout time.Duration) error {
	type pollFd struct {
		fd              int32
		events, revents int16
	}
	fds := [2]pollFd{{fd: int32(first), events: 1}, {fd: int32(second), events: 1}}
	limit := syscall.NsecToTimespec(int64(timeout))
	_, _, errno := syscall.Syscall6(syscall.SYS_PPOLL, uintptr(unsafe.Pointer(&fds)), 2, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	if errno != 0 && errno != syscall.EINTR {
		return errno
	}
	return nil
}
