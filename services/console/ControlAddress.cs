using Quantum.Contracts.Settings;
using Quantum.Hosting;

namespace Quantum.Console;

/// <summary>Where governance takes an operator's word, as the page tells it.</summary>
/// <param name="Url">Without a slash at the end, for example <c>http://localhost:5108</c>.</param>
public sealed record ControlAddress(string Url)
{
    /// <summary>Reads <c>GOVERNANCE_HTTP</c>, which the AppHost injects for governance's endpoint.</summary>
    public static ControlAddress From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var (name, usual) = (PlainSettings.GovernanceAddress.Name, PlainSettings.GovernanceAddress.Default);
        var text = configuration[name] is { Length: > 0 } set ? set : usual;
        return Uri.TryCreate(text, UriKind.Absolute, out _)
            ? new ControlAddress(text.TrimEnd('/'))
            : throw new StartupException($"{name} is '{text}': set it to governance's address, such as {usual}.");
    }
}
