using Quantum.Roles.Ai.Model;

namespace Quantum.Roles.Tests.Ai;

public sealed class TrainingNeedTests
{
    [Theory]
    [InlineData(299L)]
    [InlineData(823L)]
    [InlineData(400L, 400L)]
    public void A_tape_too_short_for_a_model_is_named(params long[] candles) =>
        Assert.Contains("no signal is to be expected", TrainingNeed.Shortage(candles, "5m"), StringComparison.Ordinal);

    [Theory]
    [InlineData(824L)]
    [InlineData(10_080L)]
    [InlineData(464L, 464L)]
    public void A_tape_long_enough_is_not(params long[] candles) => Assert.Null(TrainingNeed.Shortage(candles, "5m"));
}
