using System.Reflection;
using Quantum.Archive;
using Quantum.Archive.Recording;
using Quantum.Backtest.Settings;
using Quantum.EventLog;
using Quantum.Resp;

namespace Quantum.Replay.Live;

/// <summary>
/// Gives each role what it consumes in the running system, as it does, and holds every decision against the one that
/// was made there. It has no group and no lease: to the system it is a reader that nobody waits for. For one thread.
/// </summary>
public sealed class LiveReplay : IDisposable
{
    private const long AnotherForMs = 15_000;
    private static readonly TimeSpan s_repeat = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_tapeRest = TimeSpan.FromMilliseconds(50);

    private readonly LiveReplaySettings _settings;
    private readonly ArchiveRedis _redis;
    private readonly RespScript _told;
    private readonly string _owner;
    private readonly TradingMode _mode;
    private readonly bool _isTape;
    private readonly DecisionDiff _diff = new();
    private readonly LiveFigures _figures;
    private readonly Dictionary<string, long> _toldAt = new(StringComparer.Ordinal);
    private SortedDictionary<string, string> _given = [];
    private LiveSeat[] _seats = [];
    private long _inputs;
    private string _newest = "";

    /// <summary>
    /// Throws <see cref="ArchiveException"/> with one line where the Redis is no system's of one shard, or the settings
    /// do not do.
    /// </summary>
    /// <param name="endpoint">The system's Redis.</param>
    /// <param name="settings">What is replayed.</param>
    /// <param name="cancel">Ends waiting for a Redis that does not answer.</param>
    public LiveReplay(RespEndpoint endpoint, LiveReplaySettings settings, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _figures = new LiveFigures(settings.Time);
        _owner = string.Create(
            CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");
        using var script = Assembly.GetExecutingAssembly().GetManifestResourceStream("told.lua")!;
        using var reader = new StreamReader(script);
        _told = new RespScript(reader.ReadToEnd());
        _redis = new ArchiveRedis(endpoint, "replay", OnRetry, cancel);
        var topology = _redis.Topology("a live replay is");
        _mode = ReplayRoles.ModeOf(topology.GetValueOrDefault("mode", ""));
        _isTape = topology.GetValueOrDefault(SystemTime.Field) == SystemTime.Tape;
        // Its place first: who is refused it has read nothing, and roles are long to make.
        Say("behind", Progress());
        Begin(_redis.Settings());
        Publish();
    }

    /// <summary>The roles that are replayed, in their order.</summary>
    public IReadOnlyList<string> Roles => [.. _seats.Select(seat => seat.Role)];

    /// <summary>What was compared so far.</summary>
    public DecisionReport Report() => _diff.Report();

    /// <summary>How far it is.</summary>
    public LiveProgress Progress()
    {
        var (same, different, missed) = _figures.Sum();
        return new LiveProgress(
            _inputs + _seats.Sum(seat => seat.Inputs), same + different, different, missed,
            Array.TrueForAll(_seats, seat => seat.IsWhole));
    }

    /// <summary>
    /// Compares until cancelled, and takes its word out of Redis; false when Redis no longer answered for that.
    /// </summary>
    public bool Run(CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
                if (!Pass()) cancel.WaitHandle.WaitOne(_isTape ? s_tapeRest : _settings.Rest);
            Say("over", Progress());
            return true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Compares what was committed since, a page of each role; true when more waits already.</summary>
    public bool Pass()
    {
        foreach (var seat in _seats)
            if (seat.Read() is { } gap) Note(gap);
        // Read behind the journals: what was committed with other settings was committed after they were told.
        var given = _redis.Settings();
        if (!given.SequenceEqual(_given))
        {
            _settings.Tell?.Invoke("the services were given other settings: every role begins anew with its state.");
            Begin(given);
            return true;
        }

        foreach (var seat in _seats) seat.Compare(Add);
        var now = Publish();
        _settings.Progress?.Invoke(now);
        return Array.Exists(_seats, seat => seat.HasMore);
    }

    public void Dispose() => _redis.Dispose();

    private void Begin(SortedDictionary<string, string> given)
    {
        var values = new SettingsText();
        if (_settings.SettingsFile is { } file) values.AddFile(file);
        else foreach (var (path, value) in given) values.Add(path, value.Trim());
        foreach (var word in _settings.Set) values.AddWord(word);
        var makers = ReplayRoles.Of(_mode, _isTape, values, _settings.Instruments);
        ReplayRoles.Check(_settings.Roles, makers.Keys);
        var keys = new LogKeys();
        _inputs += _seats.Sum(seat => seat.Inputs);
        _given = given;
        _seats =
        [
            .. makers.Where(maker => _settings.Roles.Count == 0 || _settings.Roles.Contains(maker.Key))
                .OrderBy(maker => maker.Key, StringComparer.Ordinal)
                .Select(maker => new LiveSeat(_redis, keys, maker.Key, maker.Value, _mode, _isTape)),
        ];
    }

    private void Add(ReplayedInput input)
    {
        var (same, different, symbols) = (_diff.Same, _diff.Different, _diff.Found.Count);
        _diff.Add(input);
        _figures.Add(_diff.Same - same, _diff.Different - different, 0);
        foreach (var first in _diff.Found.Skip(symbols)) Tell(first);
    }

    private void Tell(Divergence first)
    {
        var about = first.Symbol.Length == 0 ? "decisions about no symbol" : first.Symbol;
        _newest = $"{about}: {first.Role} on {first.Stream}, given {first.Source}, "
            + (first.Before is null ? "the system decided nothing" : first.Now is null ? "nothing is decided now"
                : $"otherwise in {string.Join(", ", first.Fields)}");
        _settings.Differs?.Invoke(first);
    }

    private void Note(LiveGap gap)
    {
        _figures.Add(0, 0, gap.Commits);
        if (_toldAt.TryGetValue(gap.Role, out var told) && _settings.Time.GetElapsedTime(told) < s_repeat) return;
        _toldAt[gap.Role] = _settings.Time.GetTimestamp();
        _settings.Tell?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"{gap.Role}: {gap.Why}; {gap.Commits} commits could not be compared, it goes on behind {gap.From}."));
    }

    private LiveProgress Publish()
    {
        var now = Progress();
        Say(now.IsWhole ? "whole" : "behind", now);
        return now;
    }

    private void Say(string what, LiveProgress now)
    {
        var with = string.Join(' ', (string[])[
            .. _settings.SettingsFile is { } file ? (string[])["--settings", file] : [],
            .. _settings.Set.Select(word => $"--set {word}"),
        ]);
        var reply = _redis.Ask(
            _told, ReplayKeys.Told, _owner, what, Text(AnotherForMs),
            ReplayKeys.Compared, Text(now.Compared), ReplayKeys.Different, Text(now.Different),
            ReplayKeys.DifferPer1000, now.DifferPer1000.ToString("0.###", CultureInfo.InvariantCulture),
            ReplayKeys.Missed, Text(now.Missed), ReplayKeys.First, _newest, ReplayKeys.With, with);
        if (reply is ["TAKEN", var other])
            throw new ArchiveException($"another live replay compares this system ({other}): end it first.");
    }

    private void OnRetry(Exception fault, TimeSpan pause)
    {
        if (_toldAt.TryGetValue("", out var told) && _settings.Time.GetElapsedTime(told) < s_repeat) return;
        _toldAt[""] = _settings.Time.GetTimestamp();
        _settings.Tell?.Invoke(
            $"Redis does not answer ({fault.Message.TrimEnd('.')}): asked again until it does.");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
