using Quantum.Contracts.Events;
using Quantum.Audit;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>
/// Case audit-lost-more-than-1000 and its kind: every question of the audit with a limit, and what is told beyond it.
/// XPENDING: below. XRANGE: <see cref="BacklogModelTests"/>, at least. XREVRANGE: told as a sample. SCAN: to its end.
/// SLOWLOG: <see cref="FindingTests"/>, at least.
/// </summary>
public sealed class TrueCountTests : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start();
    private readonly RespConnection _connection;

    public TrueCountTests() => _connection = RespConnection.Connect(RespEndpoint.Parse(_server.ConnectionString));

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(999, 0, 999, Bound.Exact)]
    [InlineData(1000, 0, 1000, Bound.Exact)]
    [InlineData(1001, 0, 1001, Bound.Exact)]
    [InlineData(5000, 0, 5000, Bound.Exact)]
    [InlineData(5000, 10, 4990, Bound.Exact)]
    [InlineData(60_000, 0, 50_000, Bound.AtLeast)]
    public void What_was_delivered_and_trimmed_away_is_counted_or_a_least(int added, int kept, int lost, Bound bound)
    {
        Deliver(added);
        Ask("XTRIM", "s", "MAXLEN", $"{kept}");
        var finding = Lost()!;
        Assert.Equal((lost, bound), (finding.Count, finding.CountBound));
        var told = bound == Bound.AtLeast ? $"At least {lost} entries" : $"{lost} entries";
        Assert.StartsWith(told, finding.Text, StringComparison.Ordinal);
        // However many there are, the one command that is named mends all of them.
        Shell.Run(finding.Mend[finding.Mend.IndexOf("redis-cli", StringComparison.Ordinal)..]);
        Assert.Null(Lost());
    }

    [Theory]
    [InlineData(10, 1, 1, Bound.Exact)]
    [InlineData(50, 30, 30, Bound.Exact)]
    [InlineData(500, 300, 50, Bound.AtLeast)]
    public void What_was_deleted_inside_the_stream_before_it_was_acknowledged_is_lost_too(
        int added, int deleted, int least, Bound bound)
    {
        Deliver(added);
        // Not the first one: it would only move the stream's start.
        Ask("EVAL", "for i=1,ARGV[1] do redis.call('XDEL',KEYS[1],(i+1)..'-1') end", "1", "s", $"{deleted}");
        var finding = Lost()!;
        Assert.Equal(bound, finding.CountBound);
        Assert.InRange(finding.Count, least, deleted);
        Shell.Run(finding.Mend[finding.Mend.IndexOf("redis-cli", StringComparison.Ordinal)..]);
        Assert.Null(Lost());
    }

    [Fact]
    public void More_streams_than_one_scan_gives_are_all_seen()
    {
        Ask("EVAL", "for i=1,2500 do redis.call('XADD','s'..i,'*','a',1) end", "0");
        Assert.Equal(2500, SightWorld.Look(_server.ConnectionString).Streams.Count);
    }

    private void Deliver(int count)
    {
        Ask("XGROUP", "CREATE", "s", "g", "0", "MKSTREAM");
        Ask("EVAL", "for i=1,ARGV[1] do redis.call('XADD',KEYS[1],i..'-1','a',i) end", "1", "s", $"{count}");
        Ask("XREADGROUP", "GROUP", "g", "c", "COUNT", $"{count}", "STREAMS", "s", ">");
    }

    private Finding? Lost() => SightWorld.Look(_server.ConnectionString).Findings
        .SingleOrDefault(finding => finding.Code == FindingCodes.DestroyedPending);

    private void Ask(params string[] command) => _connection.Call(command).ThrowIfError();
}
