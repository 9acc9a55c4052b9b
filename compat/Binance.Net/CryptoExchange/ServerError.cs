using System.Globalization;

namespace CryptoExchange.Net.Objects;

/// <summary>The exchange's own answer: it refused.</summary>
public class ServerError : Error
{
    public ServerError(ErrorType type, string message, Exception? exception = null)
        : base(null, new ErrorInfo(type, message), exception)
    {
    }

    public ServerError(ErrorInfo errorInfo, Exception? exception = null)
        : base(null, errorInfo, exception)
    {
    }

    public ServerError(int errorCode, ErrorInfo errorInfo, Exception? exception = null)
        : this(errorCode.ToString(CultureInfo.InvariantCulture), errorInfo, exception)
    {
    }

    public ServerError(string errorCode, ErrorInfo errorInfo, Exception? exception = null)
        : base(errorCode, errorInfo, exception)
    {
    }
}
