using System.Net;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using StackExchange.Redis;
using Xunit;

namespace Quantum.Compat.Redis.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Everything_that_is_written_is_read()
    {
        var options = ConfigurationOptions.Parse(
            "localhost:7000, 10.0.0.1 ,[::1]:7001,password=p=w d,user=u,ssl=true,sslHost=h,abortConnect=false,"
            + "connectTimeout=1,syncTimeout=2,asyncTimeout=3,defaultDatabase=4,name=me,connectRetry=5,keepAlive=6,"
            + "allowAdmin=true,CHECKCertificateRevocation=no,");
        options.SetDefaultPorts();
        Assert.Equal(
            [new DnsEndPoint("localhost", 7000), new IPEndPoint(0x0100000A, 6380), IPEndPoint.Parse("[::1]:7001")],
            options.EndPoints);
        Assert.Equal(("p=w d", "u", true, "h"), (options.Password, options.User, options.Ssl, options.SslHost));
        Assert.Equal((1, 2, 3), (options.ConnectTimeout, options.SyncTimeout, options.AsyncTimeout));
        Assert.Equal((4, "me"), (options.DefaultDatabase, options.ClientName));
        Assert.Equal((5, 6), (options.ConnectRetry, options.KeepAlive));
        Assert.Equal((false, true, false),
            (options.AbortOnConnectFail, options.AllowAdmin, options.CheckCertificateRevocation));
        Assert.Equal(options.ToString(true), ConfigurationOptions.Parse(options.ToString(true)).ToString(true));
        Assert.DoesNotContain("p=w d", options.ToString(includePassword: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_those_of_the_real_client()
    {
        var options = ConfigurationOptions.Parse("localhost");
        Assert.Equal((true, 5000, 5000, 5000), (options.AbortOnConnectFail, options.ConnectTimeout,
            options.SyncTimeout, options.AsyncTimeout));
        Assert.Equal((3, 60, false, false), (options.ConnectRetry, options.KeepAlive, options.Ssl, options.AllowAdmin));
        Assert.Null(options.DefaultDatabase);
        Assert.Equal("localhost", options.ToString(true));
        options.SetDefaultPorts();
        Assert.Equal("localhost:6379", options.ToString(true));
        Assert.Equal(250, ConfigurationOptions.Parse("h,syncTimeout=250").AsyncTimeout);
    }

    [Theory]
    [InlineData("h:1,colour=red", "Keyword 'colour' is not supported")]
    [InlineData("h:1,connectTimeout=soon", "'connectTimeout' requires an integer value; the value 'soon'")]
    [InlineData("h:1,syncTimeout=0", "'syncTimeout' has a minimum value of '1'")]
    [InlineData("h:1,ssl=maybe", "'ssl' requires a boolean value; the value 'maybe'")]
    [InlineData("h:99999", "neither host:port nor keyword=value")]
    [InlineData("h:1,password=a, secret tail", "must not contain a comma")]
    [InlineData("   ", "is empty")]
    public void A_wrong_string_is_told(string text, string reason)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => ConfigurationOptions.Parse(text));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret tail", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keywords_that_only_the_real_client_knows_are_refused_by_name()
    {
        var error = Assert.Throws<NotSupportedException>(() => ConfigurationOptions.Parse("h:1,serviceName=primary"));
        Assert.Contains("'serviceName' is known to StackExchange.Redis", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConnectionMultiplexer.Connect("password=x"));
    }

    [Property(MaxTest = 300)]
    public Property Text_and_options_round_trip()
    {
        var words = Gen.Elements("a", "redis-1", "x.y", "P@ss=w0rd", "ünï", "with space");
        var generator =
            from host in Gen.Elements("localhost", "redis.internal", "127.0.0.1", "::1")
            from port in Gen.Choose(1, 65535)
            from password in words
            from user in Gen.OneOf(words, Gen.Constant((string)null!))
            from number in Gen.Choose(1, 100_000)
            from database in Gen.Choose(0, 15)
            from ssl in Gen.Elements(true, false)
            from abort in Gen.Elements(true, false)
            select (Host: $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}",
                Password: password, User: user, Number: number, Database: database, Ssl: ssl, Abort: abort);
        return Prop.ForAll(Arb.From(generator), options =>
        {
            var (host, password, user, number, database, ssl, abort) = options;
            var first = ConfigurationOptions.Parse(host);
            (first.Password, first.User, first.ClientName, first.SyncTimeout) = (password, user, user, number);
            (first.DefaultDatabase, first.Ssl, first.AbortOnConnectFail) = (database, ssl, abort);
            var again = ConfigurationOptions.Parse(first.ToString(true));
            return again.ToString(true) == first.ToString(true)
                && again.EndPoints.SequenceEqual(first.EndPoints)
                && (again.Password, again.User, again.ClientName) == (password, user, user)
                && (again.SyncTimeout, again.DefaultDatabase) == (number, database)
                && (again.Ssl, again.AbortOnConnectFail) == (ssl, abort);
        });
    }
}
