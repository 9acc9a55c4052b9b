namespace Quantum.AppHost;

/// <summary>Where closed trades are kept.</summary>
internal static class Journal
{
    private const string Setting = "Journal:Store";

    /// <summary>Keeps the journal with the run's other data, or in PostgreSQL when asked to.</summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithJournal(
        this IResourceBuilder<IResourceWithEnvironment> learning, IDistributedApplicationBuilder builder, RunFolder run)
    {
        switch (builder.Configuration[Setting])
        {
            case null or "" or "sqlite":
                return builder.ExecutionContext.IsRunMode
                    ? learning.WithEnvironment("Journal__Path", Path.Combine(run.Data, "journal.db"))
                    : learning;
            case "postgres":
                return learning;
            default:
                throw new DistributedApplicationException(
                    $"--journal '{builder.Configuration[Setting]}' is not known: use sqlite or postgres.");
        }
    }
}
