using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Venue.State;

/// <summary>The simulated venue's state cells.</summary>
internal sealed class VenueBooks
{
    public VenueBooks(RoleState state, VenueSettings settings)
    {
        Account = state.Cell("account", () => new VenueAccount { CashUsd = settings.StartBalanceUsd });
        Symbols = state.Map(VenueSymbol.Key, name => new VenueSymbol
        {
            Symbol = Symbol.Parse(name), Leverage = settings.DefaultLeverage,
        });
        Orders = state.Map<VenueOrder>("order", id =>
            throw new InvalidOperationException($"order {id} was never placed."));
        Markets = state.Map("market", _ => new VenueMarket());
    }

    public StateCell<VenueAccount> Account { get; }
    public StateMap<VenueSymbol> Symbols { get; }
    public StateMap<VenueOrder> Orders { get; }
    public StateMap<VenueMarket> Markets { get; }
}
