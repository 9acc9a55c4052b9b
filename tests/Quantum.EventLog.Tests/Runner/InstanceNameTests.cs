using System.Diagnostics;
using Quantum.EventLog.Runner;

namespace Quantum.EventLog.Tests.Runner;

public sealed class InstanceNameTests
{
    [Fact]
    public void A_running_process_is_not_gone_and_an_ended_one_is()
    {
        using var process = Process.Start(new ProcessStartInfo("sleep") { ArgumentList = { "600" } })!;
        var name = InstanceName.Of(process.Id);
        Assert.False(InstanceName.IsGone(name));
        Assert.False(InstanceName.IsGone(InstanceName.New()));
        process.Kill();
        process.WaitForExit();
        Assert.True(InstanceName.IsGone(name));
    }

    [Fact]
    public void A_process_that_ended_but_was_not_waited_for_is_gone()
    {
        // The shell starts a child and becomes a sleep that never asks for it, so the child's end leaves a zombie.
        using var parent = Process.Start(new ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", "sleep 600 & echo $!; exec sleep 601" }, RedirectStandardOutput = true,
        })!;
        var child = int.Parse(parent.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
        var program = $"/proc/{parent.Id}/cmdline";
        Testing.Eventually.True(() => File.ReadAllText(program).StartsWith("sleep", StringComparison.Ordinal));
        var name = InstanceName.Of(child);
        Assert.False(InstanceName.IsGone(name));
        using (var process = Process.GetProcessById(child)) process.Kill();
        Testing.Eventually.True(() => InstanceName.IsGone(name));
        Assert.True(File.Exists($"/proc/{child}/stat"));
        parent.Kill();
        parent.WaitForExit();
    }

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("in-process")]
    [InlineData("host.1.2.3")]
    [InlineData("host.example.org.999999.0.abcdef01")]
    public void Who_does_not_share_our_process_ids_is_never_known_to_be_gone(string instance) =>
        Assert.False(InstanceName.IsGone(instance));

    [Fact]
    public void Names_are_new_at_each_call() => Assert.NotEqual(InstanceName.New(), InstanceName.New());
}
