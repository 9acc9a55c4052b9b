using Quantum.Exchanges;
using Quantum.Hosting;

namespace Quantum.Executor.Venue;

/// <summary>Opens the account that the mode trades on.</summary>
internal static class ExchangeAccount
{
    /// <exception cref="StartupException">Keys and mode do not belong together.</exception>
    public static IOrderVenue Open(IServiceProvider services, QuantumOptions options) =>
        throw new StartupException($"Quantum:Mode is {options.Mode}: no exchange is in this build.");
}
