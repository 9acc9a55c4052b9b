using Quantum.Audit;

namespace Quantum.Cli.Audit;

/// <summary>Which columns fit, and whether readers stand beside their stream or on lines below it.</summary>
/// <param name="Columns">From left to right.</param>
/// <param name="IsTree">One line for the stream, then one for each of its readers.</param>
/// <param name="IsShort">Names without what all of them share, a rate without its history.</param>
internal sealed record AuditLayout(IReadOnlyList<AuditColumn> Columns, bool IsTree, bool IsShort)
{
    /// <summary>A rate with its history of bars, in characters.</summary>
    private const int HistoryWidth = 24;

    /// <summary>No name is cut to fewer characters.</summary>
    private const int ShortestName = 16;

    public static AuditLayout Full { get; } = new(Enum.GetValues<AuditColumn>(), IsTree: false, IsShort: false);

    private static AuditLayout Beside { get; } = new(
        [
            AuditColumn.Stream, AuditColumn.Length, AuditColumn.Rate, AuditColumn.Group, AuditColumn.Verdict,
            AuditColumn.Unread, AuditColumn.Oldest, AuditColumn.Lost, AuditColumn.Pending,
        ],
        IsTree: false, IsShort: true);

    private static AuditLayout RoomyTree { get; } = new(
        [
            AuditColumn.Stream, AuditColumn.Length, AuditColumn.Rate, AuditColumn.Verdict, AuditColumn.Unread,
            AuditColumn.Lost, AuditColumn.Pending, AuditColumn.Oldest,
        ],
        IsTree: true, IsShort: true);

    private static AuditLayout Tree { get; } = new(
        [
            AuditColumn.Stream, AuditColumn.Verdict, AuditColumn.Unread, AuditColumn.Lost, AuditColumn.Pending,
            AuditColumn.Oldest,
        ],
        IsTree: true, IsShort: true);

    /// <summary>The fullest layout whose cells stand whole in that many characters; the last one may not.</summary>
    public static AuditLayout For(AuditReport report, int width)
    {
        AuditLayout[] fullest = [Full, Beside, RoomyTree];
        return fullest.FirstOrDefault(layout => layout.WidthFor(report) <= width) ?? Tree;
    }

    /// <summary>The rows with names cut in their middle where they would push the figures off the line.</summary>
    public AuditRow[] Fit(IEnumerable<AuditRow> rows, int width)
    {
        AuditRow[] all = [.. rows];
        var widths = Widths(all);
        var room = Math.Max(ShortestName, width - (Between(widths.Length) + widths[1..].Sum()));
        return [.. all.Select(row => row with { Cells = [Cut(row.Cells[0], room), .. row.Cells[1..]] })];
    }

    private static string Cut(string name, int room) =>
        name.Length <= room ? name : $"{name[..((room - 1) / 2)]}…{name[^(room / 2)..]}";

    /// <summary>Characters that the table takes when nothing is cut and only verdicts stand on several lines.</summary>
    private int WidthFor(AuditReport report)
    {
        var widths = Widths([.. AuditRows.Of(report, this)]);
        return widths.Sum() + Between(widths.Length);
    }

    private int Between(int columns) => IsShort ? columns - 1 : 3 * columns + 1;

    private int[] Widths(AuditRow[] rows)
    {
        var widths = Titles.Select(title => title.Length).ToArray();
        foreach (var row in rows)
            for (var i = 0; i < widths.Length; i++)
                widths[i] = Math.Max(widths[i], WidthOf(Columns[i], row.Cells[i]));
        return widths;
    }

    private int WidthOf(AuditColumn column, string cell) => column switch
    {
        AuditColumn.Verdict when IsShort => cell.Split(' ').Max(word => word.Length),
        AuditColumn.Rate when !IsShort => HistoryWidth,
        _ => cell.Length,
    };

    public IEnumerable<string> Titles => Columns.Select(column => column switch
    {
        AuditColumn.Stream => IsTree ? "stream, reader" : "stream",
        AuditColumn.Group => IsShort ? "reader" : "group",
        _ => column.ToString().ToLowerInvariant(),
    });

    public string NameOf(StreamReport stream) =>
        IsShort && stream.Known ? stream.Name[EventStream.KeyPrefix.Length..] : stream.Name;

    public string NameOf(GroupReport group) => IsShort ? group.Role ?? group.Name : group.Name;
}
