using System.IO.Compression;
using System.Text;

namespace Quantum.Cli.Tests.Instruments;

/// <summary>A folder of replies as the exchange gives them, made up, removed at the end.</summary>
internal sealed class FactFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantum-facts-");

    /// <summary>The folder of recorded replies beside the project; null where it is not.</summary>
    public static string? Recorded { get; } = FindRecorded();

    public string Of(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        if (!name.EndsWith(".gz", StringComparison.Ordinal)) File.WriteAllText(Of(name), text);
        else
        {
            using var packed = new GZipStream(File.Create(Of(name)), CompressionLevel.Fastest);
            packed.Write(Encoding.UTF8.GetBytes(text));
        }

        return Of(name);
    }

    /// <summary>exchangeInfo of these rows, told on 2026-06-01 or later days.</summary>
    public static string Exchange(int day, params string[] rows) =>
        $$"""{"serverTime":{{1_780_272_000_000 + day * 86_400_000L}},"symbols":[{{string.Join(",", rows)}}]}""";

    public static string Row(
        string symbol, string tick = "0.01", string step = "0.1", string status = "TRADING", string quote = "USDT",
        string minQty = "0.1", string maxQty = "1000", string more = "") => $$"""
        {"symbol":"{{symbol}}","contractType":"PERPETUAL","status":"{{status}}","quoteAsset":"{{quote}}",
        "marginAsset":"{{quote}}",{{more}}"filters":[
        {"filterType":"PRICE_FILTER","tickSize":"{{tick}}","minPrice":"1","maxPrice":"9"},
        {"filterType":"LOT_SIZE","stepSize":"{{step}}","minQty":"{{minQty}}","maxQty":"{{maxQty}}"},
        {"filterType":"MARKET_LOT_SIZE","stepSize":"{{step}}","minQty":"{{minQty}}","maxQty":"500"},
        {"filterType":"MIN_NOTIONAL","notional":"5"},
        {"filterType":"PERCENT_PRICE","multiplierUp":"1.05","multiplierDown":"0.95","multiplierDecimal":"4"}]}
        """;

    public static string Brackets(string symbol, string steps = "0:5000:50:0.01 5000:90000:20:0.025")
    {
        var rows = steps.Split(' ').Select(step => step.Split(':')).Select((part, i) => $$"""
            {"bracket":{{i + 1}},"initialLeverage":{{part[2]}},"notionalFloor":{{part[0]}},"notionalCap":{{part[1]}},
            "maintMarginRatio":{{part[3]}},"cum":0}
            """);
        return $$"""{"symbol":"{{symbol}}","brackets":[{{string.Join(",", rows)}}]}""";
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string? FindRecorded()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data", "binance");
            if (Directory.Exists(data)) return data;
        }

        return null;
    }
}
