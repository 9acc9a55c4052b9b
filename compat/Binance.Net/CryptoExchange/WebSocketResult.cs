using System.Diagnostics.CodeAnalysis;

namespace CryptoExchange.Net.Objects;

/// <summary>The outcome of a websocket request.</summary>
public record WebSocketResult(string Exchange, Error? Error)
{
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Success => Error is null;

    public int? RequestId { get; init; }

    public int? ConnectionId { get; init; }

    public string? Url { get; init; }

    public TimeSpan? ResponseTime { get; init; }
}

/// <summary>The outcome of a websocket request that gives something.</summary>
public record WebSocketResult<T> : WebSocketResult
{
    public WebSocketResult(string exchange, T? value, Error? error)
        : base(exchange, error) => Data = value;

    public new Error? Error
    {
        get => base.Error;
        init => base.Error = value;
    }

    [MemberNotNullWhen(false, nameof(Error))]
    [MemberNotNullWhen(true, nameof(Data))]
    public new bool Success => Error is null;

    public T? Data { get; init; }
}
