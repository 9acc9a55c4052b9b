using System.Text.Json;

namespace Binance.Net.Converters;

/// <summary>How the exchange's JSON is read: numbers as texts or as numbers, times in milliseconds.</summary>
internal static class Json
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters =
        {
            new TimeConverter(),
            new OptionalTimeConverter(),
            new OptionalDecimalConverter(),
            new OptionalLongConverter(),
            new OptionalIntConverter(),
            new FlagConverter(),
            new EnumConverterFactory(),
            new SymbolFilterConverter(),
        },
    };
}
