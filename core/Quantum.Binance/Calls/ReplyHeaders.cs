using System.Globalization;
using System.Net.Http.Headers;
using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Calls;

/// <summary>What a reply's headers say of the rate.</summary>
internal static class ReplyHeaders
{
    public static BudgetUse Use(HttpResponseHeaders? headers) => new(
        Number(headers, "X-MBX-USED-WEIGHT-1M"), Number(headers, "X-MBX-ORDER-COUNT-10S"),
        Number(headers, "X-MBX-ORDER-COUNT-1M"));

    public static TimeSpan? RetryAfter(HttpResponseHeaders? headers) =>
        Number(headers, "Retry-After") is > 0 and { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static int? Number(HttpResponseHeaders? headers, string name) =>
        headers is not null && headers.TryGetValues(name, out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
