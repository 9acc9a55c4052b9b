using System.Collections;
using System.Reflection;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests;

/// <summary>
/// One readable event of each type: full, or with everything optional left out. Values by the audit's sample.
/// </summary>
public static class EventSamples
{
    private static readonly Dictionary<string, object> s_byName = new()
    {
        ["Symbol"] = Symbol.Parse("NEARUSDT"), ["Confidence"] = 0.72, ["PositionSizeUsd"] = 200.0m, ["Leverage"] = 1,
        ["AtrValue"] = 0.02, ["VolatilityFactor"] = 0.55, ["ExchangeDivergence"] = 0.0, ["FundingRate"] = 0.0,
        ["Low"] = 1.40m, ["Open"] = 1.45m, ["Close"] = 1.47m, ["High"] = 1.50m, ["Interval"] = "1m",
        ["OpenTimeMs"] = 1_766_552_460_000L, ["CloseTimeMs"] = 1_766_552_520_000L, ["DeadlineMs"] = 1_766_552_569_123L,
        ["BidPrice"] = 1.4699m, ["AskPrice"] = 1.4701m, ["RiskPerTradeFraction"] = 0.01, ["VenueCount"] = 2,
        ["ModelName"] = "ensemble", ["ModelVersion"] = "7", ["Reason"] = "signal", ["ClientOrderId"] = "q-5f0c1d",
    };

    public static object Full(Type type) => Build(type, optional: true);

    public static object Sparse(Type type) => Build(type, optional: false);

    private static object Build(Type type, bool optional, Type? whole = null)
    {
        var payload = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.PropertyType.IsDefined(typeof(FlatFieldsAttribute)))
                property.SetValue(payload, Build(property.PropertyType, optional, type));
            else if (optional || !IsOptional(property) || IsNeeded(whole ?? type, property.Name))
                property.SetValue(payload, ValueOf(property.Name, property.PropertyType));
        return payload;
    }

    // What an impossible event would lack: an entry names its notional, a fill its price.
    private static bool IsNeeded(Type type, string property) =>
        (type == typeof(TradeIntent) && property == nameof(TradeIntent.PositionSizeUsd))
        || (type == typeof(ExecutionResult) && property is "AveragePrice" or "IntentId" or "Side")
        || (type == typeof(OrderUpdate) && property is "LastFillPrice" or "ClientOrderId")
        || (type == typeof(SizingRequested) && property is "Regime")
        || (type == typeof(SizingDecided) && property is "PositionSizeUsd" or "Leverage");

    private static bool IsOptional(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    private static object ValueOf(string name, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (s_byName.TryGetValue(name, out var known) && known.GetType() == type) return known;
        if (type == typeof(string)) return WireNames.ToSnakeCase(name);
        if (type == typeof(decimal)) return 1.5m;
        if (type == typeof(double)) return 0.25;
        if (type == typeof(int)) return 3;
        if (type == typeof(long)) return 1_766_552_530_000L;
        if (type == typeof(bool)) return true;
        if (type == typeof(Symbol)) return Symbol.Parse("NEARUSDT");
        if (type.IsEnum) return ((IList)Enum.GetValues(type))[0]!;
        return ListOf(type.GetGenericArguments()[0]);
    }

    private static object ListOf(Type element) =>
        element == typeof(ModelVote)
            ? new WireList<ModelVote>(
                new ModelVote("gbm", Side.Buy, 0.7, 0.6), new ModelVote("lin", Side.Sell, 0.55, 0.4))
        : element == typeof(SymbolExposure)
            ? new WireList<SymbolExposure>(new SymbolExposure(Symbol.Parse("NEARUSDT"), -147.0m, -100m, 1.48m))
        : element == typeof(FeatureShare)
            ? new WireList<FeatureShare>(new FeatureShare("ret_5", -1.25, 0.0625), new FeatureShare("rsi_14", 2, -0.5))
        : element == typeof(PassedGate)
            ? new WireList<PassedGate>(
                new PassedGate("low_confidence", "0.72", "at least 0.55"), new PassedGate("venue_unseen", "", ""))
        : new WireList<Symbol>(Symbol.Parse("BTCUSDT"), Symbol.Parse("1000PEPEUSDT"));
}
