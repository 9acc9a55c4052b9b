using Microsoft.Extensions.Configuration;
using Quantum.Contracts.Units;
using Quantum.Hosting;
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
        Assert.Equal("f-1", options.Owner);
        Assert.Equal((TradingMode.Sim, 1, true, true),
            (options.Mode, options.Shards, options.IsTape, options.RequireAppendOnly));
    }

    [Theory]
    [InlineData("ConnectionStrings:redis", "", "set ConnectionStrings__redis=")]
    [InlineData("ConnectionStrings:redis", "redis://127.0.0.1", "URL")]
    [InlineData("ConnectionStrings:redis", "password=secret", "names no server")]
    [InlineData("Quantum:Mode", "demo", "one of sim, paper, testnet, live")]
    [InlineData("Quantum:Shards", "0", "from 1 to 256")]
    [InlineData("Quantum:Shards", "257", "from 1 to 256")]
    [InlineData("Quantum:Shards", "two", "from 1 to 256")]
    [InlineData("Quantum:Shards", "2", "set it to 1, because the limits over all symbols are not enforced across")]
    [InlineData("Quantum:Shards", "256", "set it to 1, because")]
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
        if (setting.StartsWith("Quantum", StringComparison.Ordinal)) Assert.Contains($"'{value}'", fault.Message);
        else Assert.DoesNotContain("secret", fault.Message);
    }

    [Fact]
    public void A_roles_section_changes_its_defaults()
    {
        var settings = Settings(("TradingBot:SizingTimeoutMs", "1234")).SettingsOf("TradingBot",
            new TradingBotSettings());
        Assert.Equal(1234, settings.SizingTimeoutMs);
    }

    [Theory]
    [InlineData("SizingTimeoutMs", "soon")]
    [InlineData("SizingTimeout", "1000")]
    public void A_bad_role_setting_is_one_line_with_section_and_key(string key, string value)
    {
        var fault = Assert.Throws<StartupException>(() => Settings(("TradingBot:" + key, value))
            .SettingsOf("TradingBot", new TradingBotSettings()));
        Assert.Contains("TradingBot", fault.Message);
        Assert.Contains(key, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["ConnectionStrings:redis"] = Redis };
        foreach (var (name, value) in settings) all[name] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(all).Build();
    }
}
