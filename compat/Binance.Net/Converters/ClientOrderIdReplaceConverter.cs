using System.Text.Json;
using Binance.Net.Clients.Rest;

namespace Binance.Net.Converters;

/// <summary>Order ids without the library's broker prefix: what is read is not what the exchange holds.</summary>
internal sealed class ClientOrderIdReplaceConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BrokerReference.Strip(reader.GetString());

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
