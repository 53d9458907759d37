package api

import (
	"context"
	"net"
	"net/http"
)

// Wire returns a listener whose connections send the head and the body of an
// answer that is at hand by one call of the system. A server made by
// Limits.Server makes use of it; for any other nothing changes.
//
// # Why
//
// The server of net/http writes through a buffer of 4 kB: an answer longer than
// that leaves as two writes, the first 4 kB and the rest. Each is a packet of its
// own, at which the client wakes up, and on the loopback a write is half of what
// a tile at hand costs.
func Wire(l net.Listener) net.Listener { return wires{l} }

type wires struct{ net.Listener }

// Accept waits for the next connection.
func (l wires) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok {
		return &wire{TCPConn: tcp}, err
	}
	return c, err
}

// wire is a connection that holds back what it is given while it knows that more
// is due at once.
type wire struct {
	*net.TCPConn
	due   int         // bytes that will be written before anything else is awaited
	held  []byte      // of them, not sent yet
	parts [2][]byte   // what is sent together,
	both  net.Buffers // in order
}

// Write sends b with all that was held, or holds it while more is due.
func (c *wire) Write(b []byte) (int, error) {
	if len(c.held)+len(b) < c.due {
		c.held = append(c.held, b...)
		return len(b), nil
	}
	c.due = 0
	if len(c.held) == 0 {
		return c.TCPConn.Write(b)
	}
	c.parts = [2][]byte{c.held, b}
	c.both = c.parts[:]
	n, err := c.both.WriteTo(c.TCPConn)
	n -= int64(len(c.held))
	c.held, c.parts = c.held[:0], [2][]byte{}
	return int(max(n, 0)), err
}

// along puts a connection into the context of its requests.
func along(ctx context.Context, c net.Conn) context.Context {
	if w, ok := c.(*wire); ok {
		return context.WithValue(ctx, wireKey, w)
	}
	return ctx
}

// sendWhole sends a body that is all at hand, together with its head.
func sendWhole(w http.ResponseWriter, r *http.Request, body []byte) {
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return
	}
	if c, ok := r.Context().Value(wireKey).(*wire); ok {
		c.due = len(body) // the head comes on top, so that this much is sure to come
	}
	_, _ = w.Write(body) // the client may be gone
}
