using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Audit;
using Quantum.Resp;
using Quantum.Testing;

namespace Quantum.Audit.Tests;

/// <summary>
/// Case audit-mend-that-mends-nothing and names that are bytes: on a Redis that is not Quantum's, too, the command that
/// a finding names mends it, in any shell and whatever the stream, the group and the consumer are called.
/// </summary>
public sealed class NamedMendTests : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start();
    private readonly RespConnection _connection;

    public NamedMendTests() => _connection = RespConnection.Connect(RespEndpoint.Parse(_server.ConnectionString));

    public static TheoryData<string> Names =>
    [
        "plain", "two words", " at the ends ", "new\nline", "tab\tand\r", "it's", "say \"x\"", "back\\slash", @"\x41",
        "$(touch x)", "`id`", "a;b|c&d>e<f", "*?[]{}~!#", "-p", "--help", "\u001b[31mred\u001b[0m", "\u009b2J", "\0",
        "",
        "''", "данные", "🚀", "\u202Eabc",
    ];

    public void Dispose()
    {
        _connection.Dispose();
        _server.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stale_consumer_of_any_name_goes_by_the_named_command(string name) =>
        Mends(Encoding.UTF8.GetBytes(name));

    [Fact]
    public void Names_that_are_no_text_at_all_go_too() => Mends([0xff, 0x27, 0x22, 0x5c, 0x0a, 0xc3, 0x28]);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void On_a_foreign_Redis_stale_consumers_are_removed_by_redis_cli_alone(int consumers)
    {
        Ask(B("XGROUP"), B("CREATE"), B("s"), B("g"), B("0"), B("MKSTREAM"));
        for (var i = 0; i < consumers; i++)
            Ask(B("XGROUP"), B("CREATECONSUMER"), B("s"), B("g"), Encoding.ASCII.GetBytes($"dead{i}"));
        Ask(B("XADD"), B("s"), B("*"), B("a"), B("1"));
        var stale = Find(FindingCodes.Stale);
        Assert.DoesNotContain("--fix", stale.Mend, StringComparison.Ordinal);
        Shell.Run(stale.Mend);
        Assert.DoesNotContain(Look().Findings, finding => finding.Code == FindingCodes.Stale);
    }

    [Fact]
    public void A_consumer_that_holds_entries_is_not_to_be_removed()
    {
        Ask(B("XGROUP"), B("CREATE"), B("s"), B("g"), B("0"), B("MKSTREAM"));
        Ask(B("XADD"), B("s"), B("*"), B("a"), B("1"));
        Ask(B("XREADGROUP"), B("GROUP"), B("g"), B("dead"), B("STREAMS"), B("s"), B(">"));
        Ask(B("XADD"), B("s"), B("*"), B("a"), B("1"));
        var stale = Find(FindingCodes.Stale);
        Assert.DoesNotContain("DELCONSUMER", stale.Mend, StringComparison.Ordinal);
        Assert.Contains("take over", stale.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",defaultDatabase=5", "-n 5")]
    [InlineData(",user=u,password=secret", "--user u")]
    [InlineData(",ssl=true", "--tls")]
    public void Commands_say_where_they_belong_and_hold_no_password(string options, string part)
    {
        var cli = new RedisCli(RespEndpoint.Parse("redis.local:7000" + options));
        var command = cli.Command("XINFO", "STREAM", "s");
        Assert.StartsWith("redis-cli -h redis.local -p 7000", command, StringComparison.Ordinal);
        Assert.Contains(part, command, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", command, StringComparison.Ordinal);
    }

    [Fact]
    public void No_mend_of_a_foreign_Redis_is_a_command_that_writes_only_where_Quantum_is()
    {
        var key = Encoding.ASCII.GetBytes(StreamCatalog.TradeIntent.Key);
        Ask(B("XADD"), key, B("*"), B("a"), B("1"));
        Ask(B("XADD"), Encoding.ASCII.GetBytes(StreamCatalog.TradeIntent.DeadLetterKey), B("*"), B("a"), B("1"));
        var report = Look();
        Assert.DoesNotContain(report.Findings, f => f.Mend.Contains("--fix", StringComparison.Ordinal)
            || f.Mend.Contains("dlq redrive", StringComparison.Ordinal));
        // `./quantum up` alone would start beside this Redis and read nothing of it.
        var orphan = report.Findings.Single(f => f.Code == FindingCodes.OrphanStream);
        Assert.Contains($"ConnectionStrings__redis={_server.ConnectionString}", orphan.Mend, StringComparison.Ordinal);
    }

    private void Mends(byte[] name)
    {
        Ask(B("XGROUP"), B("CREATE"), name, name, B("0"), B("MKSTREAM"));
        Ask(B("XGROUP"), B("CREATECONSUMER"), name, name, name);
        Ask(B("XADD"), name, B("*"), B("a"), B("1"));
        var report = Look();
        foreach (var text in report.Findings.SelectMany(f => new[] { f.Text, f.Mend, f.Stream, f.Group }))
            Assert.DoesNotContain(text ?? "", char.IsControl);
        Assert.Equal(name, NameText.Bytes(Assert.Single(report.Streams).Name));
        Shell.Run(report.Findings.Single(f => f.Code == FindingCodes.Stale).Mend);
        report = Look();
        Assert.Equal(0, report.Streams.Single().Groups.Single().Consumers);
        var giveUp = report.Findings.Single(f => f.Code == FindingCodes.NoActiveConsumer).Mend;
        Shell.Run(giveUp[giveUp.IndexOf("redis-cli", StringComparison.Ordinal)..]);
        Assert.Empty(Look().Streams.Single().Groups);
    }

    private Finding Find(string code) => Look().Findings.Single(finding => finding.Code == code);

    private AuditReport Look() => SightWorld.Look(_server.ConnectionString);

    private static byte[] B(string text) => Encoding.ASCII.GetBytes(text);

    private void Ask(params byte[][] command)
    {
        var writer = _connection.BeginWrite();
        writer.WriteArrayHeader(command.Length);
        foreach (var argument in command) writer.WriteBulk(argument);
        _connection.Flush();
        _connection.ReadReply().ThrowIfError();
    }
}
