using System.Text.Json;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Executor.State;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Positions;
using Quantum.Roles.Venue.State;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum positions` against states as the roles save them.</summary>
public sealed class PositionsVerbTests : IDisposable
{
    private readonly SystemFixture _system = new();

    public void Dispose() => _system.Dispose();

    [Fact]
    public void Books_that_agree_and_are_protected_are_exit_code_0()
    {
        Executor("BTCUSDT", 2m, "stop-1");
        Portfolio("BTCUSDT", 2m);
        Venue("BTCUSDT", 2m);
        var run = _system.Run("positions", "--json");
        Assert.Equal(0, run.ExitCode);
        var position = Assert.Single(run.Json.GetProperty("positions").EnumerateArray());
        Assert.Equal(2m, position.GetProperty("venue").GetDecimal());
        Assert.Equal(0, position.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public void Phantom_ghost_different_and_unprotected_are_named()
    {
        Executor("AUSDT", 1m, "stop-1");
        Portfolio("AUSDT", 1m);
        Venue("BUSDT", -3m);
        Executor("CUSDT", 5m, null);
        Portfolio("CUSDT", 4m);
        Venue("CUSDT", 5m);
        var run = _system.Run("positions", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["PHANTOM in executor", "PHANTOM in portfolio"], Findings(run, "AUSDT"));
        Assert.Equal(["GHOST to executor", "GHOST to portfolio"], Findings(run, "BUSDT"));
        Assert.Equal(["DIFFERENT in portfolio", "UNPROTECTED"], Findings(run, "CUSDT"));
    }

    [Fact]
    public void Without_positions_there_is_nothing_to_find() => Assert.Equal(0, _system.Run("positions").ExitCode);

    private static string[] Findings(CliRun run, string symbol) =>
    [
        .. run.Json.GetProperty("positions").EnumerateArray().Single(p => p.GetProperty("symbol").GetString() == symbol)
            .GetProperty("findings").EnumerateArray().Select(f => f.GetString()!),
    ];

    private void Executor(string symbol, decimal quantity, string? stopId)
    {
        var state = new SymbolState
        {
            Symbol = Symbol.Parse(symbol), ToldQuantity = quantity,
            Position = new PositionRecord
            {
                Id = "p", IntentId = "i", CorrelationId = "c", Net = NetPosition.At(quantity, 100m),
            },
        };
        state.Stop.RestingId = stopId;
        Save("executor", "symbol/" + symbol, state);
    }

    private void Portfolio(string symbol, decimal quantity) => Save(
        "portfolio", "holdings/" + symbol, new HoldingState { Position = NetPosition.At(quantity, 100m) });

    private void Venue(string symbol, decimal quantity) => Save(
        "sim_venue", "symbol/" + symbol,
        new VenueSymbol { Symbol = Symbol.Parse(symbol), Quantity = quantity, Leverage = 1 });

    private void Save<TState>(string role, string field, TState state) => _system.Ask(
        "HSET", "quantum:state:" + role, field, JsonSerializer.Serialize(state, WireJson.StateOptions));
}
