using System.Diagnostics;
using Quantum.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Quantum.EndToEnd.Tests;

/// <summary>How <c>./quantum up</c> ends.</summary>
[Collection(AloneGroup.Name)]
public sealed class AppHostEndTests(ITestOutputHelper output) : IDisposable
{
    private readonly UpFolder _folder = new();

    [Fact]
    public async Task Ctrl_c_stops_everything()
    {
        using var up = _folder.Up("--symbols", "NEARUSDT");
        Eventually.True(() => up.HasEnded || up.Output.Contains("Ctrl+C", StringComparison.Ordinal), UpFolder.Limit);
        Assert.False(up.HasEnded, up.Output + up.Error);
        Assert.Contains("Quantum runs. Mode paper", up.Output, StringComparison.Ordinal);
        Assert.Matches(@"Console: +http://", up.Output);
        Assert.Matches(@"Dashboard: http://127\.0\.0\.1:[0-9]+/login\?t=[0-9a-f]+", up.Output);
        Assert.Contains("a generated market", up.Output, StringComparison.Ordinal);
        var ports = await _folder.PortsAsync(up);
        var clock = Stopwatch.StartNew();
        up.Interrupt();
        Assert.True(up.WaitForEnd(TimeSpan.FromSeconds(60)), "did not stop: " + up.Output);
        output.WriteLine($"stopped after {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(0, up.ExitCode);
        // Whoever starts again at once finds the ports free.
        foreach (var port in ports) Assert.False(await UpFolder.AnswersAsync(port), $"port {port} still answers");
    }

    public void Dispose() => _folder.Dispose();
}
