// Command link emulates a network with module mirrors in it: two network namespaces, client and server, and between them two TUN
// devices whose packets this program hands over, each mirror's at its own rate and after its own round trip. TCP, TLS and HTTP/2
// are the kernel's and net/http's own, so handshakes, slow start, loss and queues are what they are on a real line.
//
// It reads its configuration as one line of JSON, says the name of the client's namespace, answers each further line with the statistics as JSON, and takes
// everything down at the end of its input. It needs root and /dev/net/tun.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"
)

// A Config is what the lab's link.ts sends.
type Config struct {
	Tree      []string // folders in GOPROXY's file layout
	SumDB     string   // folder of a checksum database, or empty
	Cert, Key string   // PEM
	Offload   bool     // hand over segments of up to 64 kB at once: for fast links without loss
	Mirrors   []*Mirror
}

// A Mirror is one address of the server namespace and the line that leads to it.
type Mirror struct {
	Address  string // IPv4
	RttMs    float64
	Mbit     float64 // in each direction, shared by all connections; 0: no limit
	ServerMs float64 // time before each answer
	Loss     float64 // share of packets, each way
	QueueMs  float64 // how much the queue before the bottleneck holds
	HTTP1    bool
	Base     string // path below which it serves, or empty
	NoSumDB  bool   // it passes no checksum database through
	Statistic
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("link: ")
	input := bufio.NewReader(os.Stdin)
	line, err := input.ReadBytes('\n')
	if err != nil {
		log.Fatal(err)
	}
	var config Config
	if err := json.Unmarshal(line, &config); err != nil {
		log.Fatal(err)
	}
	signal.Ignore(syscall.SIGINT, syscall.SIGPIPE) // Ctrl-C is the parent's to handle; it closes our input.
	err = run(&config, input)
	takeDown()
	if err != nil {
		log.Fatal(err)
	}
}

func run(config *Config, input *bufio.Reader) error {
	client, server, err := setUp(config)
	if err != nil {
		return err
	}
	if err := serve(config); err != nil {
		return err
	}
	go relay(config, client, server)
	fmt.Println(clientName)
	for {
		if _, err := input.ReadBytes('\n'); err != nil {
			return nil
		}
		statistics := []any{}
		for _, mirror := range config.Mirrors {
			statistics = append(statistics, mirror.read())
		}
		if err := json.NewEncoder(os.Stdout).Encode(statistics); err != nil {
			return nil
		}
	}
}
