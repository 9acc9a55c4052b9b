using Microsoft.AspNetCore.Identity;

namespace Quantum.Cli.Commands;

/// <summary>Makes what the console's settings keep of a password.</summary>
internal static class PasswordVerb
{
    private const string Name = "password";
    private const string Summary = "the hash of a password for a user of the console (Access__Users__0__PasswordHash)";
    private const int LeastLength = 10;

    private const string Explained = """
        Reads a password from standard input, unseen where somebody types it, and prints its hash: the setting
        Access__Users__0__PasswordHash of the console. The password itself is kept nowhere.

        Exit code: 0 printed, 2 the password is too short.

        Examples:
          ./quantum password
          openssl rand -base64 18 | tee secret | ./quantum password
        """;

    public static Command Create()
    {
        var command = new Command(Name, Explained);
        command.SetAction(_ =>
        {
            var password = Console.IsInputRedirected ? Console.In.ReadLine() ?? "" : Ask();
            if (password.Length < LeastLength)
                throw new CliException($"the password has {password.Length} characters: take at least {LeastLength}.");
            Console.Out.WriteLine(new PasswordHasher<string>().HashPassword("", password));
            return ExitCode.Healthy;
        });
        return command;
    }

    private static string Ask()
    {
        Console.Error.Write("password: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter;
             key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
