package main

import (
	"bufio"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
)

// machine says what the run was on: cores, processor, memory, load and Go.
func machine() string {
	cpu := firstField("/proc/cpuinfo", "model name")
	if cpu == "" {
		cpu = runtime.GOARCH
	}
	out := strconv.Itoa(runtime.NumCPU()) + " cores of " + cpu
	if kb := number(firstField("/proc/meminfo", "MemTotal")); kb > 0 {
		out += ", " + figure(float64(kb)/(1<<20)) + " GiB of memory"
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		out += ", load " + strings.Join(strings.Fields(string(load))[:1], " ") + " at the start"
	}
	return out + ", " + runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
}

// firstField returns the value of the first line "key : value" of a file.
func firstField(path, key string) string {
	f, err := os.Open(path) // #nosec G304 -- files of /proc, named in this file
	if err != nil {
		return ""
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if k, v, ok := strings.Cut(s.Text(), ":"); ok && strings.TrimSpace(k) == key {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

// number returns the number that begins s, 0 where there is none.
func number(s string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(s, "kB")), 10, 64) // 0 is the answer to a fault
	return n
}

// heap returns the bytes that are in use after a collection.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// resident returns the bytes of this process in memory, once what is free has
// been given back, and the most that it ever held; 0 where it is not told.
func resident() (now, most int64) {
	debug.FreeOSMemory()
	return number(firstField("/proc/self/status", "VmRSS")) << 10, number(firstField("/proc/self/status", "VmHWM")) << 10
}
