using Quantum.Hosting;
using Quantum.Roles.Venue;
using Quantum.Venue.Engine;

try
{
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
    var options = configuration.SettingsOf<VenueOptions>();
    var instruments = configuration.Instruments();
    var rules = configuration.SettingsOf(new VenueSettings { Symbols = instruments.Filters });
    await using var server = await VenueServer.StartAsync(
        new VenueCore(options, rules, instruments, TimeProvider.System), args);
    await Console.Out.WriteLineAsync($"listening on {server.Address}");
    await Console.Out.WriteLineAsync($"key {server.Key}");
    await Console.Out.WriteLineAsync($"secret {server.Secret}");
    await server.RunAsync();
    return 0;
}
catch (Exception fault) when (fault is StartupException or IOException)
{
    await Console.Error.WriteLineAsync("cannot start: " + fault.Message);
    return QuantumHosting.CannotStart;
}
