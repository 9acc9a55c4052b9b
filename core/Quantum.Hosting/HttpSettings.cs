namespace Quantum.Hosting;

/// <summary>What the services that take an operator's word over HTTP, console and governance, answer to.</summary>
[Section("Http")]
public sealed record HttpSettings
{
    /// <summary>
    /// Host names under which they may be asked, apart by semicolons, beside localhost and the loopback addresses; `*`
    /// is every name, and only where they listen off loopback.
    /// </summary>
    public string? Hosts { get; set; }
}
