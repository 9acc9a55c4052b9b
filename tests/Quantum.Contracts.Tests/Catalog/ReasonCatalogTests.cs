using Quantum.Contracts.Catalog;
using Quantum.Contracts.Reasons;

namespace Quantum.Contracts.Tests.Catalog;

/// <summary>One registry of reasons, closed like the catalog of streams.</summary>
public class ReasonCatalogTests
{
    [Fact]
    public void The_registry_is_closed() => Assert.Empty(ReasonCatalog.Findings(ReasonCatalog.All));

    public static TheoryData<string, string> Broken => new()
    {
        { "twice", "registered twice" },
        { "same", "'same' and 'same_again' mean the same" },
        { "nobody", "nobody gives the reason 'nobody'" },
        { "ghost", "given by 'ghost', which reads no stream" },
        { "no_field", "stands on market.tick: name the field" },
        { "not_written", "given on policy.updated by 'executor', which does not write there" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void A_broken_registry_is_found(string code, string expected)
    {
        var use = code switch
        {
            "ghost" => new ReasonUse("ghost", null, "counter"),
            "no_field" => new ReasonUse(RoleNames.Executor, "market.tick", null),
            "not_written" => new ReasonUse(RoleNames.Executor, "policy.updated", null),
            _ => new ReasonUse(RoleNames.Executor, null, "intent"),
        };
        ReasonCode[] reasons = code switch
        {
            "twice" => [new(code, "it is", use), new(code, "it is again", use)],
            "same" => [new(code, "it is", use), new("same_again", "it is", use)],
            "nobody" => [new(code, "it is")],
            _ => [new(code, "it is", use)],
        };
        Assert.Contains(ReasonCatalog.Findings(reasons), finding => finding.Contains(expected));
    }

    [Fact]
    public void The_bot_and_the_executor_say_the_same_of_the_same()
    {
        Assert.Equal(
            ReasonCatalog.MeaningOf("halted"),
            Assert.Single(ReasonCatalog.GivenOn("execution.result"), reason => reason.Code == "halted").Meaning);
        Assert.Contains(
            ReasonCatalog.CountedBy(RoleNames.TradingBot, "signal_without_intent"), reason => reason.Code == "halted");
    }

    [Theory]
    [InlineData("take_profit_3", "the price reached that target")]
    [InlineData("kill_switch", "the kill switch is on")]
    [InlineData("audit_stuck", "the audit found STUCK where it halts trading")]
    [InlineData("take_profi", "")]
    [InlineData("", "")]
    public void A_code_has_its_meaning(string code, string meaning) =>
        Assert.Equal(meaning, ReasonCatalog.MeaningOf(code));

    [Fact]
    public void What_is_handed_on_may_stand_on_the_stream_that_hands_it_on()
    {
        Assert.Contains(ReasonCatalog.GivenOn("execution.result"), reason => reason.Code == "insufficient_margin");
        Assert.DoesNotContain(ReasonCatalog.GivenOn("order.update"), reason => reason.Code == "low_confidence");
        Assert.Contains(
            ReasonCatalog.CountedBy(RoleNames.TradingBot, "intent_without_fill"), reason => reason.Code == "stale");
    }

    [Fact]
    public void The_page_names_every_reason_with_its_meaning()
    {
        var page = EventFlowDocument.Render();
        foreach (var reason in ReasonCatalog.All)
        {
            Assert.Contains($"`{reason.Code}`", page);
            Assert.Contains(reason.Meaning, page);
        }
    }
}
