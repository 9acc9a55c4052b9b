using System.Diagnostics;
using System.Runtime.InteropServices;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Resp;

namespace Quantum.Bench.Latency;

/// <summary>
/// Sends ticks on a thread of its own, each at its scheduled time or, when that has passed, at once; and to the bare
/// chain one entry with each.
/// </summary>
internal sealed partial class TickSender : IDisposable
{
    private const int TicksPerStep = 20;
    private const int MostAtOnce = 64;
    private const int KeptTicks = 20_000;

    private readonly RespConnection _connection;
    private readonly Thread _thread;
    private readonly int _perSecond;
    private readonly int _kept;
    private readonly FieldBuffer _buffer = new();
    private readonly byte[] _tickKey = System.Text.Encoding.UTF8.GetBytes(StreamCatalog.MarketTick.Key);
    private readonly byte[] _dataKey = System.Text.Encoding.UTF8.GetBytes(StreamCatalog.MarketData.Key);
    private readonly byte[] _bareKey = System.Text.Encoding.UTF8.GetBytes(EchoChain.First);
    private volatile bool _isRising;
    private volatile bool _isStopping;
    private Exception? _fault;

    /// <param name="endpoint">Where to.</param>
    /// <param name="perSecond">How many, from 1.</param>
    /// <param name="kept">Entries that stay on each of its streams, about.</param>
    public TickSender(RespEndpoint endpoint, int perSecond, int kept = KeptTicks)
    {
        (_connection, _perSecond, _kept) = (RespConnection.Connect(endpoint), perSecond, kept);
        _thread = new Thread(Run) { IsBackground = true, Name = "ticks" };
        _thread.Start();
    }

    public IReadOnlyList<SteppedMarket> Markets { get; } =
        [new("BTCUSDT", 92_400m, 0.1m), new("ETHUSDT", 3_150m, 0.01m)];

    /// <summary>Every tick, by its number; complete once stopped.</summary>
    public List<SentTick> Sent { get; } = [];

    /// <summary>From now on every twentieth tick of a market is a new high.</summary>
    public void Rise() => _isRising = true;

    public void Stop()
    {
        _isStopping = true;
        _thread.Join();
        if (_fault is not null) throw new InvalidOperationException($"ticks cannot be sent: {_fault.Message}", _fault);
    }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        _connection.Dispose();
    }

    private void Run()
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            while (!_isStopping)
            {
                var due = DueAt(started, Sent.Count);
                var early = due - Stopwatch.GetTimestamp();
                if (early > 0) Sleep(early);
                else SendDue(started);
            }
        }
        catch (RespException fault)
        {
            _fault = fault;
        }
    }

    private long DueAt(long started, int number) => started + Stopwatch.Frequency * number / _perSecond;

    private void SendDue(long started)
    {
        var first = Sent.Count;
        var writer = _connection.BeginWrite();
        var now = Stopwatch.GetTimestamp();
        for (var number = first; number < first + MostAtOnce && DueAt(started, number) <= now; number++)
        {
            var index = number % Markets.Count;
            var isStep = _isRising && number / Markets.Count % TicksPerStep == 0;
            if (isStep) Markets[index].Step();
            WriteTick(writer, Markets[index]);
            WriteBare(writer, number, isStep);
            if (number % _perSecond < Markets.Count) WriteState(writer, Markets[index]);
            Sent.Add(new SentTick(index, Markets[index].Steps, isStep, DueAt(started, number), 0, default));
        }

        _connection.Flush();
        for (var number = first; number < Sent.Count; number++)
        {
            var id = _connection.ReadEntryId();
            Sent[number] = Sent[number] with { Id = id, StoredAt = Stopwatch.GetTimestamp() };
            _connection.ReadEntryId();
            if (number % _perSecond < Markets.Count) _connection.ReadEntryId();
        }
    }

    private void WriteTick(RespWriter writer, SteppedMarket market)
    {
        _buffer.Clear();
        StreamCatalog.MarketTick.Encode(Envelope(), market.Tick(), _buffer);
        Write(writer, _tickKey);
    }

    private void WriteState(RespWriter writer, SteppedMarket market)
    {
        _buffer.Clear();
        StreamCatalog.MarketData.Encode(Envelope(), market.State(), _buffer);
        Write(writer, _dataKey);
    }

    private void WriteBare(RespWriter writer, int number, bool goesOn)
    {
        _buffer.Clear();
        _buffer.Add("number"u8, number);
        _buffer.Add("goes_on"u8, goesOn ? 1 : 0);
        Write(writer, _bareKey);
    }

    private void Write(RespWriter writer, byte[] key)
    {
        var fields = _buffer.Fields;
        writer.BeginXAdd(key, fields.Count, _kept);
        for (var i = 0; i < fields.Count; i++)
        {
            writer.WriteBulk(fields.Name(i));
            writer.WriteBulk(fields.Value(i));
        }
    }

    private static Envelope Envelope() => new()
    {
        AtMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Mode = TradingMode.Paper, Version = 1,
    };

    // A sleep of whole milliseconds would send in pairs, and a spinning thread take a core from what is measured.
    private static void Sleep(long ticks)
    {
        if (OperatingSystem.IsWindows()) Thread.Sleep(1);
        else _ = SleepMicroseconds((uint)(ticks * 1_000_000 / Stopwatch.Frequency));
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int SleepMicroseconds(uint microseconds);
}
