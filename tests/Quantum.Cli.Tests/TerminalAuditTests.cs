using Quantum.Cli.Audit;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Audit;
using Spectre.Console;

namespace Quantum.Cli.Tests;

/// <summary>The audit's table on terminals of several sizes.</summary>
public sealed class TerminalAuditTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(130)]
    [InlineData(250)]
    public void Every_line_fits_and_names_verdicts_and_figures_are_whole(int width)
    {
        var lines = Shown(Report(), width);
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= width, $"{line.Length}: {line}"));
        var at = Array.FindIndex(lines, line => line.Contains("trade.intent", StringComparison.Ordinal));
        var reader = lines[at].Contains("NO_ACTIVE", StringComparison.Ordinal) ? lines[at] : lines[at + 1];
        foreach (var cell in (string[])["NO_ACTIVE_CONSUMER", "≥10,014", "≤2,000", "34.2h"])
            Assert.Contains(cell, reader, StringComparison.Ordinal);
        Assert.Contains("STALE", string.Concat(lines[at..(at + 4)]), StringComparison.Ordinal);
        var table = lines[..Array.FindIndex(lines, line => line.StartsWith('●'))];
        Assert.DoesNotContain(table, line => line.Contains('…', StringComparison.Ordinal));
        foreach (var stream in StreamCatalog.All)
            Assert.Contains(table, line => line.Contains(stream.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Narrow_terminals_lose_columns_and_no_readers()
    {
        foreach (var width in (int[])[80, 100, 130, 250])
        {
            var idle = Shown(Report(), width).Count(line => line.Contains("IDLE", StringComparison.Ordinal));
            Assert.Equal(StreamCatalog.All.Sum(stream => stream.Consumers.Count) - 1, idle);
        }

        Assert.Matches("^stream, reader +verdict +unread +lost +pending +oldest", Titles(80));
        Assert.Matches("^stream, reader +length +rate +verdict +unread +lost +pending +oldest", Titles(100));
        Assert.Matches("^stream +length +rate +reader +verdict +unread +oldest +lost +pending", Titles(130));
        Assert.Matches("stream .* rate .* last .* group .* consumers", Titles(250));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(100, 30)]
    [InlineData(250, 40)]
    public void A_screen_that_cannot_scroll_shows_what_is_wrong_and_says_what_it_hides(int width, int height)
    {
        var lines = Shown(Report(), width, height);
        Assert.InRange(lines.Length, 1, height);
        Assert.Contains(lines, line => line.Contains("NO_ACTIVE_CONSUMER", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith('●'));
        Assert.DoesNotContain(lines, line => line.Contains("IDLE", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("lines of the table", StringComparison.Ordinal));
        Assert.Contains("1 critical", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(100, 50)]
    [InlineData(130, 40)]
    public void A_screen_on_which_everything_is_wrong_is_full_and_not_more(int width, int height)
    {
        var report = Report();
        report = report with
        {
            Streams =
            [
                .. report.Streams.Select(stream => stream with
                {
                    Groups = [.. stream.Groups.Select(group => group with { Verdict = Verdict.Stuck })],
                }),
            ],
            Findings = [.. Enumerable.Repeat(report.Findings[0], 60)],
        };
        var lines = Shown(report, width, height);
        Assert.InRange(lines.Length, height - 8, height);
        Assert.Contains(lines, line => line.Contains("findings more", StringComparison.Ordinal));
    }

    [Fact]
    public void A_screen_that_has_room_hides_nothing()
    {
        var lines = Shown(Report(), 250, 100);
        Assert.DoesNotContain(lines, line => line.StartsWith('…'));
        Assert.Equal(Shown(Report(), 250), lines);
    }

    [Fact]
    public void Streams_without_readers_or_catalog_are_named_so()
    {
        var report = Report() with { Streams = [Stream("quantum:stream:trade.intent"), Stream("orders")] };
        foreach (var width in (int[])[80, 130, 250])
        {
            var lines = Shown(report, width);
            Assert.Contains(lines, line => line.Contains("trade.intent", StringComparison.Ordinal)
                && line.Contains("ORPHAN_STREAM", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains("orders", StringComparison.Ordinal)
                && line.Contains("UNKNOWN_STREAM", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_long_foreign_name_is_cut_and_not_the_verdict()
    {
        const string name = "other:very:long:stream:name:of:some:foreign:system";
        var group = Report().Streams.Single(s => s.Name == StreamCatalog.TradeIntent.Key).Groups[0];
        var stream = Stream("orders") with { Name = name, Groups = [group with { Role = null, Name = name + ":g" }] };
        var lines = Shown(Report() with { Streams = [stream] }, 80);
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.Contains(lines, line => line.StartsWith("other:very", StringComparison.Ordinal)
            && line.Contains("UNKNOWN_STREAM", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("system:g", StringComparison.Ordinal)
            && line.Contains("NO_ACTIVE_CONSUMER", StringComparison.Ordinal));
        Assert.Contains(Shown(Report() with { Streams = [stream] }, 160), line =>
            line.Contains(name, StringComparison.Ordinal));
    }

    private static string Titles(int width) =>
        Shown(Report(), width).Single(line => line.Contains("verdict ", StringComparison.Ordinal));

    private static string[] Shown(AuditReport report, int width, int? height = null)
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Write(new TerminalAudit().Render(report, width, height));
        return text.ToString().TrimEnd('\n', '\r').Split(Environment.NewLine);
    }

    /// <summary>The whole catalog, idle but for the one reader that is gone.</summary>
    private static AuditReport Report() => new()
    {
        Redis = new RedisFacts { Address = "localhost:6379", Version = "7.0.15", NowMs = 1, IsQuantum = true },
        Streams =
        [
            .. StreamCatalog.All.Select(stream => new StreamReport
            {
                Name = stream.Key, Known = true, Length = 100_000, RatePerS = 12.5, LastAgeMs = 1200,
                Groups = [.. stream.Consumers.Select(consumer => Group(stream, consumer))],
            }),
        ],
        Findings =
        [
            new Finding(
                FindingCodes.NoActiveConsumer, Severity.Critical, StreamCatalog.TradeIntent.Key, "g", 1,
                "No live executor reads trade.intent: at least 10014 entries wait and 1 are pending in its group.",
                "start the service 'executor', which runs executor"),
        ],
    };

    private static GroupReport Group(EventStream stream, StreamConsumer consumer)
    {
        var isGone = stream == StreamCatalog.TradeIntent;
        return new GroupReport
        {
            Name = consumer.Group, Role = consumer.Role, Verdict = isGone ? Verdict.NoActiveConsumer : Verdict.Idle,
            Unread = isGone ? 10_014 : 0, UnreadBound = isGone ? Bound.AtLeast : Bound.Exact,
            DestroyedUnread = isGone ? 2_000 : 0, DestroyedUnreadBound = isGone ? Bound.AtMost : Bound.Exact,
            Pending = isGone ? 1 : 0, OldestPendingAgeMs = isGone ? 10_000 : null, Consumers = isGone ? 34 : 1,
            OldestUnreadAgeMs = isGone ? 123_120_000 : null, StaleConsumers = isGone ? 34 : 0,
        };
    }

    private static StreamReport Stream(string name)
    {
        var isKnown = name != "orders";
        return new StreamReport
        {
            Name = name, Known = isKnown, Length = 3, RatePerS = 0, Groups = [],
            Verdict = isKnown ? StreamVerdict.OrphanStream : StreamVerdict.UnknownStream,
        };
    }
}
