using Binance.Net.Clients;
using Binance.Net.Objects.Models.Futures;
using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using OrderStatus = Quantum.Contracts.Units.OrderStatus;

namespace Quantum.Binance.Account;

/// <summary>
/// Reads which symbols funding was paid for: the account's stream says it only of positions with a margin of their own.
/// </summary>
internal sealed class FundingReader(
    BinanceSettings settings, BinanceRestClient rest, BinanceCalls calls, TimeProvider time)
{
    private const string Funding = "FUNDING_FEE";
    private const int Tries = 5;

    /// <summary>How far the booking may be from the moment that the stream tells.</summary>
    private const long AroundMs = 60_000;

    /// <summary>Funding of a symbol, told once however it was heard.</summary>
    /// <param name="symbol">Whose position.</param>
    /// <param name="atMs">When, UTC epoch ms; the id knows only the minute, since the sources differ.</param>
    /// <param name="usd">Received (+) or paid (-).</param>
    public static OrderUpdate Told(Symbol symbol, long atMs, decimal usd) => new()
    {
        Kind = UpdateKind.Funding,
        Symbol = symbol,
        Status = OrderStatus.Filled,
        VenueTradeId = $"funding-{symbol}-{atMs / 60_000}",
        LastFillQuantity = 0,
        CumulativeQuantity = 0,
        FeeUsd = 0,
        FundingUsd = usd,
    };

    /// <summary>What was booked around a moment.</summary>
    /// <returns>Null when it cannot be told whole.</returns>
    public async ValueTask<IReadOnlyList<OrderUpdate>?> ReadAsync(long atMs, CancellationToken cancel)
    {
        for (var left = Tries; left > 0; left--)
        {
            var reply = await calls.AskAsync("funding", Costs.Funding, async () =>
            {
                var result = await rest.UsdFuturesApi.Account.GetIncomeHistoryAsync(
                    incomeType: Funding, startTime: (atMs - AroundMs).Utc(), endTime: (atMs + AroundMs).Utc(),
                    limit: 1_000, ct: cancel).ConfigureAwait(false);
                return Reply.Of(
                    result.Success, result.Data, result.Error, result.ResponseStatusCode, result.ResponseHeaders);
            }, cancel).ConfigureAwait(false);
            if (reply.Data is { Length: > 0 } rows) return Updates(rows);
            // It may be booked a moment after it is told.
            await Task.Delay(TimeSpan.FromMilliseconds(settings.ReconnectMs), time, cancel).ConfigureAwait(false);
        }

        return null;
    }

    private static List<OrderUpdate>? Updates(BinanceFuturesIncomeHistory[] rows)
    {
        var updates = new List<OrderUpdate>();
        foreach (var row in rows)
        {
            if (!Symbol.TryParse(row.Symbol, out var symbol) || Fees.Usd(row.Asset, row.Income) is not { } usd)
                return null;
            updates.Add(Told(symbol, row.Timestamp.Ms(), usd));
        }

        return updates;
    }
}
