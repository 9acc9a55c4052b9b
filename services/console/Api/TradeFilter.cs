using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Quantum.Console.Api;

/// <summary>Which closed trades are asked for.</summary>
internal sealed record TradeFilter(
    [property: FromQuery, Description("only this symbol")] string? Symbol,
    [property: FromQuery, Description("long or short")] string? Side,
    [property: FromQuery, Description("only those closed for this reason, for example stop_loss")] string? Reason,
    [property: FromQuery, Description("only where symbol, reason, id or side has this in it")] string? Search,
    [property: FromQuery, Description("closed at this time or later, UTC epoch ms")] long? From,
    [property: FromQuery, Description("closed before this time, UTC epoch ms")] long? To,
    [property: FromQuery, Description("the page before: its `next`")] string? Before,
    [property: FromQuery, Description("rows of a page, 1 to 1000")] int? Limit)
{
    private const int Most = 1_000;
    private const int Usual = 100;
    private const int MostSearched = 100_000;
    private static readonly string[] s_searched = ["symbol", "reason", "trade_id", "side"];

    /// <summary>Why it cannot be answered; null when it can.</summary>
    public string? Fault()
    {
        if (Limit is { } limit && LookRoutes.LimitFault(limit, Most) is { } fault) return fault;
        if (Side is not (null or "long" or "short")) return $"side is '{Side}': ask for long or short.";
        if (From > To) return $"from is {From} and to is {To}: from must not be later.";
        return Before is null || StreamEntry.IsId(Before)
            ? null
            : $"before is '{Before}': give the `next` of the page before, for example 1735016520000-0.";
    }

    /// <summary>The same as the query of an address; empty where everything is asked for.</summary>
    public string Query() => QueryString.Create(
        new (string Name, string? Value)[]
        {
            ("symbol", Symbol), ("side", Side), ("reason", Reason), ("search", Search),
        }
        .Where(part => part.Value is not null).Select(part => KeyValuePair.Create(part.Name, part.Value))).Value ?? "";

    /// <summary>The page.</summary>
    public TradePage Page(SystemRedis look, IReadOnlyList<string> keys)
    {
        var entries = keys.SelectMany(key => look.Newest(key, MostSearched + 1, Before));
        if (keys.Count > 1) entries = entries.OrderByDescending(entry => entry.IdMs);
        var found = new List<TradeShape>();
        var (searched, last) = (0, "");
        foreach (var entry in entries)
        {
            if (found.Count == (Limit ?? Usual) || searched == MostSearched)
                return new TradePage(found, searched, last);
            (searched, last) = (searched + 1, entry.Id);
            if (Fits(entry)) found.Add(TradeShape.Of(entry));
        }

        return new TradePage(found, searched, null);
    }

    /// <summary>True for a trade that is asked for.</summary>
    public bool Fits(StreamEntry entry)
    {
        var closedAtMs = entry.Whole("closed_at_ms") ?? entry.AtMs;
        return (Symbol is null || entry["symbol"] == Symbol) && (Side is null || entry["side"].Equals(
                Side, StringComparison.OrdinalIgnoreCase))
            && (Reason is null || entry["reason"] == Reason) && !(closedAtMs < From) && !(closedAtMs >= To)
            && (Search is null || s_searched.Any(name =>
                entry[name].Contains(Search, StringComparison.OrdinalIgnoreCase)));
    }
}
