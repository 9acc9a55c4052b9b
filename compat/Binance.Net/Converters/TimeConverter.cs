using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Binance.Net.Converters;

/// <summary>Times in the unit that their size tells; zero and nothing are the beginning of time.</summary>
internal sealed class TimeConverter : JsonConverter<DateTime>
{
    private const long LargestSecond = 19_999_999_999;
    private const long LargestMillisecond = LargestSecond * 1000;
    private const long LargestMicrosecond = LargestMillisecond * 1000;

    public override bool HandleNull => true;

    public static DateTime? ReadTime(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)) return OfNumber(number);
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw new JsonException($"A time is no {reader.TokenType}.");
        if (!reader.HasValueSequence && Utf8Parser.TryParse(reader.ValueSpan, out long digits, out var used)
            && used == reader.ValueSpan.Length) return OfNumber(digits);
        var text = reader.GetString();
        if (string.IsNullOrWhiteSpace(text)) return null;
        const DateTimeStyles AsUtc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, AsUtc, out var time)
            ? time
            : throw new JsonException($"'{text}' is no time.");
    }

    public static long Milliseconds(DateTime time) =>
        (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadTime(ref reader) ?? default;

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Milliseconds(value));

    private static DateTime? OfNumber(long number) => number switch
    {
        <= 0 => null,
        < LargestSecond => DateTime.UnixEpoch.AddTicks(number * TimeSpan.TicksPerSecond),
        < LargestMillisecond => DateTime.UnixEpoch.AddTicks(number * TimeSpan.TicksPerMillisecond),
        < LargestMicrosecond => DateTime.UnixEpoch.AddTicks(number * TimeSpan.TicksPerMicrosecond),
        _ => DateTime.UnixEpoch.AddTicks(number / 100),
    };
}
