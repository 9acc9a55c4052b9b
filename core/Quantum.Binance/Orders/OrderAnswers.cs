using System.Globalization;
using Binance.Net.Enums;
using Binance.Net.Objects.Models.Futures;
using Quantum.Binance.Calls;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using OrderStatus = Quantum.Contracts.Units.OrderStatus;

namespace Quantum.Binance.Orders;

/// <summary>What is told of an order of ours.</summary>
internal static class OrderAnswers
{
    /// <summary>A new order that was not taken, or perhaps was.</summary>
    public static OrderUpdate NotPlaced(in OrderCommand order, Answer answer) => OrderUpdate.To(
        in order,
        answer.Kind switch
        {
            AnswerKind.Refused or AnswerKind.RateRefused => OrderStatus.Rejected,
            AnswerKind.Held => OrderStatus.Expired,
            _ => OrderStatus.Unknown,
        },
        answer.ReasonCode, answer.Words);

    public static OrderUpdate Of(in OrderCommand order, BinanceUsdFuturesOrder known)
    {
        var status = VenueWords.Of(known.Status);
        return OrderUpdate.To(in order, status ?? OrderStatus.Unknown, null, null) with
        {
            VenueOrderId = Id(known.Id),
            CumulativeQuantity = known.QuantityFilled,
            AveragePrice = Average(known),
            ReasonCode = status is null
                ? "venue_unknown"
                : VenueWords.ExpiryCode(known.Status, known.TimeInForce, known.QuantityFilled),
            Reason = status is null ? $"the venue names a state that is not known: {known.Status}" : null,
        };
    }

    /// <summary>A conditional order that has no order of its own yet, or tells itself how that ended.</summary>
    public static OrderUpdate Of(in OrderCommand order, BinanceFuturesConditionalOrder known)
    {
        var (filled, price) = (known.ActualQuantity ?? 0, known.ActualPrice ?? 0);
        var isFilled = filled > 0 && price > 0;
        var status = known.Status == AlgoOrderStatus.Finished
            ? isFilled ? OrderStatus.Filled : OrderStatus.Expired
            : VenueWords.Of(known.Status);
        return OrderUpdate.To(in order, status ?? OrderStatus.Unknown, null, null) with
        {
            VenueOrderId = Id(known.Id),
            CumulativeQuantity = isFilled ? filled : 0,
            AveragePrice = isFilled ? price : null,
            ReasonCode = status is null ? "venue_unknown" : null,
            Reason = status is null ? $"the venue names a state that is not known: {known.Status}" : null,
        };
    }

    // The exchange rounds both to the same digits: of more than one unit the sum says more than the average, which may
    // have two digits left of a tiny price.
    private static decimal? Average(BinanceUsdFuturesOrder known) => known switch
    {
        { QuantityFilled: > 1, QuoteQuantityFilled: > 0 and var quote } => quote / known.QuantityFilled,
        { QuantityFilled: > 0, AveragePrice: > 0 } => known.AveragePrice,
        _ => null,
    };

    public static string Id(long venueOrderId) => venueOrderId.ToString(CultureInfo.InvariantCulture);
}
