namespace Quantum.Services.Tests.Watchdog;

/// <summary>Two watchdogs of one system.</summary>
[Collection(nameof(WatchdogReplicaTests))]
public sealed class WatchdogReplicaTests : WatchdogWorld
{
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
}
