using System.Globalization;

namespace Quantum.Console.Tests.Harness;

/// <summary>A Redis with what the roles of learning write: a model in use, one refused, a job that failed.</summary>
internal static class LearntRedis
{
    private const string Version = "202512010100-8094-e432adad";
    private const long FromMs = 1_764_547_200_000;

    // What the AI saves of its model.
    private const string Saved =
        """
        {"current":{"model":{"name":"outcome-linear","version":"202512010100-8094-e432adad","feature_hash":"x",
        "features":["ret_1","rsi_14"],"interval_ms":60000,"horizon_candles":15,"symbols":["NEARUSDT"],
        "trained_from_ms":1764547200000,"trained_to_ms":1764633600000,"samples":1400,"deviations":[1,1],
        "weights":[0.01,-0.25],"factor":[1,0,1],"spread_r":1,
        "metrics":{"samples":1400,"log_loss":0.6801,"base_log_loss":0.6931,"accuracy":0.561,"brier":0.2441,
        "evidence":3.1,"blocks":24,"independent_outcomes":210}},"in_force":true},
        "current_from_ms":1764633600000,"refused_version":"202511300000-old"}
        """;

    public static void Fill(OwnRedis redis)
    {
        redis.Call("HSET", "quantum:topology", "system", "quantum", "mode", "paper");
        redis.Call("HSET", "quantum:state:ai_engine", "model", Saved);
        redis.Call("HSET", "quantum:state:model_supervisor", "versions/" + Version,
            """{"signals":80,"adopted":12,"trades":4,"wins":3,"pnl_usd":12.5,"sum_r":2,"trades_with_r":4}""");
        redis.Call("HSET", "quantum:settings:learning", "ModelSupervisor:HorizonMs", "60000",
            "Clm:Training:LeastEvidence", "2.75");
        Retrained(redis, "job-1", Version, "3.1", "true");
        Retrained(redis, "job-2", "202512020100-8094-1f32bd0c", "1.2", "false");
        Add(redis, "model.retrain", "job-3", "job_id", "job-3", "model_name", "outcome-linear", "model_version", "",
            "reason", "drift");
        Add(redis, "learning.retraining.failed", "job-3", "job_id", "job-3", "model_name", "outcome-linear",
            "reason_code", "too_little_data", "error", "31 labelled candles, at least 48 are needed.", "samples", "90");
        Signals(redis);
    }

    private static void Retrained(OwnRedis redis, string job, string version, string evidence, string inForce)
    {
        Add(redis, "learning.retraining.started", job, "job_id", job, "model_name", "outcome-linear", "trigger_reason",
            "warm_up", "samples", "1400");
        Add(redis, "learning.retraining.completed", job, "job_id", job, "model_name", "outcome-linear", "model_version",
            version, "feature_hash", "x", "artifact", "{}", "samples", "1400", "validation_log_loss", "0.6801",
            "base_rate_log_loss", "0.6931", "evidence", evidence, "independent_outcomes", "210", "in_force", inForce,
            "validation_accuracy", "0.561", "iterations", "6");
    }

    // Three of four rise by the next minute, all were said to with 60 %.
    private static void Signals(OwnRedis redis)
    {
        var price = 2.5m;
        for (var i = 0; i < 80; i++)
        {
            var at = (FromMs + i * 60_000L).ToString(CultureInfo.InvariantCulture);
            Add(redis, "ai.signal_generated", $"s-{i}", "symbol", LiveSystem.Symbol, "side", "BUY", "confidence", "0.6",
                "price", price.ToString(CultureInfo.InvariantCulture), "candle_close_time_ms", at, "atr_value", "0.01",
                "volatility_factor", "0.5", "funding_rate", "", "model_name", "outcome-linear", "model_version",
                Version, "feature_hash", "x", "model_in_force", "true", "stop_fraction", "0.01",
                "round_trip_cost_fraction", "0.001", "expected_r", "0.1", "expected_r_error", "0.01",
                "expected_return_fraction", "0.001", "expected_return_error", "0.0001", "votes", "[]");
            price += i % 4 == 3 ? -0.03m : 0.01m;
        }
    }

    private static void Add(OwnRedis redis, string stream, string id, params string[] fields) => redis.Call(
        ["XADD", "quantum:stream:" + stream, "*", "event_id", $"{id}-{stream}", "ts", "1764633600000", "source", "clm",
            "mode", "paper", "v", "1", "correlation_id", id, "causation_id", id, "traceparent", "", .. fields]);
}
