using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Without l, i, o, L, I and O, which people mistake for digits or each other.
    private const string LowerLetters = "abcdefghjkmnpqrstuvwxyz", UpperLetters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789", Marks = "-_.{}~()*+!";

    /// <summary>The number of characters, at least 1.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether lower-case letters may occur.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper-case letters may occur.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits may occur.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether other characters may occur.</summary>
    public bool Special { get; set; } = true;

    /// <summary>How many lower-case letters there are at least, from 0.</summary>
    public int MinLower { get; set; }

    /// <summary>How many upper-case letters there are at least, from 0.</summary>
    public int MinUpper { get; set; }

    /// <summary>How many digits there are at least, from 0.</summary>
    public int MinNumeric { get; set; }

    /// <summary>How many other characters there are at least, from 0.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    public override string GetDefaultValue()
    {
        var kinds = Kinds().Where(kind => kind.Allowed).ToList();
        var chars = kinds.SelectMany(kind => RandomNumberGenerator.GetItems<char>(kind.Letters, kind.Min)).ToList();
        var all = string.Concat(kinds.Select(kind => kind.Letters));
        var missing = Math.Max(0, MinLength - chars.Count);
        char[] result = [.. chars, .. RandomNumberGenerator.GetItems<char>(all, missing)];
        RandomNumberGenerator.Shuffle<char>(result);
        return new string(result);
    }

    /// <inheritdoc />
    public override void WriteToManifest(ManifestPublishingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        foreach (var (name, _, allowed, _) in Kinds().Where(kind => !kind.Allowed))
        {
            writer.WriteBoolean(name, allowed);
        }

        foreach (var (name, _, _, min) in Kinds().Where(kind => kind.Min != 0))
        {
            writer.WriteNumber($"min{char.ToUpperInvariant(name[0])}{name[1..]}", min);
        }

        writer.WriteEndObject();
    }

    private (string Name, string Letters, bool Allowed, int Min)[] Kinds() =>
    [
        ("lower", LowerLetters, Lower, MinLower),
        ("upper", UpperLetters, Upper, MinUpper),
        ("numeric", Digits, Numeric, MinNumeric),
        ("special", Marks, Special, MinSpecial),
    ];
}
