using System.Runtime.CompilerServices;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Resp;
using Quantum.Audit.Tests;
using Quantum.Governance.Watchdog;
using Quantum.Testing;

namespace Quantum.Services.Tests.Watchdog;

/// <summary>The whole governance service over a real Redis, with a webhook and a Telegram of our own.</summary>
public sealed class WatchdogTests : IAsyncLifetime, IDisposable
{
    private const string Token = "123456:hush_hush";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly RedisServer _redis = RedisServer.Start();
    private readonly RedisEntries _entries;
    private AlertReceiver _webhook = null!;
    private AlertReceiver _telegram = null!;

    public WatchdogTests() => _entries = new RedisEntries(_redis);

    public async Task InitializeAsync() =>
        (_webhook, _telegram) = (await AlertReceiver.StartAsync(), await AlertReceiver.StartAsync());

    public async Task DisposeAsync()
    {
        await _webhook.DisposeAsync();
        await _telegram.DisposeAsync();
    }

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task The_audited_case_halts_and_is_told_once_until_a_reader_appears()
    {
        BuildAuditedCase();
        using (var first = await StartAsync())
        {
            await UntilAsync(() => Policies().Any(policy =>
                policy["risk_mode"] == "halt" && policy["reason_code"].StartsWith("audit_", StringComparison.Ordinal)));
            await UntilAsync(() => IsRemembered() && Raised(_telegram).Count > 0);
            await LooksAsync(5);
            Assert.DoesNotContain("hush", first.Output + first.Errors, StringComparison.Ordinal);
            Assert.Contains("NO_ACTIVE_CONSUMER", first.Output, StringComparison.Ordinal);
        }

        var finding = Assert.Single(Findings("raised"));
        Assert.Equal(("executor", "10014", "critical"), (finding["role"], finding["count"], finding["severity"]));
        AssertToldOnce();
        using var second = await StartAsync();
        await LooksAsync(5);
        AssertToldOnce();
        Assert.Single(Findings("raised"));

        using var executor = await ServiceProcess.StartAsync(
            "Quantum.Executor", $"ConnectionStrings:redis={_redis.ConnectionString}");
        await UntilAsync(() => Told(_webhook, "cleared").Count == 1);
        await UntilAsync(() => Findings("cleared").Count == 1);
        AssertToldOnce();
    }

    [Fact]
    public async Task A_redis_that_is_away_is_told_directly_and_then_that_it_is_back()
    {
        using var governance = await StartAsync();
        await LooksAsync(1);
        _redis.Kill();
        await UntilAsync(() => Told(_webhook, "raised", "COULD_NOT_LOOK").Count == 1);
        Assert.Contains("COULD_NOT_LOOK", governance.Output, StringComparison.Ordinal);
        _redis.StartAgain();
        await UntilAsync(() => Told(_webhook, "cleared", "COULD_NOT_LOOK").Count == 1);
        Assert.Single(Told(_webhook, "raised", "COULD_NOT_LOOK"));
    }

    [Fact]
    public async Task Of_two_replicas_one_watches_and_the_other_takes_over()
    {
        BuildAuditedCase();
        var second = default(ServiceProcess);
        try
        {
            using (var first = await StartAsync())
            {
                await LooksAsync(1);
                second = await StartAsync();
                await UntilAsync(() => second.Output.Contains("stands by", StringComparison.Ordinal));
                await UntilAsync(() => IsRemembered());
                Assert.DoesNotContain("NO_ACTIVE_CONSUMER", second.Output, StringComparison.Ordinal);
            }

            // It was killed: its lease runs out.
            await UntilAsync(() => second.Output.Contains("The watchdog looks", StringComparison.Ordinal));
            await LooksAsync(3);
            AssertToldOnce();
        }
        finally
        {
            second?.Dispose();
        }
    }

