using Quantum.Cli.Looking;
using Quantum.Feeds;
using static Quantum.Cli.CommonOptions;

namespace Quantum.Cli.Commands;

/// <summary>An exchange on this machine that any Binance client can use, fed by any of our feeds.</summary>
internal static class VenueVerb
{
    private const string Name = "venue";
    private const string Summary = "an exchange on this machine for any Binance USD-M client, with any of our markets";

    private const string Explained = """
        Opens an exchange on this machine: REST, streams and the WebSocket API of Binance USD-M futures, with an account
        of its own. Point a client's addresses and keys at what it prints. Its market is a recording (--data) or a
        generated one. It runs until Ctrl+C, needs no Redis and remembers nothing.

        The time of a recording is the venue's time: clients ask for it (/fapi/v1/time), as they do at the exchange.
        At another speed than 1 that time runs faster, too, and signed requests need a client that asks often.

        Exit code: 130 ended by Ctrl+C, 2 could not start.

        Examples:
          ./quantum venue
          ./quantum venue --data recordings/klines-1m --symbols BTCUSDT,ETHUSDT --balance 5000
          ./quantum venue --data capture.gz --speed 20 --json
        """;

    private static readonly string[] s_groups = ["public", "market", "private"];

    public static Command Create()
    {
        var data = Text("--data", "a recording, a file or a folder; not given: a generated market", "folder");
        var symbols = Text("--symbols", "only these, separated by commas", "A,B");
        var from = Text("--from", "play from this time on, ISO (UTC)", "time");
        var speed = Text("--speed", "times real time, or max", "1");
        var seed = CommonOptions.Whole("--seed", "generated: the seed of the path", 0, int.MaxValue);
        var edge = CommonOptions.Number(
            "--edge", "generated: what can be foretold, in costs of a trade", "costs", 0, 10);
        var port = CommonOptions.Whole("--port", "where it listens (default 5120; 0: any that is free)", 0, 65_535);
        var balance = CommonOptions.Number("--balance", "cash at the start, USD (default 10,000)", "USD", 0.01);
        var json = CommonOptions.Json();
        var command = new Command(Name, Explained)
        {
            data, symbols, from, speed, seed, edge, port, balance, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(data) is { } path && !Path.Exists(path))
                throw new FeedException($"--data is '{path}', which is not there: name a file or a folder.");
            (string Setting, string? Value)[] settings =
            [
                ("Feed:Path", parsed.GetValue(data) is { } given ? Path.GetFullPath(given) : null),
                ("Feed:Symbols", parsed.GetValue(symbols)),
                ("Feed:From", parsed.GetValue(from)),
                ("Feed:Speed", parsed.GetValue(speed)),
                ("Feed:Seed", Shown(parsed.GetValue(seed))),
                ("Feed:Edge", Shown(parsed.GetValue(edge))),
                ("Venue:Url", parsed.GetValue(port) is { } number ? $"http://127.0.0.1:{Shown(number)}" : null),
                ("SimVenue:StartBalanceUsd", Shown(parsed.GetValue(balance))),
            ];
            using var venue = VenueProcess.Start(
                settings.Where(pair => pair.Value is not null).Select(pair => $"{pair.Setting}={pair.Value}"));
            if (!await venue.OpenAsync(cancel)) return ExitCode.CouldNotLook;
            Show(venue, parsed.GetValue(json));
            await venue.EndAsync(cancel);
            return cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.CouldNotLook;
        });
        return command;
    }

    private static string? Shown(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);

    private static void Show(VenueProcess venue, bool isJson)
    {
        var rest = venue.Address!.ToString().TrimEnd('/');
        var sockets = $"ws://{venue.Address.Authority}";
        if (isJson)
        {
            JsonText.Print(new
            {
                rest,
                @public = $"{sockets}/public", market = $"{sockets}/market", @private = $"{sockets}/private",
                webSocketApi = $"{sockets}/ws-fapi/v1", key = venue.Key, secret = venue.Secret,
            });
            return;
        }

        Console.Out.WriteLine($"REST           {rest}");
        foreach (var group in s_groups)
            Console.Out.WriteLine($"{group + " streams",-15}{sockets}/{group} (/ws or /stream)");
        Console.Out.WriteLine($"WebSocket API  {sockets}/ws-fapi/v1");
        Console.Out.WriteLine($"key            {venue.Key}");
        Console.Out.WriteLine($"secret         {venue.Secret}");
        Console.Out.WriteLine("It runs until Ctrl+C.");
    }
}
