using System.Net;
using System.Net.Http.Headers;
using CryptoExchange.Net.Objects;
using Quantum.Exchanges.Budget;

namespace Quantum.Binance.Calls;

/// <summary>What the exchange, or the way to it, said of a request.</summary>
internal readonly record struct CallOutcome
{
    public bool Success { get; init; }

    /// <summary>The exchange's own code; null when it gave none.</summary>
    public int? Code { get; init; }

    /// <summary>Null when nothing came back.</summary>
    public HttpStatusCode? Status { get; init; }

    public string? Message { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The budget did not let it go: nothing was sent.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The library's own limit did not let it go: nothing was sent.</summary>
    public bool IsLimitedHere { get; init; }

    public BudgetUse Use { get; init; }

    /// <summary>For messages.</summary>
    public string Words => Code is { } code
        ? $"{code} {Message}"
        : $"{(Status is { } status ? $"HTTP {(int)status} " : "")}{Message ?? "no answer"}";
}

/// <summary>An answer with what it holds.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Data">Not null when it succeeded and gives something.</param>
internal readonly record struct Reply<T>(CallOutcome Outcome, T? Data);

/// <summary>Takes the library's results, of which only the stable members are touched.</summary>
internal static class Reply
{
    public static Reply<T> Of<T>(
        bool success, T? data, Error? error, HttpStatusCode? status, HttpResponseHeaders? headers) =>
        new(
            new CallOutcome
            {
                Success = success, Code = error?.Code, Status = status, Message = error?.Message,
                RetryAfter = ReplyHeaders.RetryAfter(headers) ?? WaitOf(error),
                IsLimitedHere = error is BaseRateLimitError && status is null, Use = ReplyHeaders.Use(headers),
            },
            data);

    /// <summary>The way there broke, or the library did: nothing is known of the request.</summary>
    public static Reply<T> Broken<T>(string words) => new(new CallOutcome { Message = words }, default);

    public static Reply<T> Held<T>() =>
        new(new CallOutcome { IsHeld = true, Message = "the request budget is used up" }, default);

    private static TimeSpan? WaitOf(Error? error) =>
        (error as BaseRateLimitError)?.RetryAfter is { } until && until > DateTime.UtcNow
            ? until - DateTime.UtcNow
            : null;
}
