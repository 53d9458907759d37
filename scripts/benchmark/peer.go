package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"hubreach/internal/walk"
)

// peer is another engine in a process of its own; see peers/peer.py for how it
// is talked to. It belongs to one goroutine.
type peer struct {
	name    string
	version string
	modes   map[string]int // way of asking to origins a call
	load    time.Duration
	rss     int64 // bytes after loading

	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	log     *os.File
	scratch string
	ended   bool
}

// task is a line to a peer, reply the line that it answers.
type task struct {
	Do      string        `json:"do"`
	Folder  string        `json:"folder,omitempty"`
	Scratch string        `json:"scratch,omitempty"`
	PBF     string        `json:"pbf,omitempty"`
	Limit   uint32        `json:"limit,omitempty"`
	Mode    string        `json:"mode,omitempty"`
	Origins []walk.NodeID `json:"origins,omitempty"`
	Places  [][2]float64  `json:"places,omitempty"` // degrees
	Grid    [][2]float64  `json:"grid,omitempty"`   // metres
	Answers string        `json:"answers,omitempty"`
}

type reply struct {
	Error   string         `json:"error"`
	Seconds float64        `json:"seconds"`
	CPU     float64        `json:"cpu"` // seconds
	Version string         `json:"version"`
	Modes   map[string]int `json:"modes"`
	RSS     int64          `json:"rss"`
}

// startPeer starts the process and loads the network, within the time of ctx.
// Its messages go to <logs>/<name>.log.
func startPeer(ctx context.Context, name string, command []string, logs string, load task) (*peer, error) {
	p := &peer{name: name}
	err := p.start(command, logs)
	if err == nil {
		load.Do, load.Scratch = "load", p.scratch
		var r reply
		if r, err = p.ask(ctx, load); err == nil {
			p.version, p.modes, p.rss = r.Version, r.Modes, r.RSS
			p.load = time.Duration(r.Seconds * float64(time.Second))
			return p, nil
		}
	}
	p.stop()
	return nil, err
}

func (p *peer) start(command []string, logs string) error {
	var err error
	if p.scratch, err = os.MkdirTemp("", "hubreach-"+p.name+"-"); err != nil {
		return err
	}
	p.log, err = os.Create(filepath.Join(logs, p.name+".log")) // #nosec G304 -- peers have the names that this program gives them
	if err != nil {
		return err
	}
	p.cmd = exec.Command(command[0], command[1:]...) // #nosec G204 -- who runs the comparison names the peer
	p.cmd.Stderr = p.log
	// A group of its own: Ctrl-C reaches it as the end of its input, which it
	// tidies up after.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	p.out = bufio.NewReader(out)
	return p.cmd.Start()
}

var errPeerTime = errors.New("took longer than the bench gives it")

// ask sends a task and waits for the reply. When ctx ends first, the process is
// of no use any more.
func (p *peer) ask(ctx context.Context, t task) (reply, error) {
	var r reply
	line, err := json.Marshal(t)
	if err != nil {
		return r, err
	}
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		return r, fmt.Errorf("%s is gone: %w", p.name, err)
	}
	answered := make(chan error, 1)
	go func() {
		line, err := p.out.ReadBytes('\n')
		if err == nil {
			err = json.Unmarshal(line, &r)
		}
		answered <- err
	}()
	select {
	case err = <-answered:
	case <-ctx.Done():
		p.end(syscall.SIGTERM, syscall.SIGKILL)
		<-answered
		return reply{}, errPeerTime
	}
	switch {
	case err != nil:
		return r, fmt.Errorf("%s is gone, see its log: %w", p.name, err)
	case r.Error != "":
		return r, errors.New(r.Error)
	}
	return r, nil
}

// taskOf asks about these origins in that mode.
func taskOf(mode string, origins []origin) task {
	t := task{Do: "run", Mode: mode}
	for _, o := range origins {
		t.Origins = append(t.Origins, o.node)
		t.Places = append(t.Places, o.lonLat)
		t.Grid = append(t.Grid, o.at)
	}
	return t
}

// run returns how long the peer says one call took, for each of its origins.
func (p *peer) run(ctx context.Context, mode string, origins []origin) (sample, error) {
	r, err := p.ask(ctx, taskOf(mode, origins))
	each := float64(time.Second) / float64(len(origins))
	return sample{time.Duration(r.Seconds * each), time.Duration(r.CPU * each)}, err
}

// reached returns the milliseconds of every node reached from each origin.
func (p *peer) reached(ctx context.Context, mode string, origins []origin) ([]map[walk.NodeID]uint32, error) {
	data, err := p.answers(ctx, mode, origins)
	if err != nil {
		return nil, err
	}
	out := make([]map[walk.NodeID]uint32, len(origins))
	next := func() (v uint32) {
		if len(data) < 4 {
			err = io.ErrUnexpectedEOF
			return 0
		}
		v, data = binary.LittleEndian.Uint32(data), data[4:]
		return v
	}
	for i := range out {
		out[i] = map[walk.NodeID]uint32{}
		for n := next(); n > 0 && err == nil; n-- {
			node := next()
			out[i][node] = next()
		}
	}
	return out, err
}

// areas returns the square metres of the widest outline of each origin.
func (p *peer) areas(ctx context.Context, mode string, origins []origin) ([]float64, error) {
	data, err := p.answers(ctx, mode, origins)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(data)/8)
	for i := range out {
		out[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
	}
	return out, nil
}

func (p *peer) answers(ctx context.Context, mode string, origins []origin) ([]byte, error) {
	t := taskOf(mode, origins)
	t.Answers = filepath.Join(p.scratch, "answers")
	if _, err := p.ask(ctx, t); err != nil {
		return nil, err
	}
	return os.ReadFile(t.Answers)
}

// stop ends the process and removes what it left.
func (p *peer) stop() {
	if p.cmd != nil && p.cmd.Process != nil {
		p.end(0, syscall.SIGTERM, syscall.SIGKILL)
	}
	if p.log != nil {
		_ = p.log.Close()
	}
	if p.scratch != "" {
		_ = os.RemoveAll(p.scratch) // in the folder for temporary files
	}
}

// end closes the input of the process and sends its group the signals, 0 being
// none, with time to end in between. It may be called again.
func (p *peer) end(signals ...syscall.Signal) {
	if p.ended {
		return
	}
	p.ended = true
	_ = p.in.Close()
	done := make(chan struct{})
	go func() {
		_ = p.cmd.Wait() // how it ended no longer matters
		close(done)
	}()
	for _, s := range signals {
		if s != 0 {
			_ = syscall.Kill(-p.cmd.Process.Pid, s) // it may just have ended
		}
		select {
		case <-done:
			return
		case <-time.After(10 * time.Second):
		}
	}
	<-done
}
