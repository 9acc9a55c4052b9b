using Quantum.Roles.Learning;

namespace Quantum.Looking.Models;

/// <summary>What became of a model version's signals and trades, as the supervisor keeps it.</summary>
/// <param name="Version">The model's version.</param>
/// <param name="Signals">From 0.</param>
/// <param name="Adopted">Signals that the AI stood for, from 0.</param>
/// <param name="Trades">Finished, from 0.</param>
/// <param name="WinRate">0 to 1; null without trades.</param>
/// <param name="MeanR">R; null without a trade that had a stop.</param>
/// <param name="PnlUsd">Net, USD.</param>
public sealed record ModelTrial(
    string Version, long Signals, long Adopted, int Trades, double? WinRate, double? MeanR, decimal PnlUsd)
{
    /// <summary>Every version that gave a signal, the newest first: a version begins with its time.</summary>
    /// <exception cref="JsonException">The saved text is no such state.</exception>
    public static IReadOnlyList<ModelTrial> All(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        return
        [
            .. look.StatesOf<ModelRecord>(RoleNames.ModelSupervisor, ModelRecord.Key).Reverse()
                .Select(version => Of(version.Key, version.Value)),
        ];
    }

    private static ModelTrial Of(string version, ModelRecord record) => new(
        version, record.Signals, record.Adopted, record.Trades, record.WinRate(), record.MeanR(), record.PnlUsd);
}

/// <summary>What has to be proved, by the settings that the services told their Redis.</summary>
/// <param name="LeastEvidence">Standard errors below the base rate's log loss that put a model into force.</param>
/// <param name="HorizonMs">After how long a signal has come true or not, ms.</param>
public sealed record ModelBars(double LeastEvidence, long HorizonMs)
{
    private const string Learning = "learning";

    public static ModelBars Of(SystemRedis look)
    {
        ArgumentNullException.ThrowIfNull(look);
        var told = new Dictionary<string, string>(
            look.Hash(EventLog.LogKeys.Settings + Learning), StringComparer.OrdinalIgnoreCase);
        var evidence = told.GetValueOrDefault("Clm:Training:LeastEvidence");
        var horizon = told.GetValueOrDefault("ModelSupervisor:HorizonMs");
        return new ModelBars(
            double.TryParse(evidence, CultureInfo.InvariantCulture, out var least)
                ? least : new ClmSettings().Training.LeastEvidence,
            long.TryParse(horizon, CultureInfo.InvariantCulture, out var ms) ? ms : new SupervisorSettings().HorizonMs);
    }
}
