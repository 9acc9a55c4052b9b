using Grpc.Core;
using Quantum.Sizing.V1;

namespace Quantum.TradingBot;

/// <summary>
/// Asks the sizing agent once when the service starts: connection and code of both sides are ready before the first
/// candle, whose order waited a third of a second for them. A call changes nothing at the agent.
/// </summary>
internal sealed class SizingRehearsal(Sizing.V1.Sizing.SizingClient agent, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The agent may start after this.
        while (!stoppingToken.IsCancellationRequested && !await HasAnsweredAsync(stoppingToken))
            await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> HasAnsweredAsync(CancellationToken cancel)
    {
        try
        {
            await agent.DecideAsync(Question(), deadline: DateTime.UtcNow + s_patience, cancellationToken: cancel);
            return true;
        }
        catch (RpcException fault)
        {
            // A refusal is an answer as well.
            return fault.StatusCode is StatusCode.InvalidArgument or StatusCode.FailedPrecondition;
        }
    }

    internal static DecideRequest Question() => new()
    {
        Symbol = "BTCUSDT", Side = Side.Buy, Confidence = 0.6, Price = "100000", Regime = "bull", EquityUsd = "10000",
        FreeMarginUsd = "10000", MaxPositionSizeUsd = "1000", MaxLeverage = 3, RiskPerTradeFraction = 0.005,
        StopFraction = 0.02, AtrValue = 0.01, VolatilityFactor = 1,
    };
}
