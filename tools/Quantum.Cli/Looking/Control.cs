namespace Quantum.Cli.Looking;

/// <summary>An operator's word, with the options that every such verb has.</summary>
internal sealed class Control
{
    /// <summary>Said when governance has not acted in time.</summary>
    public static readonly string Unanswered = UnansweredBy("governance");

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "why; recorded with the policy", Required = true,
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "who; recorded with the policy", DefaultValueFactory = _ => Environment.UserName,
    };

    private readonly Option<double?> _timeout = CommonOptions.Number(
        "--timeout", "seconds to wait for the answer", "seconds", least: 0, most: 3600, unlessGiven: 10);

    /// <summary>A verb's word without more to name: its options, and what is done with the system asked.</summary>
    /// <param name="name">How it is called.</param>
    /// <param name="what">What it does, for its help.</param>
    /// <param name="action">The word itself.</param>
    /// <param name="redis">The verb's own option.</param>
    /// <param name="json">The verb's own option.</param>
    /// <param name="run">Says the word, shows what came of it and gives the exit code.</param>
    public static Command Word(
        string name, string what, ControlAction action, Option<string> redis, Option<bool> json,
        Func<Control, QuantumRedis, ParseResult, int> run)
    {
        var control = new Control();
        var command = new Command(name, what) { redis, json };
        control.AddTo(command);
        command.SetAction(parsed =>
        {
            control.RequireFit(parsed, action);
            using var look = new QuantumRedis(parsed.GetValue(redis));
            return run(control, look, parsed);
        });
        return command;
    }

    public static string UnansweredBy(string service) =>
        $"The word is recorded, but {service} has not answered in time: is it alive? ./quantum audit tells.";

    // Which mode is wanted is the verb's own argument.
    private void RequireFit(ParseResult parsed, ControlAction action)
    {
        var word = new ControlCommand
        {
            Command = action, RiskMode = RiskMode.Normal, Reason = parsed.GetValue(_reason)!,
            By = parsed.GetValue(_by)!,
        };
        if (word.Fault() is { } fault) throw new CliException($"--{fault}.");
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_reason);
        command.Options.Add(_by);
        command.Options.Add(_timeout);
    }

    /// <summary>The longest to wait for an answer.</summary>
    public TimeSpan Timeout(ParseResult parsed) => TimeSpan.FromSeconds(parsed.GetValue(_timeout)!.Value);

    /// <summary>
    /// Says it and waits until whoever follows it, governance, the market's feed or the executor, has acted on it;
    /// false when it has not in time.
    /// </summary>
    public bool Say(QuantumRedis look, ParseResult parsed, ControlAction action, RiskMode? riskMode = null,
        Symbol? symbol = null)
    {
        var word = new ControlCommand
        {
            Command = action, RiskMode = riskMode, Symbol = symbol, Reason = parsed.GetValue(_reason)!,
            By = parsed.GetValue(_by)!,
        };
        return OperatorWord.Say(look, word).Wait(look, Timeout(parsed));
    }

    /// <summary>Says a word about one position and waits for its end; null when it has not come in time.</summary>
    /// <param name="look">The system.</param>
    /// <param name="parsed">Who, why and how long to wait.</param>
    /// <param name="word">What; who and why are set here.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public WordOutcome? Say(QuantumRedis look, ParseResult parsed, ControlCommand word, CancellationToken cancel) =>
        WordOutcome.Wait(
            look,
            OperatorWord.Say(look, word with { Reason = parsed.GetValue(_reason)!, By = parsed.GetValue(_by)! }),
            Timeout(parsed), cancel);
}
