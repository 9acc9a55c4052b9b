using System.Diagnostics.Metrics;
using Quantum.Contracts.Catalog;
using Quantum.EventLog.Runner;

namespace Quantum.EventLog.Tests.Runner;

public sealed class SeatMeterTests
{
    [Fact]
    public void Reasons_are_counted_by_their_registered_codes()
    {
        var told = new List<(long Times, string Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "quantum.log.reasons") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, times, tags, _) =>
        {
            var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            if (text.Contains("=meter_test", StringComparison.Ordinal)) told.Add((times, text));
        });
        listener.Start();
        var commit = new CommitBatch();
        commit.Reasons.Add(new ReasonCount("intent", "halted", "BTCUSDT", 1, 2));
        commit.Reasons.Add(new ReasonCount("exit", "take_profit_2", null, 1, 1));
        commit.Reasons.Add(new ReasonCount("intent", "no_such_reason", null, 1, 1));
        new SeatMeter("meter_test", []).Committed(commit);
        Assert.Equal(
            [
                (2, "quantum.role=meter_test quantum.counter=intent quantum.reason=halted"),
                (1, "quantum.role=meter_test quantum.counter=exit quantum.reason=take_profit_*"),
                (1, "quantum.role=meter_test quantum.counter=intent quantum.reason=unregistered"),
            ],
            told);
    }
}
