using System.Buffers;
using System.Globalization;
using System.Text;

namespace StackExchange.Redis;

/// <summary>One command with its arguments, ready to be written.</summary>
internal sealed class Command(string name)
{
    private readonly List<ReadOnlyMemory<byte>> _parts = [Encoding.ASCII.GetBytes(name)];

    public string Name { get; } = name.ToUpperInvariant();

    /// <summary>Whether the real client sends it only with allowAdmin=true.</summary>
    public bool IsAdmin => Name is "BGREWRITEAOF" or "BGSAVE" or "CLUSTER" or "CONFIG" or "DEBUG" or "FLUSHALL"
            or "FLUSHDB" or "INFO" or "KEYS" or "MONITOR" or "REPLICAOF" or "SAVE" or "SHUTDOWN" or "SLAVEOF"
            or "SLOWLOG" or "SWAPDB" or "SYNC"
        || (Name == "CLIENT" && Text(1) is not ("GETNAME" or "SETNAME" or "ID" or "INFO" or "SETINFO"));

    /// <summary>Whether it would stop, or change the meaning of, everything else on a shared connection.</summary>
    public bool HoldsConnection => Name is "BLPOP" or "BRPOP" or "BRPOPLPUSH" or "BLMOVE" or "BZPOPMIN" or "BZPOPMAX"
            or "MULTI" or "WATCH" or "SELECT" or "SUBSCRIBE" or "PSUBSCRIBE" or "HELLO" or "RESET" or "QUIT" or "AUTH"
        || (Name is "XREAD" or "XREADGROUP" && Enumerable.Range(1, _parts.Count - 1).Any(i => Text(i) == "BLOCK"));

    public Command Key(RedisKey key)
    {
        _parts.Add(Encoding.UTF8.GetBytes(
            key.Name ?? throw new ArgumentException("A key is null; give the key's name.", nameof(key))));
        return this;
    }

    public Command Arg(RedisValue value)
    {
        if (value.IsNull)
            throw new ArgumentException($"An argument of {Name} is null; Redis has no such value.", nameof(value));
        _parts.Add(value.Bytes);
        return this;
    }

    public Command Args(IEnumerable<RedisValue> values)
    {
        foreach (var value in values)
            Arg(value);
        return this;
    }

    public Command ArgIf(bool condition, RedisValue value) => condition ? Arg(value) : this;

    public void WriteTo(IBufferWriter<byte> writer)
    {
        Header(writer, '*', _parts.Count);
        foreach (var part in _parts)
        {
            Header(writer, '$', part.Length);
            writer.Write(part.Span);
            writer.Write("\r\n"u8);
        }
    }

    private static void Header(IBufferWriter<byte> writer, char kind, int number)
    {
        var span = writer.GetSpan(16);
        span[0] = (byte)kind;
        number.TryFormat(span[1..], out var digits, default, CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(span[(digits + 1)..]);
        writer.Advance(digits + 3);
    }

    private string Text(int part) =>
        part < _parts.Count && _parts[part].Length < 16
            ? Encoding.ASCII.GetString(_parts[part].Span).ToUpperInvariant()
            : "";
}
