using System.Text;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;
using Quantum.EventLog.Runner;

namespace Quantum.EventLog.Tests.Runner;

/// <summary>An entry of a time that is not yet would stop what waits for that time.</summary>
public sealed class AdmissionTests
{
    private const long NowMs = 1_766_561_100_000;

    [Theory]
    [InlineData("1766561100000", false, false)]
    [InlineData("1766561110000", false, false)]
    [InlineData("1766561110001", false, true)]
    [InlineData("9999999999999", false, true)]
    // Long ago: whoever acts on it judges how old it may be.
    [InlineData("1000000000000", false, false)]
    // On a tape the entry's time is the time.
    [InlineData("9999999999999", true, false)]
    // What is no time at all is refused where it is read.
    [InlineData("9223372036854775807", false, false)]
    [InlineData("17665611x", false, false)]
    public void More_than_ten_seconds_ahead_of_the_log_is_refused(string ts, bool isTape, bool isRefused)
    {
        var stream = StreamCatalog.TradeIntent;
        var link = new LogKeys().LinksOf(new RoleSeat(RoleNames.Executor, 0), stream)[0];
        var entry = new FieldBuffer();
        entry.Add("event_id"u8, "e-1"u8);
        entry.Add("ts"u8, Encoding.ASCII.GetBytes(ts));
        var admission = new Admission(
            new RunnerSettings { Mode = TradingMode.Paper, IsTape = isTape }, new FailureLog());
        var against = admission.Against(
            link, new LogEntry(0, new EntryId(NowMs, 0), 1, IsMissing: false), entry.Fields);
        Assert.Equal(isRefused, against is not null);
        if (against is not { } told) return;
        Assert.Equal("out_of_range", told.Reason);
        Assert.Contains(ts, told.Text, StringComparison.Ordinal);
    }
}
