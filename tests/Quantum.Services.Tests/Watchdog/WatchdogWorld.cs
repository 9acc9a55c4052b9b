using System.Runtime.CompilerServices;
using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Resp;
using Quantum.Cli.Demos;
using Quantum.Governance.Watchdog;
using Quantum.Testing;

namespace Quantum.Services.Tests.Watchdog;

/// <summary>The whole governance service over a real Redis, with a webhook and a Telegram of our own.</summary>
public abstract class WatchdogWorld : IAsyncLifetime, IDisposable
{
    private const string Token = "123456:hush_hush";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private protected WatchdogWorld() => Entries = new RedisEntries(Redis);

    private protected RedisServer Redis { get; } = RedisServer.Start();

    private protected RedisEntries Entries { get; }

    private protected AlertReceiver Webhook { get; private set; } = null!;

    private protected AlertReceiver Telegram { get; private set; } = null!;

    public async Task InitializeAsync() =>
        (Webhook, Telegram) = (await AlertReceiver.StartAsync(), await AlertReceiver.StartAsync());

    public async Task DisposeAsync()
    {
        await Webhook.DisposeAsync();
        await Telegram.DisposeAsync();
    }

    public void Dispose()
    {
        Redis.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void BuildAuditedCase()
    {
        using var connection = RespConnection.Connect(RespEndpoint.Parse(Redis.ConnectionString));
        AuditedCase.Build(connection);
    }

    private protected Task<ServiceProcess> StartAsync(params string[] settings) => ServiceProcess.StartAsync(
        "Quantum.Governance",
        [
            $"ConnectionStrings:redis={Redis.ConnectionString}", "Watchdog:EverySeconds=1",
            "Watchdog:ConfirmSeconds=3", "Watchdog:StartSeconds=0",
            $"Watchdog:Webhook:Url={Webhook.Url}/hook", "Watchdog:Webhook:Secret=hush",
            $"Watchdog:Telegram:BotToken={Token}", "Watchdog:Telegram:ChatId=-1001",
            $"Watchdog:Telegram:ApiUrl={Telegram.Url}", "Logging:LogLevel:Default=Trace", .. settings,
        ]);

    /// <summary>What governance published; the audited case has an entry of its own there.</summary>
    private protected List<Dictionary<string, string>> Policies() =>
        [.. Entries.Of(StreamCatalog.PolicyUpdated).Where(entry => entry.ContainsKey("risk_mode"))];

    private protected List<Dictionary<string, string>> Findings(string state) =>
    [
        .. Entries.Of(StreamCatalog.AuditFinding).Where(entry => entry["code"] == "NO_ACTIVE_CONSUMER"
            && entry["stream"] == "trade.intent" && entry["state"] == state),
    ];

    private protected void AssertToldOnce()
    {
        Assert.Single(Raised(Webhook));
        Assert.Single(Raised(Telegram));
    }

    /// <summary>Messages that tell of the executor's absence.</summary>
    private protected static List<Received> Raised(AlertReceiver receiver) =>
    [
        .. Told(receiver, "raised").Concat(receiver.All.Where(request => request.Path.StartsWith("/bot",
            StringComparison.Ordinal) && request.Json.GetProperty("text").GetString()!.Contains(
            "RAISED critical NO_ACTIVE_CONSUMER\nNo live executor reads quantum:stream:trade.intent:",
            StringComparison.Ordinal))),
    ];

    private protected static List<Received> Told(
        AlertReceiver receiver, string state, string code = "NO_ACTIVE_CONSUMER") =>
    [
        .. receiver.All.Where(request => request.Path == "/hook" && request.Json.GetProperty("findings")
            .EnumerateArray().Any(finding => finding.GetProperty("state").GetString() == state
                && finding.GetProperty("code").GetString() == code
                && (code == "COULD_NOT_LOOK" || IsOfTradeIntent(finding)))),
    ];

    private static bool IsOfTradeIntent(JsonElement finding) =>
        finding.GetProperty("stream").GetString() == StreamCatalog.TradeIntent.Key;

    /// <summary>Whether it is written down that the executor's absence was told.</summary>
    private protected bool IsRemembered() => Entries.Hash(WatchdogStore.MemoryKey).Any(entry =>
        entry.Key.StartsWith("NO_ACTIVE_CONSUMER|quantum:stream:trade.intent|", StringComparison.Ordinal)
        && entry.Value.Contains("\"isTold\":true", StringComparison.Ordinal));

    private protected static Task UntilAsync(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.TrueAsync(() => Task.FromResult(condition()), s_patience, what);

    /// <summary>Waits for some further looks: each asks for the slow log once.</summary>
    private protected async Task LooksAsync(int count)
    {
        var from = Entries.CallsOf("slowlog|get");
        await UntilAsync(() => Entries.CallsOf("slowlog|get") >= from + count);
    }
}
