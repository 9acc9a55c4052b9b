using System.Reflection;
using Quantum.Resp;

namespace Quantum.Exchanges.Budget;

/// <summary>The script of the shared budget: one key, one call, on the server's clock.</summary>
internal sealed class BudgetScript
{
    private const int FixedArguments = 11;

    private readonly RespScript _script;
    private readonly byte[][] _fixed;
    private readonly byte[] _key;

    /// <param name="limits">What is granted; the same for every process of the key.</param>
    /// <param name="key">Where it is counted.</param>
    /// <param name="alter">Tests may alter the text, to move its clock; the product never does.</param>
    public BudgetScript(BudgetLimits limits, string key, Func<string, string>? alter = null)
    {
        _script = new RespScript((alter ?? (static text => text))(Text()));
        _key = RespWriter.Encode(key);
        _fixed =
        [
            .. new[]
            {
                limits.StepMs, limits.MinuteSteps, limits.TenSecondSteps, limits.WeightMinute,
                limits.OrdersTenSeconds, limits.OrdersMinute, limits.QueryShare, limits.EntryShare,
                limits.BurstShare, limits.QueryShareAfterBan,
            }.Select(number => RespWriter.Encode(number.ToString("R", CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>Calls one of the script's operations; throws <see cref="RespException"/>.</summary>
    public BudgetAnswer Call(RespConnection connection, string operation, params ReadOnlySpan<long?> arguments)
    {
        var writer = connection.BeginWrite();
        _script.Begin(writer, 1, FixedArguments + arguments.Length);
        writer.WriteEncoded(_key);
        writer.WriteBulk(operation);
        foreach (var argument in _fixed) writer.WriteEncoded(argument);
        foreach (var argument in arguments)
        {
            if (argument is { } number) writer.WriteBulk(number);
            else writer.WriteBulk(""u8);
        }

        connection.Flush();
        var reply = _script.ReadReply(connection);
        reply.ReadArray();
        return new BudgetAnswer(reply.ReadInteger(), reply.ReadInteger(), reply.ReadInteger());
    }

    private static string Text()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("budget.lua")
            ?? throw new InvalidOperationException("the script budget.lua is not embedded: check the project file.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>What the script answers.</summary>
/// <param name="WaitMs">0: counted; else in how many ms to ask again.</param>
/// <param name="OverMs">How long nothing is sent, ms.</param>
/// <param name="StopMs">How long no entries are sent, ms.</param>
internal readonly record struct BudgetAnswer(long WaitMs, long OverMs, long StopMs);
