using Quantum.EventLog.Runner;

namespace Quantum.Hosting;

/// <summary>
/// The roles and gateways that a service registers: compared with the catalog, then run by the log's host.
/// </summary>
public sealed class ServiceRoles
{
    private readonly List<Func<RoleBinding>> _bindings = [];
    private readonly List<Action<LogHost>> _additions = [];

    /// <summary>What is registered; makes one of each to look at its handlers.</summary>
    public IReadOnlyList<RoleBinding> Bindings => [.. _bindings.Select(binding => binding())];

    /// <summary>Registers a role; <paramref name="make"/> gives a fresh one for each shard.</summary>
    public ServiceRoles Add(Func<Role> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        _bindings.Add(() => BindingOf(make()));
        _additions.Add(host => host.Add(make));
        return this;
    }

    /// <summary>
    /// Registers a gateway; <paramref name="make"/> gives a fresh one for each shard and must not touch the outside.
    /// </summary>
    public ServiceRoles AddGateway(Func<Gateway> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        _bindings.Add(() => BindingOf(make()));
        _additions.Add(host => host.AddGateway(make));
        return this;
    }

    internal void AddTo(LogHost host)
    {
        foreach (var add in _additions) add(host);
    }

    private static RoleBinding BindingOf(Role role) => new(role.Name, [.. role.Subscriptions.Select(s => s.Stream)]);

    private static RoleBinding BindingOf(Gateway gateway) =>
        new(gateway.Name, [.. gateway.Subscriptions.Select(s => s.Stream)]);
}
