using System.Diagnostics;
using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.EventLog.Runner;
using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>
/// Consume, handle, one output each, state, commit: the real runner on one shard, batch 100, AOF everysec. The
/// ceiling beside it is
/// events over the server's own time for the scripts of the same rounds: what no client can pass.
/// </summary>
internal sealed class ExactlyOnce : IStreamBenchmark
{
    private static readonly RoleSeat s_seat = new(RoleNames.Executor, 0);

    public string Name => "exactly_once";

    public IEnumerable<Figure> Run(bool quick)
    {
        var events = quick ? 50_000 : 200_000;
        using var server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        using var control = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString));
        using var log = new RedisEventLog(RespEndpoint.Parse(server.ConnectionString));
        var rates = new List<double>();
        var ceilings = new List<double>();
        Round(log, control, events / 4);
        for (var round = 0; round < (quick ? 3 : 5); round++)
        {
            var (rate, ceiling) = Round(log, control, events);
            rates.Add(rate);
            ceilings.Add(ceiling);
        }

        yield return new Figure("exactly_once_events_per_s", Median.Of(rates), "1/s");
        yield return new Figure("exactly_once_server_ceiling", Median.Of(ceilings), "1/s");
    }

    private static (double Rate, double Ceiling) Round(RedisEventLog log, RespConnection control, int events)
    {
        control.Call("FLUSHALL").ThrowIfError();
        Preload(control, events);
        control.Call("CONFIG", "RESETSTAT").ThrowIfError();
        var settings = new RunnerSettings { Mode = TradingMode.Sim, BatchSize = 100 };
        using var runner = new RoleRunner(log, new BenchRole(), s_seat, settings, "bench");
        var clock = Stopwatch.StartNew();
        runner.Start();
        Eventually.True(() => control.XLen("quantum:stream:bench.answer"u8) >= events, TimeSpan.FromMinutes(2));
        var seconds = clock.Elapsed.TotalSeconds;
        runner.Stop();
        var answered = control.XLen("quantum:stream:bench.answer"u8);
        if (answered != events) throw new InvalidOperationException($"{events} intents led to {answered} answers");
        return (events / seconds, events / ScriptSeconds(control));
    }

    private static void Preload(RespConnection control, int events)
    {
        const int atOnce = 500;
        for (var sent = 0; sent < events; sent += atOnce)
        {
            var writer = control.BeginWrite();
            for (var i = 0; i < atOnce; i++)
            {
                writer.BeginXAdd("quantum:stream:trade.intent"u8, IntentSample.Fields.Length / 2);
                foreach (var text in IntentSample.Fields) writer.WriteBulk(text.AsSpan());
            }

            control.Flush();
            for (var i = 0; i < atOnce; i++) control.ReadReply().ThrowIfError();
        }
    }

    /// <summary>The server's processor time inside scripts since the last reset, in seconds.</summary>
    private static double ScriptSeconds(RespConnection control)
    {
        foreach (var line in control.ServerInfo("commandstats").Split('\n'))
        {
            if (!line.StartsWith("cmdstat_evalsha:", StringComparison.Ordinal)) continue;
            var from = line.IndexOf("usec=", StringComparison.Ordinal) + 5;
            var to = line.IndexOf(',', from);
            return double.Parse(line.AsSpan(from, to - from), CultureInfo.InvariantCulture) / 1e6;
        }

        throw new InvalidOperationException("the server counts no script calls");
    }
}
