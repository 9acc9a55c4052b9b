using System.Text;
using Quantum.Feeds.Files;

namespace Quantum.Feeds.Tests.Fuzz;

/// <summary>
/// Cuts, doubles, reorders and bit-flips real lines and holds what the readers make of it against a plain reading of
/// the
/// same text: a clear refusal or the right events, never a crash, never silently others.
/// </summary>
internal sealed class TapeFuzz(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Lines that were refused in a clear line of text.</summary>
    public long Refused { get; private set; }

    /// <summary>Lines after which the rest was told, all of it right.</summary>
    public long Told { get; private set; }

    /// <summary>Spoils one line of one form; throws <see cref="InvalidOperationException"/> when it is taken
    /// wrongly.</summary>
    public void Case(long number)
    {
        var form = FuzzForm.All[number % FuzzForm.All.Length];
        var lines = form.Lines.ToList();
        var at = _random.Next(lines.Count);
        var isEnded = true;
        var how = (number / FuzzForm.All.Length % 6) switch
        {
            0 => Cut(lines, at),
            1 => Double(lines, at),
            2 => Swap(lines, at),
            3 => CutEnd(lines, ref at, ref isEnded, form),
            _ => Flip(lines, at),
        };
        var text = form.Text(lines, isEnded);
        try
        {
            Judge(form, lines, at, isEnded, text);
        }
        catch (Exception fault) when (fault is not InvalidOperationException)
        {
            throw new InvalidOperationException($"{form.Name}, {how} of line {at}, crashed on:\n{text}\n{fault}",
                fault);
        }
    }

    private void Judge(FuzzForm form, List<string> lines, int spoiled, bool isEnded, string text)
    {
        string[] told;
        try
        {
            told = [.. form.Read(new TapePart(form.Name) { Bytes = Latin(text) })];
        }
        catch (FeedException refusal)
        {
            Refused++;
            var isClear = refusal.Message.StartsWith(form.Name, StringComparison.Ordinal)
                && !refusal.Message.Any(char.IsControl);
            if (!isClear) throw new InvalidOperationException($"unclear refusal '{refusal.Message}' of:\n{text}");
            if (Expected(form, lines, isEnded) is not null && form.Name != "capture" && !IsJson(form))
                throw new InvalidOperationException($"refused though right ({refusal.Message}):\n{text}");
            return;
        }

        Told++;
        var expected = Expected(form, lines, isEnded);
        // Nearly JSON, nearly a row: then the line says what it said before, or nothing.
        var isRight = expected is not null && told.SequenceEqual(expected);
        if (!isRight && expected is null && Plain(form, lines[spoiled]) is null)
        {
            foreach (var instead in (string?[])[null, form.Lines[Math.Min(spoiled, form.Lines.Length - 1)]])
            {
                var others = lines.ToList();
                if (instead is null) others.RemoveAt(spoiled);
                else others[spoiled] = instead;
                isRight |= MayLeaveOut(form, lines, spoiled, instead)
                    && Expected(form, others, isEnded: true) is { } likely && told.SequenceEqual(likely);
            }
        }

        if (!isRight)
        {
            throw new InvalidOperationException(
                $"{form.Name}: told\n  {string.Join("\n  ", told)}\nexpected\n  "
                + $"{(expected is null ? "a refusal" : string.Join("\n  ", expected))}\nof:\n{text}");
        }
    }

    // A frame of a kind that is not known is passed over whatever else is in it; of rows only the last one, torn.
    private static bool MayLeaveOut(FuzzForm form, List<string> lines, int spoiled, string? instead) =>
        form.Name == "capture" || (IsJson(form) && instead is null && spoiled == lines.Count - 1 && spoiled > 0);

    private static bool IsJson(FuzzForm form) => form.Name.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>The events of the lines by their plain reading; null when they are to be refused.</summary>
    private static List<string>? Expected(FuzzForm form, List<string> lines, bool isEnded)
    {
        var rows = new List<PlainRow>();
        for (var i = 0; i < lines.Count; i++)
        {
            var row = Plain(form, lines[i]);
            if (i == lines.Count - 1 && !isEnded && (row is null || form.LastIsRead)) continue;
            if (row is null) return null;
            if (row.Event.Length > 0) rows.Add(row);
        }

        if (form.Sorts) rows = [.. rows.OrderBy(row => row.Key)];
        var taken = new List<PlainRow>();
        foreach (var row in rows)
        {
            if (taken.Count == 0 || row.Key > taken[^1].Key || (row.Key == taken[^1].Key && row.Id > taken[^1].Id)
                || (row.Key == taken[^1].Key && row.Event != taken[^1].Event && IsByReceipt(form)))
            {
                if (taken.Count > 0 && row.Id != 0 && row.Id <= taken[^1].Id) return null;
                taken.Add(row);
            }
            else if (row != taken[^1])
            {
                return null;
            }
        }

        return HeldBack(form, taken);
    }

    // Bytes that are no text read as such.
    private static PlainRow? Plain(FuzzForm form, string line) => form.Plain(Encoding.UTF8.GetString(Latin(line)));

    private static bool IsByReceipt(FuzzForm form) => form.Name is "capture" or "tardis.csv";

    // Time on a tape does not step back with the exchange's clock.
    private static List<string> HeldBack(FuzzForm form, List<PlainRow> rows)
    {
        if (!IsByReceipt(form)) return [.. rows.Select(row => row.Event)];
        var (events, lastMs) = (new List<string>(), 0L);
        foreach (var row in rows)
        {
            var words = row.Event.Split(' ');
            lastMs = Math.Max(lastMs, long.Parse(words[1]));
            words[1] = $"{lastMs}";
            events.Add(string.Join(' ', words));
        }

        return events;
    }

    private string Cut(List<string> lines, int at)
    {
        lines[at] = lines[at][..(1 + _random.Next(lines[at].Length - 1))];
        return "cut";
    }

    private static string Double(List<string> lines, int at)
    {
        lines.Insert(at, lines[at]);
        return "doubling";
    }

    private static string Swap(List<string> lines, int at)
    {
        var other = (at + 1) % lines.Count;
        (lines[at], lines[other]) = (lines[other], lines[at]);
        return "reordering";
    }

    private string CutEnd(List<string> lines, ref int at, ref bool isEnded, FuzzForm form)
    {
        at = lines.Count - 1;
        isEnded = IsJson(form);
        return Cut(lines, at);
    }

    private string Flip(List<string> lines, int at)
    {
        var bytes = Latin(lines[at]);
        // Another line end makes two lines of one, which is another case.
        do
        {
            bytes = Latin(lines[at]);
            bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
        }
        while (bytes.Contains((byte)'\n'));
        lines[at] = Encoding.Latin1.GetString(bytes);
        return "bit flip";
    }

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
