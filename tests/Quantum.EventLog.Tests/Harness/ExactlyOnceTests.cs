using System.Diagnostics;
using System.Text.RegularExpressions;
using Quantum.Testing;
using Xunit.Abstractions;

namespace Quantum.EventLog.Tests.Harness;

public sealed class ExactlyOnceTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Everything_is_applied_once_in_order_through_pauses_crashes_repeats_and_ten_kills_of_the_server()
    {
        using var harness = new ExactlyOnceHarness(new Faults(), appendOnly: true);
        var kills = 0;
        var killer = new Thread(() =>
        {
            for (; kills < 10; kills++)
            {
                var sent = harness.SentSoFar;
                Eventually.True(() => harness.SentSoFar > sent + 400);
                harness.Server.Restart();
            }
        });
        killer.Start();
        while (kills < 10) harness.Send(1);
        killer.Join();
        harness.Send(20);
        HarnessReport report = null!;
        Eventually.True(() => (report = harness.Look()).IsComplete || !report.IsClean, s_patience);
        output.WriteLine(report + "; " + harness.Story);
        Assert.True(report.IsClean && report.IsComplete, report + "; " + harness.Story);
        Assert.True(harness.Refused > 0, "no zombie was ever refused: the harness tests nothing");
    }

    [Theory]
    [InlineData("fence")]
    [InlineData("cursor")]
    public void Without_the_fence_or_the_cursor_check_the_harness_fails(string guard)
    {
        using var harness = new ExactlyOnceHarness(
            new Faults { Pause = 0.06 }, appendOnly: false, (_, text) => Regex.Replace(text, $".*-- {guard}\n", "\n"));
        // Faults need time, not events: the producer stays a little ahead until something goes wrong.
        var clock = Stopwatch.StartNew();
        HarnessReport report;
        do
        {
            report = harness.Look();
            if (report.Sent - report.Applied < 500) harness.Send(10);
        }
        while (report.IsClean && clock.Elapsed < s_patience);
        output.WriteLine($"after {clock.Elapsed.TotalSeconds:0.0} s: {report}; {harness.Story}");
        Assert.False(report.IsClean, $"the guard '{guard}' is off and nothing went wrong: {report}; {harness.Story}");
    }
}
