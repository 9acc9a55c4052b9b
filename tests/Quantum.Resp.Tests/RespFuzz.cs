using System.Globalization;
using System.Text;
using Quantum.EventLog;
using Quantum.EventLog.Redis;
using Quantum.Resp;

namespace Quantum.Resp.Tests;

/// <summary>
/// Seeded attacks on the reply parser: valid replies in random pieces, damaged ones, and noise. The parser may say
/// complete, incomplete or <see cref="RespProtocolException"/>; anything else is thrown to the caller. Shared with the
/// benchmarks.
/// </summary>
public sealed class RespFuzz
{
    private static readonly RespLimits s_limits = new()
    {
        MaxReplyBytes = 1 << 16, MaxBulkBytes = 1 << 14, MaxElements = 4_096, MaxDepth = 8, MaxLineBytes = 512,
    };

    private readonly Random _random;
    private readonly RespScanner _scanner = new(s_limits);

    public RespFuzz(int seed) => _random = new Random(seed);

    public long Complete { get; private set; }

    public long Incomplete { get; private set; }

    public long Refused { get; private set; }

    /// <summary>One case of each kind in turn.</summary>
    public void Case(long number)
    {
        switch (number % 3)
        {
            case 0:
                Valid();
                break;
            case 1:
                Feed(Damage(Reply()));
                break;
            default:
                Feed(Noise());
                break;
        }
    }

    /// <summary>A valid reply with random content, at most <paramref name="depth"/> levels deep.</summary>
    public byte[] Reply(int depth = 5)
    {
        var bytes = new List<byte>();
        Part(bytes, depth);
        return [.. bytes];
    }

    private void Valid()
    {
        var reply = Reply();
        var extra = _random.Next(3) == 0 ? Reply() : [];
        byte[] received = [.. reply, .. extra];
        _scanner.Reset();
        for (var length = 0; ; length = Math.Min(received.Length, length + 1 + _random.Next(24)))
        {
            var complete = _scanner.Scan(received.AsSpan(0, length));
            if (complete != length >= reply.Length)
                throw new InvalidOperationException($"complete={complete} after {length} of {reply.Length}: " +
                $"{Show(reply)}");
            if (!complete) continue;
            if (_scanner.Position != reply.Length)
                throw new InvalidOperationException($"ends at {_scanner.Position}: {Show(reply)}");
            break;
        }

        var rebuilt = new List<byte>();
        var reader = new RespReader(reply);
        Rebuild(ref reader, rebuilt);
        if (!rebuilt.SequenceEqual(reply)) throw new InvalidOperationException("read back differently: " + Show(reply));
        Complete++;
    }

    private void Feed(byte[] bytes)
    {
        _scanner.Reset();
        try
        {
            for (var length = 0; ; length = Math.Min(bytes.Length, length + 1 + _random.Next(40)))
            {
                if (_scanner.Scan(bytes.AsSpan(0, length)))
                {
                    Walk(bytes.AsSpan(0, _scanner.Position));
                    Complete++;
                    return;
                }

                if (length != bytes.Length) continue;
                if (_scanner.Needed > s_limits.MaxReplyBytes + 1)
                    throw new InvalidOperationException("asks for more than allowed");
                Incomplete++;
                return;
            }
        }
        catch (RespProtocolException)
        {
            Refused++;
        }
    }

    /// <summary>Whatever the scanner calls complete can be skipped, and read as entries without other errors.</summary>
    private static void Walk(ReadOnlySpan<byte> reply)
    {
        var reader = new RespReader(reply);
        reader.Skip();
        if (reader.Next != RespKind.End) throw new InvalidOperationException("skip ends early: " + Show(reply));
        try
        {
            var streams = new RespReader(reply);
            var batch = new LogBatch();
            for (var left = streams.ReadArray(); left > 0; left--)
            {
                streams.ReadArray();
                streams.ReadBytes();
                RedisFetchCodec.ReadEntries(ref streams, 0, batch);
            }
        }
        catch (RespServerException)
        {
            // An error part where an entry was due is the server's right.
        }
    }

    private void Part(List<byte> bytes, int depth)
    {
        switch (_random.Next(depth > 0 ? 9 : 6))
        {
            case 0:
                Line(bytes, "+" + Text());
                break;
            case 1:
                Line(bytes, "-ERR " + Text());
                break;
            case 2:
                Line(bytes, string.Create(CultureInfo.InvariantCulture, $":{Integer()}"));
                break;
            case 3:
                Line(bytes, _random.Next(2) == 0 ? "$-1" : "*-1");
                break;
            case 4 or 5:
                var bulk = new byte[_random.Next(_random.Next(8) == 0 ? 2_000 : 40)];
                _random.NextBytes(bulk);
                Line(bytes, string.Create(CultureInfo.InvariantCulture, $"${bulk.Length}"));
                bytes.AddRange(bulk);
                Line(bytes, "");
                break;
            default:
                var count = _random.Next(6);
                Line(bytes, string.Create(CultureInfo.InvariantCulture, $"*{count}"));
                for (var i = 0; i < count; i++) Part(bytes, depth - 1);
                break;
        }
    }

    private long Integer() => _random.Next(4) switch
    {
        0 => long.MinValue,
        1 => long.MaxValue,
        2 => _random.Next(-10, 10),
        _ => _random.NextInt64(long.MinValue, long.MaxValue),
    };

    private string Text() => new([.. Enumerable.Range(0, _random.Next(30)).Select(_ => (char)_random.Next(' ', '~'))]);

    private byte[] Damage(byte[] reply)
    {
        var bytes = new List<byte>(reply);
        for (var hits = 1 + _random.Next(3); hits > 0 && bytes.Count > 0; hits--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, (byte)"$*:+-0123456789\r\n"[_random.Next(17)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, "$99999999999999999999\r\n"u8.ToArray()[.._random.Next(23)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private byte[] Noise()
    {
        var bytes = new byte[_random.Next(200)];
        _random.NextBytes(bytes);
        if (_random.Next(2) == 0)
        {
            for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)"$*:+-0129\r\n"[bytes[i] % 11];
        }

        return bytes;
    }

    private static void Rebuild(ref RespReader reader, List<byte> into)
    {
        switch (reader.Next)
        {
            case RespKind.Array:
                var count = reader.ReadArray();
                Line(into, string.Create(CultureInfo.InvariantCulture, $"*{count}"));
                for (; count > 0; count--) Rebuild(ref reader, into);
                break;
            case RespKind.Bulk:
                var bulk = reader.ReadBytes();
                Line(into, string.Create(CultureInfo.InvariantCulture, $"${bulk.Length}"));
                into.AddRange(bulk);
                Line(into, "");
                break;
            case RespKind.Number:
                Line(into, string.Create(CultureInfo.InvariantCulture, $":{reader.ReadInteger()}"));
                break;
            case RespKind.SimpleString:
                Line(into, "+" + reader.ReadString());
                break;
            case RespKind.Error:
                Line(into, "-" + reader.Error!.ServerMessage);
                reader.Skip();
                break;
            default:
                // Both forms of nil read the same; the raw bytes tell which it was.
                var before = reader;
                reader.Skip();
                into.AddRange(before.Raw[into.Count..(into.Count + 5)]);
                break;
        }
    }

    private static void Line(List<byte> bytes, string text) => bytes.AddRange(Encoding.Latin1.GetBytes(text + "\r\n"));

    private static string Show(ReadOnlySpan<byte> bytes) =>
        Encoding.Latin1.GetString(bytes).ReplaceLineEndings("\\r\\n");
}
