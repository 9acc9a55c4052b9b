using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quantum.Audit;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench;

/// <summary>
/// What a look at 21 streams with 100,000 entries each costs: the command line's first look in a cold process, the
/// next ones of a watch, and how much of a core watching takes.
/// </summary>
internal sealed class AuditBenchmark : IStreamBenchmark
{
    private const int Entries = 100_000;
    private const int StartLooks = 5;

    public string Name => "audit";

    public IEnumerable<Figure> Run(bool quick)
    {
        using var server = RedisServer.Start();
        using (var connection = RespConnection.Connect(RespEndpoint.Parse(server.ConnectionString)))
            new AuditFill(connection, quick ? Entries / 10 : Entries).Run();
        return [.. Cold(server, quick ? 3 : 11), .. Warm(server, quick ? 5 : 15), .. Watch(server, quick ? 5 : 15)];
    }

    private static IEnumerable<Figure> Cold(RedisServer server, int rounds)
    {
        var runs = new List<(JsonElement Report, double WallMs, double CpuMs)>();
        for (var round = -1; round < rounds; round++)
        {
            var run = AuditProcess.Once(server.ConnectionString);
            // The first one brings the program's files into memory: a disk is not what is measured here.
            if (round >= 0) runs.Add(run);
        }

        yield return Ms("audit_first_look_ms", runs.Select(run => Number(run.Report, "tookMs")));
        yield return Ms("audit_first_look_wall_ms", runs.Select(run => Number(run.Report, "wallMs")));
        yield return new Figure(
            "audit_entries_read", runs.Max(run => Number(run.Report, "entriesRead")), "entries");
        yield return Ms("audit_process_ms", runs.Select(run => run.WallMs));
        yield return Ms("audit_process_cpu_ms", runs.Select(run => run.CpuMs));
    }

    /// <summary>In this process, whose code is compiled: what a service pays that has run for a while.</summary>
    private static IEnumerable<Figure> Warm(RedisServer server, int rounds)
    {
        var tookMs = new List<double>();
        for (var round = -1; round < rounds; round++)
        {
            using var audit = new StreamAudit(RespEndpoint.Parse(server.ConnectionString));
            var report = audit.Look();
            if (round >= 0) tookMs.Add(report.TookMs);
        }

        yield return Ms("audit_warm_first_look_ms", tookMs);
    }

    /// <summary>At the command line's own interval; its first looks are told apart, for they compile code.</summary>
    private static IEnumerable<Figure> Watch(RedisServer server, int looks)
    {
        using var process = AuditProcess.Watch(server.ConnectionString);
        process.Next();
        var (startFraction, _) = Looks(process, StartLooks);
        var (fraction, tookMs) = Looks(process, looks);
        yield return Ms("audit_next_look_ms", tookMs);
        yield return new Figure("audit_watch_cpu_fraction", fraction, "fraction");
        yield return new Figure("audit_watch_start_cpu_fraction", startFraction, "fraction");
    }

    private static (double CpuFraction, List<double> TookMs) Looks(AuditProcess process, int looks)
    {
        var cpuMs = process.CpuMs;
        var clock = Stopwatch.StartNew();
        var tookMs = new List<double>();
        for (var look = 0; look < looks; look++) tookMs.Add(Number(process.Next(), "tookMs"));
        return ((process.CpuMs - cpuMs) / clock.Elapsed.TotalMilliseconds, tookMs);
    }

    private static Figure Ms(string name, IEnumerable<double> values) => new(name, Median.Of(values), "ms");

    private static double Number(JsonElement report, string name) =>
        report.TryGetProperty(name, out var value) && value.TryGetDouble(out var number)
            ? number
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"`quantum audit --json` has no number '{name}'"));
}
