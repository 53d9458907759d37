"""SpatiaLite's VirtualRouting, asked for the nodes within a cost.

Version 5.0.1 does not always find the shortest walk: on the streets of Newport a
few nodes in a hundred get a longer time than SciPy, pgRouting and NetworkX give
them, and some are left out. The benchmark counts them.
"""

import csv
import os
import sqlite3

from peer import Clock, serve

# VirtualRouting refuses arcs that cost nothing, which join the copies of a node
# on private ground: they cost a billionth of a second here.
LEAST = 1e-6


class SpatiaLite:
    modes = {"one": 1}

    def version(self):
        return self.db.execute("SELECT spatialite_version()").fetchone()[0]

    def load(self, task):
        self.limit = task["limit"] + 1000 * LEAST
        self.db = db = sqlite3.connect(os.path.join(task["scratch"], "network.sqlite"), isolation_level=None)
        db.enable_load_extension(True)
        db.load_extension("mod_spatialite")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA journal_mode = MEMORY")
        db.execute("BEGIN")
        db.execute("SELECT InitSpatialMetaDataFull(0, 'NONE')")
        db.execute("CREATE TABLE arcs (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL, cost DOUBLE NOT NULL)")
        with open(os.path.join(task["folder"], "edges.csv"), encoding="ascii") as f:
            db.executemany("INSERT INTO arcs (a, b, cost) VALUES (?, ?, ?)", arcs(f))
        db.execute("COMMIT")
        # From table, to table, columns, no geometry, cost, no name, no A*, one-way rows.
        made = db.execute("SELECT CreateRouting('net_data', 'net', 'arcs', 'a', 'b', NULL, 'cost', NULL, 0, 0)").fetchone()[0]
        if made != 1:
            why = db.execute("SELECT CreateRouting_GetLastError()").fetchone()[0]
            raise RuntimeError(f"CreateRouting: {why}")
        self.run("one", [0], None, None)  # the packed network is read with the first question

    def run(self, mode, origins, grid, answers):
        clock = Clock()
        for origin in origins:
            clock.start()
            rows = self.db.execute("SELECT NodeTo, Cost FROM net WHERE NodeFrom = ? AND Cost <= ?", (origin, self.limit)).fetchall()
            clock.stop()
            if answers is not None:
                found = {origin: 0.0}
                found.update((n, round(c)) for n, c in rows if n is not None)
                answers.append(list(found.items()))
        return clock


def arcs(f):
    for _, a, b, cost, back, _, _ in csv.reader(f):
        yield int(a), int(b), max(LEAST, float(cost))
        if int(back) >= 0:
            yield int(b), int(a), max(LEAST, float(back))


serve(SpatiaLite())
