using Quantum.Backtest.Settings;

namespace Quantum.Backtest.Tests.Running;

/// <summary>Settings as the services read them: a file that ran live runs here, and what cannot be is told.</summary>
public sealed class RunSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantum-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_ran_live_runs_unchanged_and_later_words_count()
    {
        var text = new SettingsText().AddFile(Write(
            """
            {
              // What the services share, and what only others read, stands beside it.
              "Logging": { "LogLevel": { "Default": "Information" } }, "AllowedHosts": "*",
              "Quantum": { "Mode": "paper" }, "OrderLane": { "MaxInFlight": 3 }, "Binance": { "ApiKey": "k" },
              "Executor": { "MaxAttempts": 5, "AllowPyramiding": true },
              "ExitBrain": { "InRange": { "Targets": [ { "AtR": 2, "ShareFraction": 1 } ] } },
              "Ai": { "Plan": { "HoldMs": 900000 } },
            }
            """)).AddWord("executor:maxattempts=7")
            .AddWord("Clm:Plan:HoldMs+ExitBrain:MaxHoldMs+ModelSupervisor:HorizonMs=900000");
        var settings = RunSettings.Of(text);
        Assert.Equal((7, true), (settings.System.Executor.MaxAttempts, settings.System.Executor.AllowPyramiding));
        Assert.Equal(900_000, settings.System.Ai.Plan.HoldMs);
        Assert.Equal(2m, Assert.Single(settings.System.ExitBrain.InRange.Targets).AtR);
        Assert.Equal(
            [
                "Ai Plan:HoldMs 900000", "Clm Plan:HoldMs 900000", "Executor AllowPyramiding True",
                "Executor MaxAttempts 7", "ModelSupervisor HorizonMs 900000",
            ],
            settings.Used.Where(used => !used.IsDefault && used.Section != "ExitBrain")
                .Select(used => $"{used.Section} {used.Name} {used.Value}").Order());
    }

    [Theory]
    [InlineData("Executor:MaxAttempts=0", "Executor:MaxAttempts is 0", "1 or more")]
    [InlineData("Executor:MaxAttempts=many", "Executor:MaxAttempts is 'many'", "a whole number")]
    [InlineData("Executor:MaxAttempt=5", "Executor:MaxAttempt is no setting", "docs/SETTINGS.md")]
    [InlineData("Executer:MaxAttempts=5", "no section 'Executer'", "Executor")]
    [InlineData("Executor:GiveUpAfterMs=1", "Executor:GiveUpAfterMs is 1", "AnswerTimeoutMs (5000)")]
    [InlineData("Feed:HistoryCandles=-1", "Feed:HistoryCandles is -1", "0 to 1000000")]
    [InlineData("OrderLane:Nonsense=zz", "--set OrderLane:Nonsense=zz would change nothing", "Remove it")]
    [InlineData("logging:x=1", "--set logging:x=1 would change nothing", "a backtest reads Ai")]
    [InlineData("feed:speed=3", "--set feed:speed=3 would change nothing", "Remove it")]
    [InlineData("Instruments:Path=nowhere.json", "nowhere.json", "nowhere.json")]
    [InlineData("Ai:IntervalMs=60000", "Ai:IntervalMs is '60000' and Clm:IntervalMs is not set", "give both the same")]
    [InlineData("ExitBrain:MaxHoldMs=900000", "Ai:Plan:HoldMs is not set and ExitBrain:MaxHoldMs is '900000'",
        "Ai:Plan:HoldMs+Clm:Plan:HoldMs+ExitBrain:MaxHoldMs+ModelSupervisor:HorizonMs")]
    [InlineData("SimVenue:TakerFeeFraction=0.0004", "Ai:Cost:TakerFeeFraction is not set", "give both the same")]
    [InlineData("Ai:Cost:TakerFeeFraction=0.0004", "SimVenue:TakerFeeFraction is not set", "give both the same")]
    [InlineData("MaxAttempts", "--set is 'MaxAttempts'", "Section:Name=value")]
    [InlineData("Ai:IntervalMs+=5", "--set is 'Ai:IntervalMs+=5'", "Section:Name=value")]
    [InlineData("Executor:=5", "--set is 'Executor:=5'", "Section:Name=value")]
    public void What_cannot_be_is_one_line_with_setting_value_and_mend(string word, string told, string mend)
    {
        var fault = Assert.Throws<SettingsException>(() => RunSettings.Of(new SettingsText().AddWord(word)));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Contains(mend, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void What_ran_at_an_exchange_runs_here_at_the_costs_that_its_roles_reckon_with()
    {
        var run = RunSettings.Of(new SettingsText().AddFile(Write(
            """{ "Ai": { "Cost": { "TakerFeeFraction": 0.0004 } } }""")));
        Assert.Equal("0.0004", Assert.Single(
            run.Used, used => used.Section == "SimVenue" && used.Name == "TakerFeeFraction").Value);
    }

    [Theory]
    [InlineData("{ \"Executor\": { \"MaxAttempts\": 5,,", "line 1: is no JSON")]
    [InlineData("[1]", "holds a Array")]
    [InlineData("{ \"Executor\": { \"MaxAttempts\": 5, \"maxattempts\": 6 } }", "Executor:maxattempts is there twice")]
    public void A_file_that_cannot_be_read_is_named_with_the_place(string content, string told)
    {
        var path = Write(content);
        var fault = Assert.Throws<SettingsException>(() => new SettingsText().AddFile(path));
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_share_no_settings()
    {
        var first = RunSettings.Of(new SettingsText().AddWord("ExitBrain:Levels:StopLossFraction=0.01"));
        Assert.NotEqual(
            first.System.ExitBrain.Levels.StopLossFraction, RunSettings.Of().System.ExitBrain.Levels.StopLossFraction);
    }

    private string Write(string content)
    {
        var path = Path.Combine(_folder, "settings.json");
        File.WriteAllText(path, content);
        return path;
    }
}
