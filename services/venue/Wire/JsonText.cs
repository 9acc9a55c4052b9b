using System.Text.Json;

namespace Quantum.Venue.Wire;

/// <summary>JSON that a client sent: readable or not, without an exception to anybody else.</summary>
internal static class JsonText
{
    /// <summary>The document; null when it is none.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonDocument.Parse(utf8);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The document; null when it is none.</summary>
    public static JsonDocument? Parse(string text) => Parse(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A value as a parameter's text; null for one that is an object, a list or null.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>An object's plain values as parameters.</summary>
    public static Parameters ParametersOf(JsonElement source)
    {
        var parameters = new Parameters();
        foreach (var property in source.EnumerateObject())
            if (TextOf(property.Value) is { } text) parameters.Add(property.Name, text);
        return parameters;
    }
}
