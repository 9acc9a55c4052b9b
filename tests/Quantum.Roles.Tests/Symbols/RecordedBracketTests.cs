using System.IO.Compression;
using System.Text.Json;
using Quantum.Roles.Symbols;

namespace Quantum.Roles.Tests.Symbols;

/// <summary>
/// The exchange's own margin tables of several dates, where they lie beside the repository: what it publishes as cum
/// follows from floors and ratios in every one.
/// </summary>
public sealed class RecordedBracketTests
{
    /// <summary>The folder of recorded replies beside the project; null where it is not.</summary>
    internal static string? Folder { get; } = Find();

    [RecordedBracketFact]
    public void What_is_published_as_cum_follows_from_floors_and_ratios()
    {
        var files = Directory.GetFiles(Folder!, "leverageBracket*.json.gz");
        Assert.NotEmpty(files);
        Assert.All(files, path =>
        {
            using var document = JsonDocument.Parse(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            Assert.InRange(Check(document), 5_001, int.MaxValue);
        });
    }

    /// <summary>A table of our own in the shape that the exchange documents, with cum as it reckons it.</summary>
    [Fact]
    public void A_table_of_the_documented_shape_has_the_cum_that_follows_from_it()
    {
        using var document = JsonDocument.Parse("""
            [{"symbol":"AAAUSDT","brackets":[
            {"bracket":3,"initialLeverage":20,"notionalCap":900000,"notionalFloor":200000,"maintMarginRatio":0.0125,
            "cum":1100.0},
            {"bracket":1,"initialLeverage":100,"notionalCap":40000,"notionalFloor":0,"maintMarginRatio":0.005,
            "cum":0.0},
            {"bracket":2,"initialLeverage":50,"notionalCap":200000,"notionalFloor":40000,"maintMarginRatio":0.0075,
            "cum":100.0}]}]
            """);
        Assert.Equal(3, Check(document));
    }

    private static int Check(JsonDocument document)
    {
        var count = 0;
        foreach (var row in document.RootElement.EnumerateArray())
        {
            var published = row.GetProperty("brackets").EnumerateArray().Select(Step)
                .OrderBy(step => step.Floor).ToList();
            var table = new LeverageBrackets(
                published.Select(step => new LeverageBracket(step.Cap, step.Leverage, step.Fraction)));
            for (var i = 0; i < published.Count; i++, count++)
            {
                var (floor, cap, _, fraction, cum) = published[i];
                Assert.Equal(cum, table.DeductedUsd(i), 6);
                Assert.Equal(cap * fraction - cum, table.MaintenanceUsd(cap), 6);
                // Nothing jumps at a floor: there both steps ask for the same.
                Assert.Equal(floor * fraction - cum, table.MaintenanceUsd(floor), 6);
            }
        }

        return count;
    }

    private static (decimal Floor, decimal Cap, int Leverage, decimal Fraction, decimal Cum) Step(JsonElement step) =>
        (step.GetProperty("notionalFloor").GetDecimal(), step.GetProperty("notionalCap").GetDecimal(),
            step.GetProperty("initialLeverage").GetInt32(), step.GetProperty("maintMarginRatio").GetDecimal(),
            step.GetProperty("cum").GetDecimal());

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data", "binance");
            if (Directory.Exists(data)) return data;
        }

        return null;
    }

    /// <summary>A test that needs the recorded tables, and is skipped where they are not.</summary>
    private sealed class RecordedBracketFactAttribute : FactAttribute
    {
        public RecordedBracketFactAttribute()
        {
            if (Folder is null) Skip = "no recorded margin tables lie beside the repository";
        }
    }
}
