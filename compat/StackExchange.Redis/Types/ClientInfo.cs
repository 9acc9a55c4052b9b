using System.Globalization;
using System.Net;

namespace StackExchange.Redis;

/// <summary>One line of CLIENT LIST.</summary>
public sealed class ClientInfo
{
    private readonly Dictionary<string, string> _fields;

    private ClientInfo(string line)
    {
        Raw = line;
        _fields = line.Split(' ')
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    public string? Raw { get; }

    public long Id => long.Parse(_fields["id"], CultureInfo.InvariantCulture);

    public EndPoint? Address => IPEndPoint.TryParse(Text("addr") ?? "", out var address) ? address : null;

    public string? Name => Text("name");

    public string? LastCommand => Text("cmd");

    public int AgeSeconds => Number("age");

    public int IdleSeconds => Number("idle");

    public int Database => Number("db");

    public int SubscriptionCount => Number("sub");

    internal static ClientInfo[] Parse(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => new ClientInfo(line))];

    private string? Text(string field) => _fields.GetValueOrDefault(field);

    private int Number(string field) => int.Parse(Text(field) ?? "0", CultureInfo.InvariantCulture);
}
