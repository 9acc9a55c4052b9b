using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Contracts.Tests.Wire;

/// <summary>What lets trading go on is a person's word, with a reason; what stops it is taken in any form.</summary>
public sealed class ControlCommandTests
{
    [Theory]
    [InlineData(ControlAction.KillOff, "fine again", "anna", null)]
    [InlineData(ControlAction.KillOff, " ", "anna", "reason is empty")]
    [InlineData(ControlAction.KillOff, "fine again", "", "by is empty")]
    [InlineData(ControlAction.Reset, "", "anna", "reason is empty")]
    [InlineData(ControlAction.KillOn, "", "", null)]
    [InlineData(ControlAction.Flatten, "", "", null)]
    public void A_release_says_who_and_why(ControlAction action, string reason, string by, string? fault)
    {
        var found = new ControlCommand { Command = action, Reason = reason, By = by }.Fault();
        if (fault is null) Assert.Null(found);
        else Assert.StartsWith(fault, found, StringComparison.Ordinal);
    }
}
