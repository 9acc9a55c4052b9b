using Quantum.Looking.Models;

namespace Quantum.Console.Live;

/// <summary>What is known of the models, as one page shows it.</summary>
/// <param name="InUse">What the AI itself goes by; null before it has a model.</param>
/// <param name="Bars">What a model has to prove.</param>
/// <param name="Trials">What became of each version, newest first.</param>
/// <param name="Runs">Retrainings, newest first.</param>
/// <param name="Calibration">Of the version in use.</param>
/// <param name="Policies">Trainings of the sizing policy that ended, newest first.</param>
internal sealed record ModelsView(
    ModelInUse? InUse, ModelBars Bars, IReadOnlyList<ModelTrial> Trials, IReadOnlyList<Retraining> Runs,
    Calibration Calibration, IReadOnlyList<StreamEntry> Policies)
{
    private const int MostRuns = 60;
    private const int MostSignals = 20_000;

    public static ModelsView Of(SystemRedis look)
    {
        var (inUse, bars) = (ModelInUse.Of(look), ModelBars.Of(look));
        return new ModelsView(
            inUse, bars, ModelTrial.All(look), Retraining.All(look, MostRuns),
            Calibration.Of(look, inUse?.Version, bars.HorizonMs, MostSignals),
            [.. look.Last(StreamCatalog.TrainingCompleted, MostRuns)]);
    }
}
