using Quantum.EventLog;
using Quantum.EventLog.Runner;
using Quantum.InProcess;
using Quantum.Simulation.Hostile;

namespace Quantum.Simulation.Seats;

/// <summary>A role under the product's own runner, which comes back from its saved state after whatever it died of.
/// </summary>
internal sealed class HostileSeat(MemoryEventLog log, RunnerSettings settings, Func<Role> make, HostileResult result)
    : IDisposable
{
    private SimulatedSession? _session;
    private SimulatedProcess? _process;
    private int _processes;
    private long _journalRead;

    public RoleSeat Seat { get; } = new(make().Name, 0);

    public IReadOnlyList<EventStream> Streams { get; } = [.. make().Subscriptions.Select(known => known.Stream)];

    /// <summary>What it failed on last; null when it has gone on since.</summary>
    public string? Fault => _process?.Fault;

    /// <summary>Does one thing; false when there is nothing to do.</summary>
    public bool Step()
    {
        try
        {
            if (_process is null) Begin();
            return _process!.Step();
        }
        catch (Exception fault)
        {
            // What the runner itself did not hold: its thread would take a new lease and load.
            result.Crash($"{Seat.Role} {fault.GetType().Name} {fault.TargetSite}", $"{Seat.Role}: {fault}");
            _process = null;
            return false;
        }
    }

    /// <summary>Starts anew from what was saved.</summary>
    public void Restart()
    {
        _process = null;
        Step();
    }

    /// <summary>What it handled since it was asked last.</summary>
    public HashSet<(string Key, string Id)> Handled()
    {
        var handled = new HashSet<(string Key, string Id)>();
        var journal = log.SeatOf(Seat).Journal;
        for (var i = journal.Count - 1; i >= 0 && journal[i].Sequence > _journalRead; i--)
        {
            foreach (var (key, id) in JournalText.Read(journal[i].Text))
                if (key is not null) handled.Add((key, id.ToString()));
        }

        if (journal.Count > 0) _journalRead = journal[^1].Sequence;
        return handled;
    }

    public void Dispose() => _session?.Dispose();

    private void Begin()
    {
        var before = _processes == 0 ? null : Owner(_processes);
        _session?.Dispose();
        _session = new SimulatedSession(log.OpenSession(Seat), seat: null);
        var process = new SimulatedProcess(
            Owner(++_processes), new RoleWork(make(), Seat, log.Keys, settings.Mode), _session, settings, log.Keys);
        if (!process.TryServe(before)) throw new InvalidOperationException($"{Seat.Role} does not get its own seat.");
        _process = process;
    }

    private string Owner(int number) => FormattableString.Invariant($"{Seat.Role}-{number}");
}
