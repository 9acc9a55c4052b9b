using System.Globalization;
using Quantum.Resp;
using Quantum.EventLog.Runner;
using Quantum.Testing;

namespace Quantum.EventLog.Tests.Harness;

/// <summary>What the harness found.</summary>
internal sealed record HarnessReport(
    long Sent, long Applied, long Wrong, long Outputs, long DistinctOutputs, long OutOfOrder, long Pending, long Dead)
{
    public bool IsClean => Wrong == 0 && OutOfOrder == 0 && Dead == 0 && Outputs == DistinctOutputs;

    public bool IsComplete => Applied == Sent && Outputs == Sent && Pending == 0;
}

/// <summary>
/// Four workers fight over four shards of twelve symbols while a producer sends; workers pause beyond their lease, die
/// and repeat commits, and the server may be killed. Whatever happens, each ping must be applied once, in order, with
/// one pong.
/// </summary>
internal sealed class ExactlyOnceHarness : IDisposable
{
    private const int Workers = 4;
    private const int Shards = 4;
    private const int Symbols = 12;
    private const long RecentMs = 10_000;

    private readonly RedisWorld _world;
    private readonly List<FaultyLog> _logs = [];
    private readonly List<SeatRunner> _runners = [];
    private readonly long[] _sent = new long[Symbols];
    private readonly Queue<(int Symbol, long Number, long AtMs)> _recent = new();
    private int _outages;

    public ExactlyOnceHarness(Faults faults, bool appendOnly, Func<string, string, string>? alter = null)
    {
        _world = new RedisWorld(appendOnly, Shards, alter);
        var settings = RedisWorld.Settings with
        {
            LeaseTtl = TimeSpan.FromMilliseconds(250), BatchSize = 10, PoisonDeliveries = 1000, CrashDeliveries = 1000,
        };
        for (var worker = 0; worker < Workers; worker++)
        {
            var log = new FaultyLog(_world.OpenLog(), faults, worker + 1);
            _logs.Add(log);
            for (var shard = 0; shard < Shards; shard++)
            {
                var seat = new RoleSeat(TestStreams.Counter, shard);
                _runners.Add(new RoleRunner(log, new CounterRole(), seat, settings, $"worker{worker}"));
            }
        }

        foreach (var runner in _runners) runner.Start();
    }

    public RedisServer Server => _world.Server;

    public string Story => string.Create(
        CultureInfo.InvariantCulture,
        $"pauses {_logs.Sum(l => l.Pauses)}, crashes {_logs.Sum(l => l.Crashes)}, repeated "
            + $"{_logs.Sum(l => l.Repeated)}, refused {_logs.Sum(l => l.Refused)}, outages {_outages}");

    public long SentSoFar => _sent.Sum();

    public int Refused => _logs.Sum(log => log.Refused);

    /// <summary>Sends rounds of one ping per symbol; every fourth twice, and again until the log has it.</summary>
    public void Send(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            for (var symbol = 0; symbol < Symbols; symbol++) SendOne(symbol, ++_sent[symbol]);
        }
    }

    public HarnessReport Look()
    {
        long applied = 0, wrong = 0, pending = 0, dead = 0, outputs = 0, disorder = 0;
        var distinct = new HashSet<(string, string)>();
        var last = new Dictionary<string, long>();
        for (var shard = 0; shard < Shards; shard++)
        {
            var seat = new RoleSeat(TestStreams.Counter, shard);
            var key = _world.Keys.Stream(TestStreams.Pings, shard);
            if (_world.Length(key) > 0) pending += _world.Pending(key, TestStreams.Pings.Consumers[0].Group);
            dead += _world.Length(_world.Keys.DeadLetters(TestStreams.Pings, shard));
            foreach (var pong in _world.Entries(_world.Keys.Stream(TestStreams.Pongs, shard)))
            {
                outputs++;
                distinct.Add((pong["symbol"], pong["number"]));
                var number = long.Parse(pong["number"], CultureInfo.InvariantCulture);
                if (number != last.GetValueOrDefault(pong["symbol"]) + 1) disorder++;
                last[pong["symbol"]] = number;
            }

            for (var symbol = 0; symbol < Symbols; symbol++)
            {
                if (_world.TallyOf(seat, "symbol/" + TestStreams.SymbolOf(symbol).Name) is not { } tally) continue;
                applied += tally.Applied;
                wrong += tally.Wrong;
            }
        }

        return new HarnessReport(_sent.Sum(), applied, wrong, outputs, distinct.Count, disorder, pending, dead);
    }

    public void Dispose()
    {
        Parallel.ForEach(_runners, runner => runner.Dispose());
        foreach (var log in _logs) log.Dispose();
        _world.Dispose();
    }

    /// <summary>
    /// Sends until the log has it. A server that dies may take the last two seconds with it even under everysec (Redis
    /// delays the write while a sync runs), so after each loss of the connection the recent ones are sent again: the
    /// log drops what it has.
    /// </summary>
    private void SendOne(int symbol, long number)
    {
        _recent.Enqueue((symbol, number, Environment.TickCount64));
        while (_recent.Peek().AtMs < Environment.TickCount64 - RecentMs) _recent.Dequeue();
        if (TrySend(symbol, number)) return;
        Interlocked.Increment(ref _outages);
        Eventually.True(() => _recent.All(sent => TrySend(sent.Symbol, sent.Number)));
    }

    private bool TrySend(int symbol, long number)
    {
        var ping = new Ping { Symbol = TestStreams.SymbolOf(symbol), Number = number };
        var key = _world.Keys.Stream(TestStreams.Pings, _world.Keys.ShardOf(ping.Symbol.Name));
        var id = $"p{symbol}-{number}";
        var entry = TestStreams.Encode(TestStreams.Pings, in ping, id);
        try
        {
            for (var times = number % 4 == 0 ? 2 : 1; times > 0; times--) _world.Log.AppendOnce(key, id, entry);
            return true;
        }
        catch (LogUnavailableException)
        {
            return false;
        }
    }
}
