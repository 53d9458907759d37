package api_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"

	"golang.org/x/sys/unix"

	"hubreach/internal/api"
)

// A tile that is longer than the server's buffer of 4 kB comes in one packet with
// its head; on the loopback a packet holds 64 kB. The kernel counts them.
func TestTileInOnePacket(t *testing.T) {
	const tile = "/tiles/areas/11/1029/665.mvt"
	c, err := net.Dial("tcp", onWire(t, api.Limits{}.Server(sampleService(t))))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	want := read(t, ask(t, "GET", tile, "Accept-Encoding", "gzip"))
	if len(want) < 5000 || len(want) > 30_000 {
		t.Fatalf("the tile has %d bytes; want one over 4 kB in one packet", len(want))
	}
	in := bufio.NewReader(c)
	for i := range 20 {
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: here\r\nAccept-Encoding: gzip\r\n\r\n", tile)
		r, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(r.Body); err != nil || !bytes.Equal(body, want) {
			t.Errorf("request %d: %d bytes, %v; want the tile's %d", i+1, len(body), err, len(want))
		}
		if got := packets(t, c); got != i+1 {
			t.Fatalf("%d packets for %d tiles, want one each", got, i+1)
		}
	}
}

// packets returns how many packets with data have come by a connection.
func packets(t *testing.T, c net.Conn) int {
	t.Helper()
	raw, err := c.(*net.TCPConn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var info *unix.TCPInfo
	var asked error
	err = raw.Control(func(fd uintptr) { info, asked = unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO) })
	if err != nil || asked != nil {
		t.Fatalf("what the kernel knows of a connection: %v, %v", err, asked)
	}
	return int(info.Data_segs_in)
}
