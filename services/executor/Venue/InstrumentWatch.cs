using Quantum.Binance.Market;
using Quantum.Exchanges;
using Quantum.Instruments;

namespace Quantum.Executor.Venue;

/// <summary>
/// Holds the facts that orders are made by against the exchange's own, once at the start: a tick or a step that has
/// changed since is told before the first order is refused for it. The exchange's replies are kept then, for an import.
/// </summary>
internal sealed class InstrumentWatch(BinanceInstruments exchange, InstrumentBook book, ILogger<InstrumentWatch> log)
    : BackgroundService
{
    private const int MostNamed = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var told = await exchange.ReadAsync(stoppingToken).ConfigureAwait(false);
            var (difference, files) = Compare(book, told);
            Tell(difference, files);
        }
        catch (Exception fault) when (fault is VenueException or InstrumentException or IOException)
        {
            log.LogWarning("the exchange's own facts of its instruments are not known: {Fault}", fault.Message);
        }
    }

    /// <summary>What differs, and the files of the replies, which stay only when something does.</summary>
    internal static (BookDifference Difference, string[] Files) Compare(
        InstrumentBook book, BinanceInstrumentTexts told)
    {
        var folder = Directory.CreateTempSubdirectory("quantum-exchange-");
        string[] files =
            [Path.Combine(folder.FullName, "exchangeInfo.json"), Path.Combine(folder.FullName, "leverageBracket.json")];
        var isWanted = false;
        try
        {
            File.WriteAllText(files[0], told.ExchangeInfoJson);
            File.WriteAllText(files[1], told.LeverageBracketJson);
            var difference = BookDifference.Of(book, BookImport.Of(book, files, isOnly: true).Book);
            isWanted = difference.Changed.Count > 0;
            return (difference, files);
        }
        finally
        {
            if (!isWanted) folder.Delete(recursive: true);
        }
    }

    // What only one of the two has is no contradiction: the book names what is traded.
    private void Tell(BookDifference difference, string[] files)
    {
        if (difference.Changed.Count == 0)
        {
            log.LogInformation("the facts of {Same} instruments are the exchange's own", difference.Same);
            return;
        }

        foreach (var change in difference.Changed.Take(MostNamed))
            log.LogWarning("{Symbol} has other facts at the exchange: {Facts}", change.Symbol, string.Join(
                ", ", change.Facts.Select(fact => $"{fact.Name} {fact.Before} here, {fact.Now} there")));
        log.LogWarning(
            "{Count} instruments have other facts at the exchange: ./quantum instruments import {Info} {Brackets} "
            + "shows them all and takes them in with --yes, for the next start",
            difference.Changed.Count, files[0], files[1]);
    }
}
