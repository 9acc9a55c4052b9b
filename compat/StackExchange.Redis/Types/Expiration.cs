namespace StackExchange.Redis;

/// <summary>How long a written value lives: for ever, for a time, or until a moment.</summary>
public readonly struct Expiration
{
    private readonly long _milliseconds;
    private readonly string? _word;

    public Expiration(TimeSpan ttl)
    {
        _milliseconds = (long)ttl.TotalMilliseconds;
        _word = "PX";
    }

    public Expiration(DateTime when)
    {
        _milliseconds = new DateTimeOffset(when.ToUniversalTime()).ToUnixTimeMilliseconds();
        _word = "PXAT";
    }

    private Expiration(string word)
    {
        _milliseconds = 0;
        _word = word;
    }

    public static Expiration Default => default;

    public static Expiration KeepTtl => new("KEEPTTL");

    public static implicit operator Expiration(TimeSpan ttl) => new(ttl);

    public static implicit operator Expiration(DateTime when) => new(when);

    internal void AddTo(Command command)
    {
        if (_word is null)
            return;
        command.Arg(_word);
        if (_word != "KEEPTTL")
            command.Arg(_milliseconds);
    }
}
