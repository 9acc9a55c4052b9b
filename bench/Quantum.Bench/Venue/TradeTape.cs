using System.Globalization;

namespace Quantum.Bench.Venue;

/// <summary>A made up tape of trades in the form of the exchange's public dumps, evenly over each second.</summary>
internal static class TradeTape
{
    private const long FromMs = 1_735_689_600_000;
    private const decimal Price = 92_400;
    private const decimal TickSize = 0.1m;
    private const int Prices = 7;

    public static void Write(string path, int perSecond, int seconds)
    {
        using var file = new StreamWriter(path);
        file.WriteLine("agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker");
        for (var i = 0; i < perSecond * seconds; i++)
        {
            // No two neighbours alike: each is a trade of its own, also where trades of one order are put together.
            var price = Price + TickSize * (i % Prices);
            var atMs = FromMs + i * 1_000L / perSecond;
            var quantity = 0.001m * (1 + i % 50);
            var isBuyerMaker = i % 2 == 0 ? "true" : "false";
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{i + 1},{price},{quantity},{i + 1},{i + 1},{atMs},{isBuyerMaker}"));
        }
    }
}
