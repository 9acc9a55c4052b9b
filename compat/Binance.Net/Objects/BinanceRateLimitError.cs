using System.Globalization;

namespace Binance.Net.Objects;

/// <summary>HTTP 429 or 418 with the exchange's words. The code does not reach <see cref="Error.Code"/>.</summary>
public class BinanceRateLimitError : ServerRateLimitError
{
    public BinanceRateLimitError(string message)
        : base(message)
    {
    }

    public BinanceRateLimitError(int code, string message)
        : base(Kind(message, code.ToString(CultureInfo.InvariantCulture)), null)
    {
    }
}
