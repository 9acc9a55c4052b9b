using System.Diagnostics;

namespace Quantum.Compat.Aspire.Tests;

/// <summary>The AppHost as a program: signals, exit codes, output into a pipe.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan _normalStop = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_ends_everything_in_good_time(string signal)
    {
        using var run = await StartedAsync();
        var children = run.ChildIds();
        Assert.Equal(2, children.Length);
        var clock = Stopwatch.StartNew();
        run.Signal(signal);
        await run.EndAsync(Eventually.Deadline);
        Assert.True(clock.Elapsed < _normalStop, $"{clock.Elapsed}\n{run}");
        Assert.Equal(0, run.ExitCode);
        Assert.All(children, id => Assert.False(Directory.Exists($"/proc/{id}"), $"process {id} is still there"));
        Assert.Contains(run.Lines, line => line.EndsWith("'api' ended with exit code 0."));
        Assert.Contains(run.Lines, line => line.EndsWith("'redis' ended with exit code 0."));
        Assert.DoesNotContain(run.Lines, line => line.Contains('\e'));
        Assert.Contains("api     | green words", run.Lines);
    }

    [Fact]
    public async Task A_second_signal_kills_who_does_not_listen()
    {
        using var run = await StartedAsync("--deaf", "yes");
        var children = run.ChildIds();
        run.Signal("INT");
        await run.LineAsync("Shutting down.");
        var clock = Stopwatch.StartNew();
        // Two signals at once are one wish; repeated until it is understood as a second.
        await Eventually.TrueAsync(() =>
        {
            run.Signal("INT");
            return Task.FromResult(run.HasEnded || run.Lines.Any(line => line.Contains("Killing all processes.")));
        });
        await run.EndAsync(Eventually.Deadline);
        Assert.True(clock.Elapsed < _normalStop, $"{clock.Elapsed}\n{run}");
        Assert.All(children, id => Assert.False(Directory.Exists($"/proc/{id}"), $"process {id} is still there"));
    }

    [Fact]
    public async Task Children_do_not_outlive_an_AppHost_that_is_killed()
    {
        using var run = await StartedAsync();
        var children = run.ChildIds();
        run.Signal("KILL");
        await run.EndAsync(Eventually.Deadline);
        await Eventually.TrueAsync(() => Task.FromResult(children.All(id => !IsRunning(id))));
    }

    [Fact]
    public async Task A_missing_parameter_is_one_line_and_an_exit_code()
    {
        using var run = Start("--needs", "api-key");
        await run.EndAsync(Eventually.Deadline);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: 'Parameters:api-key' has no value", Assert.Single(run.Lines));
    }

    private static ProgramRun Start(params string[] args) => ProgramRun.Start(
        Places.Built("tests/Quantum.Compat.Aspire.AppHost"), ["--service", Places.ServiceProject, .. args]);

    private static async Task<ProgramRun> StartedAsync(params string[] args)
    {
        var run = Start(args);
        await run.LineAsync(args.Contains("--deaf") ? "deaf and running" : "| listening");
        return run;
    }

    private static bool IsRunning(int id)
    {
        try
        {
            // A process that has ended may stay as a zombie until its new parent asks for its exit code.
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
