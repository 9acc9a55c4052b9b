using System.Diagnostics;
using Quantum.Contracts.Units;
using Quantum.Resp;

namespace Quantum.Bench.Latency;

/// <summary>An entry as a waiting reader got it.</summary>
/// <param name="Key">Its stream's key.</param>
/// <param name="SeenAt">When, in Stopwatch ticks.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record SeenEntry(string Key, long SeenAt, IReadOnlyDictionary<string, string> Fields);

/// <summary>
/// Follows streams as their consumers do, one blocking read per stream, and notes when each entry came.
/// </summary>
internal sealed class StreamFollower : IDisposable
{
    private const int BlockMs = 200;
    private const int MostAtOnce = 100;

    private readonly List<Thread> _threads = [];
    private readonly List<SeenEntry> _seen = [];
    private volatile bool _isStopping;
    private Exception? _fault;

    public StreamFollower(RespEndpoint endpoint, params string[] keys)
    {
        foreach (var key in keys)
        {
            var thread = new Thread(() => Run(endpoint, key)) { IsBackground = true, Name = "follows " + key };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>What came, once stopped.</summary>
    public IReadOnlyList<SeenEntry> Seen => _seen;

    public void Stop()
    {
        Dispose();
        if (_fault is not null) throw new InvalidOperationException($"cannot follow: {_fault.Message}", _fault);
    }

    public void Dispose()
    {
        _isStopping = true;
        foreach (var thread in _threads) thread.Join();
    }

    private void Run(RespEndpoint endpoint, string key)
    {
        try
        {
            using var connection = RespConnection.Connect(endpoint);
            var after = EntryId.Zero;
            var name = System.Text.Encoding.UTF8.GetBytes(key);
            while (!_isStopping)
            {
                connection.BeginWrite().XRead(name, after, MostAtOnce, BlockMs);
                connection.Flush();
                var reply = connection.ReadReply(BlockMs + endpoint.ReplyTimeoutMs);
                if (reply.ReadArray() > 0) after = Take(key, ref reply);
            }
        }
        catch (RespException fault)
        {
            _fault = fault;
        }
    }

    private EntryId Take(string key, ref RespReader reply)
    {
        var now = Stopwatch.GetTimestamp();
        var last = EntryId.Zero;
        reply.ReadArray();
        reply.ReadBytes();
        for (var left = reply.ReadArray(); left > 0; left--)
        {
            reply.ReadArray();
            last = reply.ReadId();
            var entry = new SeenEntry(key, now, reply.ReadFields());
            lock (_seen) _seen.Add(entry);
        }

        return last;
    }
}
