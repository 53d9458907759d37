"""Bounded Dijkstra searches by SciPy, for TestSearchEqualsSciPy.

Standard input, one task after another, all numbers unsigned, 32 bits,
little-endian: nodes, arcs, limit, origins; then of a matrix in compressed sparse rows the beginnings of the
rows, the columns, the times; then the origins. Standard output, for each
origin of each task: how many nodes are within the limit, and for each of them its number and
its time.
"""

import sys

import numpy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra


def main():
    data = numpy.frombuffer(sys.stdin.buffer.read(), dtype="<u4")
    while len(data):
        nodes, arcs, limit, origins = (int(v) for v in data[:4])
        first, to, millis, sources, data = numpy.split(data[4:], numpy.cumsum([nodes + 1, arcs, arcs, origins]))
        matrix = csr_matrix((millis.astype("f8"), to.astype("i4"), first.astype("i4")), shape=(nodes, nodes))
        for source in sources:
            answer(matrix, int(source), float(limit))


def answer(matrix, source, limit):
    times = dijkstra(matrix, directed=True, indices=source, limit=limit)
    within = numpy.flatnonzero(numpy.isfinite(times))
    pairs = numpy.stack([within, times[within].astype("u4")], axis=1)
    sys.stdout.buffer.write(numpy.array([len(within)], dtype="<u4").tobytes())
    sys.stdout.buffer.write(pairs.astype("<u4").tobytes())


main()
