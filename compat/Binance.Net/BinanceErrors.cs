using System.Collections.Frozen;
using System.Globalization;

namespace Binance.Net;

/// <summary>How the library sorts the exchange's error codes; what is not listed is unknown.</summary>
internal static class BinanceErrors
{
    private static readonly (ErrorType Type, int[] Codes)[] s_rows =
    [
        (ErrorType.Unauthorized, [-1002, -1022, -2014, -2015, -4057, -4087, -4088, -4202, -4203, -4205, -4402]),
        (ErrorType.InvalidTimestamp, [-1021]),
        (ErrorType.RateLimitRequest, [-1003]),
        (ErrorType.RateLimitOrder, [-1015, -2025, -4045]),
        (ErrorType.MissingParameter, [-1105]),
        (ErrorType.InvalidParameter,
        [
            -1014, -1023, -1100, -1101, -1102, -1103, -1104, -1106, -1108, -1110, -1111, -1113, -1114, -1115, -1116,
            -1117, -1118, -1119, -1120, -1122, -1125, -1126, -1127, -1128, -1130, -1136, -2026, -2027, -2028, -4015,
            -4028, -4055, -4060, -4061, -4062, -4114, -4115, -4135, -4138, -4206, -4209, -4403, -5026, -5037, -5038,
        ]),
        (ErrorType.UnknownSymbol, [-1121, -4144]),
        (ErrorType.InsufficientBalance, [-2018, -2019, -2024, -4050, -4051]),
        (ErrorType.UnknownOrder, [-2013]),
        (ErrorType.InvalidPrice, [-4001, -4002, -4014, -4016, -4024, -4184]),
        (ErrorType.InvalidQuantity, [-4003, -4004, -4005, -4023, -4164, -5029]),
        (ErrorType.InvalidStopParameters, [-4006, -4007, -4142, -4210, -4211]),
        (ErrorType.AllOrdersFailed, [-4083]),
        (ErrorType.DuplicateClientOrderId, [-4116]),
        (ErrorType.RejectedOrderConfiguration, [-5021, -5022, -5025]),
        (ErrorType.InvalidOperation, [-1020, -4047, -4048, -4067, -4068, -4109, -4161, -4192, -5024]),
    ];

    private static readonly FrozenDictionary<int, ErrorType> s_types = s_rows
        .SelectMany(row => row.Codes.Select(code => (Code: code, row.Type)))
        .ToFrozenDictionary(pair => pair.Code, pair => pair.Type);

    public static ServerError Of(int code, string message)
    {
        var text = code.ToString(CultureInfo.InvariantCulture);
        var kind = s_types.TryGetValue(code, out var type)
            ? new ErrorInfo(type, false, $"{type}", text)
            : ErrorInfo.Unknown;
        return new(text, kind with { Message = message });
    }
}
