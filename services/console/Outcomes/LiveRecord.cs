namespace Quantum.Console.Outcomes;

/// <summary>
/// A run's record in a file: JSON lines, appended. What a killed console left half written is cut off; the streams
/// still tell it.
/// </summary>
internal sealed class LiveRecord : IDisposable
{
    private const int MostFiles = 20;
    private const string Ending = ".jsonl";
    private readonly FileStream _file;

    private long _whole;

    private LiveRecord(FileStream file, IReadOnlyList<RecordLine> lines) =>
        (_file, _whole, Lines) = (file, file.Position, lines);

    /// <summary>What stood in it when it was opened.</summary>
    public IReadOnlyList<RecordLine> Lines { get; }

    /// <summary>Opens or begins a run's file; throws <see cref="IOException"/> where it cannot be written.</summary>
    /// <param name="folder">Is made where it is not.</param>
    /// <param name="run">Names the file: letters and digits.</param>
    public static LiveRecord Open(string folder, string run)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, run + Ending);
        var (lines, whole) = File.Exists(path) ? Read(path) : ([], 0);
        ForgetOld(folder);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.SetLength(whole);
        file.Position = whole;
        return new LiveRecord(file, lines);
    }

    /// <summary>
    /// Appends all or nothing; it is on the disk's way once this returns. Throws <see cref="IOException"/> where it
    /// cannot be written.
    /// </summary>
    public void Append(IEnumerable<RecordLine> lines)
    {
        using var text = new MemoryStream();
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(text, line, WireJson.StateOptions);
            text.WriteByte((byte)'\n');
        }

        try
        {
            _file.Write(text.GetBuffer().AsSpan(0, (int)text.Length));
            _whole = _file.Position;
        }
        finally
        {
            // Half a line would make the file unreadable.
            if (_file.Position != _whole || _file.Length != _whole)
            {
                _file.SetLength(_whole);
                _file.Position = _whole;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static (List<RecordLine> Lines, long Whole) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var (lines, at) = (new List<RecordLine>(), 0);
        for (var end = 0; (end = Array.IndexOf(bytes, (byte)'\n', at)) >= 0; at = end + 1)
        {
            lines.Add(JsonSerializer.Deserialize<RecordLine>(bytes.AsSpan(at, end - at), WireJson.StateOptions)
                ?? throw new JsonException($"{path}, line {lines.Count + 1}: is null; move the file away."));
        }

        return (lines, at);
    }

    private static void ForgetOld(string folder)
    {
        foreach (var old in new DirectoryInfo(folder).GetFiles("*" + Ending)
            .OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostFiles)) old.Delete();
    }
}
