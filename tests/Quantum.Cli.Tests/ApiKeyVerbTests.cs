using System.Text.Json;

namespace Quantum.Cli.Tests;

/// <summary>`./quantum api-key`: a key is shown once, its file keeps a hash.</summary>
public sealed class ApiKeyVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quantum-keys-");

    private string File => Path.Combine(_folder.FullName, "below", "keys.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_is_shown_once_listed_by_name_and_opens_nothing_once_revoked()
    {
        var added = Run("add", "phone", "--role", "reader");
        var key = added.Output.Trim();
        Assert.Matches("^quantum_[0-9a-f]{8}_[0-9a-f]{64}$", key);
        Assert.DoesNotContain(key.Split('_')[2], System.IO.File.ReadAllText(File));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.NotEqual(key, Run("add", "desk", "--role", "operator").Output.Trim());
        var list = Run("list", "--json").Json.GetProperty("keys");
        Assert.Equal(["phone", "desk"], list.EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Number, list[0].GetProperty("addedMs").ValueKind);
        Assert.Equal(0, Run("revoke", "phone").ExitCode);
        var left = Run("list").Output;
        Assert.Contains("desk", left);
        Assert.DoesNotContain("phone", left);
    }

    [Theory]
    [InlineData("add phone --role admin", "the role is 'admin': take reader or operator")]
    [InlineData("add pho/ne --role reader", "'pho/ne' is no name")]
    [InlineData("add desk --role reader", "'desk' is there already")]
    [InlineData("revoke nobody", "no key is named 'nobody'")]
    public void What_does_not_do_is_one_line_and_changes_nothing(string arguments, string words)
    {
        Run("add", "desk", "--role", "reader");
        var before = System.IO.File.ReadAllText(File);
        var run = Run(arguments.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, System.IO.File.ReadAllText(File));
    }

    private CliRun Run(params string[] arguments) => CliRun.Of(["api-key", .. arguments, "--file", File]);
}
