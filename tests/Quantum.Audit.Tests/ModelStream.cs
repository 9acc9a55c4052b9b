namespace Quantum.Audit.Tests;

/// <summary>What a stream and its groups truly are, kept beside Redis while the same commands run on both.</summary>
internal sealed class ModelStream
{
    private readonly List<(long Id, bool Gone)> _entries = [];

    public Dictionary<string, ModelGroup> Groups { get; } = [];
    public long LastId { get; private set; }
    public long[] Alive => [.. _entries.Where(e => !e.Gone).Select(e => e.Id)];
    public long Removed => _entries.Count(e => e.Gone);

    public void Add(long id)
    {
        _entries.Add((id, false));
        LastId = id;
    }

    public void Delete(long id)
    {
        var at = _entries.FindIndex(e => e.Id == id);
        _entries[at] = (id, true);
    }

    public void TrimTo(int length)
    {
        foreach (var id in Alive[..^Math.Min(length, Alive.Length)]) Delete(id);
    }

    public void TrimBelow(long id)
    {
        foreach (var old in Alive.Where(a => a < id)) Delete(old);
    }

    public void CreateGroup(string name, long position) => Groups[name] = new ModelGroup { Position = position };

    public void SetId(string name, long position)
    {
        Groups[name].Position = position;
        Groups[name].Skipped = 0;
    }

    /// <summary>Delivers up to that many entries.</summary>
    public void Read(string name, int count)
    {
        var group = Groups[name];
        foreach (var id in Alive.Where(a => a > group.Position).Take(count).ToArray())
        {
            group.Skipped += _entries.Count(e => e.Gone && e.Id > group.Position && e.Id < id);
            group.Position = id;
            group.Pending.Add(id);
        }
    }

    public long Unread(string name) => _entries.Count(e => !e.Gone && e.Id > Groups[name].Position);

    public long GoneAhead(string name) => _entries.Count(e => e.Gone && e.Id > Groups[name].Position);
}

/// <summary>A group of the model.</summary>
internal sealed class ModelGroup
{
    public long Position { get; set; }

    /// <summary>Gone entries that the position has passed since it was last set by hand.</summary>
    public long Skipped { get; set; }

    public SortedSet<long> Pending { get; } = [];
}
