using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Units;
using Quantum.Roles.Portfolio;

namespace Quantum.Roles.Tests.Portfolio;

/// <summary>A short is as much of a risk as a long.</summary>
public sealed class ExposureTests
{
    private const long Start = 1_764_800_000_000;
    private readonly RoleBench _bench = new(() => new PortfolioRole());

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void Concentration_is_the_share_of_the_largest_position_on_whichever_side_it_is(Side side)
    {
        Send(Results.Fill(side, 0.12m, 50_000m));
        var outbox = Send(Results.Fill(side.Opposite(), 1m, 3_000m, symbol: Results.Eth, positionId: "p2"));

        var exposure = Assert.Single(outbox.Of(StreamCatalog.PortfolioExposure));
        Assert.Equal(9_000m, exposure.TotalExposureUsd);
        Assert.Equal(2d / 3d, exposure.ConcentrationFraction!.Value, 12);
    }

    private RecordingOutbox Send(ExecutionResult result) => _bench.Send(StreamCatalog.ExecutionResult, result, Start);
}
