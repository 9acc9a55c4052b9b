using System.Globalization;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost;

/// <summary>
/// The folder of a run, which one run owns at a time: its lock is held as long as the process lives and goes with it,
/// however it ends. The command line finds the run here.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private static readonly TimeSpan s_instant = TimeSpan.FromMilliseconds(100);
    private const string Runs = "runs";
    private const string StampForm = "yyyyMMdd-HHmmss";

    /// <summary>So many runs that belong to no other are kept, the newest.</summary>
    public const int MostRuns = 10;

    private readonly FileStream? _lock;

    private RunFolder(string path, string data, FileStream? owned) => (Path, Data, _lock) = (path, data, owned);

    /// <summary>The folder that is owned.</summary>
    public string Path { get; }

    /// <summary>
    /// Where the run's data goes: the folder itself for every real-time run, a new one below it for each recording, for
    /// its events belong to no other run.
    /// </summary>
    public string Data { get; }

    /// <summary>The file that tells the command line the way to Redis.</summary>
    public string Connection => System.IO.Path.Combine(Path, RunFiles.Connection);

    /// <summary>The file that tells whose certificate a run's Redis has, where it has one.</summary>
    public string RedisRoot => System.IO.Path.Combine(Path, RunFiles.RedisRoot);

    /// <summary>The file that tells where the dashboard answers.</summary>
    public string Dashboard => System.IO.Path.Combine(Path, RunFiles.Dashboard);

    /// <summary>The id of this folder's system, which its Redis is marked with; the same from run to run.</summary>
    public string SystemId { get; private init; } = "";

    /// <summary>
    /// The name of a container's volume for this run's data: as with folders, another folder's run has another, and so
    /// has each that belongs to no other.
    /// </summary>
    public string VolumeOf(string name) => string.Join(
        '-', ((string[])["quantum", name, SystemId, Data == Path ? "" : System.IO.Path.GetFileName(Data)])
            .Where(part => part.Length > 0));

    /// <summary>No folder at all: for a manifest, which runs nothing.</summary>
    public static RunFolder None { get; } = new("", "", null);

    /// <summary>
    /// Takes the folder; throws <see cref="DistributedApplicationException"/> when another run owns it or when it
    /// cannot be written.
    /// </summary>
    /// <param name="folder">The one asked for; without one that of <c>QUANTUM_FOLDER</c>, else <c>.quantum</c> of the
    /// checkout.</param>
    /// <param name="isOfItsOwn">Whether the run belongs to no other: a recording, or an exchange that remembers
    /// nothing.</param>
    public static RunFolder Take(string? folder, bool isOfItsOwn)
    {
        var wanted = string.IsNullOrEmpty(folder) ? Environment.GetEnvironmentVariable(RunFiles.Variable) : folder;
        var path = System.IO.Path.GetFullPath(
            string.IsNullOrEmpty(wanted) ? System.IO.Path.Combine(Places.Root, RunFiles.Folder) : wanted);
        var stamp = $"{DateTime.UtcNow.ToString(StampForm, CultureInfo.InvariantCulture)}-{Environment.ProcessId}";
        var data = isOfItsOwn ? System.IO.Path.Combine(path, Runs, stamp) : path;
        try
        {
            Directory.CreateDirectory(path);
            // Before the run's own: a start that is refused leaves none behind.
            var owned = Lock(path);
            Directory.CreateDirectory(data);
            if (isOfItsOwn) RemoveOldRuns(path, data);
            // What a run that was killed left behind tells of a Redis that is gone.
            var taken = new RunFolder(path, data, owned) { SystemId = IdOf(path) };
            File.Delete(taken.Connection);
            File.Delete(taken.RedisRoot);
            return taken;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new DistributedApplicationException(
                $"the folder '{path}' cannot be used ({fault.Message.TrimEnd('.')}): choose another with "
                + "--folder DIR.");
        }
    }

    public void Dispose() => _lock?.Dispose();

    // Each holds a whole Redis; only what a run has named is touched.
    private static void RemoveOldRuns(string path, string own)
    {
        var runs = System.IO.Path.Combine(path, Runs);
        var old = Directory.GetDirectories(runs).Where(IsRun).OrderDescending(StringComparer.Ordinal)
            .Skip(MostRuns).Where(run => run != own).ToList();
        try
        {
            foreach (var run in old) Directory.Delete(run, recursive: true);
            if (old.Count > 0)
                Console.WriteLine($"Removed {old.Count} old run(s) from '{runs}': the newest {MostRuns} are kept.");
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            Console.WriteLine($"An old run stays in '{runs}': {fault.Message}");
        }
    }

    private static bool IsRun(string folder)
    {
        var name = System.IO.Path.GetFileName(folder);
        return name.Length > StampForm.Length && name[StampForm.Length] == '-' && DateTime.TryParseExact(
            name[..StampForm.Length], StampForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private static string IdOf(string path)
    {
        var file = System.IO.Path.Combine(path, RunFiles.System);
        if (!File.Exists(file)) File.WriteAllText(file, Guid.NewGuid().ToString("N"));
        return File.ReadAllText(file).Trim();
    }

    private static FileStream Lock(string path, int tries = 3)
    {
        // The lock itself cannot be read while it is held, so its holder's words are beside it.
        var words = System.IO.Path.Combine(path, RunFiles.Owner);
        try
        {
            var owned = new FileStream(
                System.IO.Path.Combine(path, RunFiles.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None);
            File.WriteAllText(words, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return owned;
        }
        catch (IOException) when (tries > 0)
        {
            // A verb that looks whether a run lives holds the file for an instant.
            Thread.Sleep(s_instant);
            return Lock(path, tries - 1);
        }
        catch (IOException) when (File.Exists(words))
        {
            throw new DistributedApplicationException(
                $"another run, process {File.ReadAllText(words)}, owns the folder '{path}': stop it, or start beside "
                + "it with --folder DIR --port N.");
        }
    }
}
