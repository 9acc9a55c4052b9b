namespace Quantum.Console.Backtests;

/// <summary>The folder in which each backtest has one of its own.</summary>
internal sealed class BacktestFolder(string path)
{
    public const string Result = "result.json";
    public const string Report = "report.html";
    private const string Job = "job.json";

    /// <summary>The folder of one of them, made where it is not.</summary>
    public string Of(string id) => Directory.CreateDirectory(Path.Combine(path, id)).FullName;

    /// <summary>A file of one of them.</summary>
    public string FileOf(BacktestJob job, string name) => Path.Combine(path, job.Id, name);

    /// <summary>
    /// All that are kept; a folder without a job is somebody else's and left alone. Throws
    /// <see cref="JsonException"/> for a job that cannot be read.
    /// </summary>
    public IReadOnlyList<BacktestJob> All() => !Directory.Exists(path)
        ? []
        :
        [
            .. Directory.EnumerateDirectories(path).Select(folder => Path.Combine(folder, Job)).Where(File.Exists)
                .Select(file => JsonSerializer.Deserialize<BacktestJob>(File.ReadAllBytes(file)))
                .OfType<BacktestJob>(),
        ];

    public void Keep(BacktestJob job)
    {
        var file = Path.Combine(Of(job.Id), Job);
        File.WriteAllBytes(file + ".part", JsonSerializer.SerializeToUtf8Bytes(job));
        File.Move(file + ".part", file, overwrite: true);
    }

    public void Forget(BacktestJob job) => Directory.Delete(Path.Combine(path, job.Id), recursive: true);
}
