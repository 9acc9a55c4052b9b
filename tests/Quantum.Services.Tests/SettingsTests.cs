using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Units;
using Quantum.Hosting;
using Quantum.Roles.Executor;
using Quantum.Roles.ExitBrain;
using Quantum.Roles.Symbols;
using Quantum.Roles.TradingBot;

namespace Quantum.Services.Tests;

public sealed class SettingsTests
{
    private const string Redis = "127.0.0.1:6379,password=secret";

    [Fact]
    public void Without_more_than_a_redis_the_defaults_hold()
    {
        var options = QuantumOptions.From(Settings());
        Assert.Equal((Redis, TradingMode.Paper, 1, false, false),
            (options.RedisConnection, options.Mode, options.Shards, options.IsTape, options.RequireAppendOnly));
    }

    [Fact]
    public void Every_option_is_read()
    {
        var options = QuantumOptions.From(Settings(("Quantum:Mode", "sim"), ("Quantum:Shards", "1"),
            ("Quantum:Tape", "true"), ("Quantum:RequireAppendOnly", "True"), ("Quantum:System", "f-1")));
        Assert.Equal("f-1", options.System);
        Assert.Equal((TradingMode.Sim, 1, true, true),
            (options.Mode, options.Shards, options.IsTape, options.RequireAppendOnly));
    }

    [Theory]
    [InlineData("ConnectionStrings:redis", "", "set ConnectionStrings__redis=")]
    [InlineData("ConnectionStrings:redis", "redis://127.0.0.1", "URL")]
    [InlineData("ConnectionStrings:redis", "password=secret", "names no server")]
    [InlineData("Quantum:Mode", "real", "one of sim, paper, testnet, demo, live")]
    [InlineData("Quantum:Shards", "0", "set it to 1, because the limits over all symbols are not enforced across")]
    [InlineData("Quantum:Shards", "257", "set it to 1, because")]
    [InlineData("Quantum:Shards", "two", "1, because")]
    [InlineData("Quantum:Shards", "2", "set it to 1, because")]
    [InlineData("Quantum:Tape", "yes", "true or false")]
    [InlineData("Quantum:RequireAppendOnly", "1", "true or false")]
    [InlineData("Quantum:System", "my system", "letters, digits")]
    public void A_bad_option_is_one_line_with_setting_value_and_mend(string setting, string value, string mend)
    {
        var fault = Assert.Throws<StartupException>(() => QuantumOptions.From(Settings((setting, value))));
        Assert.Contains(setting, fault.Message);
        Assert.Contains(mend, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
        // A connection string may hold a password, so it is never repeated.
        if (setting.StartsWith("Quantum", StringComparison.Ordinal)) Assert.Contains(value, fault.Message);
        else Assert.DoesNotContain("secret", fault.Message);
    }

    [Fact]
    public void A_roles_section_changes_its_defaults()
    {
        var settings = Settings(("TradingBot:SizingTimeoutMs", "1234")).SettingsOf<TradingBotSettings>();
        Assert.Equal(1234, settings.SizingTimeoutMs);
    }

    [Theory]
    [InlineData("SizingTimeoutMs", "soon")]
    [InlineData("SizingTimeout", "1000")]
    public void A_bad_role_setting_is_one_line_with_section_and_key(string key, string value)
    {
        var fault = Assert.Throws<StartupException>(() => Settings(("TradingBot:" + key, value))
            .SettingsOf<TradingBotSettings>());
        Assert.Contains("TradingBot", fault.Message);
        Assert.Contains(key, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("Executor:MaxAttempts=0", "Executor:MaxAttempts is 0", "1 or more", "Executor__MaxAttempts")]
    [InlineData("Executor:MaxAttempts=abc", "Executor:MaxAttempts is 'abc'", "1 or more", "Executor__MaxAttempts")]
    [InlineData("Executor:GiveUpAfterMs=1", "Executor:GiveUpAfterMs is 1", "AnswerTimeoutMs (5000)", "__GiveUpAfterMs")]
    [InlineData("Executor:MinStopFraction=NaN", "MinStopFraction is NaN", "above 0 to below 0.5", "Executor__")]
    [InlineData("Executor:maxattempts:x=1", "Executor:MaxAttempts is ''", "1 or more", "Executor__MaxAttempts")]
    [InlineData("Executor:Mode=live", "Executor:Mode is no setting", "docs/SETTINGS.md", "Executor__Mode")]
    [InlineData("Executor:Symbols:x=1", "Executor:Symbols is no setting", "docs/SETTINGS.md", "Executor__Symbols")]
    public void A_value_that_cannot_be_names_setting_value_range_and_variable(string setting, params string[] words)
    {
        var (name, value) = (setting.Split('=')[0], setting.Split('=')[1]);
        var fault = Assert.Throws<StartupException>(() => Settings((name, value))
            .SettingsOf(ExecutorSettings.For(TradingMode.Paper, isTape: false, new SymbolFilterBook())));
        Assert.All(words, word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_ladder_that_is_set_takes_the_place_of_the_default_one_and_of_nobody_elses()
    {
        var settings = Settings(
            ("ExitBrain:InRange:Targets:0:AtR", "2"), ("ExitBrain:InRange:Targets:0:ShareFraction", "1"),
            ("ExitBrain:Levels:StopLossFraction", "0.01")).SettingsOf<ExitBrainSettings>();
        Assert.Equal([new ProfileTarget(2, 1)], settings.InRange.Targets);
        Assert.Equal(0.01, settings.Levels.StopLossFraction);
        Assert.Equal([new ProfileTarget(1, 1)], settings.InUnknown.Targets);
        Assert.Equal(settings.InUnknown.Targets, new ExitBrainSettings().InRange.Targets);
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["ConnectionStrings:redis"] = Redis };
        foreach (var (name, value) in settings) all[name] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }
}
