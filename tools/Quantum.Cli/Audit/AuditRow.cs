using Quantum.Audit;

namespace Quantum.Cli.Audit;

/// <summary>What a column of the audit's table tells.</summary>
internal enum AuditColumn
{
    Stream, Length, Rate, Last, Group, Verdict, Unread, Oldest, Lost, Pending, Consumers,
}

/// <summary>One line of the audit's table.</summary>
/// <param name="Cells">The text of each column, in the layout's order.</param>
/// <param name="Stream">The stream it is about.</param>
/// <param name="Group">The group it is about; null for a stream's own line.</param>
internal sealed record AuditRow(string[] Cells, StreamReport Stream, GroupReport? Group);
