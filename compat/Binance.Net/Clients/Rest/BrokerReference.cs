using System.Security.Cryptography;

namespace Binance.Net.Clients.Rest;

/// <summary>The library's broker prefix on order ids: put before ids that nobody chose, taken off replies.</summary>
internal static class BrokerReference
{
    private const int LongestId = 36;
    private const string Separator = "JK";
    private const string Futures = "x-d63tKbx3";
    private const string Spot = "x-VICEW9VV";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string Apply(string? id, BinanceRestOptions options)
    {
        var prefix = (string.IsNullOrEmpty(options.BrokerId) ? Futures : options.BrokerId) + Separator;
        if (string.IsNullOrEmpty(id))
            return prefix + RandomNumberGenerator.GetString(Letters, LongestId - prefix.Length);
        return options.AllowAppendingClientOrderId && id.Length + prefix.Length <= LongestId ? prefix + id : id;
    }

    public static string? ApplyIfGiven(string? id, BinanceRestOptions options) =>
        id is null ? null : Apply(id, options);

    // Wherever it stands, as the library does.
    public static string? Strip(string? id) =>
        id is null || !id.Contains(Separator, StringComparison.Ordinal)
            ? id
            : id.Replace(Spot + Separator, "", StringComparison.Ordinal)
                .Replace(Futures + Separator, "", StringComparison.Ordinal);
}
