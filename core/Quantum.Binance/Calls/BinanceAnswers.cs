using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Quantum.Binance.Calls;

/// <summary>What an answer means for the request.</summary>
internal enum AnswerKind
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was refused, for good: nothing of it is in force.</summary>
    Refused,

    /// <summary>It was refused for the rate: nothing of it is in force.</summary>
    RateRefused,

    /// <summary>Our own budget held it back: it was not sent.</summary>
    Held,

    /// <summary>Asked for: the exchange has no such order.</summary>
    NotFound,

    /// <summary>To be cancelled: there is no such live order.</summary>
    Gone,

    /// <summary>To be placed: a live order has this id.</summary>
    Duplicate,

    /// <summary>To be set: it is so already.</summary>
    Unchanged,

    /// <summary>Nobody knows what became of it.</summary>
    Unknown,
}

/// <summary>An answer's meaning.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="ReasonCode">Why, as a code of ours; null where there is nothing to explain.</param>
/// <param name="Words">Why, in the exchange's words.</param>
internal readonly record struct Answer(AnswerKind Kind, string? ReasonCode, string Words);

/// <summary>
/// The one table of what the exchange's answers mean, by number and HTTP status. Only a number that stands here
/// refuses; whatever else is said, by a number, a status or a page, leaves open what became of the request.
/// </summary>
internal static partial class BinanceAnswers
{
    public const int Overloaded = -1008;
    public const int TooManyOrders = -1015;

    /// <summary>The request's time is outside what the exchange takes: it was not done.</summary>
    public const int WrongTime = -1021;

    public const int BadKeyFormat = -2014;
    public const int BadKey = -2015;
    public const int DeadListenKey = -1125;
    public const int UnknownSymbol = -1121;
    public const string RateLimited = "rate_limited";
    public const string Banned = "banned";

    private const string NotServed = "Service Unavailable.";

    /// <summary>The exchange does not know itself whether it did it.</summary>
    private static readonly FrozenSet<int> s_unknown = FrozenSet.Create(-1000, -1001, -1006, -1007);

    private static readonly FrozenSet<int> s_rate = FrozenSet.Create(-1003, TooManyOrders, Overloaded);

    private static readonly FrozenDictionary<int, AnswerKind> s_special = new Dictionary<int, AnswerKind>
    {
        [-2011] = AnswerKind.Gone,
        [-2013] = AnswerKind.NotFound,
        [-4116] = AnswerKind.Duplicate,
        [-4046] = AnswerKind.Unchanged,
        [-4059] = AnswerKind.Unchanged,
    }.ToFrozenDictionary();

    /// <summary>Numbers that refuse, with their codes.</summary>
    public static readonly FrozenDictionary<int, string> Refusals = new Dictionary<int, string>
    {
        // The request.
        [WrongTime] = "clock", [-1131] = "clock",
        [-1002] = "unauthorized", [-1022] = "unauthorized", [BadKeyFormat] = "unauthorized", [BadKey] = "unauthorized",
        [-1013] = "malformed", [-1014] = "malformed", [-1020] = "malformed", [-1100] = "malformed",
        [-1101] = "malformed", [-1102] = "malformed", [-1103] = "malformed", [-1104] = "malformed",
        [-1105] = "malformed", [-1106] = "malformed", [-1108] = "malformed", [-1114] = "malformed",
        [-1115] = "malformed", [-1116] = "malformed", [-1117] = "malformed", [-1118] = "malformed",
        [-1119] = "malformed", [-1127] = "malformed", [-1128] = "malformed", [-1130] = "malformed",
        [-1136] = "malformed", [-4015] = "client_order_id",
        [-4120] = "wrong_endpoint",
        // The symbol.
        [UnknownSymbol] = "symbol_unknown",
        [-4108] = "market_closed", [-4140] = "market_closed", [-4141] = "market_closed",
        // Size and price.
        [-1111] = "precision", [-4014] = "precision", [-4023] = "precision", [-4029] = "precision",
        [-4030] = "precision",
        [-4003] = "quantity", [-4004] = "quantity", [-4005] = "quantity",
        [-4001] = "percent_price", [-4002] = "percent_price", [-4006] = "percent_price", [-4007] = "percent_price",
        [-4013] = "percent_price", [-4016] = "percent_price", [-4024] = "percent_price", [-4131] = "percent_price",
        [-4164] = "min_notional",
        // Time in force and trigger.
        [-2021] = "would_trigger", [-5021] = "fok_unfilled", [-5022] = "gtx_would_take", [-2020] = "no_liquidity",
        // Position and margin.
        [-2018] = "insufficient_margin", [-2019] = "insufficient_margin", [-4050] = "insufficient_margin",
        [-4051] = "insufficient_margin",
        [-2022] = "reduce_only_rejected", [-2024] = "reduce_only_rejected", [-2026] = "reduce_only_rejected",
        [-4118] = "reduce_only_rejected",
        [-4087] = "only_reduces", [-4400] = "only_reduces", [-2023] = "liquidation",
        [-2027] = "position_limit", [-2028] = "leverage_not_allowed", [-4028] = "leverage_not_allowed",
        [-4061] = "position_mode", [-4060] = "position_mode",
        [-2025] = "max_orders", [-4045] = "max_algo_orders",
        [-4047] = "setup_blocked", [-4048] = "setup_blocked", [-4067] = "setup_blocked", [-4068] = "setup_blocked",
        [-4161] = "setup_blocked",
        [-4130] = "close_position", [-4136] = "close_position", [-4054] = "no_isolated_position",
        [-2010] = "rejected",
    }.ToFrozenDictionary();

    public static Answer Judge(in CallOutcome outcome)
    {
        if (outcome.Success) return new Answer(AnswerKind.Done, null, "");
        if (outcome.IsHeld) return new Answer(AnswerKind.Held, RateLimited, outcome.Words);
        var (kind, code) = Meaning(in outcome, (int?)outcome.Status ?? 0);
        return new Answer(kind, code, outcome.Words);
    }

    /// <summary>When a ban ends, UTC epoch ms, where the exchange's words say it.</summary>
    public static long? BanEnd(string? words) => words is not null && UntilMs().Match(words) is { Success: true } until
        ? long.Parse(until.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : null;

    private static (AnswerKind Kind, string? Code) Meaning(in CallOutcome outcome, int status)
    {
        if (status == 418) return (AnswerKind.RateRefused, Banned);
        if (status == 429 || outcome.IsLimitedHere) return (AnswerKind.RateRefused, RateLimited);
        if (status == 503 && outcome.Message?.Contains(NotServed, StringComparison.Ordinal) == true)
            return (AnswerKind.Refused, "venue_unavailable");
        // A page instead of an answer comes from something before the exchange.
        if (outcome.Code is not { } code) return (AnswerKind.Unknown, "no_answer");
        // "Timeout": whatever number comes with it, the exchange has not said what became of the request.
        if (status == 408 || s_unknown.Contains(code)) return (AnswerKind.Unknown, "venue_unknown");
        if (s_rate.Contains(code)) return (AnswerKind.RateRefused, RateLimited);
        if (s_special.TryGetValue(code, out var special)) return (special, SpecialCode(special));
        if (Refusals.TryGetValue(code, out var reason)) return (AnswerKind.Refused, reason);
        return (AnswerKind.Unknown, "venue_unknown");
    }

    private static string? SpecialCode(AnswerKind kind) => kind switch
    {
        AnswerKind.NotFound or AnswerKind.Gone => "not_found",
        AnswerKind.Duplicate => "duplicate",
        _ => null,
    };

    [GeneratedRegex(@"until (\d{13})")]
    private static partial Regex UntilMs();
}
