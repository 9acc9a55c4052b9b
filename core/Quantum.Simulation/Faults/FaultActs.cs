namespace Quantum.Simulation.Faults;

/// <summary>Lets the faults of a plan happen.</summary>
internal static class FaultActs
{
    private const long VenueComesBackMs = 10_000;
    private const long SoonMs = 3_000;

    public static void Do(SimulatedWorld world, SimulatedMarket market, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Doubled:
                Double(world, fault.Target == "intent" ? StreamCatalog.TradeIntent : StreamCatalog.MarketKlines);
                break;
            case FaultKind.AnswerLost or FaultKind.RequestLost or FaultKind.RequestLate or FaultKind.Refusal:
                world.Wire.Plan(fault.Kind, fault.Value);
                break;
            case FaultKind.Close or FaultKind.StopMove or FaultKind.Adopt or FaultKind.Reset:
                PositionWords.Plan(world, fault);
                break;
            case FaultKind.NoReplica:
                world.Rights.LoseCopies(1 + fault.Value % 3);
                break;
            case FaultKind.Outage or FaultKind.StreamGap or FaultKind.StreamDisorder:
                DisturbVenue(world, fault);
                break;
            case FaultKind.FrozenFeed:
                market.Freeze(fault.Target, fault.Value);
                break;
            case FaultKind.ThinMarket:
                market.Thin(fault.Target, fault.Value);
                break;
            case FaultKind.Kill or FaultKind.Flatten or FaultKind.Mode:
                SayWord(world, fault);
                break;
            default:
                DisturbSeat(world, fault);
                break;
        }
    }

    private static void DisturbSeat(SimulatedWorld world, Fault fault)
    {
        var seat = world.SeatOf(fault.Target);
        switch (fault.Kind)
        {
            case FaultKind.Pause:
                seat.Pause(fault.Value);
                break;
            case FaultKind.CutOff:
                seat.CutOff(fault.Value);
                break;
            case FaultKind.Skew:
                seat.SkewMs = fault.Value;
                break;
            case FaultKind.GroupSet:
                SetGroup(world, seat.Role, fault.Value);
                break;
            default:
                // What it does to the system is reckoned from when it strikes.
                seat.Arm(fault.Kind, fault.Value);
                return;
        }

        if (fault.Kind != FaultKind.GroupSet) world.Hinder(Math.Max(0, fault.Value) + seat.LeaseMs + SoonMs);
    }

    private static void DisturbVenue(SimulatedWorld world, Fault fault)
    {
        if (fault.Kind == FaultKind.Outage) world.Wire.Outage(fault.Value);
        else if (fault.Kind == FaultKind.StreamGap) world.Wire.Gap(fault.Value);
        else world.Wire.Disorder(fault.Value);
        world.Hinder(fault.Value + VenueComesBackMs);
    }

    // What the role handled is delivered again, on one of its streams. Where it is behind, as one that is cut off is,
    // the group passes over what it has not read, all of it by chance: the role reads that all the same.
    private static void SetGroup(SimulatedWorld world, string role, long entries)
    {
        EventStream[] ordered = [.. StreamCatalog.ReadBy(role).Where(stream => !stream.IsTail)];
        if (ordered.Length == 0) return;
        var stream = ordered[entries % ordered.Length];
        var length = world.Log.Length(stream.Key);
        if (length == 0) return;
        var stored = world.Log.StreamOf(stream.Key);
        var group = StreamCatalog.GroupOf(role, stream.Name);
        var place = entries % 2 == 0 ? stored.LastId
            : stored.From(EntryId.Zero, int.MaxValue)[Math.Max(0, length - (int)entries)].Id;
        world.Log.SetGroup(stream.Key, group, place);
    }

    private static void Double(SimulatedWorld world, EventStream stream)
    {
        var length = world.Log.Length(stream.Key);
        if (length == 0) return;
        var entry = world.Log.StreamOf(stream.Key).From(EntryId.Zero, int.MaxValue)[^1].Fields;
        world.Witness.ExpectsAgain();
        world.Log.Append(stream.Key, in entry);
    }

    private static void SayWord(SimulatedWorld world, Fault fault)
    {
        var first = fault.Kind switch
        {
            FaultKind.Kill => new ControlCommand { Command = ControlAction.KillOn, Reason = "simulation", By = "anna" },
            FaultKind.Flatten =>
                new ControlCommand { Command = ControlAction.Flatten, Reason = "simulation", By = "anna" },
            _ => new ControlCommand
            {
                Command = ControlAction.SetMode, Reason = "simulation", By = "anna",
                RiskMode = (fault.Value % 3) switch
                {
                    0 => RiskMode.Aggressive,
                    1 => RiskMode.Defensive,
                    _ => RiskMode.Halt,
                },
            },
        };
        var last = fault.Kind == FaultKind.Mode
            ? first with { RiskMode = RiskMode.Normal }
            : first with { Command = ControlAction.KillOff };
        void Speak()
        {
            Say(world, in first, $"word-{fault.Number}-1");
            world.After(fault.Value, () => Say(world, in last, $"word-{fault.Number}-2"));
        }

        // The worst moment for a kill is an entry that is on its way.
        if (fault.Kind == FaultKind.Mode || fault.Value % 2 == 0) Speak();
        else
            world.Witness.AtNextEntry = () =>
            {
                // It hears of the word a moment later than the order is on its way.
                world.SeatOf(RoleNames.Executor).Pause(fault.Value % 60);
                Speak();
            };
    }

    public static void Say(SimulatedWorld world, in ControlCommand word, string id) =>
        world.Operator.Publish(StreamCatalog.GovernanceControl, in word, id, world.NowMs, once: true);
}
