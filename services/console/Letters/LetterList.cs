namespace Quantum.Console.Letters;

/// <summary>The newest dead letters and how many there are.</summary>
/// <param name="Total">From 0.</param>
/// <param name="Newest">Newest first.</param>
internal sealed record LetterList(long Total, IReadOnlyList<StreamEntry> Newest)
{
    /// <summary>Of one stream, or of all; throws <see cref="LookException"/> for a stream that is none.</summary>
    public static LetterList Of(SystemRedis look, string? stream, int most)
    {
        var box = new DeadLetterBox(look);
        var boxes = box.Boxes(stream);
        return new LetterList(box.Count(boxes), [.. box.Letters(boxes, most)]);
    }
}
