using System.Reflection;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Roles.Tests.Executor;

/// <summary>What an intent says of itself comes back with its result: a field nobody forwards is found.</summary>
public class ForwardingTests
{
    /// <summary>What asks something of the executor, and is answered by other fields.</summary>
    private static readonly string[] s_asked =
    [
        nameof(TradeIntent.PositionSizeUsd), nameof(TradeIntent.Leverage), nameof(TradeIntent.ReduceOnly),
        nameof(TradeIntent.Quantity), nameof(TradeIntent.EntryPrice), nameof(TradeIntent.StopLoss),
        nameof(TradeIntent.TakeProfit), nameof(TradeIntent.DeadlineMs), nameof(TradeIntent.PositionId),
        nameof(TradeIntent.Reason),
    ];

    public static TheoryData<string> Forwarded =>
        [.. typeof(TradeIntent).GetProperties().Select(member => member.Name).Except(s_asked)];

    [Theory, MemberData(nameof(Forwarded))]
    public void A_field_of_an_intent_comes_back_with_its_result(string field)
    {
        var sent = typeof(TradeIntent).GetProperty(field)!;
        var received = typeof(ExecutionResult).GetProperty(field);
        Assert.True(received is not null,
            $"ExecutionResult has no {field}: forward it in Results.Of, or name it among what only asks.");
        var bench = new ExecutorBench();
        object intent = bench.Entry() with { Symbol = Symbol.Parse("NOPEUSDT") };
        if (Told(field, Nullable.GetUnderlyingType(sent.PropertyType) ?? sent.PropertyType) is { } value)
            sent.SetValue(intent, value);
        bench.Intent((TradeIntent)intent, "i1");
        Assert.Equal(Outcome.Denied, bench.LastResult.Outcome);
        var told = received.GetValue(bench.LastResult);
        Assert.Equal(sent.GetValue(intent), told);
        Assert.False(IsDefault(received, told), $"{field} has its default value, which proves nothing: set it above.");
    }

    [Fact]
    public void The_intents_own_reason_comes_back_under_its_own_name()
    {
        var bench = new ExecutorBench();
        bench.Intent(bench.ExitAll() with { Reason = "time_stop" }, "i1");
        Assert.Equal("time_stop", bench.LastResult.IntentReason);
    }

    // Null for what the entry says itself.
    private static object? Told(string field, Type type) => type == typeof(string) ? "told-" + field
        : type == typeof(bool) ? true
        : type == typeof(int) || type == typeof(long) || type == typeof(decimal) ? Convert.ChangeType(4_711, type, null)
        : type == typeof(double) && field != nameof(TradeIntent.Confidence) ? 0.31 : null;

    // A side is never unknown, so its first value is as good as another.
    private static bool IsDefault(PropertyInfo field, object? value) =>
        field.PropertyType != typeof(Side?) && (value is null || value.Equals(
            field.PropertyType.IsValueType ? Activator.CreateInstance(field.PropertyType) : null));
}
