"""pgRouting's pgr_drivingDistance in a private PostgreSQL cluster.

The cluster lives in a temporary folder, listens on nothing but a socket in it,
runs as postgres when we are root, and stops with us, however we end.
"""

import ctypes
import glob
import os
import pwd
import signal
import subprocess
import time

import psycopg2

from peer import Clock, serve

# What every start of pgRouting reads anew, all of it or what is near.
EDGES = "SELECT id, source, target, cost, reverse_cost FROM edges"
METRES_A_MILLISECOND = 4.8 / 3600


class PgRouting:
    modes = {"one": 1, "array of 100": 100, "one, edges cut to a box first": 1}

    def version(self):
        with self.db.cursor() as c:
            c.execute("SELECT pgr_version(), current_setting('server_version')")
            routing, server = c.fetchone()
        return f"{routing} on PostgreSQL {server.split()[0]}"

    def load(self, task):
        self.limit = task["limit"]
        self.start(task["scratch"])
        with self.db.cursor() as c:
            c.execute("CREATE EXTENSION pgrouting CASCADE")
            c.execute("CREATE TABLE edges (id bigint, source bigint, target bigint, cost float8,"
                      " reverse_cost float8, x float8, y float8)")
            with open(os.path.join(task["folder"], "edges.csv"), encoding="ascii") as f:
                c.copy_expert("COPY edges FROM STDIN (FORMAT csv)", f)
            c.execute("CREATE INDEX ON edges USING gist (point(x, y))")
            c.execute("VACUUM ANALYZE edges")

    def run(self, mode, origins, grid, answers):
        clock = Clock(self.db.get_backend_pid())
        if mode == "one, edges cut to a box first":
            for origin, at in zip(origins, grid):
                self.ask(clock, self.near(at), [origin], answers)
        else:
            self.ask(clock, EDGES, origins, answers)
        return clock

    def near(self, place):
        """Edges that start as near as one can walk: both ends of all that count."""
        x, y = place
        r = self.limit * METRES_A_MILLISECOND + 1
        return f"{EDGES} WHERE point(x, y) <@ box(point({x - r}, {y - r}), point({x + r}, {y + r}))"

    def ask(self, clock, edges, origins, answers):
        """The call is counted in the database; its rows are fetched only to compare."""
        call = "pgr_drivingDistance(%s, %s::bigint[], %s::float8, directed => true)"
        with self.db.cursor() as c:
            if answers is None:
                clock.start()
                c.execute(f"SELECT count(*) FROM {call}", (edges, origins, self.limit))
                c.fetchone()
                clock.stop()
                return
            c.execute(f"SELECT from_v, node, agg_cost FROM {call}", (edges, origins, self.limit))
            found = {o: {o: 0.0} for o in origins}
            for start, node, cost in c:
                found[start][node] = cost
            answers += [list(found[o].items()) for o in origins]

    def start(self, scratch):
        self.folder = os.path.join(scratch, "cluster")
        os.mkdir(self.folder, 0o700)
        binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        who = {}
        if os.getuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            os.chmod(scratch, 0o711)
            who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        data = os.path.join(self.folder, "data")
        common = {"cwd": self.folder, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        subprocess.run([f"{binaries}/initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync",
                        "-E", "UTF8", "--locale=C.UTF-8"], check=True, **common, **who)
        settings = {"listen_addresses": "", "unix_socket_directories": self.folder, "fsync": "off",
                    "synchronous_commit": "off", "full_page_writes": "off", "jit": "off",
                    "shared_buffers": "512MB", "work_mem": "256MB", "maintenance_work_mem": "256MB"}
        arguments = [f"{binaries}/postgres", "-D", data]
        for key, value in settings.items():
            arguments += ["-c", f"{key}={value}"]
        self.server = subprocess.Popen(arguments, preexec_fn=die_with_parent, stderr=subprocess.DEVNULL, **common, **who)
        for _ in range(100):
            try:
                self.db = psycopg2.connect(host=self.folder, user="postgres", dbname="postgres")
                break
            except psycopg2.OperationalError:
                if self.server.poll() is not None:
                    raise
                time.sleep(0.1)
        self.db.autocommit = True

    def memory(self):
        """Of the server: shared by its processes, counted once."""
        total = 0
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path, encoding="ascii", errors="replace") as f:
                    pid, rest = path.split("/")[2], f.read().rsplit(")", 1)[1].split()
                if int(pid) == self.server.pid or int(rest[1]) == self.server.pid:
                    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
                        total += sum(int(line.split()[1]) for line in f if line.startswith("Pss:")) * 1024
            except OSError:
                continue
        return total

    def close(self):
        if hasattr(self, "db"):
            self.db.close()
        if hasattr(self, "server"):
            self.server.send_signal(signal.SIGINT)  # fast shutdown
            try:
                self.server.wait(20)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()


def die_with_parent():
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


serve(PgRouting())
