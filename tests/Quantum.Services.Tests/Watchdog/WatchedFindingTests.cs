using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.EventLog.Audit;
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
    public void What_may_be_lost_or_not_is_no_proof() => Assert.Equal(
        Severity.Warning, Watch("trade.intent", RoleNames.Executor, FindingCodes.DestroyedUnread).Severity);

    private static WatchedFinding Watch(string stream, string role, string code, bool isTape = false)
    {
        var key = EventStream.KeyPrefix + stream;
        var report = new AuditReport
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
                            Name = "group", Role = role, Unread = 3, DestroyedUnread = 0, Pending = 0, Consumers = 0,
                            StaleConsumers = 0, Verdict = Verdict.NoActiveConsumer,
                        },
                    ],
                },
            ],
        };
        return Assert.Single(WatchedFinding.Of(report, GovernanceSettings.For(isTape).Halts));
    }
}
