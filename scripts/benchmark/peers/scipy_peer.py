"""scipy.sparse.csgraph.dijkstra with a limit, on the arcs as a sparse matrix."""

import os

import numpy
import scipy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from peer import Clock, serve


class SciPy:
    modes = {"one": 1, "call of 10": 10, "call of 100": 100}

    def version(self):
        return scipy.__version__

    def load(self, task):
        def read(name):
            return numpy.fromfile(os.path.join(task["folder"], name), dtype="<u4")

        self.limit = float(task["limit"])
        first, to, millis = read("first.u32"), read("to.u32"), read("millis.u32")
        n = len(first) - 1
        self.graph = csr_matrix((millis.astype("f8"), to.astype("i4"), first.astype("i4")), shape=(n, n))
        if n > 4_000_000:  # a row of 64-bit floats for every origin of a call
            self.modes = {"one": 1, "call of 10": 10}

    def run(self, mode, origins, grid, answers):
        which = origins[0] if self.modes[mode] == 1 and len(origins) == 1 else origins
        clock = Clock()
        clock.start()
        times = dijkstra(self.graph, directed=True, indices=which, limit=self.limit)
        clock.stop()
        if answers is not None:
            for row in numpy.atleast_2d(times):
                nodes = numpy.flatnonzero(numpy.isfinite(row))
                answers.append([(k, row[k]) for k in nodes])
        return clock


serve(SciPy())
