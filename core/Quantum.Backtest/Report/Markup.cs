using System.Net;

namespace Quantum.Backtest.Report;

/// <summary>HTML as it grows: tags are ours, every text and attribute value is escaped.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _html = new();

    /// <summary>Our own tags, as they are.</summary>
    public Markup Tags(string tags)
    {
        _html.Append(tags);
        return this;
    }

    /// <summary>Somebody's text.</summary>
    public Markup Text(string text)
    {
        _html.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    /// <summary>An element that holds a text.</summary>
    public Markup Element(string tag, string text, string? kind = null)
    {
        _html.Append('<').Append(tag);
        if (kind is not null) _html.Append(" class=\"").Append(kind).Append('"');
        _html.Append('>');
        return Text(text).Tags($"</{tag}>");
    }

    /// <summary>A row of cells; a kind is the cell's class.</summary>
    public Markup Row(params (string Text, string? Kind)[] cells)
    {
        Tags("<tr>");
        foreach (var (text, kind) in cells) Element("td", text, kind);
        return Tags("</tr>");
    }

    /// <summary>The head of a table; names with a leading <c>&gt;</c> stand over numbers.</summary>
    public Markup Head(params string[] names)
    {
        Tags("<table><thead><tr>");
        foreach (var name in names) Element("th", name.TrimStart('>'), name.StartsWith('>') ? "r" : null);
        return Tags("</tr></thead><tbody>");
    }

    /// <summary>A section with its title and what it says under it.</summary>
    public Markup Section(string title, string? note = null, string? kind = null)
    {
        Tags(kind is null ? "<section>" : $"<section class=\"{kind}\">").Tags("<div class=\"head\">").Element("h2",
            title);
        if (note is not null) Element("span", note, "sub");
        return Tags("</div>");
    }

    /// <summary>A number for an attribute of a drawing.</summary>
    public static string At(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    public override string ToString() => _html.ToString();
}
