using Quantum.Roles.Venue.State;

namespace Quantum.Roles.Venue;

/// <summary>Reads the account without touching anything of it.</summary>
internal static class Viewing
{
    public static SimVenueView Of(VenueBooks books, Margin margin)
    {
        List<SimVenuePosition> positions = [.. books.Symbols.All.Select(pair => Position(pair.Value, margin))];
        return new SimVenueView
        {
            WalletUsd = books.Account.Value.CashUsd,
            AvailableUsd = margin.FreeUsd,
            MaintenanceUsd = positions.Sum(position => position.MaintenanceUsd),
            UnrealizedUsd = positions.Sum(position => position.UnrealizedUsd),
            InsuranceUsd = books.Account.Value.InsuranceUsd,
            Positions = positions,
            Orders = [.. books.Symbols.All.SelectMany(pair => pair.Value.LiveIds).Select(id => Order(books, id))],
        };
    }

    private static SimVenuePosition Position(VenueSymbol symbol, Margin margin) => new()
    {
        Symbol = symbol.Symbol,
        Quantity = symbol.Quantity,
        EntryPrice = symbol.EntryPrice,
        MarkPrice = margin.MarkOf(symbol),
        LiquidationPrice = margin.LiquidationPrice(symbol),
        Leverage = symbol.Leverage,
        IsIsolated = symbol.IsIsolated,
        IsolatedMarginUsd = symbol.IsolatedMarginUsd,
        NotionalUsd = margin.NotionalUsd(symbol),
        MaintenanceUsd = margin.MaintenanceOf(symbol),
        InitialUsd = margin.InitialUsd(symbol),
        UnrealizedUsd = margin.UnrealizedUsd(symbol),
    };

    private static SimVenueOrder Order(VenueBooks books, string id)
    {
        var order = books.Orders.Find(id) ?? throw new InvalidOperationException($"live order {id} is not kept.");
        return new SimVenueOrder
        {
            Command = order.Command,
            VenueOrderId = order.VenueOrderId,
            Status = order.Status,
            FilledQuantity = order.FilledQuantity,
            AveragePrice = order.AveragePrice,
            IsTriggered = order.IsTriggered,
        };
    }
}
