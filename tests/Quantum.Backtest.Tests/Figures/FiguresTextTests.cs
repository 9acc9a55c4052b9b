using System.Text.Json;
using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Tests.Figures;

public sealed class FiguresTextTests
{
    [Fact]
    public void The_terminal_shows_warnings_first_and_undefined_figures_with_their_reason()
    {
        var outcome = Made.With(Made.Trade(12.5m, 0.5)) with
        {
            Refusals = [new("executor", "kill_switch", Made.Btc, 1234)],
        };
        var text = FiguresText.Of(BacktestFigures.Of(outcome));
        Assert.StartsWith("! It rests on 1 closed trade", text, StringComparison.Ordinal);
        Assert.Contains("profit factor               undefined: no trade lost", text);
        Assert.Contains("equity                      10,000.00 to 10,012.50 USD", text);
        Assert.Contains("       1,234  executor: kill_switch, the kill switch is on", text);
        Assert.Contains("  do nothing                0.00 %, no drawdown", text);
        Assert.DoesNotContain("NaN", text);
    }

    [Fact]
    public void Programs_get_every_figure_with_its_value_or_its_reason()
    {
        using var json = JsonDocument.Parse(
            JsonSerializer.Serialize(BacktestFigures.Of(Made.With(Made.Trade(12.5m, 0.5))), JsonSerializerOptions.Web));
        var trades = json.RootElement.GetProperty("trades");
        Assert.Equal(0.5, trades.GetProperty("expectancyR").GetProperty("value").GetDouble());
        Assert.Equal(JsonValueKind.Null, trades.GetProperty("profitFactor").GetProperty("value").ValueKind);
        Assert.Equal("no trade lost", trades.GetProperty("profitFactor").GetProperty("undefined").GetString());
        Assert.Equal("few_trades", json.RootElement.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal("BTCUSDT", json.RootElement.GetProperty("bySymbol")[0].GetProperty("key").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("deepestDrawdown").GetProperty("lengthMs").GetInt64());
    }
}
