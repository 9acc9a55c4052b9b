using System.Diagnostics;
using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum record`, `import`, `replay` and what `data check` tells of an archive.</summary>
public sealed class ArchiveVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-archive-").FullName;

    private string Archive => Path.Combine(_folder, "archive");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_recorder_that_is_killed_goes_on_and_has_every_entry_once()
    {
        using var redis = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(redis.ConnectionString));
        connection.Call("HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "mode", "paper", "time", "real");
        var added = 0;
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 100; i++, added++)
                connection.Call("XADD", StreamCatalog.TradeClosed.Key, "*", "n", $"{added}");
            using var recorder = CliRun.Start(
                "record", "--into", Archive, "--every", "1", "-r", redis.ConnectionString);
            var wanted = added;
            Eventually.True(() => Recorded() >= wanted);
            recorder.Kill();
            recorder.WaitForExit();
        }

        var report = CliRun.Of("data", "check", Archive, "--json").Json.GetProperty("archive");
        var stream = report.GetProperty("streams").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == "trade.closed");
        Assert.Equal((300L, 0L), (stream.GetProperty("entries").GetInt64(), stream.GetProperty("missing").GetInt64()));
        var refused = CliRun.Of("replay", Archive);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("has no role's journal", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(0, CliRun.Of("record", "--forget", "-r", redis.ConnectionString).ExitCode);
        Assert.Equal(0, connection.Call("XINFO", "GROUPS", StreamCatalog.TradeClosed.Key).ReadArray());
    }

    [Fact]
    public void A_Redis_that_is_no_system_is_refused()
    {
        using var redis = RedisServer.Start();
        var run = CliRun.Of("record", "--into", Archive, "-r", redis.ConnectionString);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not marked as Quantum's", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_imported_is_told_and_plays()
    {
        var recording = Path.Combine(_folder, "BTCUSDT-1m-2025-12.csv");
        File.WriteAllLines(recording, Enumerable.Range(0, 5).Select(i =>
            $"{1_764_892_800_000 + i * 60_000},100,102,99,101,5"));
        var run = CliRun.Of("import", recording, "--into", Archive);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith("5 entries are in", run.Output, StringComparison.Ordinal);
        var told = CliRun.Of("data", "check", Archive);
        Assert.Equal((0, ""), (told.ExitCode, told.Errors));
        Assert.Contains("market.klines", told.Output, StringComparison.Ordinal);
        Assert.Contains("All of it plays, on 1m candles.", told.Output, StringComparison.Ordinal);
        Assert.Contains("already", CliRun.Of("import", recording, "--into", Archive).Errors, StringComparison.Ordinal);
        var replay = CliRun.Of("replay", Archive);
        Assert.Equal(2, replay.ExitCode);
        Assert.Contains("was imported", replay.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_with_a_broken_file_is_not_compacted_and_that_is_no_fault_only_when_asked()
    {
        for (var i = 0; i < 2; i++)
        {
            var recording = Path.Combine(_folder, $"BTCUSDT-1m-{i}.csv");
            File.WriteAllLines(recording, [$"{1_764_892_800_000 + i * 60_000},100,102,99,101,5"]);
            Assert.Equal(0, CliRun.Of("import", recording, "--into", Archive).ExitCode);
        }

        var broken = Directory.EnumerateFiles(Archive, "*.parquet", SearchOption.AllDirectories).First();
        File.WriteAllBytes(broken, File.ReadAllBytes(broken)[..^20]);
        var run = CliRun.Of("record", "--compact", "--into", Archive);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(broken, run.Errors, StringComparison.Ordinal);
        var passed = CliRun.Of("record", "--compact", "--skip-broken", "--json", "--into", Archive);
        Assert.Equal((0, 1), (passed.ExitCode, passed.Json.GetProperty("left").GetInt32()));
        Assert.Contains(broken, passed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_replay_tells_while_it_runs_and_ends_with_what_it_found()
    {
        using var redis = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(redis.ConnectionString));
        connection.Call("HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "mode", "paper", "time", "real");
        using var replay = CliRun.Start("replay", "--live", "-r", redis.ConnectionString);
        try
        {
            Eventually.True(
                () => connection.Call("HEXISTS", ReplayKeys.Told, ReplayKeys.Compared).ReadInteger() == 1,
                TimeSpan.FromSeconds(90));
            using var kill = Process.Start("kill", ["-TERM", replay.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            Assert.True(replay.WaitForExit(TimeSpan.FromSeconds(90)));
            Assert.Equal((0, 0), (replay.ExitCode, (int)connection.Call("EXISTS", ReplayKeys.Told).ReadInteger()));
        }
        finally
        {
            replay.Kill();
        }
    }

    [Fact]
    public void A_window_is_replayed_in_another_build_and_what_both_decide_is_compared()
    {
        using var redis = RedisServer.Start();
        using var connection = RespConnection.Connect(RespEndpoint.Parse(redis.ConnectionString));
        connection.Call("HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "mode", "paper", "time", "real");
        var journal = new LogKeys().Journal(new RoleSeat(RoleNames.Portfolio, 0));
        connection.Call("XADD", journal, "1-0", "in", "clock=1764374400000", "at", "1764374400000");
        using (var recorder = CliRun.Start("record", "--into", Archive, "--every", "1", "-r", redis.ConnectionString))
        {
            Eventually.True(() => Directory.Exists(Path.Combine(Archive, "stream=journal.portfolio"))
                && Directory.EnumerateFiles(Archive, "*.parquet", SearchOption.AllDirectories)
                    .Any(file => file.Contains("journal.portfolio", StringComparison.Ordinal)));
            recorder.Kill();
            recorder.WaitForExit();
        }

        // Nothing was published in the recorded run, so what is decided now differs.
        Assert.Equal(1, CliRun.Of("replay", Archive).ExitCode);
        var decisions = Path.Combine(_folder, "decisions");
        var both = CliRun.Of(
            "replay", Archive, "--against", AppContext.BaseDirectory, "--decisions", decisions, "--json");
        Assert.Equal((0, 0), (both.ExitCode, both.Json.GetProperty("different").GetInt32()));
        Assert.True(both.Json.GetProperty("same").GetInt32() > 0, both.Output);
        Assert.NotEmpty(File.ReadAllLines(decisions));
        var none = CliRun.Of("replay", Archive, "--against", _folder);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("there is no quantum.dll", none.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay", "name either an archive's folder or --live")]
    [InlineData("replay archive --live", "name either an archive's folder or --live")]
    [InlineData("replay --live --from 2026-11-29", "--from does not go with --live")]
    [InlineData("replay archive --redis localhost:1", "--redis does not go with an archive")]
    public void What_does_not_go_together_is_said(string words, string said)
    {
        var run = CliRun.Of(words.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay", "nowhere", "is no archive")]
    [InlineData("record --compact --into", "nowhere", "is no archive")]
    [InlineData("import --into there", "nowhere", "there is no such file or folder")]
    public void What_is_not_there_is_named(string verb, string path, string said)
    {
        var run = CliRun.Of([.. verb.Split(' '), Path.Combine(_folder, path)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(path, run.Errors, StringComparison.Ordinal);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
    }

    private long Recorded()
    {
        var folder = Path.Combine(Archive, "stream=trade.closed");
        if (!Directory.Exists(folder)) return 0;
        return Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file).Split('_')[2])
            .Sum(count => long.Parse(count, CultureInfo.InvariantCulture));
    }
}
