namespace Quantum.AppHost;

/// <summary>
/// Tells the command line where this run's Redis is: <c>.quantum/connection</c>, readable by its owner alone and gone
/// with the run, so that <c>./quantum kill on</c> needs no address and no password.
/// </summary>
internal sealed class ConnectionFile(IResourceWithConnectionString redis, string path) : IDisposable
{
    private string? _written;

    /// <summary>Writes the file; for when Redis is up.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        _written = await redis.GetConnectionStringAsync(cancel);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(path, options);
        await file.WriteAsync(_written);
    }

    /// <summary>Removes the file unless another run has written its own since.</summary>
    public void Dispose()
    {
        if (_written is null || !File.Exists(path) || File.ReadAllText(path) != _written) return;
        File.Delete(path);
    }
}
