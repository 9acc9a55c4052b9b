using System.Collections;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests;

/// <summary>
/// Any possible event of a type, by reflection: extreme numbers, odd texts, nulls wherever null is allowed.
/// </summary>
public static class EventGenerator
{
    private static readonly string[] s_texts =
        ["x", "ä€😀", "a b", "{\"a\":1}", "None", "0", "…", "new\nline", "tab\t", "'\""];
    private static readonly string[] s_symbols = ["BTCUSDT", "1000PEPEUSDT", "ETHUSDT_260327", "XY"];
    private static readonly double[] s_doubles =
        [0, 1, -1, 0.1, 1e-300, -5e-324, WireLimits.Double, 1.0 / 3, -0.0, 1e14];
    private static readonly decimal[] s_decimals =
        [0, 1, -1, 0.00000001m, 97_000.10m, 1.000m, WireLimits.Decimal, 999_999_999_999.9999999999999999m, 1m / 3];
    private static readonly long[] s_longs = [0, 1, -1, WireLimits.TimeMs, -WireLimits.TimeMs, 1_766_552_540_000];

    public static Arbitrary<object> Of(Type type) =>
        Gen.Choose(0, int.MaxValue).Select(seed => Possible(type, new Random(seed))).ToArbitrary();

    private static object Possible(Type type, Random random)
    {
        for (var attempt = 0; attempt < 20_000; attempt++)
        {
            var payload = Build(type, random);
            if (payload is not ICheckedEvent { } known || known.Fault() is null) return payload;
        }

        throw new InvalidOperationException($"no possible {type.Name} in 20,000 attempts: mend the generator.");
    }

    private static object Build(Type type, Random random)
    {
        var payload = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            property.SetValue(payload, Value(property, random));
        return payload;
    }

    private static object? Value(PropertyInfo property, Random random)
    {
        if (property.PropertyType.IsDefined(typeof(FlatFieldsAttribute))) return Build(property.PropertyType, random);
        var isOptional = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        if (isOptional && random.Next(3) == 0) return null;
        return Value(property.Name, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, random);
    }

    private static object Value(string name, Type type, Random random)
    {
        if (type == typeof(string)) return name == "ClientOrderId" ? "q-" + random.Next() : Text(random);
        if (type == typeof(decimal))
            return random.Next(2) == 0 ? Pick(s_decimals, random) : (decimal)random.Next(1, 9) / 4;
        if (type == typeof(double)) return Double(name, random);
        if (type == typeof(int))
            return random.Next(4) == 0 ? random.Next(-WireLimits.Int, WireLimits.Int) : random.Next(0, 9);
        if (type == typeof(long))
            return random.Next(2) == 0 ? Pick(s_longs, random) : random.NextInt64(WireLimits.TimeMs);
        if (type == typeof(bool)) return random.Next(2) == 0;
        if (type == typeof(Symbol)) return Symbol.Parse(Pick(s_symbols, random));
        if (type.IsEnum) return Pick([.. ((IEnumerable)Enum.GetValues(type)).Cast<object>()], random);
        return List(type.GetGenericArguments()[0], random);
    }

    private static double Double(string name, Random random)
    {
        if (name.EndsWith("Fraction", StringComparison.Ordinal) || name == "Confidence")
            return random.NextDouble() / 10;
        return random.Next(2) == 0 ? Pick(s_doubles, random) : random.NextDouble();
    }

    private static object List(Type element, Random random)
    {
        var length = random.Next(4);
        if (element == typeof(Symbol))
            return new WireList<Symbol>(
                [.. Enumerable.Range(0, length).Select(_ => Symbol.Parse(Pick(s_symbols, random)))]);
        if (element == typeof(ModelVote))
            return new WireList<ModelVote>([.. Enumerable.Range(0, length).Select(_ =>
                new ModelVote(Text(random), Pick<Side>([Side.Buy, Side.Sell], random), Double("", random), 0.5))]);
        if (element == typeof(FeatureShare))
            return new WireList<FeatureShare>([.. Enumerable.Range(0, length).Select(_ =>
                new FeatureShare(Text(random), Double("", random), Double("", random)))]);
        if (element == typeof(PassedGate))
            return new WireList<PassedGate>([.. Enumerable.Range(0, length).Select(_ =>
                new PassedGate(Text(random), Text(random), Text(random)))]);
        Assert.Equal(typeof(SymbolExposure), element);
        return new WireList<SymbolExposure>([.. Enumerable.Range(0, length).Select(_ => new SymbolExposure(
            Symbol.Parse(Pick(s_symbols, random)), Pick(s_decimals, random), Pick(s_decimals, random), 1.5m))]);
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Pick(s_texts, random)));

    private static T Pick<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];
}
