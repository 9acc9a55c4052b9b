using System.Globalization;
using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Flow;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.Roles.Executor;

namespace Quantum.Roles.Tests.Executor;

public class FreshnessTests
{
    [Fact]
    public void An_intent_past_its_deadline_expires_without_an_order()
    {
        var bench = new ExecutorBench();
        var old = bench.Entry() with { DeadlineMs = bench.NowMs - 1 };
        bench.Intent(old, "i1", bench.NowMs - 20_000);
        AssertExpired(bench, "stale");
    }

    [Fact]
    public void An_intent_older_than_the_limit_expires_whatever_its_deadline_says()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry() with { DeadlineMs = bench.NowMs + 86_400_000 }, "i1", bench.NowMs - 31_000);
        AssertExpired(bench, "stale");
    }

    [Fact]
    public void An_intent_without_a_readable_deadline_expires()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry() with { DeadlineMs = null }, "i1");
        AssertExpired(bench, "no_deadline");
    }

    [Fact]
    public void An_intent_from_the_future_expires()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.Entry() with { DeadlineMs = bench.NowMs + 60_000 }, "i1", bench.NowMs + 6_000);
        AssertExpired(bench, "future_time");
    }

    [Fact]
    public void Before_the_first_clock_nothing_is_executed_in_real_time()
    {
        var bench = new ExecutorBench(ready: false);
        bench.Send(StreamCatalog.PolicyUpdated, ExecutorBench.Policy());
        bench.Send(StreamCatalog.PortfolioExposure, ExecutorBench.Exposure());
        bench.Tick(2);
        bench.Intent(bench.Entry(), "i1");
        AssertExpired(bench, "no_clock");
    }

    [Fact]
    public void A_time_remembered_from_before_a_restart_is_not_trusted()
    {
        var bench = new ExecutorBench();
        bench.Restart();
        bench.Intent(bench.Entry(), "i1");
        AssertExpired(bench, "no_clock");
        bench.Clock(bench.NowMs + 4 * 86_400_000);
        bench.Intent(bench.Entry() with { DeadlineMs = ExecutorBench.T0 + 30_000 }, "i2", ExecutorBench.T0);
        Assert.Equal("stale", bench.LastResult.ReasonCode);
        Assert.Empty(bench.Commands);
    }

    [Fact]
    public void A_tick_with_a_bogus_future_time_does_not_make_later_intents_stale()
    {
        var bench = new ExecutorBench();
        bench.Send(StreamCatalog.MarketTick, new MarketTick { Symbol = ExecutorBench.Near, Price = 2, Quantity = 1 },
            bench.NowMs + 10_000_000_000);
        bench.Intent(bench.Entry(), "i1");
        Assert.Empty(bench.Results);
        Assert.Single(bench.Commands);
    }

    [Fact]
    public void On_a_tape_the_entry_ids_mean_nothing_and_the_tape_is_the_clock()
    {
        var bench = new ExecutorBench(
            ExecutorBench.SettingsFor(TradingMode.Sim, isTape: true, TestBook.All), ready: false);
        bench.Send(StreamCatalog.PolicyUpdated, ExecutorBench.Policy());
        bench.Send(StreamCatalog.PortfolioExposure, ExecutorBench.Exposure());
        bench.Tick(2);
        bench.Intent(bench.Entry(), "i1");
        Assert.Single(bench.Commands);
        bench.Later(60_000);
        bench.Intent(bench.Entry() with { DeadlineMs = ExecutorBench.T0 + 30_000 }, "i2", ExecutorBench.T0);
        Assert.Equal("stale", bench.LastResult.ReasonCode);
    }

    [Fact]
    public void The_audited_case_10014_old_intents_end_expired_and_a_fresh_one_behind_them_trades()
    {
        var role = new ExecutorRole(ExecutorBench.SettingsFor(TradingMode.Sim, isTape: false, TestBook.All));
        const long lastDelivered = 1_766_219_478_937;
        const long now = lastDelivered + 4L * 86_400_000;
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var orders = 0;
        Strike(role, now);
        for (var i = 0; i < 10_014; i++)
        {
            // Half of them were appended long after they were written: both times are judged.
            var entryMs = i % 2 == 0 ? lastDelivered + i : now - 100;
            var outbox = Handle(role, Legacy(lastDelivered + i, i), new EntryId(entryMs, i));
            var result = Assert.Single(outbox.Of(StreamCatalog.ExecutionResult));
            outcomes[$"{result.Outcome}"] = outcomes.GetValueOrDefault($"{result.Outcome}") + 1;
            orders += outbox.Of(StreamCatalog.OrderCommand).Count;
        }

        Assert.Equal(10_014, Assert.Single(outcomes, pair => pair.Key == "Expired").Value);
        Assert.Equal(0, orders);
        Give(role, StreamCatalog.PolicyUpdated, ExecutorBench.Policy(), now);
        Give(role, StreamCatalog.PortfolioExposure, ExecutorBench.Exposure(), now);
        var tick = new MarketTick { Symbol = ExecutorBench.Near, Price = 2, Quantity = 1 };
        Give(role, StreamCatalog.MarketTick, tick, now);
        var fresh = Handle(role, Legacy(now - 1_000, number: 0), new EntryId(now - 900, 1));
        Assert.Empty(fresh.Of(StreamCatalog.ExecutionResult));
        Assert.Equal(OrderPurpose.Entry, Assert.Single(fresh.Of(StreamCatalog.OrderCommand)).Purpose);
    }

    private static void AssertExpired(ExecutorBench bench, string code)
    {
        var result = Assert.Single(bench.Results);
        Assert.Equal((Outcome.Expired, code), (result.Outcome, result.ReasonCode));
        Assert.Empty(bench.Commands);
    }

    private static void Strike(ExecutorRole role, long atMs)
    {
        var envelope = new Envelope { EventId = "clock"u8, AtMs = atMs, Source = "clock"u8, Mode = TradingMode.Sim,
            Version = 1 };
        role.ClockHandler!(new Input(envelope, new EntryId(atMs, 0)), new RecordingOutbox("clock"));
    }

    private static void Give<TEvent>(ExecutorRole role, EventStream<TEvent> stream, TEvent payload, long atMs)
        where TEvent : struct
    {
        var envelope = new Envelope
        {
            EventId = "given"u8, AtMs = atMs, Source = "test"u8, Mode = TradingMode.Sim, Version = 1,
        };
        var subscription = (Subscription<TEvent>)role.Subscriptions.Single(s => s.Stream == stream);
        subscription.Handle(in payload, new Input(envelope, new EntryId(atMs, 0)), new RecordingOutbox("given"));
    }

    private static RecordingOutbox Handle(ExecutorRole role, FieldBuffer fields, EntryId id)
    {
        var outbox = new RecordingOutbox($"legacy-{id}");
        var subscription = role.Subscriptions.Single(s => s.Stream == StreamCatalog.TradeIntent);
        Assert.True(subscription.TryHandle(fields.Fields, id, outbox, out var fault), fault.ToString());
        return outbox;
    }

    private static FieldBuffer Legacy(long atMs, int number)
    {
        var fields = new FieldBuffer();
        var iso = DateTimeOffset.FromUnixTimeMilliseconds(atMs).ToString("yyyy-MM-ddTHH:mm:ss.ffffff",
            CultureInfo.InvariantCulture);
        var symbol = number % 3 == 0 ? "NEARUSDT" : number % 3 == 1 ? "BTCUSDT" : "SOLUSDT";
        Add(fields, "event_type", "trade.intent");
        Add(fields, "payload", $$"""
            {"symbol":"{{symbol}}","side":"BUY","confidence":0.72,"position_size_usd":200.0,"leverage":1,
            "timestamp":"{{iso}}"}
            """);
        Add(fields, "timestamp", iso);
        Add(fields, "source", "trading_bot");
        return fields;
    }

    private static void Add(FieldBuffer fields, string name, string value) =>
        fields.Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
}
