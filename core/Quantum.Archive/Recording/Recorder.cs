using Quantum.Archive.Files;
using Quantum.Resp;

namespace Quantum.Archive.Recording;

/// <summary>
/// Brings every stream of a Redis into an archive before retention takes it. It holds nothing between two files: where
/// it goes on is what the newest whole file says, so it may be killed at any moment. For one thread.
/// </summary>
public sealed class Recorder : IDisposable
{
    private const string Who = "recorder";
    private const string Shape = "an archive is";
    private static readonly TimeSpan s_repeat = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(SettingsRecorder.LookEveryMs);

    private readonly RecorderSettings _settings;
    private readonly ArchiveRedis _redis;
    private readonly ArchiveWriter _writer;
    private readonly FileStream _lock;
    private readonly StreamTaker _taker;
    private readonly StateRecorder _states;
    private readonly SettingsRecorder _given;
    private readonly IReadOnlyList<RecordedStream> _streams;
    private readonly string _run;
    private readonly CancellationToken _limit;
    private readonly Dictionary<string, long> _brokenToldAt = new(StringComparer.Ordinal);
    private long? _faultToldAt;
    private long? _awayToldAt;

    /// <param name="endpoint">The Redis.</param>
    /// <param name="store">The archive's files.</param>
    /// <param name="settings">How to work.</param>
    /// <param name="cancel">Ends waiting for a Redis that does not answer.</param>
    public Recorder(
        RespEndpoint endpoint, ArchiveStore store, RecorderSettings? settings = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(store);
        _settings = settings ?? new RecorderSettings();
        _limit = cancel;
        var folder = new ArchiveFolder(store.Root);
        _lock = Lock(store.Root);
        _writer = new ArchiveWriter(store);
        _redis = new ArchiveRedis(endpoint, Who, OnRetry, cancel);
        var topology = _redis.Topology(Shape);
        var keys = new LogKeys();
        _run = _redis.Run(NowMs);
        folder.Claim(
            new ArchiveFacts(
                _run, topology.GetValueOrDefault("mode", ""), topology.GetValueOrDefault(SystemTime.Field, "")),
            store);
        store.Tidy();
        _streams = RecordedStream.All(keys, folder);
        _taker = new StreamTaker(_redis, _writer, _settings, CheckRun);
        _states = new StateRecorder(_redis, _writer, keys, folder);
        _given = new SettingsRecorder(_redis, _writer, folder, text => Tell(true, text));
    }

    /// <summary>Entries recorded by this recorder.</summary>
    public long Entries => _writer.Entries;

    /// <summary>Files written by this recorder.</summary>
    public long Files => _writer.Files;

    /// <summary>Bytes written by this recorder.</summary>
    public long Bytes => _writer.Bytes;

    /// <summary>Entries that were gone before they could be recorded, as far as they can be counted.</summary>
    public long Lost => _taker.Lost;

    /// <summary>
    /// Records until cancelled, and then writes what waits; false when Redis no longer gave all of it.
    /// </summary>
    public bool Run(CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
                if (!Pass()) cancel.WaitHandle.WaitOne(s_rest);
            while (Pass(all: true)) _limit.ThrowIfCancellationRequested();
            return true;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Looks at every stream once and writes what is due; true when more waits already.</summary>
    /// <param name="all">Writes everything, due or not.</param>
    public bool Pass(bool all = false)
    {
        try
        {
            var more = false;
            // At each look: a replay goes on with other settings from the time on at which they are kept.
            _given.Keep(NowMs);
            // Before the streams: a replay that begins at a state needs all that came behind it.
            if (_states.IsDue(_settings, all)) _states.Keep(_settings.Time);

            var looks = _redis.Look(_streams);
            for (var i = 0; i < looks.Length; i++)
            {
                if (looks[i] is { } look) more |= TryTake(_streams[i], look, all);
                else StreamTaker.BeginAbsent(_streams[i]);
            }

            if (_faultToldAt is not null) Tell(false, "the archive can be written again; nothing was lost by that.");
            _faultToldAt = null;
            return more;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Redis still holds what could not be written, within what retention waits for.
            if (_faultToldAt is { } told && _settings.Time.GetElapsedTime(told) < s_repeat) return false;
            _faultToldAt = _settings.Time.GetTimestamp();
            Tell(true, $"{_writer.Store.Root} cannot be written ({fault.Message.TrimEnd('.')}): make room; Redis "
                + "keeps what "
                + "waits, and the recording goes on by itself.");
            return false;
        }
    }

    // Where a stream's newest file is broken and Redis does not know how far it was recorded, the others still are.
    private bool TryTake(RecordedStream stream, StreamLook look, bool all)
    {
        try
        {
            return _taker.Take(stream, look, all);
        }
        catch (BrokenFileException fault)
        {
            if (_brokenToldAt.TryGetValue(stream.Key, out var told) && _settings.Time.GetElapsedTime(told) < s_repeat)
                return false;
            _brokenToldAt[stream.Key] = _settings.Time.GetTimestamp();
            Tell(true, $"{stream.Files.Name} is not recorded: {fault.Message} Or move it out of the archive.");
            return false;
        }
    }

    /// <summary>Takes away what makes retention wait for a recorder; gives how many streams had it.</summary>
    public static int Forget(RespEndpoint endpoint, CancellationToken cancel = default)
    {
        using var redis = new ArchiveRedis(endpoint, Who, null, cancel);
        redis.Topology(Shape);
        return RecordedStream.All(new LogKeys(), new ArchiveFolder(".")).Count(redis.Forget);
    }

    public void Dispose()
    {
        _redis.Dispose();
        _lock.Dispose();
    }

    private long NowMs => _settings.Time.GetUtcNow().ToUnixTimeMilliseconds();

    // The emptied Redis of another run gives its entries ids of its own: they must not go on behind this run's.
    private void CheckRun()
    {
        var run = _redis.Run(NowMs);
        if (run == _run) return;
        throw new ArchiveException(
            $"Redis was emptied and holds run {run} now, {_writer.Store.Root} is of run {_run}: start the "
            + "recorder again with "
            + "a folder of its own (--into).");
    }

    private void Tell(bool isWrong, string text) => _settings.Tell?.Invoke(isWrong, text);

    private void OnRetry(Exception fault, TimeSpan pause)
    {
        if (_awayToldAt is { } told && _settings.Time.GetElapsedTime(told) < s_repeat) return;
        _awayToldAt = _settings.Time.GetTimestamp();
        Tell(true, $"Redis does not answer ({fault.Message.TrimEnd('.')}): asked again until it does.");
    }

    private static FileStream Lock(string root)
    {
        var path = Path.Combine(root, "recorder.lock");
        try
        {
            Directory.CreateDirectory(root);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException(
                $"{path}: another recorder writes this archive, or the folder cannot be written ({fault.Message}): end "
                + "it, or name another folder with --into.", fault);
        }
    }
}
