-- Asks for the addresses of a file at random, and prints one line of JSON at the end.
local requests = {}

function init(args)
  math.randomseed(tonumber(tostring(requests):match("0x(%x+)") or "1", 16) % 2147483647)
  local headers = { ["Accept-Encoding"] = "gzip", ["Host"] = wrk.headers["Host"] }
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local errors = summary.errors
  local told = '{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"errors":%d}'
  print("RESULT " .. told:format(
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
