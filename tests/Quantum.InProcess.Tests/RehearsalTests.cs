using Quantum.Instruments;
using Quantum.Roles.Ai;

namespace Quantum.InProcess.Tests;

public sealed class RehearsalTests
{
    /// <summary>A service does so at its start: what cannot be read again would keep it from starting.</summary>
    [Fact]
    public void The_state_of_every_role_can_be_rehearsed()
    {
        foreach (var make in WholeSystem.Roles(() => new AiEngineRole(), InstrumentBook.BuiltIn.Filters))
            make().State.Rehearse();
    }
}
