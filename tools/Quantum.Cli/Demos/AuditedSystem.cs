using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Cli.Demos;

/// <summary>
/// The audited system as it lived: all 21 streams flow and are read, but nobody reads <c>trade.intent</c>, whose oldest
/// intents are trimmed away unread. Every service but the executor holds its seats.
/// </summary>
internal sealed class AuditedSystem(RespConnection redis)
{
    /// <summary>Times a second that it goes on.</summary>
    public const int StepsPerS = 4;

    private const string Owner = "demo-2025-12-24";
    private const int LeaseMs = 10_000;

    // Entries a second where the market flows, and where decisions do; the rest comes now and then.
    private const double MarketPerS = 20;
    private const double DecisionPerS = 2;
    private const double RarePerS = 0.25;

    /// <summary>Adds entries and has every group read and acknowledge them in the same step: nothing waits.</summary>
    private const string Flow = """
        for i = 1, tonumber(ARGV[1]) do
          redis.call('XADD', KEYS[1], 'MAXLEN', '~', '10000', '*', unpack(ARGV, 3 + tonumber(ARGV[2])))
        end
        for g = 1, tonumber(ARGV[2]) do
          local read = redis.call('XREADGROUP', 'GROUP', ARGV[2 + g], 'seat', 'COUNT', '1000', 'STREAMS', KEYS[1], '>')
          if read then
            for _, entry in ipairs(read[1][2]) do redis.call('XACK', KEYS[1], ARGV[2 + g], entry[1]) end
          end
        end
        """;

    private static readonly IReadOnlyList<EventStream> s_streams =
        [.. StreamCatalog.All.Where(stream => !stream.IsInternal)];

    private readonly Dictionary<EventStream, double> _due = s_streams.ToDictionary(stream => stream, _ => 1d);
    private readonly LogKeys _keys = new();

    /// <summary>Makes the case as the audit found it, with the readers of every other stream.</summary>
    public void Build()
    {
        AuditedCase.Build(redis);
        foreach (var stream in s_streams)
            foreach (var group in GroupsOf(stream))
                redis.Call("XGROUP", "CREATE", stream.Key, group, "$").ThrowIfError();
        Step();
    }

    /// <summary>Goes on by a quarter of a second.</summary>
    public void Step()
    {
        foreach (var stream in s_streams)
        {
            _due[stream] += PerS(stream) / StepsPerS;
            var count = (int)_due[stream];
            if (count == 0) continue;
            _due[stream] -= count;
            if (stream.Key == AuditedCase.Stream) AuditedCase.Flow(redis, count);
            else Add(stream, count);
        }

        var until = ((redis.TimeUs() / 1000) + LeaseMs).ToString(CultureInfo.InvariantCulture);
        foreach (var role in ServiceHosts.All.SelectMany(service => service.Roles))
        {
            if (role == RoleNames.Executor || !RoleNames.IsActiveIn(role, TradingMode.Paper)) continue;
            foreach (var seat in _keys.SeatsOf(role))
                redis.Call("HSET", _keys.Lease(seat), "owner", Owner, "until", until).ThrowIfError();
        }
    }

    private void Add(EventStream stream, int count)
    {
        string[] groups = [.. GroupsOf(stream)];
        var now = (redis.TimeUs() / 1000).ToString(CultureInfo.InvariantCulture);
        redis.Call(
        [
            "EVAL", Flow, "1", stream.Key, count.ToString(CultureInfo.InvariantCulture),
            groups.Length.ToString(CultureInfo.InvariantCulture), .. groups, "ts", now, "source", stream.Producers[0],
            "symbol", "NEARUSDT",
        ]).ThrowIfError();
    }

    // The executor of the case has no process: what else it would read is read all the same, for the fault to stand
    // where it stood.
    private static IEnumerable<string> GroupsOf(EventStream stream) => stream.Consumers
        .Select(consumer => consumer.Group).Where(group => group != AuditedCase.Group);

    private static double PerS(EventStream stream) => stream.Domain switch
    {
        StreamDomain.Market => MarketPerS,
        StreamDomain.Ai or StreamDomain.Trading or StreamDomain.Portfolio => DecisionPerS,
        _ => RarePerS,
    };
}
