using System.Diagnostics;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.EventLog.Redis;
using Quantum.Resp;
using Quantum.EventLog.Runner;

namespace Quantum.Bench.Latency;

/// <summary>
/// Opens one position per market, as the trading bot would: by an intent that the executor must approve.
/// </summary>
internal sealed class Positions(RespEndpoint endpoint, IReadOnlyList<SteppedMarket> markets)
{
    private const decimal NotionalUsd = 1_000;
    private const decimal StopFraction = 0.001m;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(2);

    /// <summary>Asks until every market has its position; throws with the executor's last word otherwise.</summary>
    public void Open(BenchedSystem system)
    {
        using var log = new RedisEventLog(endpoint);
        using var connection = RespConnection.Connect(endpoint);
        var bot = new EventSource(log, RoleNames.TradingBot, TradingMode.Paper);
        var clock = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            var results = Results(connection);
            var open = markets.Where(market => !HasPosition(results, market.Symbol.Name)).ToList();
            if (open.Count == 0) return;
            if (clock.Elapsed > s_patience)
                throw new InvalidOperationException($"no position was opened: {LastWord(results)}");
            foreach (var market in open) Ask(bot, market, attempt);
            system.Pause(s_between);
        }
    }

    private static void Ask(EventSource bot, SteppedMarket market, int attempt)
    {
        var nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var intent = new TradeIntent
        {
            Symbol = market.Symbol, Side = Side.Buy, Confidence = 0.9, PositionSizeUsd = NotionalUsd, Leverage = 1,
            EntryPrice = market.Price, StopLoss = market.Price * (1 - StopFraction), DeadlineMs = nowMs + 5_000,
            ReduceOnly = false, Reason = "latency", Ilf = IlfContext.Unknown,
        };
        bot.Publish(StreamCatalog.TradeIntent, in intent, $"latency-{market.Symbol}-{attempt}", nowMs);
    }

    private static List<Dictionary<string, string>> Results(RespConnection connection)
    {
        var reply = connection.Call("XRANGE", StreamCatalog.ExecutionResult.Key, "-", "+");
        var results = new List<Dictionary<string, string>>();
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            reply.ReadId();
            results.Add(reply.ReadFields());
        }

        return results;
    }

    private static bool HasPosition(List<Dictionary<string, string>> results, string symbol) =>
        results.Exists(result => result["symbol"] == symbol && result["outcome"] == "filled");

    private static string LastWord(List<Dictionary<string, string>> results) => results.Count == 0
        ? "the executor gave no result"
        : $"{results[^1]["symbol"]} {results[^1]["outcome"]}, {results[^1]["reason_code"]}: {results[^1]["reason"]}";
}
