-- Asks for pages as one reader after another, of sward or of nginx. wrk counts what is not 2xx;
-- the programs that call it read the pages themselves.
--
--   wrk ... -s explore.lua URL -- FILE   "path token" in each line, or a token alone: the front page

local requests = {}
local at = 0

function init(args)
    for line in io.lines(args[1]) do
        local path, token = line:match("^(%S+) (%S+)$")
        requests[#requests + 1] = wrk.format("GET", path or "/",
            { ["Cookie"] = "sward_session=" .. (token or line) })
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
