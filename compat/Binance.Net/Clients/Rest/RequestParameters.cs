using System.Globalization;
using System.Text;
using System.Web;

namespace Binance.Net.Clients.Rest;

/// <summary>The parameters of a request in the order in which they are sent; what is null is left out.</summary>
internal sealed class RequestParameters
{
    private readonly List<(string Key, string Value)> _values = [];

    public RequestParameters Add(string key, string? value)
    {
        if (value is not null) _values.Add((key, value));
        return this;
    }

    // The scale stays: 0.010 is sent as 0.010.
    public RequestParameters Add(string key, decimal? value) => Add(key, value?.ToString(CultureInfo.InvariantCulture));

    public RequestParameters Add(string key, long? value) => Add(key, value?.ToString(CultureInfo.InvariantCulture));

    public RequestParameters Add(string key, bool? value) => Add(key, value is { } set ? set ? "true" : "false" : null);

    public RequestParameters Add(string key, DateTime? value) =>
        Add(key, value is { } time ? (long)Math.Round((time - DateTime.UnixEpoch).TotalMilliseconds) : null);

    public RequestParameters Add<T>(string key, T? value)
        where T : struct, Enum => Add(key, value is { } member ? WireNames<T>.Of(member) : null);

    public string ToQuery() => Join(Uri.EscapeDataString);

    public string ToForm() => Join(HttpUtility.UrlEncode);

    private string Join(Func<string, string?> escape)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in _values)
        {
            if (text.Length > 0) text.Append('&');
            text.Append(key).Append('=').Append(escape(value));
        }

        return text.ToString();
    }
}
