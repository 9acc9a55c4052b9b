using Quantum.Feeds.Files;

namespace Quantum.Feeds.Recorded;

/// <summary>Something about a recording that its user should know, though it can be played.</summary>
/// <param name="IsWarning">True when something of it is left out.</param>
/// <param name="Text">One line.</param>
public sealed record TapeNotice(bool IsWarning, string Text);

/// <summary>What was noticed while the files of one symbol, or of one capture, were read.</summary>
internal sealed class TapeNotes
{
    private readonly SortedDictionary<string, long> _passed = new(StringComparer.Ordinal);
    private readonly List<TapeNotice> _told = [];
    private string? _firstEqual;
    private string? _firstLeftOut;

    /// <summary>Rows that were there twice and are taken once, 0 or more.</summary>
    public long Equal { get; private set; }

    /// <summary>Faulty rows outside of what is played, 0 or more.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Frames and rows that are of no use here, by their kind.</summary>
    public IReadOnlyDictionary<string, long> Passed => _passed;

    public void AddEqual(in RowPlace place)
    {
        Equal++;
        _firstEqual ??= place.ToString();
    }

    public void AddLeftOut(FeedException fault)
    {
        LeftOut++;
        _firstLeftOut ??= fault.Message;
    }

    public void AddPassed(string kind) => _passed[kind] = _passed.GetValueOrDefault(kind) + 1;

    public void Warn(string text) => _told.Add(new TapeNotice(true, text));

    public void AddTorn(in RowPlace place) =>
        Warn($"{place}: the last line is cut off or has no line end; it is left out.");

    public void AddCut(TapePart part, long line) => Warn(string.Create(
        CultureInfo.InvariantCulture, $"{part}: ends before its own end, behind line {line}; what is there is taken."));

    public IEnumerable<TapeNotice> All()
    {
        foreach (var notice in _told) yield return notice;
        if (Equal > 0)
            yield return new TapeNotice(false, Counted(Equal, "equal row", $"taken once, first {_firstEqual}."));
        if (LeftOut > 0)
        {
            yield return new TapeNotice(
                true, Counted(LeftOut, "faulty row", $"outside of what is played left out, first {_firstLeftOut}"));
        }

        if (_passed.Count == 0) yield break;
        var kinds = string.Join(", ", _passed.Select(
            pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
        yield return new TapeNotice(false, Counted(_passed.Values.Sum(), "frame or row", $"of no use here: {kinds}."));
    }

    private static string Counted(long count, string what, string rest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count:N0} {(count == 1 ? what : what.Replace(" or ", "s or ", StringComparison.Ordinal) + "s")} {rest}");
}
