using Microsoft.Data.Sqlite;
using Quantum.Backtest.Figures;

namespace Quantum.Backtest.Sweeps;

/// <summary>
/// One SQLite file with what a sweep was, made and found: one table an idea, described in <c>docs/BACKTEST.md</c>. A
/// trial is written whole in one transaction, so that a kill leaves it there or not there.
/// </summary>
public sealed class SweepStore : IDisposable
{
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS sweep (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS trials (
            trial INTEGER PRIMARY KEY, trades INTEGER NOT NULL, net_usd REAL NOT NULL, return_fraction REAL NOT NULL,
            score REAL, sharpe REAL, sortino REAL, drawdown_fraction REAL NOT NULL);
        CREATE TABLE IF NOT EXISTS settings (
            trial INTEGER NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (trial, path));
        CREATE TABLE IF NOT EXISTS days (
            trial INTEGER NOT NULL, day TEXT NOT NULL, return_fraction REAL NOT NULL, PRIMARY KEY (trial, day));
        CREATE TABLE IF NOT EXISTS trades (
            trial INTEGER NOT NULL, trade_id TEXT NOT NULL, symbol TEXT NOT NULL, side TEXT NOT NULL,
            entry_at_ms INTEGER NOT NULL, exit_at_ms INTEGER NOT NULL, entry_price REAL NOT NULL,
            exit_price REAL NOT NULL, quantity REAL NOT NULL, fees_usd REAL NOT NULL, funding_usd REAL NOT NULL,
            net_usd REAL NOT NULL, r_multiple REAL, regime TEXT NOT NULL, exit_reason TEXT NOT NULL,
            PRIMARY KEY (trial, trade_id));
        CREATE TABLE IF NOT EXISTS rungs (
            rung INTEGER NOT NULL, trial INTEGER NOT NULL, until_ms INTEGER NOT NULL, score REAL,
            sharpe REAL, PRIMARY KEY (rung, trial));
        CREATE TABLE IF NOT EXISTS windows (
            window INTEGER PRIMARY KEY, train_from_ms INTEGER NOT NULL, test_from_ms INTEGER NOT NULL,
            test_to_ms INTEGER NOT NULL, trial INTEGER, train_score REAL, test_score REAL, test_return_fraction REAL,
            median_test_return_fraction REAL, test_trades INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS overfit (name TEXT PRIMARY KEY, value REAL, undefined TEXT);
        """;

    private readonly SqliteConnection _connection;

    private SweepStore(SqliteConnection connection) => _connection = connection;

    /// <summary>
    /// Opens or makes the file; throws <see cref="SweepException"/> when it is of another plan or cannot be written.
    /// </summary>
    public static SweepStore Open(string path, SweepPlan plan)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Pooling = false, DefaultTimeout = 5,
        }.ToString());
        var store = new SweepStore(connection);
        try
        {
            connection.Open();
            store.Run(Schema);
            store.Claim(path, plan);
            return store;
        }
        catch (SqliteException fault)
        {
            store.Dispose();
            throw new SweepException($"--out {path} cannot be used ({fault.Message}): name a file of a sweep or a new "
                + $"one, in "
                + "a folder that may be written to.", fault);
        }
        catch (SweepException)
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Numbers of the trials that ran over the whole span.</summary>
    public IReadOnlyList<int> DoneTrials() => Rows("SELECT trial FROM trials", row => row.GetInt32(0));

    /// <summary>Score by trial of those that a rung has run; null where it is undefined.</summary>
    public IReadOnlyDictionary<int, double?> RungScores(int rung) => Rows("SELECT trial, score FROM rungs WHERE rung = "
            + "@a",
        row => (row.GetInt32(0), row.IsDBNull(1) ? (double?)null : row.GetDouble(1)), rung)
        .ToDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>Sharpe ratios a year of those that a rung has run, where they are defined.</summary>
    public IReadOnlyList<double> RungSharpes(int rung) => Rows(
        "SELECT sharpe FROM rungs WHERE rung = @a AND sharpe IS NOT NULL ORDER BY trial", row => row.GetDouble(0),
        rung);

    /// <summary>Everything that ran over the whole span, by number.</summary>
    public IReadOnlyList<TrialResult> Results()
    {
        var days = Rows("SELECT trial, day, return_fraction FROM days ORDER BY trial, day",
            row => (Trial: row.GetInt32(0), Day: new DayReturn(MidnightOf(row.GetString(1)), row.GetDouble(2))))
            .ToLookup(row => row.Trial, row => row.Day);
        var trades = Rows("SELECT * FROM trades ORDER BY trial, exit_at_ms, trade_id", 
            row => (row.GetInt32(0), TradeOf(row)))
            .ToLookup(row => row.Item1, row => row.Item2);
        return [.. DoneTrials().Order().Select(trial => new TrialResult(trial, [.. days[trial]], [.. trades[trial]]))];
    }

    /// <summary>Writes one trial.</summary>
    public void Save(Trial trial, TrialResult result, TrialScore score)
    {
        using var transaction = _connection.BeginTransaction();
        var line = TrialLine.Of(trial, result, score);
        Run("INSERT OR REPLACE INTO trials VALUES (@a, @b, @c, @d, @e, @f, @g, @h)", trial.Number, line.All.Trades,
            line.NetUsd, line.All.ReturnFraction, line.Score.Value, line.All.Sharpe.Value, line.All.Sortino.Value,
            line.All.DrawdownFraction);
        foreach (var (path, value) in trial.Settings)
            Run("INSERT OR REPLACE INTO settings VALUES (@a, @b, @c)", trial.Number, path, value);
        foreach (var day in result.Days)
            Run("INSERT OR REPLACE INTO days VALUES (@a, @b, @c)", trial.Number, Said.Day(day.StartMs), day.Return);
        foreach (var trade in result.Trades)
        {
            Run("INSERT OR REPLACE INTO trades VALUES (@a, @b, @c, @d, @e, @f, @g, @h, @i, @j, @k, @l, @m, @n, @o)",
                trial.Number, trade.TradeId, trade.Symbol, trade.Side, trade.EntryAtMs, trade.ExitAtMs,
                trade.EntryPrice,
                trade.ExitPrice, trade.Quantity, trade.FeesUsd, trade.FundingUsd, trade.NetUsd, trade.RMultiple,
                trade.Regime, trade.ExitReason);
        }

        transaction.Commit();
    }

    /// <summary>Writes what a rung made of one trial.</summary>
    public void SaveRung(int rung, long untilMs, int trial, Figure score, Figure sharpe) => Run(
        "INSERT OR REPLACE INTO rungs VALUES (@a, @b, @c, @d, @e)", rung, trial, untilMs, score.Value, sharpe.Value);

    /// <summary>Writes what was found.</summary>
    public void Save(SweepResult found)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var (window, trial, trainScore, testScore, testReturn, median, trades) in found.Choices)
        {
            Run("INSERT OR REPLACE INTO windows VALUES (@a, @b, @c, @d, @e, @f, @g, @h, @i, @j)", window.Number,
                window.TrainFromMs, window.TestFromMs, window.TestToMs, trial, trainScore.Value, testScore.Value,
                testReturn.Value, median.Value, trades);
        }

        foreach (var (name, figure) in (IEnumerable<(string, Figure)>)
        [
            ("probability_of_overfitting", found.Overfit.Probability),
            ("probability_of_loss", found.Overfit.LossProbability),
            ("deflated_sharpe", found.DeflatedSharpe), ("out_of_sample_sharpe", found.OutOfSample.Sharpe),
            ("out_of_sample_return_fraction", Figure.Of(found.OutOfSample.ReturnFraction)),
            ("trials_tried", Figure.Of(found.Tried)), ("trials_compared", Figure.Of(found.Trials.Count)),
        ])
        {
            Run("INSERT OR REPLACE INTO overfit VALUES (@a, @b, @c)", name, figure.Value, figure.Undefined);
        }

        transaction.Commit();
    }

    public void Dispose() => _connection.Dispose();

    // Whoever opens it later must find the plan it was made with: results of two plans are never mixed.
    private void Claim(string path, SweepPlan plan)
    {
        var known = Rows("SELECT name, value FROM sweep", row => (Name: row.GetString(0), Value: row.GetString(1)))
            .ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);
        using var transaction = _connection.BeginTransaction();
        foreach (var (name, value) in plan.Identity)
        {
            if (known.Count == 0) Run("INSERT INTO sweep VALUES (@a, @b)", name, value);
            else if (known.GetValueOrDefault(name) != value)
            {
                throw new SweepException($"--out {path} holds a sweep with other {name} "
                    + $"('{known.GetValueOrDefault(name)}', now "
                    + $"'{value}'): name another file, or ask for the same again to go on with it.");
            }
        }

        transaction.Commit();
    }

    private static TrialTrade TradeOf(SqliteDataReader row) => new(
        row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.GetDouble(6),
        row.GetDouble(7), row.GetDouble(8), row.GetDouble(9), row.GetDouble(10), row.GetDouble(11),
        row.IsDBNull(12) ? null : row.GetDouble(12), row.GetString(13), row.GetString(14));

    private static long MidnightOf(string day) => new DateTimeOffset(
        DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeSpan.Zero).ToUnixTimeMilliseconds();

    private List<TRow> Rows<TRow>(string sql, Func<SqliteDataReader, TRow> read, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<TRow>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private void Run(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, object?[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"@{(char)('a' + i)}", values[i] ?? DBNull.Value);
        return command;
    }
}
