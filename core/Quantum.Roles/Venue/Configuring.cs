using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Roles.Symbols;
using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>
/// Sets leverage, margin mode and the own margin of an isolated position without an order: all that a command asks for,
/// or nothing of it.
/// </summary>
internal sealed class Configuring(VenueSettings settings, VenueBooks books, Margin margin, Updates updates)
{
    public void Take(in OrderCommand command, Outbox outbox)
    {
        if (settings.Symbols.Find(command.Symbol) is not { } filters)
        {
            Updates.TellRefused(outbox, in command, OrderStatus.Rejected, "symbol_unknown",
                $"{command.Symbol} is not traded here");
            return;
        }

        var symbol = books.Symbols.Touch(command.Symbol.Name);
        if (Refuse(in command, filters, symbol) is var (code, words))
        {
            updates.TellConfiguration(outbox, in command, symbol, OrderStatus.Rejected, code, words);
            return;
        }

        symbol.Leverage = command.Leverage ?? symbol.Leverage;
        symbol.IsIsolated = command.IsIsolated ?? symbol.IsIsolated;
        symbol.IsolatedMarginUsd = command.IsolatedMarginUsd ?? symbol.IsolatedMarginUsd;
        updates.TellConfiguration(outbox, in command, symbol, OrderStatus.Accepted, null, null);
    }

    private (string Code, string Words)? Refuse(in OrderCommand command, SymbolFilters filters, VenueSymbol symbol) =>
        IntakeChecks.Mode(in command, symbol) ?? Leverage(in command, filters, symbol) ?? Moved(in command, symbol);

    private (string, string)? Leverage(in OrderCommand command, SymbolFilters filters, VenueSymbol symbol)
    {
        if (command.Leverage is not { } leverage) return null;
        var notionalUsd = margin.NotionalUsd(symbol);
        // A position above the last step was there before: its leverage can only fall.
        var allowed = filters.Brackets.MaxLeverageFor(notionalUsd) ?? 1;
        if (leverage > allowed)
            return ("leverage_not_allowed",
                $"leverage {leverage} is above {allowed} for a position of {notionalUsd:0.##} USD");
        if (symbol.IsIsolated) return null;
        var moreUsd = notionalUsd / leverage - margin.InitialUsd(symbol);
        return moreUsd > 0 && moreUsd > margin.FreeUsd
            ? ("insufficient_margin", $"{moreUsd:0.####} USD more is needed, {margin.FreeUsd:0.####} USD is free")
            : null;
    }

    private (string, string)? Moved(in OrderCommand command, VenueSymbol symbol)
    {
        if (command.IsolatedMarginUsd is not { } wantedUsd) return null;
        if (symbol is not { IsIsolated: true, Quantity: not 0 })
            return ("no_isolated_position", $"{symbol.Symbol} has no open isolated position");
        var moreUsd = wantedUsd - symbol.IsolatedMarginUsd;
        if (moreUsd > margin.FreeUsd)
            return ("insufficient_margin", $"{moreUsd:0.####} USD is needed, {margin.FreeUsd:0.####} USD is free");
        // What is taken out leaves the initial margin and what the position has lost.
        var leastUsd = margin.InitialUsd(symbol) - Math.Min(0, margin.UnrealizedUsd(symbol));
        return moreUsd < 0 && wantedUsd < leastUsd
            ? ("insufficient_margin", $"{wantedUsd:0.####} USD is below the {leastUsd:0.####} USD that it needs")
            : null;
    }
}
