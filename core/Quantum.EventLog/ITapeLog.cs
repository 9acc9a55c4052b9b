namespace Quantum.EventLog;

/// <summary>
/// A log through which a tape can be published in turns. A step of it is offered whole; a turn puts what was offered,
/// and what roles have published since the last one, onto the streams in one order that does not depend on who was
/// faster: role by role as in <c>TapeOrder</c>. So a tape gives the same in any number of processes as in one.
/// </summary>
public interface ITapeLog : IEventLog
{
    /// <summary>Begins turns, or takes them up after a crash; gives the number of the last offer, from 0.</summary>
    long BeginTurns();

    /// <summary>
    /// Offers a step and takes a turn, if all is read by then; told again under its number it is there once.
    /// </summary>
    /// <param name="number">One more than the last.</param>
    /// <param name="role">Who publishes.</param>
    /// <param name="step">Its entries, in order.</param>
    /// <param name="links">As <see cref="Turn"/> takes them.</param>
    void Offer(long number, string role, IReadOnlyList<NewEntry> step, IReadOnlyList<LogLink> links);

    /// <summary>
    /// Once every reader has read and acknowledged everything, puts what waits onto the streams; gives how many entries
    /// that were: with none the step is over.
    /// </summary>
    /// <param name="links">Whose readers are waited for; the same list every time.</param>
    /// <param name="ends">True ends the turns when nothing waits any more.</param>
    /// <param name="blocker">Who has not read everything; null when all have.</param>
    /// <param name="patience">
    /// Above zero: first waits so long at most until the readers of the turn before seem to be done.
    /// </param>
    long Turn(IReadOnlyList<LogLink> links, bool ends, out string? blocker, TimeSpan patience = default);
}
