using System.Diagnostics;
using System.Globalization;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Bench.Week;

/// <summary>
/// `week`: a recorded week of four symbols through Redis and every service as a process of its own, as fast as the
/// readers can. Of a machine that others load too, the processor's time says more than the clock. Exit code 1 when
/// the bar is missed.
/// </summary>
internal static class WeekVerb
{
    /// <summary>The bar for a whole week, s.</summary>
    private const double BarSeconds = 60;

    private const double WeekDays = 7;
    private const double MsPerDay = 86_400_000;

    public static int Run(string[] given)
    {
        var (isJson, data, symbols) = (false, SharedRecordings.Folder("klines-1m"), "BTCUSDT,ETHUSDT,SOLUSDT,BNBUSDT");
        var (days, limit) = (WeekDays, 600.0);
        var fault = GivenOptions.Fault(
            "week", given, name => isJson |= name == "--json", (name, value) => name switch
            {
                "--data" => Directory.Exists(data = value),
                "--symbols" => (symbols = value).Length > 0,
                "--days" => (days = GivenOptions.Number(value)) > 0,
                "--limit" => (limit = GivenOptions.Number(value)) > 0,
                _ => false,
            });
        if (fault is not null) return Program.Usage(fault);
        if (data is null) return Program.Usage("there are no recorded candles: name a folder with --data.");
        var figures = Played(
            [
                ("Feed__Kind", "recorded"), ("Feed__Path", data), ("Feed__Symbols", symbols), ("Feed__Speed", "max"),
                ("Feed__Days", days.ToString(CultureInfo.InvariantCulture)),
            ],
            TimeSpan.FromSeconds(limit));
        // A part of the week, asked for or come to within the limit, has a part of its time.
        figures[0] = figures[0] with { AtMost = BarSeconds * Math.Min(1, figures[1].Value / WeekDays) };
        return Figure.Print(figures, isJson) == 0 ? 0 : 1;
    }

    private static Figure[] Played((string Name, string Value)[] market, TimeSpan limit)
    {
        using var system = new TapeSystem(market, []);
        try
        {
            return Played(system, limit);
        }
        catch (InvalidOperationException fault)
        {
            throw new InvalidOperationException($"{fault.Message}\n{system.Tails()}", fault);
        }
    }

    private static Figure[] Played(TapeSystem system, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        var (begun, playing) = ((SortedDictionary<string, double>?)null, new Stopwatch());
        long beganAtMs = 0;
        while (!system.IsDone && clock.Elapsed < limit)
        {
            system.Check();
            if (begun is null && system.PositionMs is { } firstMs)
            {
                (begun, beganAtMs) = (Spent(system), firstMs);
                playing.Start();
            }

            Thread.Sleep(50);
        }

        var (spent, isDone) = (Spent(system), system.IsDone);
        if (begun is null) throw new InvalidOperationException($"nothing was played in {limit.TotalSeconds:0} s.");
        var seconds = isDone ? Done("seconds") : playing.Elapsed.TotalSeconds;
        var days = (system.PositionMs!.Value - beganAtMs) / MsPerDay;
        var processor = spent.Values.Sum() - begun.Values.Sum();
        List<Figure> figures =
        [
            new("week_seconds", seconds, "s"), new("week_days_played", days, "days"),
            new("week_seconds_per_day", seconds / days, "s"),
            new("week_processor_seconds_per_day", processor / days, "s"),
            new("week_processor_seconds", processor, "s"),
        ];
        if (isDone) figures.Add(new("week_candles_per_s", Done("candles") / seconds, "candles/s"));
        foreach (var (name, all) in spent) figures.Add(new($"week_processor_{name}", all - begun[name], "s"));
        return [.. figures];

        double Done(string field) => double.Parse(
            system.Connection.Call("HGET", FeedKeys.Done, field).ReadString(), CultureInfo.InvariantCulture);
    }

    /// <summary>The processor's time of each process until now, s.</summary>
    private static SortedDictionary<string, double> Spent(TapeSystem system)
    {
        var spent = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, id) in system.Processes)
        {
            using var process = Process.GetProcessById(id);
            spent[name] = process.TotalProcessorTime.TotalSeconds;
        }

        return spent;
    }
}
