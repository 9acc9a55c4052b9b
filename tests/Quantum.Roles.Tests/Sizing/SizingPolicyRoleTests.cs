using System.Text.Json;
using Quantum.Contracts.Catalog;
using Quantum.Contracts.Events;
using Quantum.Contracts.Wire;
using Quantum.Roles.Sizing;

namespace Quantum.Roles.Tests.Sizing;

/// <summary>The table of which policy is in force.</summary>
public sealed class SizingPolicyRoleTests
{
    private const long Start = 1_765_000_000_000;

    private static readonly SizingPolicy s_learnt = SizingPolicy.Prior with
    {
        Version = "v2", Table = new(StringComparer.Ordinal) { ["Bull|High|Light"] = 0.25 },
    };

    private SizingPolicyRole _role = null!;
    private readonly RoleBench _bench;

    public SizingPolicyRoleTests() => _bench = new RoleBench(() => _role = new SizingPolicyRole());

    [Fact]
    public void A_completed_training_takes_over_and_outlives_a_restart()
    {
        Assert.Equal("prior-1", _role.Current.Version);
        Complete(s_learnt);
        Assert.Equal("v2", _role.Current.Version);
        _bench.Restart();
        Assert.Equal(("v2", 0.25), (_role.Current.Version, _role.Current.Table["Bull|High|Light"]));
    }

    [Fact]
    public void A_failed_training_or_an_invalid_policy_changes_nothing_and_is_counted()
    {
        Complete(s_learnt);
        Complete(s_learnt with { Version = "v3" }, success: false);
        Complete(s_learnt with { Version = "v4", Table = new(StringComparer.Ordinal) { ["Bull|High|Light"] = 3 } });
        Assert.Equal("v2", _role.Current.Version);
        Assert.Equal(1, _bench.Counts["policy_kept/training_failed"]);
        Assert.Equal(1, _bench.Counts["policy_kept/invalid_artifact"]);
    }

    private void Complete(SizingPolicy policy, bool success = true) =>
        _bench.Send(StreamCatalog.TrainingCompleted, new TrainingCompleted
        {
            RunId = "r", PolicyName = policy.Name, Success = success, PolicyVersion = policy.Version, Episodes = 10,
            Artifact = JsonSerializer.Serialize(policy, WireJson.Options),
        }, Start);
}
