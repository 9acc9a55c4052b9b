using Quantum.Hosting;

namespace Quantum.TradingBot;

/// <summary>Where the sizing agent answers: what the AppHost injects for the endpoint <c>grpc</c> of <c>sizing</c>.</summary>
internal static class SizingAddress
{
    private const string Setting = "services:sizing:grpc:0";
    private const string Default = "http://localhost:5114";

    public static Uri From(IConfiguration configuration)
    {
        var text = configuration[Setting] ?? Default;
        return Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new StartupException($"{Setting} is '{text}': set it to the sizing service's address, such as {Default}.");
    }
}
