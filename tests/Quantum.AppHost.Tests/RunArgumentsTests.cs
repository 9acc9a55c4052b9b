using Aspire.Hosting;
using Quantum.AppHost;

namespace Quantum.AppHost.Tests;

public sealed class RunArgumentsTests
{
    private static readonly string s_data = Path.GetTempPath();

    [Theory]
    [InlineData("--symbols", "BTCUSDT,ETHUSDT", "--Feed:Symbols=BTCUSDT,ETHUSDT")]
    [InlineData("--speed", "600", "--Feed:Speed=600")]
    [InlineData("--interval", "5m", "--Feed:Interval=5m")]
    [InlineData("--columns", "time=Date,open=Open", "--Feed:Columns=time=Date,open=Open")]
    [InlineData("--from", "2025-01-01", "--Feed:From=2025-01-01")]
    [InlineData("--to", "2025-01-02", "--Feed:To=2025-01-02")]
    [InlineData("--seed", "7", "--Feed:Seed=7")]
    [InlineData("--mode", "sim", "--mode=sim")]
    public void An_option_becomes_a_setting_with_a_blank_or_an_equals_sign(string name, string value, string setting)
    {
        Assert.Contains(setting, Read("--data", s_data, name, value).ForHost);
        Assert.Contains(setting, Read("--data", s_data, $"{name}={value}").ForHost);
    }

    [Fact]
    public void An_edge_is_for_the_generated_market()
    {
        Assert.Equal(["--Feed:Edge=0"], Read("--edge", "0").ForHost);
        Assert.Contains(
            "--edge is for the generated market",
            Assert.Throws<DistributedApplicationException>(() => Read("--data", s_data, "--edge", "0")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_market_is_asked_for_by_its_exchange_and_its_symbols()
    {
        Assert.Equal(
            ["--Feed:Kind=binance", "--Feed:Symbols=BTCUSDT"],
            Read("--feed", "binance", "--symbols", "BTCUSDT").ForHost);
        Assert.Equal(["--Feed:Kind=generated"], Read("--feed=generated").ForHost);
    }

    [Theory]
    [InlineData("--feed 'kraken' is no market", "--feed", "kraken")]
    [InlineData("--feed 'recorded' is no market", "--feed", "recorded")]
    [InlineData("--feed binance needs --symbols", "--feed", "binance")]
    [InlineData("--speed is for a recording", "--feed", "binance", "--symbols", "BTCUSDT", "--speed", "2")]
    [InlineData("--edge is for the generated market", "--feed", "binance", "--symbols", "BTCUSDT", "--edge", "2")]
    [InlineData("--seed is for the generated market", "--feed", "binance", "--symbols", "BTCUSDT", "--seed", "2")]
    [InlineData("--feed is for what is no recording", "--data", "DATA", "--feed", "binance")]
    public void A_market_that_cannot_be_is_one_line(string words, params string[] args)
    {
        var fault = Assert.Throws<DistributedApplicationException>(
            () => Read([.. args.Select(argument => argument == "DATA" ? s_data : argument)]));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_is_a_recording_named_by_its_full_path()
    {
        var run = Read("--data", ".");
        Assert.Equal(
            ["--Feed:Kind=recorded", "--Run:IsTape=true", $"--Feed:Path={Path.GetFullPath(".")}"], run.ForHost);
    }

    [Fact]
    public void Flags_are_read_and_what_is_unknown_goes_on_to_the_host()
    {
        var run = Read("--data", s_data, "--exit-at-end", "--json", "--Console:Port=8080");
        Assert.True(run.Json);
        Assert.False(run.WantsHelp);
        Assert.Equal(["--Run:Standby=true"], Read("--standby").ForHost);
        foreach (var setting in (string[])["--Run:ExitAtEnd=true", "--Run:Json=true", "--Console:Port=8080"])
            Assert.Contains(setting, run.ForHost);
        Assert.Empty(Read().ForHost);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_asked_for_and_tells_every_option(string option)
    {
        Assert.True(Read(option).WantsHelp);
        foreach (var name in (string[])["--data", "--feed", "--symbols", "--interval", "--columns", "--speed",
            "--from", "--to", "--seed", "--mode", "--instruments", "--standby", "--exit-at-end", "--json",
            "--help"])
            Assert.Contains(name, RunArguments.Help);
    }

    [Theory]
    [InlineData("--data does not exist", "--data", "/no/such/folder")]
    [InlineData("--data needs a value", "--data")]
    [InlineData("--symbols needs a value", "--symbols")]
    [InlineData("--instruments does not exist", "--instruments", "/no/such/file")]
    [InlineData("--speed is for a recording", "--speed", "10")]
    [InlineData("--from is for a recording", "--from", "2025-01-01")]
    [InlineData("--to is for a recording", "--to=2025-01-01")]
    [InlineData("--interval is for a recording", "--interval", "5m")]
    [InlineData("--columns is for a recording", "--columns", "time=Date")]
    [InlineData("--exit-at-end is for a recording", "--exit-at-end")]
    public void What_is_wrong_is_one_line_that_names_the_option(string words, params string[] args)
    {
        var fault = Assert.Throws<DistributedApplicationException>(() => RunArguments.Parse(args));
        Assert.StartsWith(args[0].Split('=')[0], fault.Message);
        Assert.Contains(words.Split(' ', 2)[1], fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Theory]
    [InlineData("--symbols=")]
    [InlineData("--sped", "600")]
    [InlineData("--speed", "--exit-at-end")]
    [InlineData("BTCUSDT")]
    public void A_slip_of_the_hand_is_no_silent_default(params string[] args)
    {
        var fault = Assert.Throws<DistributedApplicationException>(
            () => RunArguments.Parse([.. args, "--data", s_data]));
        Assert.Contains(args[0].TrimEnd('='), fault.Message);
    }

    private static RunArguments Read(params string[] args) => RunArguments.Parse(args);
}
