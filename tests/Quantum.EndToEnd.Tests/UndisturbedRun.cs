using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quantum.Archive.Files;
using Quantum.Archive.Recording;
using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;
using Quantum.EventLog;
using Quantum.Replay.Live;
using Quantum.Resp;

namespace Quantum.EndToEnd.Tests;

/// <summary>
/// One recorded run through real processes that nothing disturbs: played once, and looked at by several tests.
/// </summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    /// <summary>The collection of the tests that share the run.</summary>
    public const string Name = "an undisturbed run";

    public const int OneDay = 24 * 60;

    /// <summary>The share of candles whose trace is recorded.</summary>
    public const double TracedShare = 0.5;

    /// <summary>30 s on an idle machine; test machines are shared.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(240);

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-tape-").FullName;
    private SystemRun? _run;
    private SpanCollector? _spans;

    public JsonElement Summary { get; private set; }

    /// <summary>From the first process started to the last event handled.</summary>
    public TimeSpan Took { get; private set; }

    public IReadOnlyList<string> Signals { get; private set; } = [];

    internal RecordedMarket Market { get; private set; } = null!;

    internal SystemRun Run => _run!;

    /// <summary>What was recorded of it, from before its first event to its last.</summary>
    public string Archive => Path.Combine(_folder, "archive");

    /// <summary>Entries that the recorder could not have.</summary>
    public long Lost { get; private set; }

    /// <summary>What a live replay of the same build found in the run's first half.</summary>
    internal LiveReplayed Same { get; private set; } = null!;

    /// <summary>What one with another setting of the AI role found in its second half.</summary>
    internal LiveReplayed Other { get; private set; } = null!;

    /// <summary>What the services told of their work, by trace.</summary>
    internal ILookup<string, ToldSpan> Traces => _spans!.Traces;

    public async Task InitializeAsync()
    {
        Market = RecordedMarket.Write(_folder, OneDay);
        _spans = await SpanCollector.StartAsync();
        _run = SystemRun.OfTape(Market);
        _run.Set("OTEL_EXPORTER_OTLP_ENDPOINT", _spans.Address);
        _run.Set("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        _run.Set("OTEL_TRACES_SAMPLER", "parentbased_traceidratio");
        _run.Set("OTEL_TRACES_SAMPLER_ARG", TracedShare.ToString(CultureInfo.InvariantCulture));
        using var isOver = new CancellationTokenSource();
        Task<long>? recording = null;
        Task? replaying = null;
        await _run.WatchAsync(async () =>
        {
            var clock = Stopwatch.StartNew();
            _run.StartAll();
            recording = Task.Run(() => Record(isOver.Token));
            replaying = Task.Run(() => Replay(isOver.Token));
            Summary = await _run.FinishAsync(Limit);
            Took = clock.Elapsed;
            Signals = await _run.Redis.PayloadsAsync(StreamCatalog.SignalGenerated);
        });
        // Not killed: what a service has not told yet it tells when it stops.
        _run.EndAll(TimeSpan.FromSeconds(60));
        await isOver.CancelAsync();
        Lost = await recording!;
        await replaying!;
    }

    private void Replay(CancellationToken isOver)
    {
        Eventually.True(() => _run!.Redis.KeyExists(LogKeys.Topology), Limit);
        Same = LiveReplayed.Of(
            _run!, new LiveReplaySettings(), () => _run!.CandlesPlayed() > Market.Candles / 2 || IsOver());
        Other = LiveReplayed.Of(
            _run!, new LiveReplaySettings { Roles = [RoleNames.AiEngine], Set = [ReplayTests.OtherSetting] }, IsOver);

        bool IsOver() => isOver.IsCancellationRequested;
    }

    private long Record(CancellationToken isOver)
    {
        // Redis is a system of ours as soon as its first service has marked it.
        Eventually.True(() => _run!.Redis.KeyExists(LogKeys.Topology), Limit);
        using var recorder = new Recorder(RespEndpoint.Parse(_run!.ConnectionString), new ArchiveStore(Archive));
        while (!isOver.IsCancellationRequested)
            if (!recorder.Pass()) isOver.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
        while (recorder.Pass(all: true))
        {
        }

        return recorder.Lost;
    }

    public async Task DisposeAsync()
    {
        _run?.Dispose();
        if (_spans is not null) await _spans.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
