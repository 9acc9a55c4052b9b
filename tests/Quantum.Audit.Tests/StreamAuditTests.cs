using System.Globalization;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Audit;
using Quantum.Cli.Demos;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>The whole audit against a real server: who reads, who does not, and what it says about it.</summary>
public sealed class StreamAuditTests : IDisposable
{
    private static readonly string s_intents = StreamCatalog.TradeIntent.Key;
    private static readonly string s_execution = StreamCatalog.GroupOf(RoleNames.Executor, "trade.intent");

    private readonly RedisServer _server = RedisServer.Start(new RedisServerOptions { AppendOnly = true });
    private readonly RespConnection _connection;
    private readonly StreamAudit _audit;

    public StreamAuditTests()
    {
        var endpoint = RespEndpoint.Parse(_server.ConnectionString);
        _connection = RespConnection.Connect(endpoint);
        _audit = new StreamAudit(endpoint);
    }

    public void Dispose()
    {
        _audit.Dispose();
        _connection.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void The_audited_system_is_named_for_what_it_is()
    {
        AuditedCase.Build(_connection);
        var report = _audit.Look();
        Assert.Equal(21, report.Streams.Count(stream => stream.Known));
        var group = GroupOf(report, s_intents, s_execution);
        Assert.Equal(Verdict.NoActiveConsumer, group.Verdict);
        Assert.Equal(AuditedCase.Capped, group.Unread);
        Assert.Equal(AuditedCase.Destroyed, group.DestroyedUnread);
        Assert.Equal(Bound.Exact, group.DestroyedUnreadBound);
        Assert.Equal(1, group.Pending);
        Assert.Equal(AuditedCase.Consumers, group.Consumers);
        Assert.Equal(AuditedCase.Consumers, group.StaleConsumers);
        Assert.Equal(AuditedCase.Destroyed, One(report, FindingCodes.DestroyedUnread, s_intents).Count);
        Assert.Contains("STALE 34", One(report, FindingCodes.Stale, s_intents).Text, StringComparison.Ordinal);
        Assert.Equal(Severity.Critical, One(report, FindingCodes.NoActiveConsumer, s_intents).Severity);
        Assert.Equal(Severity.Critical, One(report, FindingCodes.DestroyedPending, s_intents).Severity);
        Assert.Equal(Severity.Critical, report.Findings[0].Severity);
        Assert.InRange(report.EntriesRead, 0, 1500);
        Assert.False(report.IsHealthy);
    }

    [Fact]
    public void A_live_seat_that_has_read_all_is_healthy()
    {
        Mark();
        Stand(DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Equal(Verdict.Idle, GroupOf(_audit.Look(), s_intents, s_execution).Verdict);
    }

    [Fact]
    public void A_seat_whose_lease_ran_out_has_no_active_consumer_even_with_nothing_to_read()
    {
        Mark();
        Stand(DateTimeOffset.UtcNow.AddMinutes(-1));
        var report = _audit.Look();
        Assert.Equal(Verdict.NoActiveConsumer, GroupOf(report, s_intents, s_execution).Verdict);
        Assert.Equal(Severity.Warning, One(report, FindingCodes.NoActiveConsumer, s_intents).Severity);
        Ask("XADD", s_intents, "*", "a", "b");
        Assert.Equal(Severity.Critical, One(_audit.Look(), FindingCodes.NoActiveConsumer, s_intents).Severity);
    }

    [Fact]
    public void A_live_seat_before_old_work_that_does_not_move_is_stuck()
    {
        Mark();
        Stand(DateTimeOffset.UtcNow.AddMinutes(1));
        Ask("XADD", s_intents, $"{DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds()}-0", "a", "b");
        Assert.Equal(Verdict.Stuck, GroupOf(_audit.Look(), s_intents, s_execution).Verdict);
        Ask("XREADGROUP", "GROUP", s_execution, "seat", "STREAMS", s_intents, ">");
        Assert.Equal(Verdict.Active, GroupOf(_audit.Look(), s_intents, s_execution).Verdict);
    }

    [Fact]
    public void The_fixed_seat_is_never_stale_and_others_are()
    {
        Mark();
        Stand(DateTimeOffset.UtcNow.AddMinutes(1));
        foreach (var name in (string[])["seat", "pod-1", "pod-2"])
            Ask("XGROUP", "CREATECONSUMER", s_intents, s_execution,
            name);
        Assert.Equal(2, GroupOf(_audit.Look(), s_intents, s_execution).StaleConsumers);
    }

    [Fact]
    public void A_group_the_catalog_names_and_Redis_lacks_is_missing_for_the_mode_only()
    {
        Mark();
        Alive();
        Ask("XADD", StreamCatalog.OrderCommand.Key, "*", "a", "b");
        var groups = _audit.Look().Streams.Single(stream => stream.Name == StreamCatalog.OrderCommand.Key).Groups;
        var missing = Assert.Single(groups);
        Assert.Equal((RoleNames.Venue, Verdict.MissingGroup), (missing.Role, missing.Verdict));
    }

    [Fact]
    public void A_stream_without_any_group_is_an_orphan()
    {
        Ask("XADD", s_intents, "*", "a", "b");
        Assert.Equal(1, One(_audit.Look(), FindingCodes.OrphanStream, s_intents).Count);
    }

    [Fact]
    public void A_foreign_system_is_judged_by_two_looks()
    {
        Ask("XGROUP", "CREATE", "orders", "billing", "0", "MKSTREAM");
        Ask("XADD", "orders", "*", "a", "1");
        Ask("XADD", "orders", "*", "a", "2");
        var first = _audit.Look();
        Assert.Equal(Verdict.NoActiveConsumer, GroupOf(first, "orders", "billing").Verdict);
        Assert.False(first.Streams.Single().Known);
        Assert.Equal(Severity.Info, One(first, FindingCodes.UnknownStream, "orders").Severity);
        Ask("XREADGROUP", "GROUP", "billing", "worker", "COUNT", "1", "STREAMS", "orders", ">");
        Assert.Equal(Verdict.Active, GroupOf(_audit.Look(), "orders", "billing").Verdict);
    }

    [Fact]
    public void Mixed_modes_dead_letters_and_newer_schemas_are_found()
    {
        Mark();
        Ask("XADD", s_intents, "*", "event_id", "1", "mode", "live", "v", "9");
        Ask("XADD", StreamCatalog.TradeIntent.DeadLetterKey, "*", "dlq_reason", "poison");
        var report = _audit.Look();
        Assert.Equal(Severity.Critical, One(report, FindingCodes.MixedModes, s_intents).Severity);
        Assert.Equal(1, One(report, FindingCodes.DeadLetters, s_intents).Count);
        One(report, FindingCodes.UnknownSchema, s_intents);
    }

    [Fact]
    public void Dangerous_settings_of_Redis_are_found()
    {
        Ask("XADD", "orders", "*", "a", "1");
        Assert.True(_audit.Look().IsHealthy);
        Ask("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        Assert.Equal(
            FindingCodes.EvictionPolicy,
            Assert.Single(_audit.Look().Findings, finding => finding.Severity > Severity.Info).Code);
    }

    [Fact]
    public void The_rate_is_entries_per_second_between_two_looks()
    {
        Ask("XADD", "orders", "*", "a", "1");
        _audit.Look();
        for (var i = 0; i < 200; i++) Ask("XADD", "orders", "*", "a", "1");
        Assert.True(_audit.Look().Streams.Single().RatePerS > 1);
        Assert.Equal(0, _audit.Look().Streams.Single().RatePerS);
    }

    private static GroupReport GroupOf(AuditReport report, string stream, string group) =>
        report.Streams.Single(s => s.Name == stream).Groups.Single(g => g.Name == group);

    private static Finding One(AuditReport report, string code, string stream) =>
        Assert.Single(report.Findings, finding => finding.Code == code && finding.Stream == stream);

    private void Mark() =>
        Ask("HSET", LogKeys.Topology, "system", "quantum", "shards", "1", "hash", LogKeys.HashName, "mode", "sim");

    private void Alive() => Ask(
        "ZADD", LogKeys.Members,
        DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            "executor/one");

    /// <summary>The executor's group, with a lease until then and a member that is alive.</summary>
    private void Stand(DateTimeOffset until)
    {
        Alive();
        Ask("XGROUP", "CREATE", s_intents, s_execution, "0", "MKSTREAM");
        Ask("HSET", new LogKeys().Lease(new RoleSeat(RoleNames.Executor, 0)), "owner", "one", "epoch", "1",
            "until", until.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
    }

    private void Ask(params string[] command) => _connection.Call(command).ThrowIfError();
}
