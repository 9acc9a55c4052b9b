namespace Quantum.AppHost;

/// <summary>
/// Tells the command line where this run is: Redis in <c>connection</c>, the dashboard in <c>dashboard</c>, readable by
/// their owner alone and gone with the run, so that <c>./quantum kill on</c> needs no address and no password.
/// </summary>
internal sealed class ConnectionFile(RunFolder run, IResourceWithConnectionString redis, string? dashboard)
    : IDisposable
{
    /// <summary>Writes the files, as soon as it is known where Redis will be.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        PrivateFile.Write(run.Connection, await redis.GetConnectionStringAsync(cancel) ?? "");
        if (dashboard is not null) PrivateFile.Write(run.Dashboard, dashboard);
    }

    /// <summary>Removes the files: the folder is still this run's.</summary>
    public void Dispose()
    {
        File.Delete(run.Connection);
        File.Delete(run.RedisRoot);
        File.Delete(run.Dashboard);
    }
}
