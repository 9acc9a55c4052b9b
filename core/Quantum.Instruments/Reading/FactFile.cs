using System.IO.Compression;
using System.Text.Unicode;
using Quantum.Roles.Symbols;

namespace Quantum.Instruments.Reading;

/// <summary>
/// What one file says of instruments. Taken are: a book of ours; Binance's USD-M <c>exchangeInfo</c>,
/// <c>leverageBracket</c> and <c>fundingInfo</c> as downloaded; each plain or gzip.
/// </summary>
public sealed record FactFile
{
    private const string Expected =
        "expected is instruments.json, or Binance's USD-M exchangeInfo, leverageBracket or fundingInfo as downloaded";

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Its name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Instruments with their filters, as far as it names them.</summary>
    public IReadOnlyList<Instrument> Rows { get; init; } = [];

    /// <summary>Leverage tables by symbol.</summary>
    public IReadOnlyDictionary<Symbol, LeverageBrackets> Brackets { get; init; } =
        new Dictionary<Symbol, LeverageBrackets>();

    /// <summary>Hours between two fundings by symbol.</summary>
    public IReadOnlyDictionary<Symbol, int> FundingHours { get; init; } = new Dictionary<Symbol, int>();

    /// <summary>Rows that are no use here, each with the reason.</summary>
    public IReadOnlyList<LeftOut> Left { get; init; } = [];

    /// <summary>When the exchange said so, UTC; null when the file does not tell.</summary>
    public DateTime? At { get; init; }

    /// <summary>True for a book that holds all there is: nothing is taken from another one.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Reads a file; throws <see cref="InstrumentException"/> with one line.</summary>
    public static FactFile Read(string path, IReadOnlySet<string>? without = null)
    {
        if (!File.Exists(path))
        {
            throw new InstrumentException(
                Directory.Exists(path)
                    ? $"{path} is a folder: name the file."
                    : $"{path}: there is no such file: correct the name.");
        }

        try
        {
            using var file = File.OpenRead(path);
            return Read(path, file, without, File.GetLastWriteTimeUtc(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InstrumentException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    internal static FactFile Read(
        string name, Stream stream, IReadOnlySet<string>? without = null, DateTime? writtenAt = null)
    {
        using var document = Parse(name, stream);
        try
        {
            return Read(new JsonPlace(name, document.RootElement), without ?? new HashSet<string>(), writtenAt);
        }
        catch (InvalidOperationException fault)
        {
            // Half a surrogate as an escape is JSON, but no text.
            throw new InstrumentException($"{name} holds text that cannot be read: download it again.", fault);
        }
    }

    private static FactFile Read(JsonPlace place, IReadOnlySet<string> skip, DateTime? writtenAt) =>
        place.Element.ValueKind switch
        {
            JsonValueKind.Object when place.Has("instruments") => BookReader.Read(place),
            JsonValueKind.Object when place.Has("symbols") =>
                ExchangeReader.Read(place, place.Array("symbols"), skip, place.TimeOr("serverTime", writtenAt)),
            JsonValueKind.Object when place.Has("brackets") => BracketReader.Read(place, [place], skip),
            JsonValueKind.Object when place.Has("code") && place.Has("msg") => throw place.Fault(
                $"is an error reply of the exchange ({place.Text("code")}: {place.Text("msg")})", "download it again"),
            JsonValueKind.Array => ReadArray(place, skip, writtenAt),
            _ => throw place.Fault("is no file of facts", Expected),
        };

    private static FactFile ReadArray(JsonPlace place, IReadOnlySet<string> without, DateTime? writtenAt)
    {
        var rows = place.Items();
        if (rows.Count == 0) throw place.Fault("holds no instrument: it is an empty list", "download it again");
        var first = rows[0];
        if (first.Has("brackets")) return BracketReader.Read(place, rows, without);
        if (first.Has("fundingIntervalHours")) return BracketReader.ReadFunding(place, rows, without);
        return first.Has("filters")
            ? ExchangeReader.Read(place, rows, without, writtenAt)
            : throw place.Fault("is no file of facts", Expected);
    }

    private static JsonDocument Parse(string name, Stream stream)
    {
        try
        {
            var bytes = Unpacked(stream);
            if (bytes.Length == 0) throw new InstrumentException($"{name} is empty: download it again.");
            if (!Utf8.IsValid(bytes)) throw new InstrumentException($"{name} is no UTF-8 text: download it again.");
            return JsonDocument.Parse(bytes, s_strict);
        }
        catch (JsonException fault)
        {
            var at = FormattableString.Invariant($"line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}");
            throw new InstrumentException($"{name} is no JSON at {at}: download or correct it.", fault);
        }
        catch (InvalidDataException fault)
        {
            throw new InstrumentException($"{name} is damaged gzip: download it again.", fault);
        }
    }

    private static byte[] Unpacked(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        var bytes = all.ToArray();
        if (bytes is [0xEF, 0xBB, 0xBF, .. var rest]) return rest;
        if (bytes is not [0x1F, 0x8B, ..]) return bytes;
        using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }
}

/// <summary>A row that is no use here.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Why">In words.</param>
public sealed record LeftOut(string Name, string Why);
