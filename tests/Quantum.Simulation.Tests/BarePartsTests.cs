using Quantum.Simulation.Checks;

namespace Quantum.Simulation.Tests;

/// <summary>Since when some part of a position has had no stop.</summary>
public class BarePartsTests
{
    private readonly BareParts _parts = new();

    [Fact]
    public void A_position_that_is_covered_a_step_behind_its_fills_is_never_bare_for_long()
    {
        for (var step = 1; step <= 100; step++)
            Assert.Equal(step * 1_000, _parts.Look(10 * step, 10 * (step - 1), step * 1_000));
    }

    [Fact]
    public void A_part_that_nothing_ever_covers_is_bare_from_its_first_look_on()
    {
        Assert.Equal(1_000, _parts.Look(10, 5, 1_000));
        Assert.Equal(1_000, _parts.Look(20, 5, 2_000));
        Assert.Equal(1_000, _parts.Look(20, 9, 3_000));
        Assert.Equal(2_000, _parts.Look(20, 10, 4_000));
        Assert.Null(_parts.Look(20, 20, 5_000));
    }

    [Fact]
    public void A_stop_that_goes_leaves_what_it_covered_bare_from_then_on()
    {
        Assert.Null(_parts.Look(-10, 10, 1_000));
        Assert.Equal(2_000, _parts.Look(-10, 0, 2_000));
        Assert.Equal(2_000, _parts.Look(-10, 4, 3_000));
        Assert.Equal(2_000, _parts.Look(-10, 0, 4_000));
        Assert.Equal(4_000, _parts.Look(-4, 0, 5_000));
        // Turned round it is another one.
        Assert.Equal(6_000, _parts.Look(4, 0, 6_000));
    }

    [Fact]
    public void What_is_sold_is_no_longer_bare()
    {
        Assert.Equal(1_000, _parts.Look(10, 5, 1_000));
        Assert.Equal(1_000, _parts.Look(7, 5, 2_000));
        Assert.Null(_parts.Look(5, 5, 3_000));
        Assert.Equal(4_000, _parts.Look(6, 5, 4_000));
    }
}
