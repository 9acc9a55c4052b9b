using Quantum.Cli.Looking;

namespace Quantum.Cli.Commands;

/// <summary>The keys with which programs ask the console.</summary>
internal static class ApiKeyVerb
{
    private const string Name = "api-key";
    private const string Summary = "makes, lists and revokes keys of the console's API (docs/API.md)";

    private const string Explained = """
        A key lets a program ask the console's API, and act through it where its role is operator. It is shown once,
        when it is made; the file keeps a hash. The console reads the file again whenever it changes, so a key that is
        revoked opens nothing from then on. `./quantum up` reads the file that is taken unless --file names another;
        elsewhere the console's setting Access__KeysPath names it.

        Exit code: 0 done, 2 could not.

        Examples:
          ./quantum api-key add phone --role reader
          ./quantum api-key add desk --role operator --file /etc/quantum/api-keys.json
          ./quantum api-key list
          ./quantum api-key revoke phone
        """;

    public static Command Create()
    {
        var file = CommonOptions.Text("--file", "the file of the keys (default: that of ./quantum up)", "file");
        var json = CommonOptions.Json();
        return new Command(Name, Explained) { Add(file, json), List(file, json), Revoke(file) };
    }

    private static Command Add(Option<string?> file, Option<bool> json)
    {
        var name = NameOfKey();
        var role = new Option<string>("--role")
        {
            Description = "reader looks, operator acts as well", Required = true,
        };
        var command = new Command("add", "makes a key and shows it, this once") { name, role, file, json };
        command.SetAction(parsed =>
        {
            var (path, wanted) = (PathOf(parsed.GetValue(file)), parsed.GetValue(name)!);
            var key = ApiKeyFile.Add(
                path, wanted, parsed.GetValue(role)!, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            if (parsed.GetValue(json))
                JsonText.Print(new { name = wanted, role = parsed.GetValue(role), key, file = path });
            else
            {
                Console.Out.WriteLine(key);
                Console.Error.WriteLine($"'{path}' keeps its hash: it is not shown again.");
            }

            return ExitCode.Healthy;
        });
        return command;
    }

    private static Command List(Option<string?> file, Option<bool> json)
    {
        var command = new Command("list", "the keys that open the API: name, role, since when") { file, json };
        command.SetAction(parsed =>
        {
            var path = PathOf(parsed.GetValue(file));
            var keys = ApiKeyFile.Read(path);
            if (parsed.GetValue(json))
                JsonText.Print(new { file = path, keys = keys.Select(key => new { key.Name, key.Role, key.AddedMs }) });
            else if (keys.Count == 0) Console.Out.WriteLine($"no key is in '{path}'.");
            else
            {
                ShownText.Table(Console.Out,
                [
                    ["name", "role", "since"],
                    .. keys.Select(key => new[] { key.Name, key.Role, TimeText.Time(key.AddedMs) }),
                ]);
            }

            return ExitCode.Healthy;
        });
        return command;
    }

    private static Command Revoke(Option<string?> file)
    {
        var name = NameOfKey();
        var command = new Command("revoke", "takes a key away: it opens nothing from now on") { name, file };
        command.SetAction(parsed =>
        {
            ApiKeyFile.Revoke(PathOf(parsed.GetValue(file)), parsed.GetValue(name)!);
            Console.Out.WriteLine($"{parsed.GetValue(name)} opens nothing any more.");
            return ExitCode.Healthy;
        });
        return command;
    }

    private static Argument<string> NameOfKey() => new("name")
    {
        Description = "whose key it is: noted with what it does",
    };

    private static string PathOf(string? given) => given is not null ? Path.GetFullPath(given)
        : RunFolder.Here.Path is { } folder ? Path.Combine(folder, RunFiles.ApiKeys)
        : throw new CliException("there is no folder of a run here: name the file of the keys with --file.");
}
