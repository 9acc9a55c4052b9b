using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Quantum.AppHost;

namespace Quantum.AppHost.Tests;

/// <summary>What a run keeps, and where.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-folder-").FullName;

    [Fact]
    public void Two_folders_have_two_volumes_and_one_has_the_same_each_time()
    {
        var (first, again, other) = (VolumeOf("a"), VolumeOf("a"), VolumeOf("b"));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.StartsWith("quantum-redis-", first, StringComparison.Ordinal);
        // A deployment has one of each, and its name stays.
        Assert.Equal("quantum-redis", RunFolder.None.VolumeOf("redis"));
    }

    [Fact]
    public void A_recordings_volume_is_its_own()
    {
        string realTime;
        using (var run = Take(isOfItsOwn: false)) realTime = run.VolumeOf("journal");
        using var tape = Take(isOfItsOwn: true);
        Assert.StartsWith(realTime + "-", tape.VolumeOf("journal"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_recordings_are_kept_and_what_no_run_named_is_left_alone()
    {
        var runs = Path.Combine(_folder, "runs");
        foreach (var minute in Enumerable.Range(10, RunFolder.MostRuns + 4))
            Directory.CreateDirectory(Path.Combine(runs, $"20250101-10{minute}00-77"));
        Directory.CreateDirectory(Path.Combine(runs, "0-mine"));
        using var run = Take(isOfItsOwn: true);
        var kept = Directory.GetDirectories(runs).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal("0-mine", kept[0]);
        Assert.Equal("20250101-101500-77", kept[1]);
        Assert.Equal(Path.GetFileName(run.Data), kept[^1]);
        Assert.Equal(RunFolder.MostRuns + 1, kept.Length);
    }

    [Fact]
    public void A_refused_start_leaves_no_folder_behind()
    {
        using var first = Take(isOfItsOwn: true);
        Assert.Throws<DistributedApplicationException>(() => Take(isOfItsOwn: true));
        Assert.Equal([first.Data], Directory.GetDirectories(Path.Combine(_folder, "runs")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RunFolder Take(bool isOfItsOwn) => RunFolder.Take(_folder, isOfItsOwn);

    private string VolumeOf(string name)
    {
        var builder = DistributedApplication.CreateBuilder();
        using var run = RunFolder.Take(Path.Combine(_folder, name), isOfItsOwn: false);
        var redis = RedisContainer.Add(builder, "redis", run, new RedisPasswords(builder, "redis", withUsers: false));
        return redis.Resource.Annotations.OfType<ContainerMountAnnotation>().Single().Source!;
    }
}
