using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Learning.Summary;
using Quantum.Roles.Positions;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue;

namespace Quantum.Services.Tests;

/// <summary>The money at the end of a run: the sums balance against a second book kept fill by fill.</summary>
public sealed class RunMoneyTests
{
    private const decimal StartUsd = 10_000;
    private static readonly ClosingCost s_cost = new(new VenueSettings { Symbols = new SymbolFilterBook() });
    private static readonly Dictionary<string, DateTime> s_noneEnded = [];
    private static readonly Symbol[] s_symbols = [Symbol.Parse("BTCUSDT"), Symbol.Parse("NEARUSDT")];

    [Fact]
    public void End_equity_is_start_and_realised_and_unrealised_and_funding_less_fees()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (fills, held, equityUsd, realizedUsd) = Traded(new Random(seed));
            var money = RunMoney.Of(StartUsd, equityUsd, fills, held, s_cost, s_noneEnded);
            Assert.Equal(0, money.UnexplainedUsd);
            Assert.Equal(realizedUsd, money.RealizedUsd, 8);
            Assert.Equal(
                money.EndEquityUsd,
                money.StartEquityUsd + money.RealizedUsd + money.UnrealizedUsd
                    + fills.Sum(fill => fill.FundingUsd) - fills.Sum(fill => fill.FeeUsd),
                8);
            Assert.Equal(held.Count(row => row.Quantity != 0), money.Open.Count);
        }
    }

    [Fact]
    public void A_lost_fill_is_seen_as_what_it_is_worth()
    {
        var (fills, held, equityUsd, _) = Traded(new Random(1));
        var lost = fills.Last(fill => fill.SignedQuantity != 0);
        var money = RunMoney.Of(StartUsd, equityUsd, [.. fills.Where(fill => fill != lost)], held, s_cost, s_noneEnded);
        Assert.Equal(
            -lost.SignedQuantity * lost.Price - lost.FeeUsd + lost.FundingUsd, money.UnexplainedUsd, 7);
    }

    [Fact]
    public void An_open_position_is_shown_with_what_it_lost_and_what_closing_costs()
    {
        RunFill[] fills = [new(-0.02m, 90_000, 0.9m, 0), new(0, 0, 0, 0.36m)];
        SymbolExposure[] held = [new(s_symbols[0], -1_840, -0.02m, 90_000)];
        var ended = new Dictionary<string, DateTime> { ["BTCUSDT"] = DateTime.UnixEpoch };
        var money = RunMoney.Of(StartUsd, StartUsd - 40 - 0.9m + 0.36m, fills, held, s_cost, ended);
        var open = Assert.Single(money.Open);
        // 1,840 USD at 5 bps fee, 1 bp half spread, and the impact of a quarter of a minute's volume: 5 bps.
        Assert.Equal(
            new OpenPosition("BTCUSDT", "SHORT", 0.02m, 90_000, 92_000, 1_840, -40, 2.024m, DateTime.UnixEpoch), open);
        Assert.Equal((0m, -40m, 0m, 2.024m),
            (money.RealizedUsd, money.UnrealizedUsd, money.UnexplainedUsd, money.ClosingCostUsd));
        Assert.Contains("taker fee 0.0005, half spread 0.0001 and slippage 0.0005", s_cost.Assumption);
    }

    // Fills of two symbols in any direction, and a book that takes them one after the other.
    private static (RunFill[] Fills, SymbolExposure[] Held, decimal EquityUsd, decimal RealizedUsd) Traded(
        Random random)
    {
        var (cash, realized, fills) = (StartUsd, 0m, new List<RunFill>());
        var books = s_symbols.ToDictionary(symbol => symbol, _ => NetPosition.Flat);
        var marks = s_symbols.ToDictionary(symbol => symbol, _ => 100m);
        for (var i = random.Next(1, 60); i > 0; i--)
        {
            var symbol = s_symbols[random.Next(2)];
            marks[symbol] += random.Next(-200, 201) / 100m;
            var fee = random.Next(0, 100) / 1000m;
            var funding = random.Next(-50, 51) / 1000m;
            cash += funding - fee;
            var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            var quantity = random.Next(1, 300) / 10m;
            var effect = books[symbol].Apply(side, quantity, marks[symbol]);
            (books[symbol], realized, cash) =
                (effect.Position, realized + effect.RealizedUsd, cash + effect.RealizedUsd);
            fills.Add(new RunFill(side.Sign() * quantity, marks[symbol], fee, funding));
        }

        var equity = cash + books.Sum(pair => pair.Value.UnrealizedAt(marks[pair.Key]));
        SymbolExposure[] held =
        [
            .. books.Where(pair => !pair.Value.IsFlat).Select(pair => new SymbolExposure(
                pair.Key, pair.Value.Quantity * marks[pair.Key], pair.Value.Quantity, pair.Value.EntryPrice)),
        ];
        return ([.. fills], held, equity, realized);
    }
}
