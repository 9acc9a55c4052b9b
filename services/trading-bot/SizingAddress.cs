using Quantum.Contracts.Settings;
using Quantum.Hosting;

namespace Quantum.TradingBot;

/// <summary>
/// Where the sizing agent answers: <c>SIZING_GRPC</c>, which the AppHost injects for its endpoint <c>grpc</c>.
/// </summary>
internal static class SizingAddress
{
    private const string Default = "http://localhost:5114";

    public static Uri From(IConfiguration configuration)
    {
        var text = configuration[PlainSettings.SizingAddress.Name] ?? Default;
        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new StartupException(
                $"{PlainSettings.SizingAddress.Name} is '{text}': set it to the sizing service's address, such as "
                + $"{Default}.");
    }
}
