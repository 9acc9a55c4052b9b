using Microsoft.Extensions.Configuration;
using Quantum.Executor.Venue;
using Quantum.Hosting;

namespace Quantum.Services.Tests.Venue;

/// <summary>An exchange's key is taken from the environment and from user secrets, and from nowhere else.</summary>
public sealed class KeySourceTests : IDisposable
{
    private const string Key = "k3y-of-the-test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantum-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Binance:ApiKey")]
    [InlineData("Binance:ApiSecret")]
    public void A_key_on_the_command_line_is_refused_by_name_without_the_key(string name)
    {
        var fault = Refused(new ConfigurationManager().AddCommandLine([$"--{name}={Key}"]));
        Assert.Contains(name + " stands on the command line", fault, StringComparison.Ordinal);
        Assert.Contains("Binance__Api", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_in_a_settings_file_is_refused_also_under_one_of_the_environment()
    {
        var file = FileOf("appsettings.json");
        var configuration = new ConfigurationManager().AddJsonFile(file).AddEnvironmentVariables("QUANTUM_TEST_");
        Assert.Contains("appsettings.json", Refused(configuration), StringComparison.Ordinal);
        // Host settings come chained.
        var chained = new ConfigurationManager().AddConfiguration(new ConfigurationBuilder().AddJsonFile(file).Build());
        Assert.Contains("appsettings.json", Refused(chained), StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_and_user_secrets_are_taken()
    {
        Environment.SetEnvironmentVariable("QUANTUM_TEST_Binance__ApiKey", Key);
        try
        {
            var configuration = new ConfigurationManager();
            configuration.AddJsonFile(FileOf("secrets.json")).AddEnvironmentVariables("QUANTUM_TEST_");
            KeySource.AddSecrets(configuration);
            KeySource.Check(configuration);
            Assert.Equal(Key, configuration["Binance:ApiKey"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("QUANTUM_TEST_Binance__ApiKey", null);
        }
    }

    private static string Refused(IConfigurationBuilder configuration) => Assert.Throws<StartupException>(
        () => KeySource.Check((IConfiguration)configuration)).Message;

    private string FileOf(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $$$"""{"Binance":{"ApiKey":"{{{Key}}}","ApiSecret":"{{{Key}}}"}}""");
        return path;
    }
}
