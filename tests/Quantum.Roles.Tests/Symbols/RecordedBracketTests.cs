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
        Assert.All(files, Check);
    }

    private static void Check(string path)
    {
        using var document = JsonDocument.Parse(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
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

        Assert.True(count > 5_000, $"only {count} brackets");
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
