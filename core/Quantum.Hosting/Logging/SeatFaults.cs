using Microsoft.Extensions.Logging;

namespace Quantum.Hosting.Logging;

/// <summary>
/// What keeps the readers of a service from working, in one line a minute: the first fault at once, then how many
/// readers and how often, and at last that it is over. For one thread.
/// </summary>
internal sealed class SeatFaults(TimeProvider time, ILogger logger)
{
    private const int MostShown = 3;

    private readonly Dictionary<string, string> _untold = new(StringComparer.Ordinal);
    private long _times;
    private long? _toldAt;
    private long _lastAt;

    /// <summary>Takes note of a reader's fault; null while it has none.</summary>
    public void See(string reader, string? fault)
    {
        if (fault is null) return;
        _untold[reader] = fault;
        _times++;
        _lastAt = time.GetTimestamp();
    }

    /// <summary>Writes what is due. A fault that comes and goes with each attempt is not over in between.</summary>
    public void Tell()
    {
        if (_toldAt is not { } told)
        {
            if (_times > 0) Warn();
        }
        else if (time.GetElapsedTime(_lastAt) >= RepeatedLines.Every)
        {
            logger.LogInformation("every reader works again; {Times} more faults were seen", _times);
            _toldAt = null;
            Forget();
        }
        else if (_times > 0 && time.GetElapsedTime(told) >= RepeatedLines.Every)
        {
            Warn();
        }
    }

    private void Warn()
    {
        logger.LogWarning(
            "{Readers} cannot work: {Faults} (seen {Times} times)",
            string.Join(", ", _untold.Keys.Take(MostShown)) + (_untold.Count > MostShown ? ", …" : ""),
            string.Join("; ", _untold.Values.Distinct().Take(MostShown)), _times);
        _toldAt = time.GetTimestamp();
        Forget();
    }

    private void Forget()
    {
        _untold.Clear();
        _times = 0;
    }
}
