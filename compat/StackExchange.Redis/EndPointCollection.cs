using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace StackExchange.Redis;

/// <summary>The addresses of the servers, in the order in which they are tried.</summary>
public sealed class EndPointCollection : Collection<EndPoint>
{
    internal static bool TryParse(string text, out EndPoint endpoint)
    {
        var (host, port) = (text, 0);
        var colon = text.LastIndexOf(':');
        // A bare IPv6 address has more than one colon and no port unless it is in brackets.
        var hasPort = colon > 0 && (text.IndexOf(':') == colon || text[colon - 1] == ']');
        var ok = text.Length > 0 && !text.Any(char.IsWhiteSpace);
        if (hasPort)
        {
            host = text[..colon];
            ok &= int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
                && port is > 0 and <= 65535;
        }

        endpoint = Make(host, ok ? port : 0);
        return ok && host.Length > 0;
    }

    internal static string Format(EndPoint endpoint) => endpoint switch
    {
        DnsEndPoint dns => dns.Port == 0 ? dns.Host : $"{dns.Host}:{dns.Port}",
        IPEndPoint { Port: 0 } ip => ip.Address.ToString(),
        _ => endpoint.ToString()!,
    };

    internal static (string Host, int Port) Split(EndPoint endpoint) => endpoint switch
    {
        DnsEndPoint dns => (dns.Host, dns.Port),
        IPEndPoint ip => (ip.Address.ToString(), ip.Port),
        _ => throw new NotSupportedException(
            $"The stand-in connects to host:port only, not to '{endpoint}'; StackExchange.Redis can do more."),
    };

    internal void SetDefaultPorts(int port)
    {
        for (var i = 0; i < Count; i++)
        {
            var (host, given) = Split(this[i]);
            if (given == 0)
                this[i] = Make(host, port);
        }
    }

    private static EndPoint Make(string host, int port) =>
        IPAddress.TryParse(host, out var address)
            ? new IPEndPoint(address, port)
            : new DnsEndPoint(host.Length == 0 ? "?" : host, port, AddressFamily.Unspecified);
}
