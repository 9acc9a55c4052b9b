namespace Quantum.Venue.Wire;

/// <summary>A refusal in Binance's code and words; the whole table of those that the venue gives.</summary>
/// <param name="Code">Binance's number.</param>
/// <param name="Message">Binance's words.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record VenueError(int Code, string Message, int Status = 400)
{
    public static readonly VenueError Timestamp = new(-1021,
        "Timestamp for this request is outside of the recvWindow.");
    public static readonly VenueError Signature = new(-1022, "Signature for this request is not valid.");
    public static readonly VenueError BadSymbol = new(-1121, "Invalid symbol.");
    public static readonly VenueError BadListenKey = new(-1125, "This listenKey does not exist.");
    public static readonly VenueError BadInterval = new(-1120, "Invalid interval.");
    public static readonly VenueError BadRecvWindow = new(-1131, "recvWindow must be less than 60000");
    public static readonly VenueError Precision = new(-1111, "Precision is over the maximum defined for this asset.");
    public static readonly VenueError UnknownOrder = new(-2011, "Unknown order sent.");
    public static readonly VenueError NoSuchOrder = new(-2013, "Order does not exist.");
    public static readonly VenueError KeyFormat = new(-2014, "API-key format invalid.", 401);
    public static readonly VenueError BadType = new(-1116, "Invalid orderType.");
    public static readonly VenueError DuplicateClientId = new(-4116, "ClientOrderId is duplicated.");
    public static readonly VenueError TooManyInBatch = new(-4082, "Invalid number of batch place orders.");
    public static readonly VenueError LimitOnly = new(-5025, "Only limit order is supported.");
    public static readonly VenueError BadSide = new(-1117, "Invalid side.");
    public static readonly VenueError NoOrderId = new(-1102,
        "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
    public static readonly VenueError NoAlgoId = new(-1102,
        "Param 'clientAlgoId' or 'algoId' must be sent, but both were empty/null!");
    public static readonly VenueError UseAlgo = new(-4120,
        "Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.");
    public static readonly VenueError OneWayOnly = new(-4061,
        "Order's position side does not match user's setting.");
    public static readonly VenueError BadKey = new(-2015, "Invalid API-key, IP, or permissions for action.", 401);

    /// <summary>A mandatory parameter that is not there or cannot be read.</summary>
    public static VenueError Missing(string name) => new(-1102,
        $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    /// <summary>A parameter that must not be there.</summary>
    public static VenueError NotRequired(string name) => new(-1106, $"Parameter '{name}' sent when not required.");

    /// <summary>A parameter that cannot be read.</summary>
    public static VenueError Illegal(string name) => new(-1130, $"Data sent for parameter '{name}' is not valid.");
}
