using Quantum.Cli.Looking;
using Quantum.Roles.Positions;

namespace Quantum.Cli.Commands;

/// <summary>Takes over a position that this system did not open.</summary>
internal static class AdoptVerb
{
    private const string Name = "adopt";
    private const string Summary = "takes over a position at the venue that this system did not open; done with --yes";

    private const string Explained = """
        A position at the venue that no order of this system made is shown (./quantum positions) and left alone: nothing
        is entered in its symbol, and nobody here closes or protects it. Adopting it makes it this system's: it gets a
        stop at once, is planned like any other, and counts in every limit. Shown first, done with --yes.

        Exit code: 0 adopted, 1 nothing to adopt or no answer in time, 2 could not ask.

        Examples:
          ./quantum adopt NEARUSDT --reason "opened by hand on Friday"
          ./quantum adopt NEARUSDT --reason "opened by hand on Friday" --by anna --yes
        """;

    public static Command Create()
    {
        var (redis, json, yes) = (CommonOptions.Redis(), CommonOptions.Json(), CommonOptions.Yes());
        var symbol = new Argument<string>("symbol") { Description = "for example NEARUSDT" };
        var control = new Control();
        var command = new Command(Name, Explained) { symbol, redis, json, yes };
        control.AddTo(command);
        command.SetAction(parsed =>
        {
            var wanted = CommonOptions.SymbolOf(parsed.GetValue(symbol)!);
            using var look = new QuantumRedis(parsed.GetValue(redis));
            look.RequireMode();
            var foreign = ForeignOf(look, wanted);
            var isAdopted = foreign is not null && parsed.GetValue(yes)
                && control.Say(look, parsed, ControlAction.Adopt, symbol: wanted) && ForeignOf(look, wanted) is null;
            if (parsed.GetValue(json)) JsonText.Print(new { symbol = wanted.Name, foreign, adopted = isAdopted });
            else Console.Out.WriteLine(Told(wanted, foreign, isAdopted, parsed.GetValue(yes)));
            return isAdopted ? ExitCode.Healthy : ExitCode.Findings;
        });
        return command;
    }

    private static string Told(Symbol symbol, decimal? foreign, bool isAdopted, bool isMeant) => foreign switch
    {
        null => $"no foreign position is known in {symbol}: ./quantum positions shows what is.",
        _ when isAdopted => $"{foreign} {symbol} is this system's now.",
        _ when isMeant => Control.UnansweredBy("the executor"),
        _ => $"{foreign} {symbol} was not opened here. Nothing was changed: --yes takes it over.",
    };

    private static decimal? ForeignOf(QuantumRedis look, Symbol symbol) =>
        look.Books(RoleNames.Executor, BookedPosition.ExecutorField, BookedPosition.OfExecutor)
            .GetValueOrDefault(symbol.Name)?.ForeignQuantity;
}
