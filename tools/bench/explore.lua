-- Asks for the front page, or for nginx's copy of it, as one reader after
-- another. wrk counts what is not 2xx; bench.mjs reads the pages themselves.
--
--   wrk ... -s explore.lua URL -- FILE   a token of a session in each line

local requests = {}
local at = 0

function init(args)
    for token in io.lines(args[1]) do
        requests[#requests + 1] = wrk.format("GET", nil, { ["Cookie"] = "sward_session=" .. token })
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format(
        '{"requests": %d, "microseconds": %d, "bytes": %d, "errors": %d, "p50": %.3f, "p99": %.3f}\n',
        summary.requests, summary.duration, summary.bytes,
        e.connect + e.read + e.write + e.status + e.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
