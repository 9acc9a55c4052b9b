using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A text with open parts: resolved when a resource starts, left as placeholders in the manifest.</summary>
public class ReferenceExpression : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>The empty text.</summary>
    public static readonly ReferenceExpression Empty = new(string.Empty, [], [], []);

    private ReferenceExpression(
        string format, IValueProvider[] valueProviders, string[] manifestExpressions, string?[] stringFormats)
    {
        Format = format;
        ValueProviders = valueProviders;
        ManifestExpressions = manifestExpressions;
        StringFormats = stringFormats;
    }

    private ReferenceExpression(
        IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
        : this(string.Empty, [.. whenTrue.ValueProviders, .. whenFalse.ValueProviders], [], [])
    {
        Condition = condition;
        MatchValue = matchValue;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
        Name = ConditionalName.Of(condition, matchValue, whenTrue, whenFalse);
    }

    /// <summary>The text with <c>{0}</c> for its first open part, and so on.</summary>
    public string Format { get; }

    /// <summary>The placeholders of the open parts.</summary>
    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <summary>How each value is encoded: null, or <c>uri</c>.</summary>
    public IReadOnlyList<string?> StringFormats { get; }

    /// <summary>The open parts.</summary>
    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    /// <summary>Whether this is one of two texts, chosen by a value.</summary>
    public bool IsConditional => Condition is not null;

    /// <summary>The value that chooses.</summary>
    public IValueProvider? Condition { get; }

    /// <summary>The text when the condition has the value <see cref="MatchValue"/>.</summary>
    public ReferenceExpression? WhenTrue { get; }

    /// <summary>The text otherwise.</summary>
    public ReferenceExpression? WhenFalse { get; }

    /// <summary>The value that chooses <see cref="WhenTrue"/>.</summary>
    public string? MatchValue { get; }

    /// <summary>The manifest's name for a conditional text.</summary>
    internal string? Name { get; }

    /// <inheritdoc />
    public string ValueExpression => IsConditional
        ? $"{{{Name}.connectionString}}"
        : string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    IEnumerable<object> IValueWithReferences.References =>
        IsConditional ? [Condition!, WhenTrue!, WhenFalse!] : ValueProviders;

    /// <summary>Makes an expression from an interpolated string.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.GetExpression();

    /// <summary>Makes an expression that is one of two.</summary>
    public static ReferenceExpression CreateConditional(
        IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse) =>
        new(condition, matchValue, whenTrue, whenFalse);

    internal static ReferenceExpression Create(
        string format, IValueProvider[] valueProviders, string[] manifestExpressions, string?[] stringFormats) =>
        new(format, valueProviders, manifestExpressions, stringFormats);

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        GetValueAsync(new(), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        if (IsConditional)
        {
            var value = await Condition!.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            var branch = string.Equals(value, MatchValue, StringComparison.OrdinalIgnoreCase) ? WhenTrue! : WhenFalse!;
            return await branch.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        }

        if (Format.Length == 0)
        {
            return null;
        }

        var values = new object?[ValueProviders.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = await ValueProviders[i].GetValueAsync(context, cancellationToken).ConfigureAwait(false);
            values[i] = StringFormats[i] is { } format && value is not null ? Encode(value, format) : value;
        }

        return string.Format(CultureInfo.InvariantCulture, Format, values);
    }

    internal static string Encode(string value, string format) => format.ToUpperInvariant() switch
    {
        "URI" => Uri.EscapeDataString(value),
        _ => throw new FormatException($"The format '{format}' is not supported in a reference expression; use 'uri'."),
    };

    /// <summary>Collects the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
#pragma warning disable CA1034, CA1815 // Nested and without equality, as in the real package.
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
#pragma warning restore CA1034, CA1815
    {
        private readonly StringBuilder _format = new(literalLength * 2);
        private readonly List<IValueProvider> _providers = new(formattedCount);
        private readonly List<string> _expressions = new(formattedCount);
        private readonly List<string?> _formats = new(formattedCount);

        /// <summary>Adds fixed text.</summary>
        public readonly void AppendLiteral(string value) => _format.Append(Escape(value));

        /// <summary>Adds a text that is known now.</summary>
        public readonly void AppendFormatted(string? value) => _format.Append(Escape(value ?? string.Empty));

        /// <summary>Adds a text that is known now, encoded.</summary>
        public readonly void AppendFormatted(string? value, string? format) =>
            AppendFormatted(value is not null && format is not null ? Encode(value, format) : value);

        /// <summary>Adds an open part.</summary>
        public readonly void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider, null);

        /// <summary>Adds an open part whose value is encoded.</summary>
        public readonly void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider
        {
            _format.Append(CultureInfo.InvariantCulture, $"{{{_providers.Count}}}");
            _providers.Add(valueProvider);
            _expressions.Add(valueProvider.ValueExpression);
            _formats.Add(format);
        }

        /// <summary>Adds a resource as an open part.</summary>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
                AppendFormatted(valueProvider.Resource, null);

        /// <summary>Adds a resource as an open part whose value is encoded.</summary>
        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            AppendFormatted(valueProvider.Resource, format);

        internal readonly ReferenceExpression GetExpression() =>
            new(_format.ToString(), [.. _providers], [.. _expressions], [.. _formats]);

        private static string Escape(string text) =>
            text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
    }
}
