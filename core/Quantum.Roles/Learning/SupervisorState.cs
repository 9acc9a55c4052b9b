namespace Quantum.Roles.Learning;

/// <summary>A retraining job that was asked for.</summary>
/// <param name="JobId">As on <c>model.retrain</c>.</param>
/// <param name="Reason">Why, as a code.</param>
/// <param name="AskedAtMs">UTC epoch ms.</param>
internal sealed record RetrainingJob(string JobId, string Reason, long AskedAtMs);

/// <summary>What the supervisor knows of the model in force and of the job under way.</summary>
internal sealed class SupervisorState
{
    /// <summary>When it last looked whether a model is due, UTC epoch ms; 0 before the first look.</summary>
    public long LookedAtMs { get; set; }

    /// <summary>The one job under way, or null.</summary>
    public RetrainingJob? Job { get; set; }

    /// <summary>Jobs asked for so far, from 0.</summary>
    public long Jobs { get; set; }

    /// <summary>No job before this moment, UTC epoch ms.</summary>
    public long NotBeforeMs { get; set; }

    /// <summary>Failures since the last model that were not for want of data, from 0.</summary>
    public int Failures { get; set; }

    /// <summary>When drift or losses last led to a job, UTC epoch ms.</summary>
    public long? ComplainedAtMs { get; set; }

    /// <summary>Why the AI gives no signal, as a code; null while it has a model that fits.</summary>
    public string? MissingModel { get; set; }

    /// <summary>True while the newest model has proved itself; else the next try comes sooner.</summary>
    public bool IsInForce { get; set; }

    /// <summary>The newest version; null before the first.</summary>
    public string? ModelVersion { get; set; }

    /// <summary>When it was announced, UTC epoch ms.</summary>
    public long ModelSinceMs { get; set; }

    /// <summary>Its Brier score on held-out candles, 0 to 1.</summary>
    public double ModelBrier { get; set; }
}

/// <summary>How the sizing policy's trainings went.</summary>
internal sealed record PolicyTrainings
{
    /// <summary>From 0.</summary>
    public int Started { get; set; }

    /// <summary>From 0.</summary>
    public int Succeeded { get; set; }

    /// <summary>From 0.</summary>
    public int Failed { get; set; }

    /// <summary>The newest version; null before the first.</summary>
    public string? Version { get; set; }

    /// <summary>Why the newest failure failed; null before one.</summary>
    public string? LastError { get; set; }
}
