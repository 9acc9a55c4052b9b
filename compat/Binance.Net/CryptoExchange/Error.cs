using System.Globalization;

namespace CryptoExchange.Net.Objects;

/// <summary>Why a call failed.</summary>
public abstract class Error
{
    private int? _code;

    protected Error(string? errorCode, ErrorInfo errorInfo, Exception? exception)
    {
        ErrorCode = errorCode;
        ErrorType = errorInfo.ErrorType;
        ErrorDescription = errorInfo.ErrorDescription;
        IsTransient = errorInfo.IsTransient;
        Message = errorInfo.Message;
        Exception = exception;
    }

    /// <summary>The exchange's code; null when the exchange gave none.</summary>
    public int? Code
    {
        get => _code ?? (int.TryParse(ErrorCode, CultureInfo.InvariantCulture, out var code) ? code : null);
        set => _code = value;
    }

    public string? ErrorCode { get; set; }

    public string? ErrorDescription { get; set; }

    public ErrorType ErrorType { get; set; }

    public bool IsTransient { get; set; }

    public string? Message { get; set; }

    public Exception? Exception { get; set; }

    public override string ToString()
    {
        var code = Code is { } known ? $" {known.ToString(CultureInfo.InvariantCulture)}:" : "";
        return $"[{GetType().Name}.{ErrorType}]{code} {Message ?? Exception?.Message ?? ErrorDescription}";
    }
}
