using Quantum.Exchanges;

namespace Quantum.Executor.Venue;

/// <summary>
/// Sees to it that the account and each symbol are as orders need them. What is not so stops the entries that it
/// concerns and nothing else: stream, comparison, exits and stops go on, and it is tried again after growing pauses.
/// </summary>
internal sealed class AccountSetup(
    IOrderVenue venue, EntryStop stop, VenueNotes notes, OrderLaneOptions options)
{
    private const int LongestPauseMs = 60_000;

    /// <summary>Ends when cancelled.</summary>
    /// <param name="symbols">Gives the symbols that were ever traded.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(Func<IReadOnlyList<Symbol>> symbols, CancellationToken cancel)
    {
        for (var pauseMs = options.RetryAfterMs; await PrepareAsync(cancel).ConfigureAwait(false) is { } fault;)
        {
            stop.Account(fault.Message);
            notes.Tell(Notice(fault), TimeSpan.FromMilliseconds(LongestPauseMs) * 2, cancel);
            await Task.Delay(pauseMs, cancel).ConfigureAwait(false);
            pauseMs = Math.Min(2 * pauseMs, LongestPauseMs);
        }

        stop.Account(null);
        notes.Over(FindingCodes.EntriesBlocked, "", cancel);
        while (true)
        {
            if (venue.Reservation is { } reservation) notes.Tell(reservation, VenueNotes.Lasting, cancel);
            foreach (var symbol in symbols()) await PrepareAsync(symbol, cancel).ConfigureAwait(false);
            await Task.Delay(options.RetryAfterMs, cancel).ConfigureAwait(false);
        }
    }

    private async Task<VenueException?> PrepareAsync(CancellationToken cancel)
    {
        try
        {
            await venue.PrepareAsync(cancel).ConfigureAwait(false);
            return null;
        }
        catch (VenueException fault)
        {
            return fault;
        }
    }

    // The adapter refuses the symbol's entries itself; what was refused costs no request before its pause is over.
    private async Task PrepareAsync(Symbol symbol, CancellationToken cancel)
    {
        if (await venue.PrepareSymbolAsync(symbol, cancel).ConfigureAwait(false) is { } notice)
            notes.Tell(notice, VenueNotes.Lasting, cancel);
        else notes.Over(FindingCodes.EntriesBlocked, symbol.Name, cancel);
    }

    private VenueNotice Notice(VenueException fault) => new(
        FindingCodes.EntriesBlocked, "", Severity.Critical,
        $"No entry goes to {venue.Name}: {fault.Message} Exits and stops go on; it is tried again.",
        "do what the text says");
}
