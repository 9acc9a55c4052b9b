namespace Quantum.Console.Flow;

/// <summary>A stream on the map: its prefix, its name and the box around them.</summary>
internal sealed record FlowPill(EventStream Stream, string Prefix, string Name, double X, double Y, double Width)
{
    public const double Height = 46;
    private const double LetterWidth = 9.1;
    private const double SmallLetterWidth = 7.9;

    public double Left => X - Width / 2;
    public double Right => X + Width / 2;
    public double Top => Y - Height / 2;
    public double Bottom => Y + Height / 2;

    public static FlowPill Of(EventStream stream)
    {
        var dot = stream.Name.IndexOf('.', StringComparison.Ordinal);
        var (prefix, name) = dot < 0
            ? (stream.Name.Split('_')[0], stream.Name)
            : (stream.Name[..dot], stream.Name[(dot + 1)..]);
        var (x, y) = FlowPlaces.Of(stream);
        var width = Math.Max(118, Math.Max(name.Length * LetterWidth + 26, prefix.Length * SmallLetterWidth + 88));
        return new FlowPill(stream, prefix, name, x, y, width);
    }
}
