using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.Hosting;
using Quantum.Learning.Journal;
using Quantum.Roles.Portfolio;
using StackExchange.Redis;

namespace Quantum.Learning.Summary;

/// <summary>Adds a run up: counts from the streams themselves, money from the journal's fills and trades.</summary>
public sealed class RunReader(
    LogHost host, QuantumOptions options, IConnectionMultiplexer redis, JournalStore store, JournalRun run,
    PortfolioSettings portfolio, ClosingCost cost)
{
    private const int PageSize = 1000;
    private long _doneAtMs;

    public async Task<RunSummary> ReadAsync(CancellationToken cancel)
    {
        var streams = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var stream in StreamCatalog.All.Where(stream => !stream.IsInternal))
            streams[stream.Name] = await CountAsync(stream);
        var closed = await MoneyOfFillsAsync(cancel);
        var ended = await EndedAsync();
        var money = await MoneyAsync(ended, cancel);
        var trades = await store.QueryAsync("SELECT pnl_usd FROM trades WHERE run = @run", cancel, ("@run", run.Id));
        var pnls = trades.Select(row => Money(row[0])).ToArray();
        return new RunSummary
        {
            Done = await IsDoneAsync(),
            Streams = streams,
            Intents = streams[StreamCatalog.TradeIntent.Name],
            Outcomes = await CountsAsync("outcome", "kind = 'intent'", cancel),
            DeniedByReason = await CountsAsync("reason_code", "kind = 'intent' AND outcome = 'denied'", cancel),
            Orders = await OrdersAsync(),
            Trades = pnls.Length,
            WinRateFraction = pnls.Length == 0 ? null : pnls.Count(pnl => pnl > 0) / (double)pnls.Length,
            PnlUsd = pnls.Sum(),
            PnlFromFillsUsd = closed.ClosedPnl,
            FeesUsd = closed.Fees,
            FundingUsd = closed.Funding,
            StartEquityUsd = money.StartEquityUsd,
            RealizedUsd = money.RealizedUsd,
            UnrealizedUsd = money.UnrealizedUsd,
            EndEquityUsd = money.EndEquityUsd,
            UnexplainedUsd = money.UnexplainedUsd,
            OpenPositions = money.Open,
            ClosingCostUsd = money.ClosingCostUsd,
            ClosingCostAssumption = cost.Assumption,
            Alarms = await AlarmsAsync(),
            SymbolsEndedEarly = ended,
            MaxDrawdownFraction = await DrawdownAsync(),
            Candles = streams[StreamCatalog.MarketKlines.Name],
            Seconds = _doneAtMs == 0 ? 0 : (_doneAtMs - run.StartedAtMs) / 1000.0,
        };
    }

    /// <summary>True once the tape was played to its end and everything it led to is done; cheap to ask.</summary>
    public async Task<bool> IsDoneAsync()
    {
        if (_doneAtMs != 0) return true;
        if (!await redis.GetDatabase().KeyExistsAsync(FeedKeys.Done)) return false;
        if (!new Quiescence(host.Log, options.Mode).IsQuiet(out _)) return false;
        _doneAtMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return true;
    }

    /// <summary>What the user must know of the run, oldest first; cheap to ask.</summary>
    public async Task<IReadOnlyList<string>> AlarmsAsync() =>
        ((RedisResult[])(await redis.GetDatabase().ExecuteAsync("ZRANGE", FeedKeys.Alarms, "0", "-1"))!)
            .Select(alarm => (string)alarm!).ToArray();

    private async Task<long> CountAsync(EventStream stream)
    {
        var total = 0L;
        foreach (var key in host.Log.Keys.KeysOf(stream))
        {
            if (!await redis.GetDatabase().KeyExistsAsync(key)) continue;
            var facts = (RedisResult[])(await redis.GetDatabase().ExecuteAsync("XINFO", "STREAM", key))!;
            for (var i = 0; i + 1 < facts.Length; i += 2)
                if ((string?)facts[i] == "entries-added") total += (long)facts[i + 1];
        }

        return total;
    }

    private async Task<IReadOnlyDictionary<string, long>> CountsAsync(
        string column, string which, CancellationToken cancel)
    {
        var rows = await store.QueryAsync(
            $"SELECT {column}, COUNT(*) FROM results WHERE run = @run AND {which} GROUP BY {column} ORDER BY {column}",
            cancel,
            ("@run", run.Id));
        return rows.ToDictionary(row => (string)row[0]!, row => Convert.ToInt64(row[1], CultureInfo.InvariantCulture));
    }

    private async Task<(decimal ClosedPnl, decimal Fees, decimal Funding)> MoneyOfFillsAsync(CancellationToken cancel)
    {
        var closed = (await store.QueryAsync("SELECT trade_id FROM trades WHERE run = @run", cancel, ("@run", run.Id)))
            .Select(row => (string)row[0]!).ToHashSet(StringComparer.Ordinal);
        var rows = await store.QueryAsync(
            """
            SELECT position_id, side, filled_quantity, average_price, fee_usd, funding_usd FROM results WHERE run = @run
            """,
            cancel,
            ("@run", run.Id));
        decimal pnl = 0, fees = 0, funding = 0;
        foreach (var row in rows)
        {
            var fee = Money(row[4]);
            var paid = Money(row[5]);
            fees += fee;
            funding += paid;
            if (row[0] is not string position || !closed.Contains(position)) continue;
            var direction = row[1] as string == EnumText<Side>.Name(Side.Sell) ? 1 : -1;
            pnl += direction * Money(row[2]) * Money(row[3]) - fee + paid;
        }

        return (pnl, fees, funding);
    }

    private async Task<RunMoney> MoneyAsync(IReadOnlyDictionary<string, DateTime> ended, CancellationToken cancel)
    {
        var rows = await store.QueryAsync(
            "SELECT side, filled_quantity, average_price, fee_usd, funding_usd FROM results WHERE run = @run", cancel,
            ("@run", run.Id));
        var fills = rows.Select(row => new RunFill(
            (row[0] as string == EnumText<Side>.Name(Side.Sell) ? -1 : 1) * Money(row[1]), Money(row[2]), Money(row[3]),
            Money(row[4]))).ToArray();
        var snapshot = await LastAsync(StreamCatalog.PortfolioSnapshot);
        var exposure = await LastAsync(StreamCatalog.PortfolioExposure);
        var held = exposure is null
            ? []
            : JsonSerializer.Deserialize<SymbolExposure[]>(exposure["exposure_by_symbol"], WireJson.Options)!;
        var startUsd = portfolio.StartBalanceUsd;
        return RunMoney.Of(
            startUsd, snapshot is null ? startUsd : Money(snapshot["total_equity_usd"]), fills, held, cost, ended);
    }

    private async Task<Dictionary<string, string>?> LastAsync(EventStream stream)
    {
        var key = host.Log.Keys.Stream(stream, LogKeys.GlobalShard);
        var page = (RedisResult[])(await redis.GetDatabase().ExecuteAsync("XREVRANGE", key, "+", "-", "COUNT", "1"))!;
        if (page.Length == 0) return null;
        var fields = (RedisResult[])((RedisResult[])page[0]!)[1]!;
        return fields.Chunk(2).ToDictionary(pair => (string)pair[0]!, pair => (string)pair[1]!);
    }

    private async Task<IReadOnlyDictionary<string, DateTime>> EndedAsync()
    {
        var done = await redis.GetDatabase().HashGetAllAsync(FeedKeys.Done);
        var text = done.FirstOrDefault(entry => entry.Name == "ended").Value;
        if (text.IsNull) return new SortedDictionary<string, DateTime>();
        var ended = JsonSerializer.Deserialize<SortedDictionary<string, long>>(text.ToString())!;
        return ended.ToDictionary(
            pair => pair.Key, pair => DateTimeOffset.FromUnixTimeMilliseconds(pair.Value).UtcDateTime);
    }

    private async Task<long> OrdersAsync()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entry in EntriesAsync(StreamCatalog.OrderCommand))
            if (entry["action"] == WireNames.Of(OrderAction.Place)) ids.Add(entry["client_order_id"].ToString());
        return ids.Count;
    }

    private async Task<double> DrawdownAsync()
    {
        var largest = 0.0;
        await foreach (var entry in EntriesAsync(StreamCatalog.PortfolioSnapshot))
            largest = Math.Max(
                largest, double.Parse(entry["drawdown_fraction"].ToString(), CultureInfo.InvariantCulture));
        return largest;
    }

    private async IAsyncEnumerable<StreamEntry> EntriesAsync(EventStream stream)
    {
        foreach (var key in host.Log.Keys.KeysOf(stream))
        {
            RedisValue from = "-";
            while (true)
            {
                var page = await redis.GetDatabase().StreamRangeAsync(key, from, "+", PageSize);
                foreach (var entry in page) yield return entry;
                if (page.Length < PageSize) break;
                from = "(" + page[^1].Id;
            }
        }
    }

    private static decimal Money(object? text) =>
        text is string known ? decimal.Parse(known, NumberStyles.Number, CultureInfo.InvariantCulture) : 0;
}
