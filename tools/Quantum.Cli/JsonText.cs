using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Quantum.Audit;

namespace Quantum.Cli;

/// <summary>The JSON that verbs print: camelCase names, verdicts as the audit writes them, nothing left out.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions s_line = Create(isIndented: false);
    private static readonly JsonSerializerOptions s_document = Create(isIndented: true);

    /// <summary>One document over several lines.</summary>
    public static void Print<TValue>(TValue value) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(value, s_document));

    /// <summary>One line, for streams of documents.</summary>
    public static void PrintLine<TValue>(TValue value) => Console.Out.WriteLine(Line(value));

    /// <summary>The same as text.</summary>
    public static string Line<TValue>(TValue value) => JsonSerializer.Serialize(value, s_line);

    private static JsonSerializerOptions Create(bool isIndented) => new()
    {
        WriteIndented = isIndented,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter<Verdict>(JsonNamingPolicy.SnakeCaseUpper),
            new JsonStringEnumConverter<StreamVerdict>(JsonNamingPolicy.SnakeCaseUpper),
            new JsonStringEnumConverter<AuditVerdict>(JsonNamingPolicy.SnakeCaseUpper),
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
        },
    };
}
