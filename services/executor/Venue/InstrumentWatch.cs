using Quantum.Binance.Market;
using Quantum.Exchanges;
using Quantum.Instruments;

namespace Quantum.Executor.Venue;

/// <summary>
/// Holds the facts that orders are made by against the exchange's own, once at the start: a tick or a step that has
/// changed since is told before the first order is refused for it. The exchange's replies are kept, to be imported.
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
            var folder = Directory.CreateTempSubdirectory("quantum-exchange-").FullName;
            string[] files = [Path.Combine(folder, "exchangeInfo.json"), Path.Combine(folder, "leverageBracket.json")];
            await File.WriteAllTextAsync(files[0], told.ExchangeInfoJson, stoppingToken).ConfigureAwait(false);
            await File.WriteAllTextAsync(files[1], told.LeverageBracketJson, stoppingToken).ConfigureAwait(false);
            Tell(BookDifference.Of(book, BookImport.Of(book, files, isOnly: true).Book), files);
        }
        catch (Exception fault) when (fault is VenueException or InstrumentException or IOException)
        {
            log.LogWarning("the exchange's own facts of its instruments are not known: {Fault}", fault.Message);
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
