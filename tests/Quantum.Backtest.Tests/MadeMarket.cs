using Quantum.Backtest.Results;
using Quantum.Contracts.Units;

namespace Quantum.Backtest.Tests;

/// <summary>A run as a market of chance would have made it, the same for the same seed.</summary>
internal static class MadeMarket
{
    private const int Minutes = 24 * 60;
    private static readonly string[] s_exits = ["take_profit_1", "take_profit_3", "stop_loss", "trailing_stop",
        "time_stop"];

    public static BacktestOutcome Of(int days, int tradesPerSymbol, int seed = 7, params string[] symbols)
    {
        var chance = new Random(seed);
        var bars = symbols.Select((name, i) => Bars(Symbol.Parse(name), days * Minutes, 100 * Math.Pow(20, i), chance))
            .ToList();
        var trades = bars.SelectMany(b => Trades(b, tradesPerSymbol, chance)).OrderBy(trade => trade.ExitAtMs).ToList();
        var end = Made.Start + days * Made.Day;
        return Made.Days(10_000, 10_000) with
        {
            Symbols = [.. bars.Select(b => b.Symbol)], ToMs = end, Trades = trades, Bars = bars,
            Equity = Equity(trades, end),
            Refusals =
            [
                .. bars.SelectMany((b, i) => new Refusal[]
                {
                    new("trading_bot", "not_worth_its_cost", b.Symbol, 9120 - i * 1000),
                    new("trading_bot", "cooldown", b.Symbol, 812 + i * 10), new("executor", "gross_exposure", b.Symbol,
                    31 + i),
                }),
            ],
            Totals = new(trades.Sum(trade => trade.NotionalUsd * 2), trades.Count * 2, trades.Sum(trade =>
            trade.FeesUsd),
                trades.Sum(trade => trade.FundingUsd), 0, 0m),
            Assumptions = new()
            {
                Source = "candles 1m", Candles = bars.Sum(b => b.Items.Count), WalkedCandles = 4321, AmbiguousCandles =
                    12,
                TakerFeeFraction = 0.0005m, MakerFeeFraction = 0.0002m, HalfSpreadBps = 0.5,
                CandlePath = "straight legs from the open over the extreme that hurts what is held, then the other, to "
                + "the close.",
            },
            Settings = [new("ExitBrain", "StopAtr", "1.5", false), new("Governance", "MaxPositions", "4", true),
                new("Ai", "LeastEdgeR", "0.05", true)],
            StreamHash = "3f9a61c2",
        };
    }

    private static SymbolBars Bars(Symbol symbol, int count, double open, Random chance)
    {
        var items = new Bar[count];
        var price = open;
        for (var i = 0; i < count; i++)
        {
            var close = price * (1 + (chance.NextDouble() - 0.4985) * 0.0016);
            var (high, low) = (Math.Max(price, close), Math.Min(price, close));
            items[i] = new(Made.Start + i * 60_000L, price, high * (1 + chance.NextDouble() * 0.0004),
                low * (1 - chance.NextDouble() * 0.0004), close);
            price = close;
        }

        return new(symbol, 60_000, items);
    }

    private static IEnumerable<ClosedTrade> Trades(SymbolBars bars, int count, Random chance)
    {
        var each = bars.Items.Count / Math.Max(count, 1);
        for (var i = 0; i < count; i++)
        {
            var first = i * each + chance.Next(each / 3 + 1);
            var last = Math.Min(first + 5 + chance.Next(each / 2 + 1), bars.Items.Count - 1);
            var side = chance.Next(2) == 0 ? PositionSide.Long : PositionSide.Short;
            var sign = side == PositionSide.Long ? 1m : -1m;
            var (entry, exit) = (Price(bars.Items[first].Close), Price(bars.Items[last].Close));
            var quantity = Math.Round(2000m / entry, 4);
            var distance = entry * 0.006m;
            var gross = Math.Round(sign * (exit - entry) * quantity, 4);
            var fees = Math.Round(2000m * 2 * 0.0005m, 4);
            var hours = (last - first) / 480;
            yield return new()
            {
                TradeId = $"{bars.Symbol}-{i}", Symbol = bars.Symbol, Side = side,
                EntryAtMs = bars.Items[first].OpenAtMs + 60_000, ExitAtMs = bars.Items[last].OpenAtMs + 59_000,
                EntryPrice = entry, ExitPrice = exit, Quantity = quantity, NotionalUsd = entry * quantity, Leverage = 3,
                RiskUsd = distance * quantity, GrossUsd = gross, FeesUsd = fees, FundingUsd = -0.02m * hours,
                NetUsd = gross - fees - 0.02m * hours,
                RMultiple = (double)((gross - fees - 0.02m * hours) / (distance * quantity)),
                Regime = (Regime)(1 + chance.Next(4)), ExitReason = s_exits[chance.Next(s_exits.Length)],
                Context = new("1706572800000-0.ai_engine.0", "gbdt", "12", 0.61, 0.23, 4), RestsOnPath = i % 40 == 3,
                Levels = Levels(bars, first, last, entry, sign * distance),
            };
        }
    }

    private static TradeLevels[] Levels(SymbolBars bars, int first, int last, decimal entry, decimal distance)
    {
        var at = bars.Items[first].OpenAtMs + 60_000;
        var middle = bars.Items[(first + last) / 2].OpenAtMs;
        return
        [
            new(at, entry - distance, [entry + distance, entry + 2 * distance, entry + 3 * distance]),
            new(middle, entry, [entry + 2 * distance, entry + 3 * distance]),
        ];
    }

    private static EquityPoint[] Equity(List<ClosedTrade> trades, long end)
    {
        var points = new List<EquityPoint> { new(Made.Start, 10_000m, 10_000m, 0m) };
        var cash = 10_000m;
        foreach (var trade in trades)
        {
            cash += trade.NetUsd;
            points.Add(new(trade.ExitAtMs, cash, cash, 0m));
            points.Add(new(trade.ExitAtMs + 1000, cash, cash, trade.NotionalUsd));
        }

        return [.. points, new(end, cash, cash, 0m)];
    }

    private static decimal Price(double price) => Math.Round((decimal)price, 4);
}
