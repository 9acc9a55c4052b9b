namespace Quantum.Cli.Commands;

/// <summary>The map of streams, producers and consumers, made from the catalog.</summary>
internal static class FlowVerb
{
    private const string Name = "flow";
    private const string Summary = "the map of streams, producers and consumers, made from the catalog";

    private const string Explained = Summary + """
        . Needs no Redis.

        Examples:
          ./quantum flow
          ./quantum flow --json
        """;

    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command(Name, Explained) { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json)) JsonText.Print(Map());
            else Console.Out.Write(EventFlowDocument.Render());
            return ExitCode.Healthy;
        });
        return command;
    }

    private static object Map() => new
    {
        Streams = StreamCatalog.All.Select(stream => new
        {
            stream.Name, stream.Key, Mode = WireNames.Of(stream.Mode), Shard = WireNames.Of(stream.Shard),
            stream.IsInternal, stream.Producers, stream.Consumers, Fields = stream.FieldNames,
        }),
        Services = ServiceHosts.All,
    };
}
