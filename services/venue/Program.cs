using Quantum.Feeds;
using Quantum.Feeds.Recorded;
using Quantum.Hosting;
using Quantum.Roles.Venue;
using Quantum.Venue.Engine;
using Quantum.Venue.Market;

try
{
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
    var options = configuration.SettingsOf<VenueOptions>();
    var feed = FeedSettings.Of(configuration.SettingsOf<FeedOptions>());
    var instruments = configuration.Instruments();
    var rules = configuration.SettingsOf(new VenueSettings { Symbols = instruments.Filters });
    var core = new VenueCore(options, rules, instruments, TimeProvider.System);
    using var market = await MarketSide.OpenAsync(core, feed, Tell, TimeProvider.System);
    await using var server = await VenueServer.StartAsync(core, args);
    await Console.Out.WriteLineAsync($"listening on {server.Address}");
    await Console.Out.WriteLineAsync($"key {server.Key}");
    await Console.Out.WriteLineAsync($"secret {server.Secret}");
    market.Play();
    var running = server.RunAsync();
    // The market's end leaves its last prices standing; its fault ends the venue.
    await await Task.WhenAny(running, FaultOf(market.Ended, running));
    return 0;
}
catch (Exception fault) when (fault is StartupException or FeedException or IOException)
{
    await Console.Error.WriteLineAsync("cannot run: " + fault.Message);
    return QuantumHosting.CannotStart;
}

static void Tell(TapeNotice notice) =>
    (notice.IsWarning ? Console.Error : Console.Out).WriteLine(notice.Text);

static async Task FaultOf(Task market, Task running)
{
    await market;
    await running;
}
