using Quantum.Roles.Ai;

namespace Quantum.Looking.Models;

/// <summary>The model that the AI itself makes its signals with, from its saved state: its own word.</summary>
public sealed record ModelInUse
{
    /// <summary>On every signal that it makes.</summary>
    public required string Version { get; init; }

    /// <summary>False: it has not beaten the base rate, and is only explored with.</summary>
    public required bool IsInForce { get; init; }

    /// <summary>Candles that end from here on are judged by it, UTC epoch ms.</summary>
    public required long FromMs { get; init; }

    /// <summary>Close times of the first and last sample, UTC epoch ms.</summary>
    public required long TrainedFromMs { get; init; }
    public required long TrainedToMs { get; init; }

    /// <summary>Fitted to, from 1.</summary>
    public required int Samples { get; init; }

    /// <summary>What it was trained on.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Length of the candles that it decides on, ms.</summary>
    public required long IntervalMs { get; init; }

    /// <summary>How far it looks ahead, candles.</summary>
    public required int HorizonCandles { get; init; }

    /// <summary>On held-out samples, natural log.</summary>
    public required double LogLoss { get; init; }

    /// <summary>The same of the base rate, which it has to beat.</summary>
    public required double BaseLogLoss { get; init; }

    /// <summary>On held-out samples, 0 to 1.</summary>
    public required double Brier { get; init; }

    /// <summary>Share of held-out samples called right, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Standard errors by which its log loss is below the base rate's.</summary>
    public required double Evidence { get; init; }

    /// <summary>That it was judged on, above 0.</summary>
    public required double IndependentOutcomes { get; init; }

    /// <summary>R of a long per standard deviation of each feature, the strongest first.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Weights { get; init; }

    /// <summary>The newest version that the AI refused for its features; null when it refused none.</summary>
    public string? RefusedVersion { get; init; }

    /// <summary>Null before the AI has taken any.</summary>
    /// <exception cref="JsonException">The saved text is no such state.</exception>
    public static ModelInUse? Of(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        var known = look.StateOf<ModelInForce>(RoleNames.AiEngine, ModelInForce.Key);
        if (known?.Current is not { } current) return null;
        var model = current.Model;
        return new ModelInUse
        {
            Version = model.Version, IsInForce = current.InForce, FromMs = known.CurrentFromMs,
            TrainedFromMs = model.TrainedFromMs, TrainedToMs = model.TrainedToMs, Samples = model.Samples,
            Symbols = model.Symbols, IntervalMs = model.IntervalMs, HorizonCandles = model.HorizonCandles,
            LogLoss = model.Metrics.LogLoss, BaseLogLoss = model.Metrics.BaseLogLoss, Brier = model.Metrics.Brier,
            Accuracy = model.Metrics.Accuracy, Evidence = model.Metrics.Evidence,
            IndependentOutcomes = model.Metrics.IndependentOutcomes,
            Weights =
            [
                .. model.Features.Zip(model.Weights, KeyValuePair.Create)
                    .OrderByDescending(weight => Math.Abs(weight.Value)),
            ],
            RefusedVersion = known.RefusedVersion,
        };
    }
}
