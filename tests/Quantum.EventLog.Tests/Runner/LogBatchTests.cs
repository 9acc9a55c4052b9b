using System.Text;
using Quantum.Contracts.Units;
using Quantum.Contracts.Wire;

namespace Quantum.EventLog.Tests.Runner;

public class LogBatchTests
{
    [Fact]
    public void Entries_that_stay_where_they_are_and_entries_that_are_copied_stand_side_by_side()
    {
        var batch = new LogBatch();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 100; i++)
            {
                var buffer = new FieldBuffer();
                buffer.Add("number"u8, i);
                var entry = new LogEntry(0, new EntryId(i, 0), 1, false);
                if (i % 3 == 0) batch.Add(entry, new KeptFields(buffer.Fields));
                else batch.Add(entry, buffer.Fields);
            }

            for (var i = 0; i < 100; i++)
            {
                var fields = batch.Fields(i);
                Assert.Equal(1, fields.Count);
                Assert.True(fields.TryGet("number"u8, out var number));
                Assert.Equal($"{i}", Encoding.UTF8.GetString(number));
            }

            // What bounds the next read counts both.
            Assert.Equal((100, 100 * "number".Length + 10 + 2 * 90), (batch.Count, batch.ByteCount));
            batch.Clear();
            Assert.Equal((0, 0), (batch.Count, batch.ByteCount));
        }
    }
}
