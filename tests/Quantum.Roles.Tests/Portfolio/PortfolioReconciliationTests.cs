using FsCheck.Xunit;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Portfolio;

namespace Quantum.Roles.Tests.Portfolio;

/// <summary>For any run of fills, prices, funding and restarts the account is what the fills add up to.</summary>
public sealed class PortfolioReconciliationTests
{
    private const long Start = 1_764_800_000_000;

    [Property(MaxTest = 60)]
    public void Equity_is_start_plus_cash_flows_plus_what_is_open(int[] steps)
    {
        var bench = new RoleBench(() => new PortfolioRole());
        var expected = new SortedDictionary<string, (decimal Quantity, decimal Price)>();
        var cash = 10_000m;
        var atMs = Start;
        PortfolioSnapshot last = default;
        foreach (var step in steps)
        {
            var symbol = step % 3 == 0 ? Results.Eth : Results.Btc;
            var price = 50m + (Math.Abs(step % 1009) / 3m);
            atMs += 1 + Math.Abs(step % 7_000_000);
            if (step % 11 == 0)
            {
                bench.Restart();
            }
            else if (step % 7 == 0)
            {
                cash += step % 100 / 9m;
                bench.Send(StreamCatalog.ExecutionResult, Results.Funding(step % 100 / 9m, symbol), atMs);
            }
            else
            {
                var side = step % 2 == 0 ? Side.Buy : Side.Sell;
                var quantity = (1 + Math.Abs(step % 97)) / 7m;
                var held = expected.GetValueOrDefault(symbol.Name);
                expected[symbol.Name] = (held.Quantity + (side.Sign() * quantity), price);
                cash -= (side.Sign() * quantity * price) + 0.3m;
                bench.Send(StreamCatalog.ExecutionResult, Results.Fill(side, quantity, price, 0.3m, symbol), atMs);
            }
        }

        last = Assert.Single(bench.Clock(atMs + 60_000).Of(StreamCatalog.PortfolioSnapshot));

        var open = expected.Values.Sum(position => position.Quantity * position.Price);
        Assert.Equal(cash + open, last.TotalEquityUsd, 8);
        Assert.Equal(last.TotalEquityUsd - last.UnrealizedPnlUsd, last.CashBalanceUsd, 8);
        Assert.Equal(last.TotalEquityUsd - last.MarginUsedUsd, last.FreeMarginUsd, 8);
        Assert.InRange(last.DrawdownFraction, 0d, 1d);
        Assert.False(bench.Counts.ContainsKey("portfolio/position_differs_from_venue"));
    }
}
