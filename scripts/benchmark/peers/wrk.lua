-- Has wrk end with one line for scripts/bench: requests a second, the 50th and the
-- 99th percentile of latency in milliseconds, and requests that failed or were
-- answered by anything but 200.
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %.0f %.2f %.2f %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.timeout + e.status))
end
