namespace Quantum.Venue.Wire;

/// <summary>JSON that a client sent: readable or not, without an exception to anybody else.</summary>
internal static class JsonText
{
    /// <summary>The document; null when it is none, or has a text in it that cannot be read.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(utf8);
            ReadTexts(document.RootElement);
            return document;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            document?.Dispose();
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

    // A parser leaves texts as they came: half a surrogate or broken UTF-8 throws only where it is read.
    private static void ReadTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) ReadTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    _ = property.Name;
                    ReadTexts(property.Value);
                }

                break;
        }
    }
}
