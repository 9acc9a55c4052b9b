namespace CryptoExchange.Net.Objects.Errors;

/// <summary>What is known of an error code.</summary>
public record ErrorInfo
{
    public ErrorInfo(ErrorType errorType, string description)
        : this(errorType, false, description)
    {
    }

    public ErrorInfo(ErrorType errorType, bool isTransient, string description, params string[] errorCodes)
    {
        ErrorType = errorType;
        IsTransient = isTransient;
        ErrorDescription = description;
        ErrorCodes = errorCodes;
    }

    public static ErrorInfo Unknown { get; } = new(ErrorType.Unknown, false, "Unknown error");

    public string[] ErrorCodes { get; set; }

    public string? ErrorDescription { get; set; }

    public ErrorType ErrorType { get; set; }

    public bool IsTransient { get; set; }

    public string? Message { get; set; }
}
