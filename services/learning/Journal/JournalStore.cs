using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Quantum.Hosting;

namespace Quantum.Learning.Journal;

/// <summary>
/// The trade journal's database: an embedded one by default, Postgres by the connection string <c>journal</c>. Every
/// row is keyed by run and event id, so writing an event again changes nothing.
/// </summary>
public sealed class JournalStore : IAsyncDisposable
{
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS decisions (
            run TEXT NOT NULL, event_id TEXT NOT NULL, at_ms BIGINT NOT NULL, symbol TEXT NOT NULL,
            action TEXT NOT NULL, side TEXT, confidence DOUBLE PRECISION NOT NULL, reason_code TEXT NOT NULL,
            signal_id TEXT, model TEXT, model_version TEXT,
            PRIMARY KEY (run, event_id));
        CREATE TABLE IF NOT EXISTS results (
            run TEXT NOT NULL, event_id TEXT NOT NULL, at_ms BIGINT NOT NULL, kind TEXT NOT NULL, intent_id TEXT,
            symbol TEXT NOT NULL, side TEXT, outcome TEXT NOT NULL, reason_code TEXT NOT NULL,
            reduce_only INTEGER NOT NULL, position_id TEXT, filled_quantity TEXT NOT NULL, average_price TEXT,
            fee_usd TEXT NOT NULL, funding_usd TEXT, exploration INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (run, event_id));
        CREATE TABLE IF NOT EXISTS trades (
            run TEXT NOT NULL, event_id TEXT NOT NULL, trade_id TEXT NOT NULL, symbol TEXT NOT NULL, side TEXT NOT NULL,
            opened_at_ms BIGINT NOT NULL, closed_at_ms BIGINT NOT NULL, entry_price TEXT NOT NULL,
            exit_price TEXT NOT NULL, quantity TEXT NOT NULL, leverage INTEGER NOT NULL, fees_usd TEXT NOT NULL,
            funding_usd TEXT NOT NULL, pnl_usd TEXT NOT NULL, r_multiple DOUBLE PRECISION, reason TEXT NOT NULL,
            model TEXT, model_version TEXT, exploration INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (run, event_id));
        """;

    // A journal of before has not got it; SQLite knows no IF NOT EXISTS for columns.
    private const string NewColumn = "exploration INTEGER NOT NULL DEFAULT 0";
    private static readonly string[] s_grown = ["results", "trades"];

    // PostgreSQL does not make the same table twice at once, whatever IF NOT EXISTS says: one after the other, until
    // the statements' common transaction ends.
    private const string OneAfterTheOther = "SELECT pg_advisory_xact_lock(7160917331);\n";

    private readonly DbDataSource _source;

    private JournalStore(DbDataSource source) => _source = source;

    /// <summary>
    /// Opens Postgres when its connection string is set, else the embedded database at the path; makes the tables.
    /// </summary>
    public static async Task<JournalStore> OpenAsync(string? postgres, string path, CancellationToken cancel)
    {
        try
        {
            var isEmbedded = string.IsNullOrEmpty(postgres);
            var store = new JournalStore(isEmbedded ? Embedded(path) : NpgsqlDataSource.Create(postgres!));
            await store.ExecuteAsync(isEmbedded ? Schema : OneAfterTheOther + Schema, cancel);
            await store.GrowAsync(isEmbedded, cancel);
            return store;
        }
        catch (Exception fault) when (
            fault is DbException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            var place = string.IsNullOrEmpty(postgres)
                ? $"the journal at '{path}' (Journal:Path)"
                : "the journal's Postgres (ConnectionStrings:journal)";
            throw new StartupException($"{place} cannot be opened: {fault.Message.Split('\n')[0].Trim()}", fault);
        }
    }

    /// <summary>Runs one statement with named parameters, such as <c>@run</c>; null is written as NULL.</summary>
    public async Task ExecuteAsync(
        string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var command = Prepare(connection, sql, parameters);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Reads rows of text and numbers.</summary>
    public async Task<IReadOnlyList<object?[]>> QueryAsync(
        string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var command = Prepare(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = await reader.IsDBNullAsync(i, cancel) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task GrowAsync(bool isEmbedded, CancellationToken cancel)
    {
        foreach (var table in s_grown)
        {
            if (!isEmbedded)
            {
                await ExecuteAsync(
                    $"{OneAfterTheOther}ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {NewColumn}", cancel);
                continue;
            }

            var known = await QueryAsync(
                $"SELECT name FROM pragma_table_info('{table}') WHERE name = 'exploration'", cancel);
            if (known.Count == 0) await ExecuteAsync($"ALTER TABLE {table} ADD COLUMN {NewColumn}", cancel);
        }
    }

    private static DbDataSource Embedded(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var text = new SqliteConnectionStringBuilder { DataSource = full, DefaultTimeout = 10 }.ToString();
        using (var connection = new SqliteConnection(text))
        {
            connection.Open();
            using var pragma = connection.CreateCommand();
            pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";
            pragma.ExecuteNonQuery();
        }

        return SqliteFactory.Instance.CreateDataSource(text);
    }

    private static DbCommand Prepare(DbConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this folder; values go in as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            // PostgreSQL has no text with a NUL in it: an event with one would be tried until it counted as poison.
            parameter.Value = value is string text ? text.Replace('\0', '\uFFFD') : value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
