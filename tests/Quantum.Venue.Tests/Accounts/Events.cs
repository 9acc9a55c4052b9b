using System.Globalization;
using System.Text.Json;
using Quantum.Venue.Tests.Market;

namespace Quantum.Venue.Tests.Accounts;

/// <summary>Reads user streams in tests.</summary>
internal static class Events
{
    /// <summary>The next so many frames in short words, as <c>ORDER_TRADE_UPDATE TRADE FILLED</c>.</summary>
    public static async Task<List<string>> NextAsync(this SocketClient socket, int count)
    {
        var told = new List<string>();
        while (told.Count < count)
            told.Add(Short(await socket.NextAsync() ?? throw new InvalidOperationException("the socket ended.")));
        return told;
    }

    /// <summary>The next frame of an event.</summary>
    public static Task<JsonElement> EventAsync(this SocketClient socket, string name) =>
        socket.HearAsync(frame => frame.GetProperty("e").GetString() == name);

    public static decimal Number(this JsonElement element, string name) =>
        decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Short(JsonElement frame)
    {
        var name = frame.GetProperty("e").GetString()!;
        if (name == "ACCOUNT_UPDATE") return $"{name} {frame.GetProperty("a").GetProperty("m").GetString()}";
        if (!frame.TryGetProperty("o", out var order)) return name;
        return order.TryGetProperty("x", out var execution)
            ? $"{name} {execution.GetString()} {order.GetProperty("X").GetString()}"
            : $"{name} {order.GetProperty("X").GetString()}";
    }
}
