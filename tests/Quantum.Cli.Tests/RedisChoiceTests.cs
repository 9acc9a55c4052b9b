using Quantum.Cli.Looking;

namespace Quantum.Cli.Tests;

/// <summary>The one rule by which every verb chooses its Redis.</summary>
public sealed class RedisChoiceTests : IDisposable
{
    private const string OfRun = "127.0.0.1:7001,password=of-the-run";
    private const string OfVariable = "127.0.0.1:7002,password=of-the-variable";
    private readonly CliTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("option variable lock connection", 7003, "")]
    [InlineData("lock connection", 7001, "")]
    [InlineData("same lock connection", 7001, "")]
    [InlineData("variable lock connection", 7001, "127.0.0.1:7001, not the one in ConnectionStrings__redis")]
    [InlineData("variable", 7002, "")]
    [InlineData("variable lock dead", 7002, "")]
    [InlineData("variable connection", 7002, "of a run that has ended")]
    [InlineData("variable lock connection dead", 7002, "asking 127.0.0.1:7002 (ConnectionStrings__redis)")]
    [InlineData("lock connection dead", 6379, "asking localhost:6379 (the default)")]
    [InlineData("blank", 6379, "")]
    [InlineData("", 6379, "")]
    // The run has not told its Redis: the other one is not meant.
    [InlineData("lock", 0, "starting or ending")]
    [InlineData("variable lock", 0, "starting or ending")]
    [InlineData("variable connection lock", 0, "starting or ending")]
    [InlineData("option lock", 7003, "")]
    public void The_option_then_the_run_then_the_variable_then_this_machine(string facts, int port, string said)
    {
        var (option, variable) = ((string?)null, (string?)null);
        foreach (var fact in facts.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (fact)
            {
                case "option": option = "127.0.0.1:7003"; break;
                case "variable": variable = OfVariable; break;
                case "same": variable = OfRun; break;
                case "blank": variable = " "; break;
                case "lock": _tree.Lock(); break;
                case "dead": _tree.Die(); break;
                default:
                    File.WriteAllText(_tree.FileIn("connection"), OfRun);
                    // Told before the lock was taken: of a run before.
                    if (facts.EndsWith("connection lock", StringComparison.Ordinal))
                        File.SetLastWriteTimeUtc(_tree.FileIn("connection"), DateTime.UtcNow.AddMinutes(-1));
                    break;
            }
        }

        var folder = RunFolder.Of(Path.GetDirectoryName(_tree.Program)!);
        if (port == 0)
        {
            var refused = Assert.Throws<CliException>(() => RedisChoice.Of(option, variable, folder));
            Assert.Contains(said, refused.Message, StringComparison.Ordinal);
            return;
        }

        var choice = RedisChoice.Of(option, variable, folder);
        Assert.Equal(port, choice.Endpoint.Port);
        if (said.Length == 0) Assert.Null(choice.Note);
        else Assert.Contains(said, choice.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("password", choice.Note ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:7002", OfVariable, null, "of-the-variable", 0)]
    [InlineData("127.0.0.1:7002,defaultDatabase=3", OfVariable, null, "of-the-variable", 3)]
    [InlineData("127.0.0.1:7002", "127.0.0.1:7002,user=u,password=p", "u", "p", 0)]
    [InlineData("127.0.0.1:7002,user=u", "127.0.0.1:7002,user=u,password=p", "u", "p", 0)]
    [InlineData("127.0.0.1:7002,password=own", OfVariable, null, "own", 0)]
    // Another server, another user, and what nobody can read.
    [InlineData("127.0.0.1:7003", OfVariable, null, null, 0)]
    [InlineData("127.0.0.1:7002,user=v", "127.0.0.1:7002,user=u,password=p", "v", null, 0)]
    [InlineData("127.0.0.1:7002", "127.0.0.1:7002,colour=red", null, null, 0)]
    public void A_server_that_is_named_has_its_password_from_the_variable(
        string option, string variable, string? user, string? password, int database)
    {
        var choice = RedisChoice.Of(option, variable, RunFolder.Of(Path.GetTempPath()));
        Assert.Equal(
            (RedisSource.Option, user, password, database),
            (choice.Source, choice.Endpoint.User, choice.Endpoint.Password, choice.Endpoint.Database));
    }

    [Fact]
    public void Outside_a_tree_there_is_no_run()
    {
        var choice = RedisChoice.Of(null, OfVariable, RunFolder.Of(Path.GetTempPath()));
        Assert.Equal((RedisSource.Environment, null), (choice.Source, choice.SystemId));
    }

    [Theory]
    [InlineData(null, null, null, false)]
    [InlineData(null, null, "mine", false)]
    [InlineData(null, "mine", "mine", false)]
    [InlineData(null, "other", "mine", true)]
    [InlineData(null, "other", null, true)]
    [InlineData(null, "", "mine", false)]
    // Named by hand it is meant.
    [InlineData("127.0.0.1:7003", "other", "mine", false)]
    [InlineData("127.0.0.1:7003", "other", null, false)]
    public void A_Redis_of_another_system_is_refused_unless_it_was_named(
        string? option, string? owner, string? system, bool isRefused)
    {
        if (system is not null) File.WriteAllText(_tree.FileIn("system"), system + "\n");
        var choice = RedisChoice.Of(option, OfVariable, RunFolder.Of(Path.GetDirectoryName(_tree.Program)!));
        var refused = Record.Exception(() => choice.RequireOwn(owner));
        if (!isRefused) Assert.Null(refused);
        else Assert.Contains("--redis 127.0.0.1:7002", Assert.IsType<CliException>(refused).Message);
    }
}
