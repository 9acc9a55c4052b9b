using Quantum.Contracts.Settings;
using Quantum.Hosting;

namespace Quantum.TradingBot;

/// <summary>
/// Where the sizing agent answers: <c>SIZING_GRPC</c>, which the AppHost injects for its endpoint <c>grpc</c>.
/// </summary>
internal static class SizingAddress
{
    public static Uri From(IConfiguration configuration)
    {
        var (name, usual) = (PlainSettings.SizingAddress.Name, PlainSettings.SizingAddress.Default);
        var text = configuration[name] ?? usual;
        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new StartupException(
                $"{name} is '{text}': set it to the sizing service's address, such as {usual}.");
    }
}
