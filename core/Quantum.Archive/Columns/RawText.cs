using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Quantum.Archive.Columns;

/// <summary>
/// The column <c>raw</c>: empty where the other columns say all of an entry; an object of field and text where single
/// values have another text than their column gives (<c>1.50</c>); an array of name, value, name, value … where the
/// entry has other fields, or others' order. A value that is no UTF-8 stands as <c>{"base64": "…"}</c>.
/// </summary>
internal static class RawText
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole entry.</summary>
    public static string Whole(in EntryFields fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_plain))
        {
            json.WriteStartArray();
            for (var i = 0; i < fields.Count; i++)
            {
                Value(json, fields.Name(i));
                Value(json, fields.Value(i));
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The values at these places.</summary>
    public static string Some(in EntryFields fields, ReadOnlySpan<int> places)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_plain))
        {
            json.WriteStartObject();
            foreach (var place in places)
            {
                json.WritePropertyName(fields.Name(place));
                Value(json, fields.Value(place));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Adds the fields of a whole entry to the entry that was added last.</summary>
    public static void ReadWhole(JsonElement array, LogBatch target)
    {
        for (var i = 0; i + 1 < array.GetArrayLength(); i += 2) target.AddField(Bytes(array[i]), Bytes(array[i + 1]));
    }

    /// <summary>What a value of it was.</summary>
    public static byte[] Bytes(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.GetProperty("base64").GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(value.GetString()!);

    private static void Value(Utf8JsonWriter json, ReadOnlySpan<byte> value)
    {
        if (Utf8.IsValid(value))
        {
            json.WriteStringValue(value);
            return;
        }

        json.WriteStartObject();
        json.WriteBase64String("base64", value);
        json.WriteEndObject();
    }
}
