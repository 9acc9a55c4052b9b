using System.Diagnostics.Metrics;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Audit;
using Quantum.Governance.Watchdog;
using Quantum.Roles.Governance;

namespace Quantum.Services.Tests.Watchdog;

public sealed class WatchedFindingTests
{
    [Fact]
    public void A_finding_knows_its_stream_in_the_catalog_and_who_should_read()
    {
        var finding = Watch("trade.intent:{q07}", RoleNames.TradeJournal, FindingCodes.NoActiveConsumer);
        Assert.Equal(
            ("trade.intent", "quantum:stream:trade.intent:{q07}", "trade_journal"),
            (finding.Stream, finding.StreamKey, finding.Role));
        Assert.Equal(("text", Severity.Warning), (finding.Text, finding.Severity));
    }

    [Fact]
    public void What_halts_trading_is_critical_and_says_so()
    {
        var finding = Watch("trade.intent", RoleNames.Executor, FindingCodes.NoActiveConsumer);
        Assert.Equal(("text This halts trading.", Severity.Critical), (finding.Text, finding.Severity));
    }

    [Fact]
    public void Where_nothing_halts_a_finding_stays_what_it_is() => Assert.Equal(Severity.Warning, Watch(
        "trade.intent", RoleNames.Executor, FindingCodes.NoActiveConsumer, isTape: true).Severity);

    [Fact]
    public void A_key_of_another_type_halts_trading() => Assert.Equal(
        Severity.Critical, Watch("execution.result", RoleNames.Portfolio, FindingCodes.WrongType).Severity);

    [Fact]
    public void Two_servers_with_one_fault_are_two_findings()
    {
        var report = Report("trade.intent", RoleNames.Executor, FindingCodes.EvictionPolicy);
        report = report with
        {
            Findings = [.. ((string[])["a:1", "b:2"]).Select(node => report.Findings[0] with { About = node })],
        };
        Assert.Equal(2, WatchedFinding.Of(report, new HaltSettings()).Select(f => f.Key).Distinct().Count());
    }

    [Fact]
    public void What_may_be_lost_or_not_is_no_proof() => Assert.Equal(
        Severity.Warning, Watch("trade.intent", RoleNames.Executor, FindingCodes.DestroyedUnread).Severity);

    [Fact]
    public void Figures_are_metrics_under_the_catalogs_names_and_what_is_over_goes_on_as_0()
    {
        using var meter = new WatchdogMeter();
        var report = Report("trade.intent:{q07}", RoleNames.Executor, FindingCodes.Stuck);
        report = report with { Streams = [.. report.Streams, report.Streams[0] with { Name = "somebody.else" }] };
        var findings = WatchedFinding.Of(report, new HaltSettings { OnFindings = false });
        report = report with { Replay = Replayed(isFresh: true) };
        meter.Looked(report with { Streams = [.. report.Streams, report.Streams[0]] }, findings);
        Assert.Equal(
            [
                "quantum.audit.destroyed_unread 4 trade.intent quantum:group:execution:trade.intent",
                "quantum.audit.findings 1 STUCK warning",
                "quantum.audit.oldest_unread_age 9 trade.intent quantum:group:execution:trade.intent",
                "quantum.audit.pending 2 trade.intent quantum:group:execution:trade.intent",
                "quantum.audit.unread 6 trade.intent quantum:group:execution:trade.intent",
                "quantum.replay.decisions_differ_per_1000 2.5",
            ],
            Figures());
        // What was told before a replay fell silent is no figure of now.
        meter.Looked(report with { Streams = [], Replay = Replayed(isFresh: false) }, []);
        Assert.Equal(["quantum.audit.findings 0 STUCK warning"], Figures());
        meter.Blind(WatchedFinding.CouldNotLook("away"));
        Assert.Equal(
            ["quantum.audit.findings 0 STUCK warning", "quantum.audit.findings 1 COULD_NOT_LOOK critical"], Figures());
    }

    private static SortedSet<string> Figures()
    {
        var figures = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, heard) =>
        {
            if (instrument.Meter.Name == WatchdogMeter.Name && instrument.IsObservable)
                heard.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            figures.Add($"{instrument.Name} {value} {tags[0].Value} {tags[1].Value}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
            figures.Add(FormattableString.Invariant($"{instrument.Name} {value}")));
        listener.Start();
        listener.RecordObservableInstruments();
        return figures;
    }

    private static ReplayReport Replayed(bool isFresh) => new()
    {
        AtMs = 0, WholeAtMs = 0, Compared = 1_000, Different = 2, DifferPer1000 = 2.5, Missed = 0, First = "",
        With = "", IsFresh = isFresh,
    };

    private static WatchedFinding Watch(string stream, string role, string code, bool isTape = false) =>
        Assert.Single(WatchedFinding.Of(Report(stream, role, code), GovernanceSettings.For(isTape).Halts));

    private static AuditReport Report(string stream, string role, string code)
    {
        var key = EventStream.KeyPrefix + stream;
        return new AuditReport
        {
            Redis = new RedisFacts { Address = "", Version = "", NowMs = 0 },
            Findings = [new Finding(code, Severity.Warning, key, "group", 3, "text", "mend")],
            Streams =
            [
                new StreamReport
                {
                    Name = key, Known = true, Length = 3, RatePerS = 0,
                    Groups =
                    [
                        new GroupReport
                        {
                            Name = "group", Role = role, Unread = 3, DestroyedUnread = 2, Pending = 1, Consumers = 0,
                            StaleConsumers = 0, Verdict = Verdict.NoActiveConsumer, OldestUnreadAgeMs = 9,
                        },
                    ],
                },
            ],
        };
    }
}
