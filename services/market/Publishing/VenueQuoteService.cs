using Quantum.Exchanges;

namespace Quantum.Market.Publishing;

/// <summary>
/// Runs the further venues of a live feed, each for itself: what happens to one lowers the count of venues and does no
/// more.
/// </summary>
public sealed class VenueQuoteService(
    QuoteRelay relay, IReadOnlyList<IQuoteVenue> venues, ILogger<VenueQuoteService> log) : BackgroundService
{
    private static readonly TimeSpan s_pauseAfterFault = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var symbols = await relay.Symbols.WaitAsync(stoppingToken).ConfigureAwait(false);
        log.LogInformation(
            "quotes of {Venues} beside the feed's", string.Join(" and ", venues.Select(venue => venue.Name)));
        await Task.WhenAll(venues.Select(venue => RunAsync(venue, symbols, stoppingToken))).ConfigureAwait(false);
    }

    private async Task RunAsync(IQuoteVenue venue, IReadOnlyList<Symbol> symbols, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await venue.RunAsync(symbols, relay.Tell, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A fault of ours in one venue must not end the market of the others.
                log.LogError(e, "{Venue}: its quotes failed; once more in {Pause}", venue.Name, s_pauseAfterFault);
            }

            await Task.Delay(s_pauseAfterFault, stop).ConfigureAwait(false);
        }
    }
}
