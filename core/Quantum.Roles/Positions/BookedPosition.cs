using Quantum.Roles.Executor.State;
using Quantum.Roles.Portfolio;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Positions;

/// <summary>What one book of positions says of one symbol, read from the state that a role saved.</summary>
/// <param name="Quantity">Signed base quantity.</param>
/// <param name="ToldQuantity">Signed base quantity that execution results have told of; differs from the quantity in
/// the executor's book alone, while fills wait for the end of their order.</param>
public sealed record BookedPosition(decimal Quantity, decimal ToldQuantity)
{
    /// <summary>Prefix of the executor's fields: the symbol follows.</summary>
    public const string ExecutorField = SymbolState.Key + "/";

    /// <summary>Prefix of the portfolio's fields: the symbol follows.</summary>
    public const string PortfolioField = HoldingState.Key + "/";

    /// <summary>Prefix of the simulated venue's fields: the symbol follows.</summary>
    public const string VenueField = VenueSymbol.Key + "/";

    /// <summary>The executor's id of it; null when flat or in another book.</summary>
    public string? PositionId { get; init; }

    /// <summary>Volume-weighted entry price, quote currency; null when flat or not kept in this book.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>From 1; null when flat or not kept in this book.</summary>
    public int? Leverage { get; init; }

    /// <summary>Where the resting stop belongs, quote currency; null when there is none.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>The venue's liquidation price; null when not told.</summary>
    public decimal? LiquidationPrice { get; init; }

    /// <summary>True where the position is flat, has a stop or one on its way, or is being closed.</summary>
    public bool IsProtected { get; init; } = true;

    /// <summary>Since when the venue confirms a stop for all of it, UTC epoch ms; null when it does not.</summary>
    public long? ProtectedSinceMs { get; init; }

    /// <summary>Since when it stands without a confirmed stop, UTC epoch ms; null when it has one.</summary>
    public long? UnprotectedSinceMs { get; init; }

    /// <summary>What the venue holds and this system did not open, signed base quantity; null when nothing.</summary>
    public decimal? ForeignQuantity { get; init; }

    /// <summary>True where the executor holds a position, if only until its close is told.</summary>
    public bool IsOpen { get; init; }

    /// <summary>True where an entry of the executor's is under way or waits.</summary>
    public bool IsOpening { get; init; }

    /// <summary>Reads the executor's book of a symbol; null when the text is JSON's null.</summary>
    /// <exception cref="JsonException">The text is no such state.</exception>
    public static BookedPosition? OfExecutor(string json)
    {
        if (Read<SymbolState>(json) is not { } state) return null;
        var position = state.Position;
        return new BookedPosition(state.PositionQuantity, state.ToldQuantity)
        {
            PositionId = position?.Id,
            EntryPrice = position?.EntryPrice,
            Leverage = position?.Leverage,
            StopPrice = position?.StopPrice,
            LiquidationPrice = position?.LiquidationPrice,
            ProtectedSinceMs = state.Stop.ProtectedSinceMs,
            UnprotectedSinceMs = state.Stop.UnprotectedSinceMs,
            ForeignQuantity = state.Foreign?.Quantity,
            IsProtected = position is null || state.Stop.IsAtWork,
            IsOpen = position is not null,
            IsOpening = state.Entry is not null || state.WaitingEntry is not null,
        };
    }

    /// <summary>Reads the portfolio's book of a symbol; null when the text is JSON's null.</summary>
    /// <exception cref="JsonException">The text is no such state.</exception>
    public static BookedPosition? OfPortfolio(string json) =>
        Read<HoldingState>(json) is { } state ? Of(state.Position.Quantity) : null;

    /// <summary>Reads the simulated venue's book of a symbol; null when the text is JSON's null.</summary>
    /// <exception cref="JsonException">The text is no such state.</exception>
    public static BookedPosition? OfVenue(string json) =>
        Read<VenueSymbol>(json) is { } state ? Of(state.Quantity) : null;

    private static BookedPosition Of(decimal quantity) => new(quantity, quantity);

    private static TState? Read<TState>(string json) where TState : class =>
        JsonSerializer.Deserialize<TState>(json, WireJson.StateOptions);
}
