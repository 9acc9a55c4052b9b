namespace Quantum.Looking.Models;

/// <summary>One retraining of the model: why it was asked for, and what became of it; the streams keep a day.</summary>
public sealed record Retraining
{
    public required string JobId { get; init; }

    /// <summary>Why it was asked for, as a code; empty where the streams have forgotten it.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was asked for or began, UTC epoch ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>From the first to the last that is known of it, ms; null while it is under way.</summary>
    public long? TookMs { get; init; }

    /// <summary>The entry of <c>learning.retraining.completed</c>; null without one.</summary>
    public StreamEntry? Completed { get; init; }

    /// <summary>The entry of <c>learning.retraining.failed</c>; null without one.</summary>
    public StreamEntry? Failed { get; init; }

    /// <summary>True where the model was good enough to trade by.</summary>
    public bool IsPromoted => Completed?["in_force"] == "true";

    /// <summary>All that the streams keep, the newest first.</summary>
    public static IReadOnlyList<Retraining> All(SystemRedis look, int most)
    {
        ArgumentNullException.ThrowIfNull(look);
        EventStream[] streams =
        [
            StreamCatalog.ModelRetrain, StreamCatalog.RetrainingStarted, StreamCatalog.RetrainingCompleted,
            StreamCatalog.RetrainingFailed,
        ];
        return
        [
            .. streams.SelectMany(stream => look.Last(stream, most).Select(entry => (stream, entry)))
                .GroupBy(one => one.entry["job_id"], StringComparer.Ordinal)
                .Select(job => Of(job.Key, [.. job])).OrderByDescending(job => job.AtMs).Take(most),
        ];
    }

    /// <summary>Why a model went into force or did not, in words.</summary>
    /// <param name="bars">What has to be proved.</param>
    public string Verdict(ModelBars bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        if (Failed is { } failed) return failed["error"];
        if (Completed is not { } done) return "under way";
        var evidence = double.TryParse(done["evidence"], CultureInfo.InvariantCulture, out var known)
            ? known.ToString("0.00", CultureInfo.InvariantCulture) : done["evidence"];
        var needed = bars.LeastEvidence.ToString("0.00", CultureInfo.InvariantCulture);
        return IsPromoted
            ? $"it beats the base rate by {evidence} standard errors, {needed} are needed"
            : $"it beats the base rate by {evidence} standard errors, {needed} are needed: only to explore with";
    }

    private static Retraining Of(string job, IReadOnlyList<(EventStream Stream, StreamEntry Entry)> steps)
    {
        StreamEntry? First(EventStream stream) => steps.FirstOrDefault(step => step.Stream == stream).Entry;
        var (asked, started) = (First(StreamCatalog.ModelRetrain), First(StreamCatalog.RetrainingStarted));
        var (completed, failed) = (First(StreamCatalog.RetrainingCompleted), First(StreamCatalog.RetrainingFailed));
        var atMs = steps.Min(step => step.Entry.IdMs);
        return new Retraining
        {
            JobId = job, Reason = asked?["reason"] ?? started?["trigger_reason"] ?? "",
            AtMs = steps.Min(step => step.Entry.AtMs), Completed = completed, Failed = failed,
            TookMs = (completed ?? failed)?.IdMs - atMs,
        };
    }
}
