using Quantum.Contracts.Units;
using Quantum.Exchanges;

namespace Quantum.Binance;

/// <summary>
/// Which trading mode may use which of the exchange's systems: a key is sent only where its mode belongs, so that a
/// test never trades real money and live trading never meets a toy.
/// </summary>
public static class BinancePlaces
{
    /// <summary>The system that a mode's orders belong to; null for one whose orders never leave us.</summary>
    public static BinancePlace? OrdersOf(TradingMode mode) => mode switch
    {
        TradingMode.Live => BinancePlace.Live,
        TradingMode.Testnet => BinancePlace.Testnet,
        TradingMode.Demo => BinancePlace.Demo,
        TradingMode.Sim => BinancePlace.Custom,
        _ => null,
    };

    /// <summary>The settings of a mode as long as nobody says more.</summary>
    public static BinanceSettings DefaultsOf(TradingMode mode) =>
        new() { Environment = OrdersOf(mode) ?? BinancePlace.Live };

    /// <summary>Refuses orders of a mode at a system that is not the mode's.</summary>
    /// <exception cref="VenueException">Names both, and the mend.</exception>
    public static void CheckOrders(BinanceSettings settings, TradingMode mode)
    {
        ArgumentNullException.ThrowIfNull(settings);
        RefuseAddress(settings);
        var known = OrdersOf(mode) ?? throw new VenueException(
            $"mode {Word(mode)} sends no orders to an exchange, but binance {Word(settings.Environment)} was to take "
            + "them: choose mode testnet, demo or live, or leave its orders to the simulated venue.");
        if (known != settings.Environment)
        {
            throw new VenueException(
                $"mode {Word(mode)} and binance {Word(settings.Environment)} do not go together: set "
                + $"Binance:Environment to {Word(known)}, or the mode to the one of {Word(settings.Environment)}.");
        }

        if (!settings.HasKey || string.IsNullOrWhiteSpace(settings.ApiSecret))
        {
            throw new VenueException(
                $"mode {Word(mode)} needs a key for binance {Word(settings.Environment)}: set Binance__ApiKey and "
                + "Binance__ApiSecret in the environment or user secrets.");
        }

        if (mode == TradingMode.Live && BinanceClients.AreStandIns && !settings.AllowStandIn)
        {
            throw new VenueException(
                "mode live trades real money, and this build holds the stand-in of Binance.Net, which never met the "
                + "exchange: build and start with BinanceNet=package in the environment, where a registry has the "
                + "library, or set Binance:AllowStandIn to true and answer for it.");
        }
    }

    /// <summary>
    /// Refuses market data that is not a mode's: live trading sees the live market alone, our own system is for sim.
    /// </summary>
    /// <exception cref="VenueException">Names both, and the mend.</exception>
    public static void CheckMarket(BinanceSettings settings, TradingMode mode)
    {
        ArgumentNullException.ThrowIfNull(settings);
        RefuseAddress(settings);
        var isRight = settings.Environment switch
        {
            BinancePlace.Custom => mode == TradingMode.Sim,
            BinancePlace.Live => true,
            _ => mode != TradingMode.Live,
        };
        if (isRight) return;
        throw new VenueException(
            $"mode {Word(mode)} and the market of binance {Word(settings.Environment)} do not go together: set "
            + $"Binance:Environment to {Word(OrdersOf(mode) ?? BinancePlace.Live)}.");
    }

    internal static string? AddressFault(BinanceSettings settings)
    {
        if (settings.Environment != BinancePlace.Custom)
        {
            return settings.RestUrl is null && settings.StreamUrl is null
                ? null
                : $"is {Word(settings.Environment)}, which has addresses of its own: remove Binance:RestUrl and "
                + "Binance:StreamUrl, or set it to custom";
        }

        return IsLoopback(settings.RestUrl) && IsLoopback(settings.StreamUrl)
            ? null
            : "is custom, which is a system on this machine: set Binance:RestUrl and Binance:StreamUrl to 127.0.0.1";
    }

    private static void RefuseAddress(BinanceSettings settings)
    {
        if (AddressFault(settings) is { } fault) throw new VenueException($"Binance:Environment {fault}.");
    }

    private static bool IsLoopback(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
