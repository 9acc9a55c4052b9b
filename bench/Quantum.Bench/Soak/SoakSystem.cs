using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Resp;

namespace Quantum.Bench.Soak;

/// <summary>The tape of a soak through every service, and what they use meanwhile. For one thread.</summary>
internal sealed class SoakSystem : IDisposable
{
    private readonly SoakTape _tape;
    private readonly TapeSystem _system;

    public SoakSystem(SoakOptions options)
    {
        _tape = new SoakTape(options);
        try
        {
            _system = new TapeSystem(
                [("Feed__Kind", "recorded"), ("Feed__Path", _tape.Folder), ("Feed__Speed", options.SpeedText)],
                [
                    // Collected often: what nobody needs any more is not taken for growth (hexadecimal, 4 MB).
                    ("DOTNET_GCgen0size", "400000"),
                    // Training looks back twelve hours, not thirty days: its window is full when the hours begin that
                    // count.
                    ("Clm__WindowMs", "43200000"), ("Clm__WindowCandles", "720"),
                    // Decided on each minute, so that a day holds models, signals and trades.
                    ("Ai__IntervalMs", "60000"), ("Clm__IntervalMs", "60000"),
                ]);
        }
        catch
        {
            _tape.Dispose();
            throw;
        }
    }

    /// <summary>True once the tape is over.</summary>
    public bool IsDone => _system.IsDone;

    /// <summary>What is used now; null before the tape has begun. Throws when a service has ended.</summary>
    public SoakSample? Measure()
    {
        _system.Check();
        if (_system.PositionMs is not { } atMs) return null;
        var processes = new SortedDictionary<string, ProcessUse>(StringComparer.Ordinal);
        foreach (var (name, id) in _system.Processes) processes[name] = ProcessUse.Of(id);
        var used = _system.Connection.ServerInfoField("memory", "used_memory")
            ?? throw new InvalidOperationException("Redis does not tell its used_memory.");
        var streams = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var stream in StreamCatalog.All)
            streams[stream.Name] = _system.Connection.Call("XLEN", stream.Key).ReadInteger();
        return new SoakSample(
            SoakTape.HoursAt(atMs), processes, double.Parse(used, CultureInfo.InvariantCulture) / 1e6, streams);
    }

    /// <summary>The last words of every service, for a failure.</summary>
    public string Tails() => _system.Tails();

    public void Dispose()
    {
        _system.Dispose();
        _tape.Dispose();
    }
}
