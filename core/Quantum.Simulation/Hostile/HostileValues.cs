namespace Quantum.Simulation.Hostile;

/// <summary>What a hostile writer puts where a value belongs.</summary>
internal static class HostileValues
{
    private const int Long = 200_000;
    private const int Deep = 3_000;

    public static byte[][] Numbers { get; } = Texts(
        "-1", "0", "-0", "NaN", "-NaN", "Infinity", "-Infinity", "∞", "1e308", "-1e308", "1e309", "1e-308", "5e-324",
        "79228162514264337593543950335", "-79228162514264337593543950335", "79228162514264337593543950336", "1e28",
        "0.0000000000000000000000000001", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "2147483647", "-2147483648", "4294967296", "1000000000000", "-1000000000000", "1e12", "1e15", "1e-12", "1e-13",
        "00", "0x10", "1,5", "+1", " 1", "1 ", "1_000", "١٢٣", "1e", "--1", ".", "999999999999999999999999999999");

    public static byte[][] Times { get; } = Texts(
        "0", "-1", "1", "999", "1000000000000", "9999999999999", "10000000000000", "10000000000001",
        "253402300799999", "253402300800000", "9223372036854775807", "-9223372036854775808", "-62135596800000",
        "1766561100000.5", "2026-01-01T00:00:00Z", "yesterday", "");

    public static byte[][] Broken { get; } =
    [
        [0xff], [0xff, 0xfe, 0x00], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0x00], [0x80],
        [.. "BTC"u8, 0xc3], [0x1b, .. "[2J"u8], [0xe2, 0x80, 0xae, .. "TDSUCTB"u8],
    ];

    public static byte[][] Words { get; } = Texts(
        "", " ", "null", "None", "true", "false", "BTCUSDT", "ZZZUSDT", "btcusdt", "BTC USDT", "币安人生USDT",
        "AAAAAAAAAAAAAAAAAAAAAAAAA", "Buy", "buy", "SELL", "long", "unknown", "live", "testnet", "sim", "paper",
        "__proto__", "'; DROP TABLE trades; --", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "../../etc/passwd",
        "{}", "[]", "{", "[1", "[null]", "[{}]", "{\"a\":{\"a\":1}}", "\"", "[1e999]", "{\"symbol\":\"BTCUSDT\"}",
        "[{\"symbol\":\"BTCUSDT\",\"notional_usd\":1e28}]", "kill_on", "flatten");

    /// <summary>Far more than belongs into a field.</summary>
    public static byte[] Oversized { get; } = [.. Enumerable.Repeat((byte)'7', Long)];

    public static byte[][] Nested { get; } =
    [
        Encoding.ASCII.GetBytes(new string('[', Deep) + new string(']', Deep)),
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", Deep)) + "1" + new string('}', Deep)),
        Encoding.ASCII.GetBytes(new string('[', Deep)),
    ];

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
