using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace CryptoExchange.Net.Objects;

/// <summary>The outcome of a REST call.</summary>
public record HttpResult
{
    public string Exchange { get; init; } = string.Empty;

    public Error? Error { get; internal set; }

    [MemberNotNullWhen(false, nameof(Error))]
    public bool Success => Error is null;

    public string? OriginalData { get; init; }

    public HttpMethod? RequestMethod { get; init; }

    public Version? HttpVersion { get; init; }

    public HttpRequestHeaders? RequestHeaders { get; init; }

    public int? RequestId { get; init; }

    public string? RequestUrl { get; init; }

    public string? RequestBody { get; init; }

    public long? ResponseLength { get; init; }

    /// <summary>Null when no reply came.</summary>
    public HttpStatusCode? ResponseStatusCode { get; init; }

    /// <summary>Null when no reply came.</summary>
    public HttpResponseHeaders? ResponseHeaders { get; init; }

    public TimeSpan? ResponseTime { get; init; }

    public ResultDataSource DataSource { get; init; } = ResultDataSource.Server;

    /// <summary>The same outcome with other data; without any when it failed.</summary>
    internal HttpResult<T> To<T>(T? data) => new(Exchange, Success ? data : default, Error)
    {
        OriginalData = OriginalData,
        RequestMethod = RequestMethod,
        HttpVersion = HttpVersion,
        RequestHeaders = RequestHeaders,
        RequestId = RequestId,
        RequestUrl = RequestUrl,
        RequestBody = RequestBody,
        ResponseLength = ResponseLength,
        ResponseStatusCode = ResponseStatusCode,
        ResponseHeaders = ResponseHeaders,
        ResponseTime = ResponseTime,
        DataSource = DataSource,
    };
}

/// <summary>The outcome of a REST call that gives something.</summary>
public record HttpResult<T> : HttpResult
{
    public HttpResult(string exchange, T? value, Error? error)
    {
        Exchange = exchange;
        Data = value;
        Error = error;
    }

    public new Error? Error
    {
        get => base.Error;
        internal set => base.Error = value;
    }

    [MemberNotNullWhen(false, nameof(Error))]
    [MemberNotNullWhen(true, nameof(Data))]
    public new bool Success => Error is null;

    public T? Data { get; init; }
}
