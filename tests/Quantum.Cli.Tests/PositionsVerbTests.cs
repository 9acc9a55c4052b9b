using System.Text.Json;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog;
using Quantum.Roles.Executor.State;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Positions;
using Quantum.Roles.Venue.State;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum positions` against states as the roles save them.</summary>
public sealed class PositionsVerbTests : IDisposable
{
    private readonly SystemFixture _system = new();

    // On paper the simulated venue's own books are there to compare with.
    public PositionsVerbTests() => _system.Ask("HSET", LogKeys.Topology, "mode", "paper");

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

    [Fact]
    public void A_position_that_nobody_here_opened_is_foreign_and_adopt_shows_it_before_it_takes_it_over()
    {
        _system.Ask("HSET", LogKeys.Topology, "mode", "testnet");
        Save("executor", "symbol/AUSDT", new SymbolState
        {
            Symbol = Symbol.Parse("AUSDT"), Foreign = new VenueDifference(-4m, 100m, 1),
        });
        var run = _system.Run("positions", "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["FOREIGN -4"], Findings(run, "AUSDT"));
        var shown = _system.Run("adopt", "AUSDT", "--reason", "mine", "--json");
        Assert.Equal(1, shown.ExitCode);
        Assert.Equal((-4m, false),
            (shown.Json.GetProperty("foreign").GetDecimal(), shown.Json.GetProperty("adopted").GetBoolean()));
        var none = _system.Run("adopt", "BUSDT", "--reason", "mine", "--yes");
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("no foreign position is known in BUSDT", none.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Protection_is_shown_since_when_the_venue_confirms_it()
    {
        var state = new SymbolState
        {
            Symbol = Symbol.Parse("AUSDT"), ToldQuantity = 1,
            Position = new PositionRecord
            {
                Id = "p", IntentId = "i", CorrelationId = "c", Net = NetPosition.At(1m, 100m),
            },
        };
        state.Stop.RestingId = "stop-1";
        state.Stop.ProtectedSinceMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 60_000;
        Save("executor", "symbol/AUSDT", state);
        Portfolio("AUSDT", 1m);
        Venue("AUSDT", 1m);
        var run = _system.Run("positions");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("for [6-9][0-9] s", run.Output);
    }

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
