using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>Where closed trades are kept.</summary>
internal static class Journal
{
    private const string Connection = "journal";
    private const string Program = "postgres";

    /// <summary>Keeps the journal with the run's other data, or in PostgreSQL when asked to.</summary>
    public static IResourceBuilder<IResourceWithEnvironment> WithJournal(
        this IResourceBuilder<IResourceWithEnvironment> learning, IDistributedApplicationBuilder builder, RunFolder run)
    {
        var isRun = builder.ExecutionContext.IsRunMode;
        if (!builder.Configuration.KeepsJournalInPostgres())
            return isRun
                ? learning.WithOwn(
                    builder.Configuration, PlainSettings.JournalPath.Name, Path.Combine(run.Data, "journal.db"),
                    PlainSettings.RunFolder.Mend)
                : learning;
        var choice = isRun
            ? ServerChoice.Find(builder.Configuration, PlainSettings.JournalSource.Name, Connection, Program)
            : new ServerChoice(ServerKind.Container, "the manifest describes a deployment");
        if (isRun) Console.WriteLine($"Journal: {choice.Text(Program)}, because {choice.Reason}.");
        return learning.WithDatabase(choice.Kind switch
        {
            ServerKind.Container => builder.AddPostgres("journal-server").WithDataVolume(run.VolumeOf("journal"))
                .AddDatabase(Connection),
            ServerKind.LocalServer => builder.AddLocalPostgres(Connection, Path.Combine(run.Data, "postgres")),
            _ => builder.AddConnectionString(Connection),
        });
    }

    /// <summary>Whether the setting <c>Journal:Store</c> asks for PostgreSQL; a file (sqlite) unless given.</summary>
    public static bool KeepsJournalInPostgres(this IConfiguration configuration) =>
        configuration[PlainSettings.JournalStore.Name] switch
        {
            null or "" or "sqlite" => false,
            "postgres" => true,
            var other => throw new DistributedApplicationException(
                $"--journal '{other}' is not known: use sqlite or postgres."),
        };

    private static IResourceBuilder<IResourceWithEnvironment> WithDatabase(
        this IResourceBuilder<IResourceWithEnvironment> learning,
        IResourceBuilder<IResourceWithConnectionString> database)
    {
        ((IResourceBuilder<IResourceWithWaitSupport>)learning).WaitFor(database);
        return learning.WithReference(database);
    }
}
