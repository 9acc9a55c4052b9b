using Quantum.Contracts.Events;
using Quantum.Contracts.Units;

namespace Quantum.Contracts.Tests.Wire;

/// <summary>The one form of an answer to a command that changed nothing.</summary>
public sealed class CommandAnswerTests
{
    [Theory]
    [InlineData(OrderAction.Place, UpdateKind.Order)]
    [InlineData(OrderAction.Cancel, UpdateKind.Order)]
    [InlineData(OrderAction.Query, UpdateKind.Order)]
    [InlineData(OrderAction.Configure, UpdateKind.Configuration)]
    public void It_names_the_command_and_why_and_fills_nothing(OrderAction action, UpdateKind kind)
    {
        var command = new OrderCommand
        {
            Action = action, ClientOrderId = "q1abc", IntentId = "i", Symbol = Symbol.Parse("ETHUSDT"),
            Side = Side.Sell, Type = OrderType.Market, Purpose = OrderPurpose.Exit, Quantity = 2, ReduceOnly = true,
        };
        var answer = OrderUpdate.To(in command, OrderStatus.Rejected, "quantity", "too much");
        Assert.Equal(
            new OrderUpdate
            {
                Kind = kind, Symbol = Symbol.Parse("ETHUSDT"), ClientOrderId = "q1abc", Status = OrderStatus.Rejected,
                Side = Side.Sell, LastFillQuantity = 0, CumulativeQuantity = 0, FeeUsd = 0, ReasonCode = "quantity",
                Reason = "too much",
            },
            answer);
        Assert.Null(answer.Fault());
    }
}
