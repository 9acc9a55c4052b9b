using System.Reflection;
using Microsoft.Extensions.Configuration;
using Quantum.EventLog;
using Quantum.Resp;
using Quantum.ServiceDefaults;

namespace Quantum.Hosting;

/// <summary>
/// Tells the run's Redis which settings this service gave its roles, so that a recording of the run says with what it
/// can be replayed, and of which build it is.
/// </summary>
internal static class GivenSettings
{
    public static void Tell(
        Assembly service, IConfiguration configuration, QuantumOptions options, BuildIdentity build)
    {
        if (ServiceHosts.OfAssembly(service.GetName().Name) is not { } host) return;
        var given = RoleSections.All.SelectMany(section => configuration.GetSection(section).AsEnumerable())
            .Where(pair => pair.Value is not null).ToArray();
        var key = LogKeys.Settings + host.Name;
        try
        {
            using var connection = RespConnection.Connect(RespEndpoint.Parse(options.RedisConnection));
            connection.Call("DEL", key).ThrowIfError();
            connection.Call("SET", LogKeys.Builds + host.Name, $"{build.Version} {build.BuildId}").ThrowIfError();
            var book = configuration[PlainSettings.InstrumentsPath.Name];
            string[] fields =
            [
                .. given.SelectMany(pair => (string[])[pair.Key, pair.Value!]),
                .. string.IsNullOrWhiteSpace(book) ? [] : (string[])[PlainSettings.InstrumentsPath.Name, book],
            ];
            if (fields.Length > 0) connection.Call(["HSET", key, .. fields]).ThrowIfError();
        }
        catch (RespException fault)
        {
            throw new StartupException(fault.Message, fault);
        }
    }
}
