using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Quantum.Console;

/// <summary>HTML under construction: what is interpolated is always encoded, so no text becomes markup.</summary>
internal sealed class Markup
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup from this source file; each interpolated value is encoded.</summary>
    public Markup Add(FormattableString markup)
    {
        var encoded = Array.ConvertAll(markup.GetArguments(), value => (object)HtmlEncoder.Default.Encode(
            Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        _text.AppendFormat(CultureInfo.InvariantCulture, markup.Format, encoded).Append('\n');
        return this;
    }

    /// <summary>Adds text as it is, for style sheets.</summary>
    public Markup AddConstant(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();
}
