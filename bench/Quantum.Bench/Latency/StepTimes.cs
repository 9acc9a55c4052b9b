using System.Diagnostics;
using System.Globalization;
using Quantum.Contracts.Catalog;

namespace Quantum.Bench.Latency;

/// <summary>
/// What became of each new high. One that a later one overtook before it was acted on counts as done with that one's
/// order: nothing is left out because the system was busy.
/// </summary>
internal sealed class StepTimes
{
    private readonly IReadOnlyList<SentTick> _sent;
    private readonly Dictionary<int, long> _bareAt = [];
    private readonly List<(int Market, int Step, long IntentAt, long OrderAt)> _orders = [];

    public StepTimes(IReadOnlyList<SentTick> sent, IReadOnlyList<SeenEntry> seen)
    {
        _sent = sent;
        var ticks = new Dictionary<string, SentTick>(sent.Count);
        foreach (var tick in sent) ticks[$"{StreamCatalog.MarketTick.Name}@{tick.Id}"] = tick;
        var intents = new Dictionary<string, (SentTick Tick, long SeenAt)>();
        foreach (var entry in seen.Where(entry => entry.Key == StreamCatalog.TradeIntent.Key))
            if (ticks.TryGetValue(entry.Fields["causation_id"], out var tick))
                intents[entry.Fields["event_id"]] = (tick, entry.SeenAt);
        foreach (var entry in seen.Where(entry => entry.Key == StreamCatalog.OrderCommand.Key))
            if (intents.TryGetValue(entry.Fields["causation_id"], out var intent))
                _orders.Add((intent.Tick.Market, intent.Tick.Step, intent.SeenAt, entry.SeenAt));
        foreach (var entry in seen.Where(entry => entry.Key == EchoChain.Last))
            _bareAt[int.Parse(entry.Fields["number"], CultureInfo.InvariantCulture)] = entry.SeenAt;
    }

    /// <summary>The figures of the new highs that were due between two moments.</summary>
    public IEnumerable<Figure> Between(long from, long until)
    {
        var (stored, intent, order, whole, bare) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var lost = 0;
        var next = new int[_sent.Max(tick => tick.Market) + 1];
        var byMarket = next.Select((_, market) => _orders.Where(o => o.Market == market).ToList()).ToList();
        for (var number = 0; number < _sent.Count; number++)
        {
            var tick = _sent[number];
            if (!tick.IsStep || tick.DueAt < from || tick.DueAt >= until) continue;
            var orders = byMarket[tick.Market];
            while (next[tick.Market] < orders.Count && orders[next[tick.Market]].Step < tick.Step) next[tick.Market]++;
            if (next[tick.Market] == orders.Count || !_bareAt.TryGetValue(number, out var bareAt))
            {
                lost++;
                continue;
            }

            var (_, _, intentAt, orderAt) = orders[next[tick.Market]];
            stored.Add(Ms(tick.DueAt, tick.StoredAt));
            intent.Add(Ms(tick.StoredAt, intentAt));
            order.Add(Ms(intentAt, orderAt));
            whole.Add(Ms(tick.DueAt, orderAt));
            bare.Add(Ms(tick.DueAt, bareAt));
        }

        if (whole.Count == 0 || lost > 0)
            throw new InvalidOperationException($"{lost} of {whole.Count + lost} new highs led to no order");
        var inTime = _sent.Count(tick => tick.DueAt >= from && tick.DueAt < until);
        yield return new Figure(
            "latency_ticks_per_s", inTime / Stopwatch.GetElapsedTime(from, until).TotalSeconds, "1/s");
        yield return new Figure("latency_orders", whole.Count, "orders");
        foreach (var figure in (Figure[])
            [
                .. Of("latency_tick_stored", stored), .. Of("latency_exitbrain", intent),
                .. Of("latency_executor", order), .. Of("latency_tick_to_order", whole),
                .. Of("latency_bare_chain", bare),
            ]) yield return figure;
        yield return new Figure("latency_p99_over_bare_chain", At(whole, 0.99) / At(bare, 0.99), "ratio");
    }

    private static IEnumerable<Figure> Of(string name, List<double> values) =>
    [
        new($"{name}_p50_ms", At(values, 0.5), "ms"), new($"{name}_p99_ms", At(values, 0.99), "ms"),
        new($"{name}_p999_ms", At(values, 0.999), "ms"),
    ];

    private static double At(List<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    private static double Ms(long from, long until) => Stopwatch.GetElapsedTime(from, until).TotalMilliseconds;
}
