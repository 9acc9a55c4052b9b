namespace Quantum.Resp;

/// <summary>How much one reply may cost this process; past a limit the connection ends with a clear error.</summary>
public sealed record RespLimits
{
    public static RespLimits Default { get; } = new();

    /// <summary>The largest whole reply, in bytes; 1 or more.</summary>
    public int MaxReplyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The largest single bulk string, in bytes; 0 or more.</summary>
    public int MaxBulkBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most array elements in one reply, nested ones included; 1 or more.</summary>
    public int MaxElements { get; init; } = 4 * 1024 * 1024;

    /// <summary>The deepest nesting of arrays, 1 to 128.</summary>
    public int MaxDepth { get; init; } = 16;

    /// <summary>The longest status or error line, in bytes; 1 or more.</summary>
    public int MaxLineBytes { get; init; } = 64 * 1024;

    /// <summary>The most bytes of commands that may wait for one flush; 1 or more.</summary>
    public int MaxCommandBytes { get; init; } = 512 * 1024 * 1024;
}
