using Quantum.Binance.Market;
using Quantum.Cli.Tests.Instruments;
using Quantum.Executor.Venue;
using Quantum.Instruments;

namespace Quantum.Services.Tests.Venue;

/// <summary>What the exchange tells of its instruments, held against the book at every start of the executor.</summary>
public sealed class InstrumentWatchTests
{
    private static readonly InstrumentBook s_none = new("none", [], isComplete: true);

    [Theory]
    [InlineData("0.01", false)]
    [InlineData("0.02", true)]
    public void The_replies_stay_only_when_there_is_something_to_import(string tick, bool areKept)
    {
        using var facts = new FactFolder();
        var told = new BinanceInstrumentTexts(
            FactFolder.Exchange(1, FactFolder.Row("AAAUSDT")), $"[{FactFolder.Brackets("AAAUSDT")}]");
        var book = BookImport.Of(s_none,
        [
            facts.Write("exchangeInfo.json", FactFolder.Exchange(0, FactFolder.Row("AAAUSDT", tick))),
            facts.Write("leverageBracket.json", told.LeverageBracketJson),
        ]).Book;

        var (difference, files) = InstrumentWatch.Compare(book, told);

        Assert.Equal(areKept ? ["tickSize"] : [], difference.Changed.SelectMany(one => one.Facts).Select(f => f.Name));
        Assert.All(files, file => Assert.Equal(areKept, File.Exists(file)));
        var folder = Path.GetDirectoryName(files[0])!;
        Assert.Equal(areKept, Directory.Exists(folder));
        if (areKept) Directory.Delete(folder, recursive: true);
    }
}
