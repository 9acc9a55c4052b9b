using System.Diagnostics;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.EndToEnd.Tests.Harness;

namespace Quantum.EndToEnd.Tests;

/// <summary>
/// One recorded run through real processes that nothing disturbs: played once, and looked at by several tests.
/// </summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    public const int TwoDays = 2 * 24 * 60;

    /// <summary>60 s on an idle machine; test machines are shared.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(240);

    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-tape-").FullName;
    private SystemRun? _run;

    public JsonElement Summary { get; private set; }

    /// <summary>From the first process started to the last event handled.</summary>
    public TimeSpan Took { get; private set; }

    public IReadOnlyList<string> Signals { get; private set; } = [];

    internal RecordedMarket Market { get; private set; } = null!;

    internal SystemRun Run => _run!;

    public async Task InitializeAsync()
    {
        Market = RecordedMarket.Write(_folder, TwoDays);
        _run = SystemRun.OfTape(Market);
        await _run.WatchAsync(async () =>
        {
            var clock = Stopwatch.StartNew();
            _run.StartAll();
            Summary = await _run.FinishAsync(Limit);
            Took = clock.Elapsed;
            Signals = await _run.Redis.PayloadsAsync(StreamCatalog.SignalGenerated);
        });
        _run.StopAll();
    }

    public Task DisposeAsync()
    {
        _run?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
