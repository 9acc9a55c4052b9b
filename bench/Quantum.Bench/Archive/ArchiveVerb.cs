using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quantum.Bench.Latency;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Bench.Archive;

/// <summary>
/// `archive`: what `quantum record` takes of a core, in a process of its own, while all services of the system get
/// 1,000 ticks a second. Exit code 1 when a bar is missed: a tenth of a core, and nothing lost.
/// </summary>
internal static class ArchiveVerb
{
    private const int EventsPerSecond = 1_000;
    private const double MostCores = 0.10;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);

    public static int Run(string[] given)
    {
        var (isJson, seconds) = (false, 60);
        var fault = GivenOptions.Fault(
            "archive", given, name => isJson |= name == "--json",
            (name, value) => name == "--seconds" && (seconds = GivenOptions.Whole(value)) is >= 5 and <= 3_600);
        if (fault is not null) return Program.Usage(fault);
        return Figure.Print(Measured(TimeSpan.FromSeconds(seconds)), isJson) == 0 ? 0 : 1;
    }

    private static Figure[] Measured(TimeSpan time)
    {
        using var server = RedisServer.Start(new RedisServerOptions
        {
            AppendOnly = true, Arguments = ["--maxmemory-policy", "noeviction"],
        });
        using var system = new BenchedSystem(server.ConnectionString);
        system.Pause(s_warmUp);
        // As the market's service keeps them: until a recorder has them.
        using var sender = new TickSender(
            RespEndpoint.Parse(server.ConnectionString), EventsPerSecond, ILogSession.MostForRecorder);
        using var recorder = Process.Start(new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList =
            {
                BuiltServices.CommandLine, "record", "--json", "--redis", server.ConnectionString,
                "--into", Path.Combine(server.Folder, "archive"),
            },
        })!;
        try
        {
            var errors = recorder.StandardError.ReadToEndAsync();
            system.Pause(s_warmUp);
            var (before, clock, sent) = (recorder.TotalProcessorTime, Stopwatch.StartNew(), sender.Sent.Count);
            system.Pause(time);
            recorder.Refresh();
            if (recorder.HasExited)
                throw new InvalidOperationException($"the recorder ended: {errors.GetAwaiter().GetResult()}");
            var (cores, rate) = (
                (recorder.TotalProcessorTime - before) / clock.Elapsed,
                (sender.Sent.Count - sent) / clock.Elapsed.TotalSeconds);
            sender.Stop();
            return Figures(time, cores, rate, sender.Sent.Count, End(recorder, errors));
        }
        finally
        {
            if (!recorder.HasExited) recorder.Kill();
            recorder.WaitForExit();
        }
    }

    private static Figure[] Figures(TimeSpan time, double cores, double rate, long sent, JsonElement said)
    {
        var (entries, lost) = (said.GetProperty("entries").GetDouble(), said.GetProperty("lost").GetDouble());
        return
        [
            new("archive_seconds", time.TotalSeconds, "s"), new("archive_ticks_per_s", rate, "ticks/s"),
            new("archive_cores", cores, "cores") { AtMost = MostCores },
            // Of all streams, which got these ticks and what the services made of them.
            new("archive_entries", entries, "entries") { AtLeast = sent },
            new("archive_entries_per_s", said.GetProperty("entriesPerSecond").GetDouble(), "entries/s"),
            new("archive_lost", lost, "entries") { AtMost = 0 },
        ];
    }

    /// <summary>Ends it as Ctrl+C does, and gives what it said.</summary>
    private static JsonElement End(Process recorder, Task<string> errors)
    {
        var id = recorder.Id.ToString(CultureInfo.InvariantCulture);
        using (var kill = Process.Start("kill", ["-INT", id])) kill.WaitForExit();
        var text = recorder.StandardOutput.ReadToEnd();
        recorder.WaitForExit();
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException(
                $"`quantum record --json` printed no document: '{text}' {errors.GetAwaiter().GetResult()}");
        }
    }
}
