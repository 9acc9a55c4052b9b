using System.Text;
using Quantum.Backtest.Running;
using Quantum.Backtest.Settings;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Wire;
using Quantum.Feeds;
using Quantum.InProcess;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests.Harness;

/// <summary>Plays a recording as a backtest and holds it against what stands in a run's Redis, entry by entry.</summary>
internal static class BacktestBeside
{
    // Whose trace it is, only who traces can tell.
    private const string Trace = "traceparent";

    private static readonly EventStream[] s_compared =
        [.. StreamCatalog.All.Where(stream => !stream.IsTail && stream != StreamCatalog.MarketKlines)];

    /// <summary>Gives the backtest's entries; fails with the first difference of each stream.</summary>
    public static async Task<Dictionary<EventStream, List<SortedDictionary<string, string>>>> CompareAsync(
        IDatabase redis, string path, ITestOutputHelper output)
    {
        var played = Play(path);
        var names = new NamePairs();
        var differences = new List<string>();
        foreach (var stream in s_compared)
        {
            var live = (await redis.ReadAsync(stream)).Select(FieldsOf).ToList();
            var own = played[stream];
            output.WriteLine($"{stream.Name}: {live.Count} live, {own.Count} in the backtest");
            var first = Enumerable.Range(0, Math.Max(live.Count, own.Count)).FirstOrDefault(
                i => i >= live.Count || i >= own.Count || !names.AreSame(live[i], own[i]), -1);
            if (first < 0) continue;
            differences.Add(
                $"{stream.Name}, entry {first}:\n live {Text(live, first)}\n own  {Text(own, first)}");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.NotEmpty(played[StreamCatalog.SignalGenerated]);
        return played;
    }

    private static Dictionary<EventStream, List<SortedDictionary<string, string>>> Play(string path)
    {
        var text = new SettingsText().AddWord("Ai:IntervalMs=60000").AddWord("Clm:IntervalMs=60000");
        var entries = s_compared.ToDictionary(stream => stream, _ => new List<SortedDictionary<string, string>>());
        BacktestRun.Of(
            BacktestTape.Open(new FeedSettings { Kind = FeedKind.Recorded, Path = path }), RunSettings.Of(text),
            new BacktestOptions
            {
                KeepsBars = false,
                OnRun = run =>
                {
                    foreach (var stream in s_compared) Watch(run, (dynamic)stream, entries[stream]);
                },
            });
        return entries;
    }

    private static void Watch<TEvent>(
        InProcessRun run, EventStream<TEvent> stream, List<SortedDictionary<string, string>> entries)
        where TEvent : struct
    {
        var buffer = new FieldBuffer();
        run.Observe(stream, (in TEvent payload, in Input input) =>
        {
            buffer.Clear();
            stream.Encode(input.Envelope, in payload, buffer);
            var fields = buffer.Fields;
            var entry = new SortedDictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < fields.Count; i++)
                entry[Encoding.UTF8.GetString(fields.Name(i))] = Encoding.UTF8.GetString(fields.Value(i));
            entry.Remove(Trace);
            entries.Add(entry);
        });
    }

    private static SortedDictionary<string, string> FieldsOf(StreamEntry entry)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in entry.Values) fields[field.Name.ToString()] = field.Value.ToString();
        fields.Remove(Trace);
        return fields;
    }

    private static string Text(List<SortedDictionary<string, string>> entries, int index) => index < entries.Count
        ? string.Join(' ', entries[index].Select(pair => $"{pair.Key}={pair.Value}"))
        : "(none)";
}
