using System.Text.Json;

namespace Binance.Net.Converters;

internal sealed class StreamKlineConverter : JsonConverter<IBinanceStreamKline>
{
    public override IBinanceStreamKline? Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<BinanceStreamKline>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, IBinanceStreamKline value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, (BinanceStreamKline)value, options);
}
