using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.Contracts.Tests.Catalog;

/// <summary>Each guard of the catalog seen red, on a broken fixture.</summary>
public class CatalogCheckTests
{
    private static readonly ServiceHost[] s_hosts = [new("one", "One", ["writer", "reader"])];

    public readonly record struct Good
    {
        public required string Text { get; init; }
    }

    public readonly record struct LosesAField
    {
        public required string Text { get; init; }
        public string Shout => Text + "!";
    }

    public readonly record struct ClashesWithEnvelope
    {
        public required string Source { get; init; }
    }

    public readonly record struct TwoOfOneName
    {
        public required string Text { get; init; }
        [WireName("text")] public required string Other { get; init; }
    }

    public sealed class Reference
    {
        public int Number { get; set; }
    }

    public readonly record struct ComesBackChanged
    {
        public required Reference Nested { get; init; }
    }

    public readonly record struct NeverComesBack : ICheckedEvent
    {
        private static int s_asked;
        public required string Text { get; init; }
        public string? Fault() => Interlocked.Increment(ref s_asked) % 2 == 0 ? "text is read" : null;
    }

    private static EventStream<TEvent> Stream<TEvent>(
        string name = "a", string[]? producers = null, params string[] consumers) where TEvent : struct => new()
        {
            Name = name,
            Domain = StreamDomain.Trading,
            Mode = DeliveryMode.Ordered,
            Shard = ShardKey.Global,
            Producers = producers ?? ["writer"],
            Consumers = [.. consumers.Select(role => new StreamConsumer(role, StreamCatalog.GroupOf(role, name)))],
            Retention = Retention.Age(TimeSpan.FromHours(1)),
            LagObjective = TimeSpan.FromSeconds(1),
        };

    private static string Only(EventStream stream, ServiceHost[]? hosts = null) =>
        Assert.Single(CatalogCheck.Findings([stream], hosts ?? s_hosts));

    [Fact]
    public void A_closed_fixture_has_no_finding() =>
        Assert.Empty(CatalogCheck.Findings([Stream<Good>(consumers: "reader")], s_hosts));

    [Fact]
    public void No_producer() => Assert.Equal(
        "a has no producer: name one or remove the stream.",
        Only(Stream<Good>(producers: [], consumers: "reader"), [new("one", "One", ["reader"])]));

    [Fact]
    public void No_consumer() => Assert.Equal(
        "a has no consumer: name one or remove the stream.", Only(Stream<Good>(), [new("1", "", ["writer"])]));

    [Fact]
    public void A_consumer_that_no_service_runs() => Assert.Equal(
        "a is read by 'ghost', which no service runs: add it in RoleNames.",
        Assert.Single(CatalogCheck.Findings([Stream<Good>(consumers: ["reader", "ghost"])], s_hosts)));

    [Fact]
    public void A_producer_that_no_service_runs() => Assert.Equal(
        "a is written by 'ghost', which no service runs: add it in RoleNames.",
        Only(Stream<Good>(producers: ["writer", "ghost"], consumers: "reader")));

    [Fact]
    public void The_audits_gap_itself_an_executor_taken_out_of_its_service() => Assert.Contains(
        "trade.intent is read by 'executor', which no service runs: add it in RoleNames.",
        CatalogCheck.Findings(StreamCatalog.All, [.. ServiceHosts.All.Where(h => h.Name != "executor")]));

    [Fact]
    public void A_venue_that_no_mode_but_sim_has() => Assert.Contains(
        "a has no consumer in mode live.",
        CatalogCheck.Findings([Stream<Good>(consumers: "sim_venue")], [new("x", "X", ["writer", "sim_venue"])]));

    [Fact]
    public void A_producer_that_only_live_modes_have() => Assert.Contains(
        "a has no producer in mode paper.",
        CatalogCheck.Findings(
            [Stream<Good>(producers: ["venue"], consumers: "reader")], [new("x", "X", ["venue", "reader"])]));

    [Fact]
    public void Two_streams_of_one_name() => Assert.Contains(
        "two streams are named 'a': rename one.",
        CatalogCheck.Findings(
            [Stream<Good>(consumers: "reader"), Stream<ComesBackChanged>(consumers: "reader")], s_hosts));

    [Fact]
    public void Two_streams_of_one_record() => Assert.Equal(
        "two streams carry Good: one record type per stream.",
        Assert.Single(
            CatalogCheck.Findings(
                [Stream<Good>(consumers: "reader"), Stream<Good>("b", consumers: "reader")], s_hosts)));

