using System.Reflection;
using Quantum.Backtest.Settings;
using Quantum.Roles.Executor;
using Quantum.Roles.Sizing;
using Quantum.Roles.Symbols;

namespace Quantum.Backtest.Running;

/// <summary>
/// Every role of a system that plays a tape, made as its services make it, in <see cref="TapeOrder"/>: the order in
/// which the roles of a step speak, here and in Redis.
/// </summary>
public static class SystemRoles
{
    // A role tells its name once it is made: each is made of the defaults to hear it.
    private static readonly (string Name, Type Type)[] s_types =
    [
        .. from type in typeof(ExecutorRole).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(Role)) && !type.IsAbstract
           select (Make(type, SystemSettings.OnTape(new SymbolFilterBook())).Name, type),
    ];

    /// <param name="settings">The roles' settings.</param>
    /// <param name="signals">Who stands where the AI stands; null: the AI.</param>
    /// <param name="made">Told of each role that is made.</param>
    public static IReadOnlyList<Func<Role>> Of(
        SystemSettings settings, Func<Role>? signals = null, Action<Role>? made = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SizingPolicyRole? policy = null;
        var makers = new Dictionary<string, Func<Role>>(ByName(settings))
        {
            [RoleNames.RlSizingAgent] = () => new SizingAgentRole(() => policy!.Current, settings.Symbols),
            [RoleNames.SizingPolicy] = () => policy = new SizingPolicyRole(),
        };
        if (signals is not null) makers[RoleNames.AiEngine] = signals;
        return
        [
            .. TapeOrder.Roles.Where(makers.ContainsKey).Select(name => (Func<Role>)(() =>
            {
                var role = makers[name]();
                made?.Invoke(role);
                return role;
            })),
        ];
    }

    /// <summary>How the services make each role that decides by its own seat.</summary>
    public static IReadOnlyDictionary<string, Func<Role>> ByName(SystemSettings settings) =>
        s_types.ToDictionary(role => role.Name, role => (Func<Role>)(() => Make(role.Type, settings)));

    /// <summary>
    /// A role of the settings that its constructor asks for. Throws <see cref="InvalidOperationException"/> for
    /// settings that the system does not hold: a tape would play others than its service has.
    /// </summary>
    internal static Role Make(Type role, SystemSettings settings) => (Role)Activator.CreateInstance(
        role, BindingFlags.DoNotWrapExceptions, null,
        [
            .. from parameter in role.GetConstructors().Single().GetParameters()
               select settings.All.FirstOrDefault(parameter.ParameterType.IsInstanceOfType)
                   ?? (parameter.ParameterType.IsPrimitive && parameter.HasDefaultValue
                       ? parameter.DefaultValue
                       : throw new InvalidOperationException(
                           $"{role.Name} is made of {parameter.ParameterType.Name}, which SystemSettings does not "
                           + "hold: name it there.")),
        ], null)!;
}