    [Fact]
    public async Task On_a_recording_it_is_told_and_changes_nothing_in_the_run()
    {
        BuildAuditedCase();
        using var governance = await StartAsync("Quantum:Tape=true");
        await UntilAsync(() => Raised(_webhook).Count == 1);
        await LooksAsync(3);
        Assert.Empty(_entries.Of(StreamCatalog.AuditFinding));
        Assert.DoesNotContain(Policies(), policy => policy["risk_mode"] == "halt");
    }

    private void BuildAuditedCase()
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(_redis.ConnectionString));
        AuditedCase.Build(connection);
    }

    private Task<ServiceProcess> StartAsync(params string[] settings) => ServiceProcess.StartAsync(
        "Quantum.Governance",
        [
            $"ConnectionStrings:redis={_redis.ConnectionString}", "Watchdog:EverySeconds=1",
            "Watchdog:ConfirmSeconds=3", "Watchdog:StartSeconds=0",
            $"Watchdog:Webhook:Url={_webhook.Url}/hook", "Watchdog:Webhook:Secret=hush",
            $"Watchdog:Telegram:BotToken={Token}", "Watchdog:Telegram:ChatId=-1001",
            $"Watchdog:Telegram:ApiUrl={_telegram.Url}", "Logging:LogLevel:Default=Trace", .. settings,
        ]);

    /// <summary>What governance published; the audited case has an entry of its own there.</summary>
    private List<Dictionary<string, string>> Policies() =>
        [.. _entries.Of(StreamCatalog.PolicyUpdated).Where(entry => entry.ContainsKey("risk_mode"))];

    private List<Dictionary<string, string>> Findings(string state) =>
    [
        .. _entries.Of(StreamCatalog.AuditFinding).Where(entry => entry["code"] == "NO_ACTIVE_CONSUMER"
            && entry["stream"] == "trade.intent" && entry["state"] == state),
    ];

    private void AssertToldOnce()
    {
        Assert.Single(Raised(_webhook));
        Assert.Single(Raised(_telegram));
    }

    /// <summary>Messages that tell of the executor's absence.</summary>
    private static List<Received> Raised(AlertReceiver receiver) =>
    [
        .. Told(receiver, "raised").Concat(receiver.All.Where(request => request.Path.StartsWith("/bot",
            StringComparison.Ordinal) && request.Json.GetProperty("text").GetString()!.Contains(
            "RAISED critical NO_ACTIVE_CONSUMER\nNo live executor reads quantum:stream:trade.intent:",
            StringComparison.Ordinal))),
    ];

    private static List<Received> Told(AlertReceiver receiver, string state, string code = "NO_ACTIVE_CONSUMER") =>
    [
        .. receiver.All.Where(request => request.Path == "/hook" && request.Json.GetProperty("findings")
            .EnumerateArray().Any(finding => finding.GetProperty("state").GetString() == state
                && finding.GetProperty("code").GetString() == code
                && (code == "COULD_NOT_LOOK" || IsOfTradeIntent(finding)))),
    ];

    private static bool IsOfTradeIntent(JsonElement finding) =>
        finding.GetProperty("stream").GetString() == StreamCatalog.TradeIntent.Key;

    /// <summary>Whether it is written down that the executor's absence was told.</summary>
    private bool IsRemembered() => _entries.Hash(WatchdogStore.MemoryKey).Any(entry =>
        entry.Key.StartsWith("NO_ACTIVE_CONSUMER|quantum:stream:trade.intent|", StringComparison.Ordinal)
        && entry.Value.Contains("\"isTold\":true", StringComparison.Ordinal));

    private static Task UntilAsync(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.TrueAsync(() => Task.FromResult(condition()), s_patience, what);

    /// <summary>Waits for some further looks: each asks for the slow log once.</summary>
    private async Task LooksAsync(int count)
    {
        var from = _entries.CallsOf("slowlog|get");
        await UntilAsync(() => _entries.CallsOf("slowlog|get") >= from + count);
    }
}
