using System.Diagnostics;
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
/// From publishing to the handler at 500 events per second, through doorbell and fenced fetch, in ms.
/// </summary>
internal sealed class Doorbell : IStreamBenchmark
{
    private const int PerSecond = 500;

    public string Name => "doorbell";

    public IEnumerable<Figure> Run(bool quick)
    {
        var count = PerSecond * (quick ? 2 : 8);
        using var server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
        using var log = new RedisEventLog(RespEndpoint.Parse(server.ConnectionString));
        var sentAt = new long[count + 1];
        var delaysMs = new List<double>(count);
        var settings = new RunnerSettings { Mode = TradingMode.Sim };
        var role = new BenchRole(intent =>
        {
            var number = (int)intent.PositionSizeUsd!.Value;
            delaysMs.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref sentAt[number])).TotalMilliseconds);
        });
        using var runner = new RoleRunner(log, role, new RoleSeat(RoleNames.Executor, 0), settings, "bench");
        runner.Start();
        Eventually.True(() => runner.Progress.Any(progress => progress.HasLease));
        Publish(log, sentAt, count);
        Eventually.True(() => delaysMs.Count == count);
        runner.Stop();
        // The first half second warms connections and code.
        var steady = delaysMs.Skip(PerSecond / 2).Order().ToList();
        yield return new Figure("doorbell_p50_ms", steady[steady.Count / 2], "ms");
        yield return new Figure("doorbell_p99_ms", steady[steady.Count * 99 / 100], "ms");
    }

    private static void Publish(RedisEventLog log, long[] sentAt, int count)
    {
        var buffer = new FieldBuffer();
        var started = Stopwatch.GetTimestamp();
        for (var number = 1; number <= count; number++)
        {
            var due = started + Stopwatch.Frequency * number / PerSecond;
            while (Stopwatch.GetTimestamp() < due) Thread.Sleep(TimeSpan.FromMilliseconds(0.2));
            buffer.Clear();
            for (var i = 0; i < IntentSample.Fields.Length; i += 2)
            {
                var name = System.Text.Encoding.UTF8.GetBytes(IntentSample.Fields[i]);
                if (IntentSample.Fields[i] == "position_size_usd") buffer.Add(name, number);
                else buffer.Add(name, System.Text.Encoding.UTF8.GetBytes(IntentSample.Fields[i + 1]));
            }

            Volatile.Write(ref sentAt[number], Stopwatch.GetTimestamp());
            log.Append("quantum:stream:trade.intent", buffer);
        }
    }
}
