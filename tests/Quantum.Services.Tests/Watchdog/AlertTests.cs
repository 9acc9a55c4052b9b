using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Quantum.Contracts.Events;
using Quantum.Governance.Alerts;
using Quantum.Governance.Watchdog;
using Quantum.Testing;

namespace Quantum.Services.Tests.Watchdog;

/// <summary>What is really sent, to a receiver on this machine.</summary>
public sealed class AlertTests : IDisposable
{
    private const string Token = "123456:hush_hush";
    private const long AtMs = 1_764_806_415_000;

    private readonly ServiceProvider _services = new ServiceCollection().AddAlertPosts().BuildServiceProvider();
    private readonly AlertPost _post;

    public AlertTests() => _post = _services.GetRequiredService<AlertPost>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task The_webhooks_body_is_the_one_that_docs_ALERTS_md_shows()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        Assert.Equal(AlertState.Delivered, (await Webhook(receiver).SendAsync(Sample, default)).State);
        var page = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "ALERTS.md"));
        var example = JsonNode.Parse(Regex.Match(page, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        var sent = JsonNode.Parse(Assert.Single(receiver.All).Body);
        Assert.True(JsonNode.DeepEquals(example, sent), $"docs/ALERTS.md shows\n{example}\nsent is\n{sent}");
        foreach (var header in (string[])[WebhookChannel.IdHeader, WebhookChannel.SignatureHeader])
            Assert.Contains(header, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signature_is_the_bodys_HMAC_and_the_id_is_the_same_each_time()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        await Webhook(receiver, "hush").SendAsync(Sample, default);
        await Webhook(receiver, "hush").SendAsync(Sample, default);
        await Webhook(receiver).SendAsync(Sample, default);
        var sent = receiver.All;
        var expected = System.Security.Cryptography.HMACSHA256.HashData("hush"u8, sent[0].Body);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(expected), sent[0].Headers["X-Quantum-Signature"]);
        Assert.Equal("application/json; charset=utf-8", sent[0].Headers["Content-Type"]);
        Assert.Equal(Sample.Id, sent[0].Headers["X-Quantum-Alert-Id"]);
        Assert.Single(sent.Select(request => request.Headers["X-Quantum-Alert-Id"]).Distinct());
        Assert.False(sent[2].Headers.ContainsKey("X-Quantum-Signature"));
    }

    [Fact]
    public void The_id_follows_from_what_is_told_alone()
    {
        Assert.Equal(Sample.Id, Alert.Of(Changes(), "live").Id);
        Assert.NotEqual(Sample.Id, Alert.Of(Changes()[..1], "paper").Id);
    }

    [Fact]
    public async Task Passing_trouble_is_tried_again_until_it_is_delivered_once()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer(500, 500, 200);
        Assert.Equal(AlertOutcome.Delivered, await Webhook(receiver).SendAsync(Sample, default));
        Assert.Equal(3, receiver.All.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(302)]
    public async Task A_refusal_is_not_tried_again_and_names_the_setting(int status)
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer(status, "", ("Location", receiver.Url + "/elsewhere"));
        var outcome = await Webhook(receiver).SendAsync(Sample, default);
        Assert.Equal(AlertState.Refused, outcome.State);
        Assert.Contains($"{status}", outcome.Why, StringComparison.Ordinal);
        Assert.Contains("Watchdog:Webhook:Url", outcome.Why, StringComparison.Ordinal);
        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task Who_asks_for_a_pause_gets_it_by_header_or_by_body()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        receiver.Answer(429, "", ("Retry-After", "17"))
            .Answer(429, """{"ok":false,"parameters":{"retry_after":31}}""", null)
            .Answer(503, "", ("Retry-After", "2"));
        Assert.Equal(
            (AlertState.Later, TimeSpan.FromSeconds(17)), Asked(await Webhook(receiver).SendAsync(Sample, default)));
        Assert.Equal(
            (AlertState.Later, TimeSpan.FromSeconds(31)), Asked(await Telegram(receiver).SendAsync(Sample, default)));
        Assert.Equal(
            (AlertState.Later, TimeSpan.FromSeconds(2)), Asked(await Webhook(receiver).SendAsync(Sample, default)));
        Assert.Equal(3, receiver.All.Count);

        static (AlertState, TimeSpan?) Asked(AlertOutcome outcome) => (outcome.State, outcome.Pause);
    }

    [Fact]
    public async Task Telegram_gets_plain_text_for_its_chat()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        Assert.Equal(AlertOutcome.Delivered, await Telegram(receiver).SendAsync(Sample, default));
        var request = Assert.Single(receiver.All);
        Assert.Equal($"/bot{Token}/sendMessage", request.Path);
        Assert.Equal("-1001", request.Json.GetProperty("chat_id").GetString());
        Assert.False(request.Json.TryGetProperty("parse_mode", out _));
        Assert.Equal(
            """
            Quantum, mode paper: 1 raised, 1 cleared: NO_ACTIVE_CONSUMER on trade.intent and others

            RAISED critical NO_ACTIVE_CONSUMER
            No live executor reads quantum:stream:trade.intent. This halts trading.
            Mend: start the service 'executor', which runs executor

            CLEARED warning DEAD_LETTERS
            It was: 3 entries of trade.intent are dead letters.
            """.ReplaceLineEndings("\n"),
            request.Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Telegram_never_gets_more_than_it_takes()
    {
        await using var receiver = await AlertReceiver.StartAsync();
        var changes = Enumerable.Range(0, 60).Select(i => OfRole($"role{i}")).ToList();
        await Telegram(receiver).SendAsync(Alert.Of(changes, "paper"), default);
        Assert.InRange(Assert.Single(receiver.All).Json.GetProperty("text").GetString()!.Length, 3000, 4096);
    }

    [Theory]
    [InlineData(2, 5_000, 4096)]
    [InlineData(60, 100, 4096)]
    [InlineData(1, 5_000, 4096)]
    public void A_long_text_is_cut_and_says_how_many_more(int count, int length, int most)
    {
        var changes = Enumerable.Range(0, count).Select(i => OfRole($"{i}", new string('x', length))).ToList();
        var text = AlertText.Plain(Alert.Of(changes, "paper"), most);
        Assert.InRange(text.Length, 1, most);
        var shown = Regex.Count(text, "^RAISED", RegexOptions.Multiline);
        Assert.InRange(shown, 1, count);
        Assert.Equal(
            count - shown, text.Contains("\n\nand ", StringComparison.Ordinal)
                ? int.Parse(Regex.Match(text, "\n\nand ([0-9]+) more$").Groups[1].Value, null)
                : 0);
    }

    [Fact]
    public void One_dead_reader_of_many_streams_is_told_once()
    {
        var changes = new[] { "trade.intent", "order.update", "policy.updated" }
            .Select(stream => Change(ChangeKind.Raised) with
            {
                Finding = Change(ChangeKind.Raised).Finding with { StreamKey = stream },
            })
            .Append(OfRole("portfolio"));
        var text = AlertText.Plain(Alert.Of([.. changes], "paper"), 4096);
        Assert.Equal(2, Regex.Count(text, "^RAISED", RegexOptions.Multiline));
        Assert.Contains("\nThe same on order.update, policy.updated.\nMend: start the service", text);
    }

    [Fact]
    public void Half_a_character_is_never_sent()
    {
        var finding = Change(ChangeKind.Raised).Finding;
        for (var shift = 0; shift < 2; shift++)
        {
            var text = AlertText.Plain(Alert.Of([Change(ChangeKind.Raised) with
            {
                Finding = finding with { Text = new string('x', shift) + string.Concat(Enumerable.Repeat("😀", 3000)) },
            }], "paper"), 4096);
            Assert.False(char.IsHighSurrogate(text[^2]), text[^10..]);
        }
    }

    [Fact]
    public async Task No_log_trace_or_outcome_shows_the_token_whatever_goes_wrong()
    {
        var tags = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (tags) tags.Add(activity.DisplayName + string.Join(' ', activity.TagObjects));
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var receiver = await AlertReceiver.StartAsync();
        var whys = new List<string>();
        foreach (var status in (int[])[200, 400, 401, 403, 404, 301])
        {
            receiver.Answer(status, $"no such bot{Token}", null);
            whys.Add((await Telegram(receiver).SendAsync(Sample, default)).ToString());
        }

        var nobody = FormattableString.Invariant($"http://127.0.0.1:{RedisServer.FreePort()}");
        whys.Add((await Telegram(nobody).SendAsync(Sample, default)).ToString());
        Assert.Contains("cannot be reached", whys[^1], StringComparison.Ordinal);
        lock (tags) whys.AddRange(tags);
        Assert.All(whys, why => Assert.DoesNotContain("hush", why, StringComparison.Ordinal));
    }

    private static FindingChange OfRole(string role, string text = "No live reader reads its streams here.") =>
        Change(ChangeKind.Raised) with
        {
            Finding = Change(ChangeKind.Raised).Finding with { Role = role, Text = text },
        };

    internal static Alert Sample => Alert.Of(Changes(), "paper");

    private static List<FindingChange> Changes() =>
    [
        Change(ChangeKind.Raised),
        new(ChangeKind.Cleared, new WatchedFinding
        {
            Code = FindingCodes.DeadLetters, Severity = Severity.Warning, Stream = "trade.intent",
            StreamKey = "quantum:stream:trade.intent", Count = 3,
            Text = "3 entries of trade.intent are dead letters.", Mend = "./quantum dlq list trade.intent",
        }, AtMs - 3_600_000, AtMs),
    ];

    private static FindingChange Change(ChangeKind kind) => new(kind, new WatchedFinding
    {
        Code = FindingCodes.NoActiveConsumer, Severity = Severity.Critical, Stream = "trade.intent",
        StreamKey = "quantum:stream:trade.intent", Group = "quantum:group:execution:trade.intent", Role = "executor",
        Count = 10_014, Text = "No live executor reads quantum:stream:trade.intent. This halts trading.",
        Mend = "start the service 'executor', which runs executor",
    }, AtMs - 15_000, AtMs);

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Quantum.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }

    private WebhookChannel Webhook(AlertReceiver receiver, string? secret = null) =>
        new(new WebhookSettings { Url = receiver.Url + "/hook", Secret = secret }, _post);

    private TelegramChannel Telegram(AlertReceiver receiver) => Telegram(receiver.Url);

    private TelegramChannel Telegram(string url) =>
        new(new TelegramSettings { BotToken = Token, ChatId = "-1001", ApiUrl = url }, _post);
}
