using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Tests.Ai;

public sealed class TrainingNeedTests
{
    // Three of 5m make one of 15m; 89 warm up, two are the hold, 48 samples are needed.
    [Theory]
    [InlineData(416L)]
    [InlineData(300L, 300L)]
    public void A_tape_too_short_for_a_model_is_named(params long[] candles)
    {
        var shortage = TrainingNeed.Shortage(candles, 300_000, "5m");
        Assert.Contains("no signal is to be expected", shortage, StringComparison.Ordinal);
        Assert.Contains("samples of 15 min", shortage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(417L)]
    [InlineData(10_080L)]
    [InlineData(345L, 345L)]
    public void A_tape_long_enough_is_not(params long[] candles) =>
        Assert.Null(TrainingNeed.Shortage(candles, 300_000, "5m"));
}
