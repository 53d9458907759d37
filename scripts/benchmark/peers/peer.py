"""How a peer talks to the benchmark: one JSON object a line, in and out.

A peer is a class with version(), load(task), modes and run(). load gets {"folder",
"scratch", "limit", "pbf"} and puts whatever it writes into scratch. modes maps each
way of asking to how many origins it takes a call. run(mode, origins, grid, answers) gets
the origins as nodes and as eastings and northings. It returns the Clock of one
call, started and stopped as close to the engine as can be; with answers, a list, it
also appends to it, for each origin, the pairs of node and milliseconds reached.
"""

import json
import resource
import signal
import struct
import sys
import time


def serve(peer):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that close() is called
    out = sys.stdout
    sys.stdout = sys.stderr  # what libraries print is not ours to answer

    def say(**reply):
        out.write(json.dumps(reply) + "\n")
        out.flush()

    try:
        for line in sys.stdin:
            task = json.loads(line)
            try:
                if task["do"] == "load":
                    began = time.perf_counter()
                    peer.load(task)
                    say(seconds=time.perf_counter() - began, version=peer.version(),
                        modes=peer.modes, rss=memory(peer))
                else:
                    answers = [] if task.get("answers") else None
                    clock = peer.run(task["mode"], task["origins"], task["grid"], answers)
                    if answers is not None:
                        write(task["answers"], answers)
                    say(seconds=clock.seconds, cpu=clock.cpu)
            except Exception as e:  # told, and judged by the benchmark
                say(error=f"{type(e).__name__}: {e}".splitlines()[0])
    except KeyboardInterrupt:
        pass
    finally:
        if hasattr(peer, "close"):
            peer.close()


class Clock:
    """Adds up what passes between start and stop: on the wall, and on the processor
    for this process or for the one whose id is given."""

    def __init__(self, pid=None):
        self.pid, self.seconds, self.cpu = pid, 0.0, 0.0

    def start(self):
        self.began, self.spent = time.perf_counter(), self.used()

    def stop(self):
        self.seconds += time.perf_counter() - self.began
        self.cpu += self.used() - self.spent

    def used(self):
        if self.pid is None:
            return time.process_time()
        try:
            with open(f"/proc/{self.pid}/schedstat", encoding="ascii") as f:
                return int(f.read().split()[0]) / 1e9
        except OSError:
            return 0.0


def memory(peer):
    """Bytes resident after loading, of this process or the one that serves it."""
    if hasattr(peer, "memory"):
        return peer.memory()
    try:
        with open("/proc/self/status", encoding="ascii") as f:
            for line in f:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def write(path, answers):
    """For each origin: how many, then node and milliseconds of each, 32 bits."""
    with open(path, "wb") as f:
        for pairs in answers:
            flat = [len(pairs)]
            for node, millis in pairs:
                flat += [int(node), int(millis)]
            f.write(struct.pack(f"<{len(flat)}I", *flat))