    [Fact]
    public void A_role_in_two_services() => Assert.Equal(
        "the role 'reader' runs in two services: it has one owner.",
        Only(Stream<Good>(consumers: "reader"), [.. s_hosts, new("two", "Two", ["reader"])]));

    [Fact]
    public void Two_services_of_one_name() => Assert.Equal(
        "two services are named 'one': rename one.",
        Only(Stream<Good>(consumers: "reader"), [.. s_hosts, new("one", "One", [])]));

    [Fact]
    public void A_role_that_does_nothing() => Assert.Equal(
        "the role 'idle' of two neither reads nor writes a stream.",
        Only(Stream<Good>(consumers: "reader"), [.. s_hosts, new("two", "Two", ["idle"])]));

    [Fact]
    public void Two_consumers_under_one_group()
    {
        var findings = CatalogCheck.Findings([Stream<Good>(consumers: ["reader", "reader"])], s_hosts);
        Assert.Contains("a names the consumer 'reader' twice.", findings);
        Assert.Contains(
            "a is read by two roles under the group 'quantum:group:reader:a': they would share its entries.", findings);
    }

    [Theory]
    [InlineData("no handler", "the catalog says that 'reader' reads a, but it has no handler for it: add On(...) or "
        + "mend StreamCatalog.")]
    [InlineData("not registered", "'reader' reads a, but one does not register it: add it in services/one/Program.cs.")]
    [InlineData("stranger", "one registers 'stranger', which is none of its roles: name it in RoleNames.")]
    [InlineData("undeclared", "'reader' handles b, but the catalog does not name it as a consumer: add it to "
        + "StreamCatalog.")]
    [InlineData("twice", "one registers 'reader' twice: one role or gateway per name.")]
    [InlineData("handled twice", "'reader' handles a twice: one handler per stream.")]
    public void A_service_that_binds_something_else(string what, string expected)
    {
        EventStream a = Stream<Good>(consumers: "reader"), b = Stream<ComesBackChanged>("b", consumers: "other");
        RoleBinding[] bound = what switch
        {
            "no handler" => [new("reader", [])],
            "not registered" => [],
            "stranger" => [new("reader", [a]), new("stranger", [])],
            "undeclared" => [new("reader", [a, b])],
            "twice" => [new("reader", [a]), new("reader", [a])],
            _ => [new("reader", [a, a])],
        };
        Assert.Equal(expected, Assert.Single(CatalogCheck.BindingFindings([a, b], s_hosts[0], bound, TradingMode.Sim)));
    }

    [Fact]
    public void A_service_that_binds_what_the_catalog_says()
    {
        EventStream a = Stream<Good>(consumers: "reader");
        Assert.Empty(CatalogCheck.BindingFindings([a], s_hosts[0], [new("reader", [a])], TradingMode.Sim));
        Assert.Null(ServiceHosts.OfAssembly("Quantum.Cli"));
        Assert.Equal("trading-bot", ServiceHosts.OfAssembly("Quantum.TradingBot")!.Name);
    }

    [Fact]
    public void An_event_with_a_field_that_is_not_sent() =>
        Assert.Contains("LosesAField.Shout has no setter", Only(Stream<LosesAField>(consumers: "reader")));

    [Fact]
    public void An_event_that_takes_a_field_of_the_envelope() => Assert.Contains(
        "the field 'source', which is the envelope's", Only(Stream<ClashesWithEnvelope>(consumers: "reader")));

    [Fact]
    public void An_event_with_two_fields_of_one_name() =>
        Assert.Contains("the field 'text' twice", Only(Stream<TwoOfOneName>(consumers: "reader")));

    [Fact]
    public void An_event_that_comes_back_changed() => Assert.Contains(
        "a: ComesBackChanged comes back changed",
        Assert.Single(CatalogCheck.RoundTripFindings(
            [Stream<ComesBackChanged>()], _ => new ComesBackChanged { Nested = new Reference { Number = 1 } })));

    [Fact]
    public void An_event_that_never_comes_back() => Assert.Contains(
        "a: NeverComesBack does not come back from the wire: out_of_range: text is read",
        Assert.Single(CatalogCheck.RoundTripFindings(
            [Stream<NeverComesBack>()], _ => new NeverComesBack { Text = "x" })));
}
