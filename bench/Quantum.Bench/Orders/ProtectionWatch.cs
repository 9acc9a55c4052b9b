using System.Diagnostics;
using Quantum.Contracts.Units;
using Quantum.Instruments;
using Quantum.Roles.Executor;

namespace Quantum.Bench.Orders;

/// <summary>
/// Looks at the venue's truth many times a second and notes how long each position stood without live stops of its full
/// quantity. A thread of its own.
/// </summary>
internal sealed class ProtectionWatch : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // How long a position may stand so: the executor's own promise.
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(
        ExecutorSettings.For(TradingMode.Sim, isTape: false, InstrumentBook.BuiltIn.Filters).MaxUnprotectedMs);

    private readonly VenueAdmin _admin;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Dictionary<string, long> _since = new(StringComparer.Ordinal);
    private Exception? _fault;

    /// <param name="rest">The venue.</param>
    public ProtectionWatch(Uri rest)
    {
        _admin = new VenueAdmin(rest);
        _thread = new Thread(Run) { IsBackground = true, Name = "protection" };
        _thread.Start();
    }

    /// <summary>The longest time of each symbol, once stopped.</summary>
    public Dictionary<string, TimeSpan> Longest { get; } = new(StringComparer.Ordinal);

    /// <summary>Time beyond the limit over all positions, once stopped.</summary>
    public TimeSpan Beyond { get; private set; }

    /// <summary>Looks at the truth, once stopped.</summary>
    public int Looks { get; private set; }

    public void Stop()
    {
        _stop.Set();
        _thread.Join();
        if (_fault is not null)
            throw new InvalidOperationException($"the venue's truth cannot be read: {_fault.Message}", _fault);
        foreach (var symbol in _since.Keys.ToArray()) End(symbol);
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _admin.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            do Look(_admin.Live());
            while (!_stop.Wait(s_pause));
        }
        catch (InvalidOperationException fault)
        {
            _fault = fault;
        }
    }

    private void Look(VenueTruth live)
    {
        Looks++;
        foreach (var (symbol, quantity) in live.Positions)
        {
            if (Covered(live, symbol, quantity) >= Math.Abs(quantity)) End(symbol);
            else _since.TryAdd(symbol, Stopwatch.GetTimestamp());
        }

        foreach (var symbol in _since.Keys.Where(symbol => !live.Positions.ContainsKey(symbol)).ToArray()) End(symbol);
    }

    private static decimal Covered(VenueTruth live, string symbol, decimal quantity) => live.Orders
        .Where(order => order.IsConditional && order.Symbol == symbol && order.IsBuy == quantity < 0)
        .Sum(order => order.ClosesAll ? Math.Abs(quantity) : order.Quantity);

    private void End(string symbol)
    {
        if (!_since.Remove(symbol, out var since)) return;
        var lasted = Stopwatch.GetElapsedTime(since);
        if (lasted > Longest.GetValueOrDefault(symbol)) Longest[symbol] = lasted;
        if (lasted > s_limit) Beyond += lasted - s_limit;
    }
}
