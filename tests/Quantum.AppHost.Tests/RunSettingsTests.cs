using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using Quantum.AppHost;
using Quantum.Contracts.Settings;

namespace Quantum.AppHost.Tests;

/// <summary>What <c>up</c> makes of the settings that it is given.</summary>
public sealed class RunSettingsTests
{
    [Theory]
    [InlineData("True", true)]
    [InlineData("true", true)]
    [InlineData("FALSE", false)]
    [InlineData("", false)]
    public void A_truth_is_read_in_any_case(string text, bool expected)
    {
        foreach (var setting in (PlainSetting[])[PlainSettings.RunOpen, PlainSettings.RunJson,
            PlainSettings.RunExitAtEnd, PlainSettings.RunStandby])
            Assert.Equal(expected, Given((setting.Name, text)).IsOn(setting));
        Assert.Equal(expected, Given((PlainSettings.RunIsTape.Name, text)).IsTape());
    }

    [Fact]
    public void Every_truth_is_checked_before_anything_starts()
    {
        Assert.Contains(PlainSettings.All, setting => setting.IsTruth);
        foreach (var setting in PlainSettings.All.Where(setting => setting.IsTruth))
            Assert.Equal($"{setting.Name} is 'yes': use true or false.", Refused((setting.Name, "yes")));
    }

    [Theory]
    [InlineData("Exector:MaxAttempts", "did you mean Executor:MaxAttempts?")]
    [InlineData("Exector:MaxAttempts", "as an environment variable it is Exector__MaxAttempts")]
    [InlineData("TradingBots:CooldownMs", "did you mean TradingBot:CooldownMs?")]
    [InlineData("Wachdog:Webhook:Url", "did you mean Watchdog:Webhook:Url?")]
    public void A_misspelt_section_is_refused_wherever_it_was_given(string name, string words)
    {
        Assert.Contains(words, Refused((name, "5")), StringComparison.Ordinal);
        Assert.Contains(
            words, Assert.Throws<DistributedApplicationException>(() => RunArguments.Parse([$"--{name}=5"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_run_says_itself_is_not_overwritten_without_a_word()
    {
        var mode = Refused(("Quantum:Mode", "live"));
        Assert.Contains("Quantum__Mode", mode, StringComparison.Ordinal);
        Assert.Contains("--mode", mode, StringComparison.Ordinal);
        Given(("Quantum:Mode", "paper")).Check();
        Assert.Contains("--data FOLDER", Refused(("Quantum:Tape", "true")), StringComparison.Ordinal);
        var asked = Given(("Results:Folder", "/elsewhere"));
        var folder = Assert.Throws<DistributedApplicationException>(
            () => asked.CheckOwn("Results:Folder", "/here", PlainSettings.RunFolder.Mend)).Message;
        Assert.Contains("'/elsewhere'", folder, StringComparison.Ordinal);
        Assert.Contains("--folder", folder, StringComparison.Ordinal);
    }

    [Fact]
    public void What_must_be_alike_is_refused_where_it_is_not_and_an_exchange_has_its_own_costs()
    {
        Assert.Contains(
            "ModelSupervisor:HorizonMs is not set", Refused(
                ("Ai:Plan:HoldMs", "900000"), ("Clm:Plan:HoldMs", "900000"), ("ExitBrain:MaxHoldMs", "900000")),
            StringComparison.Ordinal);
        Assert.Contains(
            "SimVenue:ImpactFraction is not set", Refused(("Ai:Cost:ImpactFraction", "0.002")),
            StringComparison.Ordinal);
        Given(("Ai:Cost:ImpactFraction", "0.002"), ("mode", "sim")).Check();
    }

    [Theory]
    [InlineData("--Watchdog:Every=5", "Watchdog__Every=VALUE ./quantum up")]
    [InlineData("--Binance:ApiSecret=s", "Binance__ApiSecret=VALUE ./quantum up")]
    [InlineData("--Executor:MaxAttempts", "needs a value")]
    public void A_setting_that_no_service_would_get_is_refused_by_name(string argument, string words) =>
        Assert.Contains(
            words, Assert.Throws<DistributedApplicationException>(() => RunArguments.Parse([argument])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_operators_words_bear_the_key_that_governance_asks_for()
    {
        Assert.Null(Controls.KeyOf(Given()));
        var key = Controls.KeyOf(Given(("Control:Key", "0123456789abcdef01234567")));
        using var http = Controls.ClientWith(key);
        Assert.Equal("Bearer 0123456789abcdef01234567", http.DefaultRequestHeaders.Authorization?.ToString());
        using var open = Controls.ClientWith(null);
        Assert.Null(open.DefaultRequestHeaders.Authorization);
    }

    private static string Refused(params (string Name, string Value)[] settings) =>
        Assert.Throws<DistributedApplicationException>(() => Given(settings).Check()).Message;

    private static IConfigurationRoot Given(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}
