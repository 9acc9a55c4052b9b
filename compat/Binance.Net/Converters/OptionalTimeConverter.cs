using System.Text.Json;

namespace Binance.Net.Converters;

/// <summary>Times that may be missing; zero is none.</summary>
internal sealed class OptionalTimeConverter : JsonConverter<DateTime?>
{
    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeConverter.ReadTime(ref reader);

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options)
    {
        if (value is { } time) writer.WriteNumberValue(TimeConverter.Milliseconds(time));
        else writer.WriteNullValue();
    }
}
